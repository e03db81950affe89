import { checkOptions, createYielder, type OptionNames } from '@lossline/core/adapter'
import {
  EvaluationLogger,
  type EvaluationLoggerOptions,
  type EvaluationResult,
  evaluationOptionNames,
} from '@lossline/evaluation'
import { TfjsOptionError } from '../errors.ts'
import { type EvaluationOptions, parseEvaluationOptions } from '../evaluation-table/evaluation-options.ts'
import { findToImages, type ToImages } from '../evaluation-table/example-images.ts'
import { batchesOf } from '../evaluation-table/example-source.ts'
import { chooseTask } from '../evaluation-table/output-task.ts'
import { predictRows, readRows } from '../evaluation-table/predict-rows.ts'
import type { ModelLike } from '../tensorflow-like.ts'
import { type LoggedRow, type RowLogging, toRowLogging } from './to-logged-row.ts'

/** What is evaluated, and what is logged of it. */
export interface EvaluateModelOptions
  extends Pick<EvaluationOptions, 'data' | 'classNames' | 'task' | 'images' | 'columns' | 'output' | 'batchSize'>,
    Omit<EvaluationLoggerOptions<LoggedRow>, 'task'> {}

const optionNames: OptionNames<EvaluateModelOptions> = {
  ...evaluationOptionNames,
  data: true,
  classNames: true,
  images: true,
  columns: true,
  output: true,
  batchSize: true,
}

/**
 * Evaluates a model on examples, tensors or a data set as for `fitDataset`, with the `EvaluationLogger` of
 * `@lossline/evaluation`: metrics with intervals, confusion matrix and curves, tables of all, of the worst and of the surest
 * wrong predictions, with the images, and a comparison with an earlier evaluation. What the model predicts is guessed from
 * its output layer, as for `evaluationTable`.
 *
 * @returns the evaluation; it is logged to the run under `<name>/…` too, if there is one.
 * @throws TfjsOptionError for examples without labels, or a model that is no classifier and predicts several numbers;
 *   InvalidOptionError, EvaluationError for options and labels that cannot be; what `predict` throws.
 * @example
 * const { metrics } = await evaluateModel(model, { run, name: 'test', data: [xTest, yTest], classNames })
 */
export async function evaluateModel(model: ModelLike, options: EvaluateModelOptions): Promise<EvaluationResult> {
  checkOptions('evaluateModel', options, optionNames)
  const { data, classNames, task, images, columns, output, batchSize, ...loggerOptions } = options
  const parsed = parseEvaluationOptions({ data, task, output, batchSize })
  const chosen = chooseTask(model, parsed)
  const { source } = parsed

  let evaluation: EvaluationLogger<LoggedRow> | undefined
  let logging: RowLogging | undefined
  let toImages: ToImages | undefined
  let nextId = 0
  const pause = createYielder()
  for await (const { inputs, truths, rowCount } of batchesOf(source, { batchSize: parsed.batchSize, model })) {
    const label = truths[Math.min(parsed.output, truths.length - 1)]
    if (label === undefined) throw noLabels()
    const beganAtMs = performance.now()
    const predicted = await predictRows(model, inputs, { output: parsed.output, batchSize: rowCount })
    if (predicted === undefined) throw noOutput(parsed.output)
    const latencyMs = (performance.now() - beganAtMs) / rowCount
    logging ??= toRowLogging(chosen, predicted.width, classNames)
    evaluation ??= new EvaluationLogger({ ...loggerOptions, task: logging.task })
    // Black and white are those of all examples, or where they come one by one, of the first batch.
    toImages ??= await findToImages(source.kind === 'tensors' ? source.inputs[0] : inputs[0], images)
    const truth = await readRows(label)
    const pictures = inputs[0] === undefined ? undefined : await toImages?.(inputs[0])
    for (let row = 0; row < rowCount; row += 1) {
      const id = nextId
      nextId += 1
      evaluation.log({
        id,
        latencyMs,
        ...(pictures === undefined ? {} : { inputs: { image: pictures[row] } }),
        ...(columns === undefined ? {} : { columns: () => columns(id) }),
        ...logging.toRow(predicted, truth, row),
      })
    }
    await pause()
  }
  if (evaluation === undefined) throw new TfjsOptionError('There are no examples.', 'Pass at least one.')
  return evaluation.finish()
}

function noLabels(): TfjsOptionError {
  return new TfjsOptionError('The option data has no labels.', 'Pass data: [inputs, labels].')
}

function noOutput(output: number): TfjsOptionError {
  return new TfjsOptionError(`The model has no output ${output}.`, 'Pass the number of an output, from 0 on.')
}

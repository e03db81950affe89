import { checkOptions, type OptionNames } from '@lossline/core/adapter'
import { EvaluationLogger, type EvaluationLoggerOptions, type EvaluationResult } from '@lossline/evaluation'
import { TfjsOptionError } from '../errors.ts'
import { type EvaluationOptions, parseEvaluationOptions } from '../evaluation-table/evaluation-options.ts'
import { findToImages } from '../evaluation-table/example-images.ts'
import { chooseTask } from '../evaluation-table/output-task.ts'
import { predictRows, readRows } from '../evaluation-table/predict-rows.ts'
import { withRows } from '../evaluation-table/with-rows.ts'
import type { ModelLike } from '../tensorflow-like.ts'
import { nextTask } from '../tracking/next-task.ts'
import { type LoggedRow, type RowLogging, toRowLogging } from './to-logged-row.ts'

/** What is evaluated, and what is logged of it. */
export interface EvaluateModelOptions
  extends Pick<EvaluationOptions, 'data' | 'classNames' | 'task' | 'images' | 'columns' | 'output' | 'batchSize'>,
    Omit<EvaluationLoggerOptions<LoggedRow>, 'task'> {}

const optionNames: OptionNames<EvaluateModelOptions> = {
  data: true,
  classNames: true,
  task: true,
  images: true,
  columns: true,
  output: true,
  batchSize: true,
  run: true,
  name: true,
  step: true,
  maxRows: true,
  worstCount: true,
  maxRecords: true,
  keptMegabytes: true,
  seed: true,
  warmUpCount: true,
  confidence: true,
  baseline: true,
  artifact: true,
  onProblem: true,
}

const yieldIntervalMs = 50

/**
 * Evaluates a model on examples with the `EvaluationLogger` of `@lossline/evaluation`: metrics with intervals, confusion matrix
 * and curves, tables of all, of the worst and of the surest wrong predictions, with the images, and a comparison with an
 * earlier evaluation. What the model predicts is guessed from its output layer, as for `evaluationTable`.
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
  const parsed = parseEvaluationOptions({ data, task, output, batchSize, maxRows: Number.MAX_SAFE_INTEGER })
  const { inputs, truths, rowCount } = parsed
  const label = truths[Math.min(parsed.output, truths.length - 1)]
  if (label === undefined) throw new TfjsOptionError('The option data has no labels.', 'Pass data: [inputs, labels].')
  const toImages = await findToImages(inputs[0], images)
  const chosen = chooseTask(model, parsed)

  let evaluation: EvaluationLogger<LoggedRow> | undefined
  let logging: RowLogging | undefined
  let yieldedAtMs = performance.now()
  for (let start = 0; start < rowCount; start += parsed.batchSize) {
    const count = Math.min(parsed.batchSize, rowCount - start)
    await withRows([label, ...inputs], { start, count }, async ([labels, ...batch]) => {
      const beganAtMs = performance.now()
      const predicted = await predictRows(model, batch, { output: parsed.output, batchSize: count })
      if (predicted === undefined || labels === undefined) throw noOutput(parsed.output)
      const latencyMs = (performance.now() - beganAtMs) / count
      logging ??= toRowLogging(chosen, predicted.width, classNames)
      evaluation ??= new EvaluationLogger({ ...loggerOptions, task: logging.task })
      const truth = await readRows(labels)
      const pictures = batch[0] === undefined ? undefined : await toImages?.(batch[0])
      for (let row = 0; row < count; row += 1) {
        const id = start + row
        evaluation.log({
          id,
          latencyMs,
          ...(pictures === undefined ? {} : { inputs: { image: pictures[row] } }),
          ...(columns === undefined ? {} : { columns: () => columns(id) }),
          ...logging.toRow(predicted, truth, row),
        })
      }
    })
    if (performance.now() - yieldedAtMs < yieldIntervalMs) continue
    await nextTask()
    yieldedAtMs = performance.now()
  }
  if (evaluation === undefined) throw new TfjsOptionError('There are no examples.', 'Pass at least one.')
  return evaluation.finish()
}

function noOutput(output: number): TfjsOptionError {
  return new TfjsOptionError(`The model has no output ${output}.`, 'Pass the number of an output, from 0 on.')
}

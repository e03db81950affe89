import { activeRun, Table } from '@lossline/core'
import type { CommonOptions } from '../callbacks/callback-options.ts'
import type { TrainingObserver } from '../callbacks/training-observer.ts'
import { noModel, noRun, type ReportProblem, type TfjsProblem } from '../problems.ts'
import type { RunLike } from '../run-like.ts'
import type { ModelLike } from '../tensorflow-like.ts'
import { type EvaluationOptions, type ParsedEvaluationOptions, parseEvaluationOptions } from './evaluation-options.ts'
import { findToImages } from './example-images.ts'
import { type Examples, type HeldExamples, holdExamples } from './example-source.ts'
import { chooseTask } from './output-task.ts'
import { predictRows, readRows } from './predict-rows.ts'
import { type Cells, type CellsOptions, toComparisonCells, toLabelCell, toPredictionCells } from './prediction-cells.ts'
import { withRows } from './with-rows.ts'

interface Training {
  readonly run: RunLike
  readonly model: ModelLike
  readonly cells: CellsOptions
  readonly examples: HeldExamples
  /** The ground truth: cells of each example. */
  readonly truth: readonly Cells[]
}

// Images of an epoch's table up to this size come again with every epoch; larger ones are in the ground truth alone.
const repeatedImageBytesMax = 4 * 2 ** 20

/** Logs a table of the examples once, and one of the predictions after each epoch. */
export function createEvaluationObserver(
  options: CommonOptions & EvaluationOptions,
  report: ReportProblem,
): TrainingObserver {
  const { prefix = '' } = options
  const parsed = parseEvaluationOptions(options)
  const section = `${prefix}${parsed.name}`
  const loggedTo = new WeakSet<RunLike>()
  let training: Training | undefined

  const stop = (): void => {
    training?.examples.dispose()
    training = undefined
  }
  return {
    async onTrainBegin({ model }) {
      stop()
      const run = options.run ?? activeRun()
      if (run === undefined) return report(noRun)
      if (model === undefined) return report(noModel('A table of predictions'))
      const task = chooseTask(model, parsed)
      if (task === undefined) report(unknownTask)
      const cells = { task, labels: parsed.classNames }
      const examples = await holdExamples(parsed.source, { maxRows: parsed.maxRows, model })
      const truth = await readTruth(examples, parsed, cells).catch((cause: unknown) => {
        examples.dispose()
        throw cause
      })
      training = { run, model, cells, examples, truth }
      if (loggedTo.has(run)) return
      loggedTo.add(run)
      run.defineMetric(`${prefix}epoch/epoch`)
      run.defineMetric(`${section}/*`, { stepMetric: `${prefix}epoch/epoch` })
      run.log({ [`${section}/examples`]: Table.fromObjects(truth) })
    },
    async onEpochEnd(_readValues, { epoch }) {
      if (training === undefined || (epoch + 1) % parsed.everyEpochs !== 0) return
      const { run, model, cells, truth, examples } = training
      const output = await withRows(examples.inputs, { start: 0, count: examples.rowCount }, (rows) =>
        predictRows(model, rows, parsed),
      )
      if (output === undefined) return
      const classCount = classCountOf(cells.task, output.width)
      if (classCount !== undefined && cells.labels !== undefined && cells.labels.length !== classCount) {
        report(otherClassNames(cells.labels.length, classCount))
      }
      const predictions = truth.map((example, row) => toRow(example, toPredictionCells(output, row, cells), cells))
      const repeatsImages = imageBytesOf(examples) <= repeatedImageBytesMax
      const table = Table.fromObjects(repeatsImages ? predictions : predictions.map(withoutImage))
      run.log({ [`${prefix}epoch/epoch`]: epoch, [`${section}/predictions`]: table })
    },
    onTrainEnd: stop,
    onTrainError: stop,
  }
}

function readTruth(
  { inputs, truths, rowCount }: Examples,
  { images: shown, columns, output }: ParsedEvaluationOptions,
  cells: CellsOptions,
): Promise<readonly Cells[]> {
  return withRows([...inputs.slice(0, 1), ...truths], { start: 0, count: rowCount }, async ([input, ...labels]) => {
    const toImages = await findToImages(input, shown)
    const images = input === undefined ? undefined : await toImages?.(input)
    const features = images === undefined && input !== undefined ? await readRows(input) : undefined
    const label = labels[Math.min(output, labels.length - 1)]
    const truth = label === undefined ? undefined : await readRows(label)
    return Array.from({ length: rowCount }, (_, row) => ({
      id: row,
      ...(images === undefined ? {} : { image: images[row] }),
      ...(features === undefined ? {} : { input: toLabelCell(features, row, { task: undefined, labels: undefined }) }),
      ...(truth === undefined ? {} : { label: toLabelCell(truth, row, cells) }),
      ...columns?.(row),
    }))
  })
}

/** Bytes of the images of one table. */
function imageBytesOf({ inputs, rowCount }: Examples): number {
  const [, ...shape] = inputs[0]?.shape ?? []
  return shape.reduce((size, length) => size * length, rowCount)
}

function toRow(example: Cells, prediction: Cells, cells: CellsOptions): Cells {
  if (!('label' in example)) return { ...example, ...prediction }
  return { ...example, ...prediction, ...toComparisonCells(cells, prediction.prediction, example.label) }
}

function withoutImage({ image: _image, ...rest }: Cells): Cells {
  return rest
}

/** How many classes an output of a width is of; `undefined` where it is of none. */
function classCountOf(task: CellsOptions['task'], width: number): number | undefined {
  if (task === undefined || task.task === 'regression') return undefined
  return task.task === 'binary' ? 2 : width
}

function otherClassNames(nameCount: number, classCount: number): TfjsProblem {
  return {
    code: 'tfjs-class-names',
    message: `There are ${nameCount} classNames, and the model has ${classCount} classes.`,
    hint: 'Pass a name for each class, in the order of the outputs; missing ones are shown as their index.',
  }
}

const unknownTask = {
  code: 'tfjs-unknown-task',
  message: 'Neither the output layer nor the loss tells what the model predicts; its values are shown as they are.',
  hint: "Pass the task: 'classification', 'binary', 'multi-label' or 'regression'.",
} as const

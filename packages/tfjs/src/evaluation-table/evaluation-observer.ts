import { activeRun, type Image, Table } from '@lossline/core'
import type { CommonOptions } from '../callbacks/callback-options.ts'
import type { TrainingObserver } from '../callbacks/training-observer.ts'
import { imagesFromTensor } from '../media/image-from-tensor.ts'
import { noModel, noRun, type ReportProblem } from '../problems.ts'
import type { RunLike } from '../run-like.ts'
import type { ModelLike, ShapedTensorLike } from '../tensorflow-like.ts'
import { type EvaluationOptions, type ParsedEvaluationOptions, parseEvaluationOptions } from './evaluation-options.ts'
import { type GuessedTask, guessTask } from './output-task.ts'
import { predictRows, readRows } from './predict-rows.ts'
import { type Cells, type CellsOptions, toComparisonCells, toLabelCell, toPredictionCells } from './prediction-cells.ts'
import { withFirstRows } from './with-first-rows.ts'

interface Training {
  readonly run: RunLike
  readonly model: ModelLike
  readonly cells: CellsOptions
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
  const repeatsImages = imageBytesOf(parsed) <= repeatedImageBytesMax
  let training: Training | undefined

  return {
    async onTrainBegin({ model }) {
      training = undefined
      const run = options.run ?? activeRun()
      if (run === undefined) return report(noRun)
      if (model === undefined) return report(noModel('A table of predictions'))
      const task = toTask(model, parsed)
      if (task === undefined) report(unknownTask)
      const cells = { task, labels: parsed.classNames }
      const truth = await readTruth(parsed, cells)
      training = { run, model, cells, truth }
      if (loggedTo.has(run)) return
      loggedTo.add(run)
      run.defineMetric(`${prefix}epoch/epoch`)
      run.defineMetric(`${section}/*`, { stepMetric: `${prefix}epoch/epoch` })
      run.log({ [`${section}/examples`]: Table.fromObjects(truth) })
    },
    async onEpochEnd(_readValues, { epoch }) {
      if (training === undefined || (epoch + 1) % parsed.everyEpochs !== 0) return
      const { run, model, cells, truth } = training
      const output = await withFirstRows(parsed.inputs, parsed.rowCount, (rows) => predictRows(model, rows, parsed))
      if (output === undefined) return
      const predictions = truth.map((example, row) => toRow(example, toPredictionCells(output, row, cells), cells))
      const table = Table.fromObjects(repeatsImages ? predictions : predictions.map(withoutImage))
      run.log({ [`${prefix}epoch/epoch`]: epoch, [`${section}/predictions`]: table })
    },
    onTrainEnd() {
      training = undefined
    },
  }
}

function toTask(model: ModelLike, { task, output }: ParsedEvaluationOptions): GuessedTask | undefined {
  const guessed = guessTask(model, output)
  if (task === undefined) return guessed
  return { task, isLogits: guessed?.task === task && guessed.isLogits }
}

function readTruth(parsed: ParsedEvaluationOptions, cells: CellsOptions): Promise<readonly Cells[]> {
  const { rowCount, inputs, truths, columns, output } = parsed
  return withFirstRows([...inputs.slice(0, 1), ...truths], rowCount, async ([input, ...labels]) => {
    const images = await toImages(input, parsed)
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

async function toImages(
  input: ShapedTensorLike | undefined,
  { images }: ParsedEvaluationOptions,
): Promise<readonly Image[] | undefined> {
  if (input === undefined || images === false) return undefined
  const isImage = input.shape.length === 4 && [1, 3, 4].includes(input.shape[3] ?? 0)
  if (images === undefined && !isImage) return undefined
  const options = typeof images === 'object' ? images : {}
  return imagesFromTensor(input, { range: await rangeOf(input), ...options, count: input.shape[0] ?? 0 })
}

/** Bytes of the images of one table. */
function imageBytesOf({ inputs, rowCount }: ParsedEvaluationOptions): number {
  const [, ...shape] = inputs[0]?.shape ?? []
  return shape.reduce((size, length) => size * length, rowCount)
}

/** Of images that are not from 0 to 1, the values that occur: they were standardised in some way. */
async function rangeOf(input: ShapedTensorLike): Promise<readonly [number, number]> {
  const values = await input.data()
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number
    if (value < min) min = value
    if (value > max) max = value
  }
  if (min >= 0 && max <= 1) return [0, 1]
  if (min >= 0 && max <= 255) return [0, 255]
  return min < max ? [min, max] : [min, min + 1]
}

function toRow(example: Cells, prediction: Cells, cells: CellsOptions): Cells {
  if (!('label' in example)) return { ...example, ...prediction }
  return { ...example, ...prediction, ...toComparisonCells(cells, prediction.prediction, example.label) }
}

function withoutImage({ image: _image, ...rest }: Cells): Cells {
  return rest
}

const unknownTask = {
  code: 'tfjs-unknown-task',
  message: 'Neither the output layer nor the loss tells what the model predicts; its values are shown as they are.',
  hint: "Pass the task: 'classification', 'binary', 'multi-label' or 'regression'.",
} as const

import { Histogram, Image, type InitOptions, init, plot, type Run, Table } from '@lossline/core'
import { createWireRun } from '../test/support/create-wire-run.ts'
import { createRandom } from '../test/support/generated-data.ts'

/** A server to fill, and where programs of this machine log to it. */
export interface FillServerOptions {
  readonly url: string
  readonly logTo: Pick<InitOptions, 'dir' | 'baseUrl' | 'console' | 'silent'>
}

/** The run that goes on. */
export interface LiveRun extends AsyncDisposable {
  /** Logs the next step. */
  logStep(): void
}

/** Logs what `panelStates` names: some projects of runs that differ in how much they have. */
export async function fillServer({ url, logTo }: FillServerOptions): Promise<LiveRun> {
  const rich = async (project: string, index: number, size: Size): Promise<void> => {
    const run = await init({ ...logTo, project, ...describe(project, index) })
    for (let step = 0; step < size.stepCount; step++) logStep(run, index, step, size)
    logContents(run, index, size)
    await run.finish()
  }
  /** Numbers alone: much cheaper than a program of its own. */
  const plain = async (project: string, index: number, rows: readonly Row[]): Promise<void> => {
    const { name, config } = describe(project, index)
    const run = await createWireRun(url, { project, runId: `${project}-${index}`, displayName: name }, config)
    await run.log(rows)
    await run.finish()
  }
  const curve = (index: number, stepCount: number): Row[] =>
    Array.from({ length: stepCount }, (_, step) => rowOf(index, step))

  for (const index of [0, 1, 2]) await rich('usual', index, { stepCount: 40, rowCount: 12, pictureCount: 1 })
  for (let index = 3; index < 12; index++) await plain('usual', index, curve(index, 40))
  await rich('partial', 0, { stepCount: 20, rowCount: 3, pictureCount: 1, hasHoles: true })
  await plain('partial', 1, curve(1, 40))
  for (const index of [2, 3]) await plain('partial', index, [{ other: 1 }, { other: 2 }])
  for (let index = 1; index < 60; index++) await plain('large', index, curve(index, 300))
  // The newest, which panels of media and tables show first.
  await rich('large', 0, { stepCount: 5000, rowCount: 20_000, pictureCount: 64, contentsEvery: 500 })
  // Left to the clock, these would sometimes have taken equally long, which the comparer leaves out.
  for (const index of [0, 1]) await plain('empty', index, [{ other: 1 }, { other: 2, _runtime: 1 + index }])

  const live = await init({ ...logTo, project: 'live', ...describe('live', 0) })
  let step = 0
  for (; step < 10; step++) logStep(live, 0, step)
  logContents(live, 0, { stepCount: 10, rowCount: 12, pictureCount: 1 })
  return {
    logStep: () => logStep(live, 0, step++),
    [Symbol.asyncDispose]: () => live.finish(),
  }
}

type Row = Readonly<Record<string, number>>

interface Size {
  readonly stepCount: number
  readonly rowCount: number
  readonly pictureCount: number
  /** Some values are not finite. Default false. */
  readonly hasHoles?: boolean
  /** Steps from one picture to the next. Default 10. */
  readonly contentsEvery?: number
}

function describe(
  project: string,
  index: number,
): { readonly name: string; readonly config: Readonly<Record<string, unknown>> } {
  const lr = 10 ** -(1 + (index % 5))
  return {
    name: `${project} ${index}`,
    config: { lr, optimizer: index % 2 === 0 ? 'adam' : 'sgd', layers: 1 + (index % 3), seed: 7 },
  }
}

function rowOf(index: number, step: number): Row {
  const random = createRandom(1 + index * 10_007 + step)
  const loss = (1 + index / 10) * Math.exp(-step / (20 + index)) + 0.1 + 0.05 * random()
  return { loss, accuracy: 1 - loss / (2 + (index % 5)) }
}

function logStep(
  run: Run,
  index: number,
  step: number,
  { hasHoles = false, contentsEvery = 10 }: Pick<Size, 'hasHoles' | 'contentsEvery'> = {},
): void {
  const row: Record<string, unknown> = { ...rowOf(index, step) }
  if (hasHoles && step % 7 === 3) row.loss = step % 2 === 0 ? Number.NaN : Number.POSITIVE_INFINITY
  if (step % contentsEvery === 0) {
    row.sample = picture(index, step)
    row.weights = new Histogram(Array.from({ length: 200 }, (_, i) => Math.sin(i + step) + index))
    row.biases = new Histogram(Array.from({ length: 50 }, (_, i) => Math.cos(i * step) * index))
  }
  run.log(row)
}

/** What comes once, at the end. */
function logContents(run: Run, index: number, { rowCount, pictureCount }: Size): void {
  const curve = new Table({
    columns: ['epoch', 'loss'],
    rows: Array.from({ length: 20 }, (_, epoch) => [epoch, rowOf(index, epoch).loss!]),
  })
  const rows = new Table({
    columns: ['digit', 'guess', 'score', 'remark'],
    rows: Array.from({ length: rowCount }, (_, i) => [i % 10, (i * (index + 3)) % 10, i / rowCount, `example ${i}`]),
  })
  run.log({
    curve: plot.line(curve, { x: 'epoch', y: 'loss', title: 'Loss by epoch' }),
    confusion: confusion(index),
    scene: scene(index),
    rows,
    sample: Array.from({ length: pictureCount }, (_, i) => picture(index, i)),
  })
}

function picture(index: number, step: number): Image {
  const pixels = Uint8Array.from({ length: 256 }, (_, i) => ((i % 16) * (step % 16) + index * 40) % 256)
  return new Image(pixels, { width: 16, height: 16, caption: `run ${index} at ${step}` })
}

/** Guesses at three animals, of which every fourth is wrong. */
function confusion(index: number): ReturnType<typeof plot.confusionMatrix> {
  const classNames = ['cat', 'dog', 'owl']
  const yTrue = Array.from({ length: 60 }, (_, i) => i % 3)
  const preds = yTrue.map((actual, i) => (i % 4 === 0 ? (actual + 1 + ((i + index) % 2)) % 3 : actual))
  return plot.confusionMatrix({ yTrue, preds, classNames })
}

const sceneWidth = 48
const sceneHeight = 32

/** A picture with what is in it, and what a model has found: a box beside the true one, and a mask of two classes. */
function scene(index: number): Image {
  const size = sceneWidth * sceneHeight
  const column = (i: number): number => i % sceneWidth
  const isLeft = (i: number): boolean => Math.hypot(column(i) - 14, Math.floor(i / sceneWidth) - 16) < 9
  const isRight = (i: number): boolean => Math.abs(column(i) - 36) < 7 && Math.abs(Math.floor(i / sceneWidth) - 15) < 8
  const pixels = Uint8Array.from({ length: size }, (_, i) => (isLeft(i) ? 210 : isRight(i) ? 120 : 40 + column(i)))
  const maskData = Uint8Array.from({ length: size }, (_, i) => (isLeft(i + 1) ? 1 : isRight(i + 2) ? 2 : 0))
  const classLabels = { 1: 'ball', 2: 'box' }
  const ball = (off: number) => ({ minX: 0.1 + off, minY: 0.2, maxX: 0.48 + off, maxY: 0.8 })
  return new Image(pixels, {
    width: sceneWidth,
    height: sceneHeight,
    caption: `scene of run ${index}`,
    boxes: {
      truth: { boxData: [{ position: ball(0), classId: 1 }], classLabels },
      guess: {
        boxData: [
          { position: ball(0.04), classId: 1, scores: { sure: 0.9 } },
          { position: { minX: 0.6, minY: 0.22, maxX: 0.9, maxY: 0.74 }, classId: 2, scores: { sure: 0.6 } },
        ],
        classLabels,
      },
    },
    masks: { guess: { maskData, classLabels } },
  })
}

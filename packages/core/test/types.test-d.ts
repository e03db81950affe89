import { expectTypeOf } from 'vitest'
import {
  Artifact,
  type ArtifactEntry,
  type ArtifactRun,
  type ArtifactState,
  type ArtifactVersion,
  Audio,
  activeRun,
  Graph,
  Histogram,
  Html,
  Image,
  type InitOptions,
  init,
  JoinedTable,
  type MediaValue,
  Molecule,
  plot,
  plotTable,
  type Run,
  Table,
  Video,
} from '../src/index.ts'

interface TrainingConfig {
  learningRate: number
  optimizer: { name: 'adam' | 'sgd'; momentum?: number }
  layers: number[]
}
declare const typed: TrainingConfig

const inferred = await init({ config: { epochs: 5, optimizer: { name: 'adam' } } })
expectTypeOf(inferred.config.epochs).toEqualTypeOf<number>()
expectTypeOf(inferred.config.optimizer.name).toEqualTypeOf<string>()
expectTypeOf(inferred.config.toJSON()).toEqualTypeOf<{ epochs: number; optimizer: { name: string } }>()
// @ts-expect-error a key that the config does not have
inferred.config.epoch
// @ts-expect-error the wrong type
inferred.config.epochs = 'five'

const run = await init({ config: typed })
expectTypeOf(run).toEqualTypeOf<Run<TrainingConfig>>()
expectTypeOf(run.config.optimizer.name).toEqualTypeOf<'adam' | 'sgd'>()
run.config.update({ optimizer: { momentum: 0.9 } })
run.config.update({ somethingNew: 1 }, { allowValChange: true })
// @ts-expect-error the wrong type, inside
run.config.update({ optimizer: { momentum: 'much' } })

const plain = await init()
expectTypeOf(plain).toEqualTypeOf<Run>()
expectTypeOf(plain.config.anything).toEqualTypeOf<unknown>()
plain.config.anything = 1
plain.summary.best = 0.9
delete plain.summary.best
expectTypeOf(plain.summary.loss).toEqualTypeOf<unknown>()
expectTypeOf(activeRun()).toEqualTypeOf<Run | undefined>()

// What an adapter may ask for: a run with any config.
expectTypeOf(run).toExtend<Run<object>>()
expectTypeOf(inferred).toExtend<Run<object>>()

interface Metrics {
  loss: number
}
declare const metrics: Metrics
expectTypeOf(run.log(metrics)).toEqualTypeOf<void>()
run.log({ loss: 1, nested: { list: [1, 'a'], at: new Date() } }, { step: 3, commit: false })
// @ts-expect-error not an object
run.log(0.5)
// @ts-expect-error a step is a number
run.log({ loss: 1 }, { step: '3' })

// What would be left out is told by the compiler.
declare const maybeLoss: number | undefined
// @ts-expect-error a promise
run.log({ loss: Promise.resolve(1) })
// @ts-expect-error a function
run.log({ loss: () => 1 })
// @ts-expect-error a class
run.log({ loss: Image })
// @ts-expect-error undefined
run.log({ loss: undefined })
// @ts-expect-error what may be undefined
run.log({ loss: maybeLoss })
// @ts-expect-error a symbol
run.log({ loss: Symbol('loss') })
// @ts-expect-error promises in a list
run.log({ losses: [1, 2].map(async (loss) => loss) })
// @ts-expect-error a promise in a nested object
run.log({ val: { loss: Promise.resolve(1), step: 1 } })
// @ts-expect-error a step that is no option
run.log({ loss: 1 }, 5)
// @ts-expect-error a mistyped option
run.log({ loss: 1 }, { stpe: 3 })
interface PartialMetrics {
  loss: number
  accuracy?: number
  val?: { loss: number; previous?: PartialMetrics['val'] }
}
declare const partial: PartialMetrics
declare const constant: { readonly a: readonly [1, 'b']; readonly losses: readonly number[] }
declare const anything: Record<string, unknown>
declare const numbers: { [metric: string]: number | undefined }
// biome-ignore lint/suspicious/noExplicitAny: rows of programs without types
declare const untypedRow: { loss: any }
declare const branded: { loss: number & { readonly __brand: 'loss' } }
declare const object: object
run.log(partial)
run.log(constant)
run.log(anything)
run.log(numbers)
run.log(untypedRow)
run.log(branded)
run.log(object)
run.log({ none: null, big: 1n, yes: true, text: 'a', list: [[1], ['a', null]], buffer: new ArrayBuffer(1) })
run.log({ weights: new Float32Array(1), at: new Date(), map: new Map([['a', 1]]), set: new Set([1]), pattern: /a/ })
run.log({ error: new Error('no'), url: new URL('http://a'), bytes: Buffer.of(1), stats: new Histogram([1]) })
run.log({ images: [new Image('a.png')], boxed: { image: new Image('a.png'), at: new Date() } })
expectTypeOf(run.finish()).toEqualTypeOf<Promise<void>>()
expectTypeOf(run).toExtend<AsyncDisposable>()

run.defineMetric('val/*', { stepMetric: 'epoch', summary: ['min', 'max'], goal: 'minimize' })
run.defineMetric('loss', { summary: 'min,max', description: 'Cross-entropy', unit: 'nats' })
// @ts-expect-error no such statistic
run.defineMetric('loss', { summary: ['median'] })
// @ts-expect-error no such goal
run.defineMetric('loss', { goal: 'up' })

expectTypeOf<InitOptions['mode']>().toEqualTypeOf<'local' | 'online' | 'offline' | 'disabled' | 'shared' | undefined>()
// @ts-expect-error no such mode
await init({ mode: 'somewhere' })

run.log({ image: new Image(new Float32Array(4), { width: 2, height: 2, channels: 1 }), list: [new Html('<p>')] })
run.summary.image = new Image('photo.jpg')
expectTypeOf(new Image([[0, 1]]).width).toEqualTypeOf<number>()
expectTypeOf(new Histogram([1, 2])).toExtend<MediaValue>()
new Image({ data: new Uint8ClampedArray(16), width: 2, height: 2 })
new Image({ data: new Uint8Array(4), dims: [2, 2] })
new Image(new Uint8Array(4), {
  width: 2,
  height: 2,
  boxes: { truth: { boxData: [{ position: { middle: [1, 1], width: 1, height: 1 }, domain: 'pixel', classId: 1 }] } },
})
// @ts-expect-error a tensor has to be read first
new Image({ dataSync: () => new Float32Array(4), shape: [2, 2] })
// @ts-expect-error five channels
new Image(new Uint8Array(20), { width: 2, height: 2, channels: 5 })
// @ts-expect-error a box needs a class
new Image('a.png', { boxes: { b: { boxData: [{ position: { minX: 0, minY: 0, maxX: 1, maxY: 1 } }] } } })
new Audio([new Float32Array(2), new Float32Array(2)], { sampleRate: 8000 })
// @ts-expect-error samples are floats or 16-bit integers
new Audio(new Uint32Array(2), { sampleRate: 8000 })
// @ts-expect-error no such format
new Video('a.avi', { format: 'avi' })
// @ts-expect-error no such file type
new Molecule('END', { fileType: 'doc' })
// @ts-expect-error an edge has two ends
new Graph({ nodes: [{ id: 'a' }], edges: [['a']] })

expectTypeOf(run.signal).toEqualTypeOf<AbortSignal>()
run.alert({ title: 'done', level: 'warn', waitDurationMs: 1000 })
// @ts-expect-error no such level
run.alert({ title: 'done', level: 'fatal' })
await init({ id: 'a', resume: true, onStop: () => {} })
// @ts-expect-error no such word
await init({ resume: 'sometimes' })

const table = new Table({
  columns: ['a'],
  rows: [[1], { a: 2 }],
  columnTypes: { a: { list: 'number' } },
  optional: { a: false },
})
expectTypeOf(table.addRow(1).addRow({ a: 2 })).toEqualTypeOf<Table>()
expectTypeOf(table.getColumn('a')).toEqualTypeOf<unknown[]>()
expectTypeOf(Table.fromObjects([{ a: 1 }])).toEqualTypeOf<Table>()
Table.fromColumns({ x: Float64Array.of(1), y: ['a'] }).addColumn('z', Int8Array.of(1))
new Table([{ a: 1 }])
// @ts-expect-error no such type
new Table({ columnTypes: { a: 'float' } })
// @ts-expect-error no such mode
new Table({ logMode: 'immutable' })
// @ts-expect-error rows are lists or objects
new Table({ rows: [1, 2] })
run.log({ table, chart: plot.line(table, { x: 'a', y: 'a', stroke: 'a' }) })
// @ts-expect-error y is missing
plot.line(table, { x: 'a' })
plot.confusionMatrix({ yTrue: Int32Array.of(1), preds: ['a'], classNames: ['x'] })
plotTable({ preset: 'wandb/line/v0', table, fields: { x: 'a', stroke: null } })
// @ts-expect-error a join has two tables
new JoinedTable({ table1: 'a.table.json', joinKey: 'id' })

const artifact = new Artifact('model', 'model', { metadata: { layers: 3 }, ttlMs: 'forever' })
expectTypeOf(artifact.addFile('a', { policy: 'immutable' })).toEqualTypeOf<Promise<ArtifactEntry>>()
expectTypeOf(artifact.addReference('s3://a/b')).toEqualTypeOf<Promise<ArtifactEntry[]>>()
expectTypeOf((await artifact.addDir('a')).notices).toExtend<readonly { readonly path: string }[]>()
expectTypeOf(artifact.newFile('a').write).toBeCallableWith(new Uint8Array(1))
await artifact.add(table, 'table')
// @ts-expect-error no such policy
await artifact.addFile('a', { policy: 'moved' })
// @ts-expect-error the name is missing
await artifact.addBuffer('text')
// @ts-expect-error numbers are no bytes
await artifact.addBuffer([1, 2], 'numbers')
// @ts-expect-error a time to live is a number of milliseconds or a word
new Artifact('a', 'b', { ttlMs: 'never' })
// @ts-expect-error the type is missing
new Artifact('a')
expectTypeOf(run.logArtifact(artifact, { aliases: 'best', tags: ['a'] })).toEqualTypeOf<ArtifactVersion>()
expectTypeOf(run.useArtifact('a:v1', { as: 'data' })).toEqualTypeOf<Promise<ArtifactVersion>>()
expectTypeOf(run.save('*.ckpt', { policy: 'now' })).toEqualTypeOf<string[]>()
// @ts-expect-error no such policy
run.save('a', { policy: 'later' })
const version = await run.logModel('model').wait({ timeoutMs: 10 })
expectTypeOf(version).toEqualTypeOf<ArtifactVersion>()
expectTypeOf(version.state).toEqualTypeOf<ArtifactState>()
expectTypeOf(version.version).toEqualTypeOf<string | undefined>()
expectTypeOf(version.loggedBy()).toEqualTypeOf<Promise<ArtifactRun | undefined>>()
expectTypeOf(version.download({ files: ['a'] })).toEqualTypeOf<Promise<string>>()
version.metadata = { any: 'thing' }
version.ttlMs = 'inherit'
// @ts-expect-error the server decides
version.version = 'v3'

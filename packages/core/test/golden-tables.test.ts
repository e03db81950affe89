import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readJournal } from '@lossline/journal'
import {
  type ArtifactRecord,
  createRunState,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseJson,
} from '@lossline/protocol'
import { fixtureUrl, openTemporaryDirectory } from '@lossline/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { Image, init, plot, type Run, Table } from '../src/index.ts'
import { type RunOnDisk, readRun } from './read-run.ts'

// A run of W&B's client 0.30.0, and the same calls made here.
const golden = fixtureUrl('wandb-runs/table/')
const goldenRun = new URL('offline-run-20261124_020634-table001/', golden)
const names = ['cat', 'dog', 'bird']

interface Recorded {
  readonly artifacts: readonly ArtifactRecord[]
  readonly config: JsonObject
  readonly summary: JsonObject
  readFile(path: string): string
  readEntry(localPath: string): Buffer
}

/** Bytes of the images of the golden run, by their paths in its artifacts. */
const goldenImages = new Map<string, Buffer>()
let theirs: Recorded
let ours: Recorded

function toRecorded(
  records: Awaited<ReturnType<typeof readJournal>>['records'],
  read: Pick<Recorded, 'readFile' | 'readEntry'>,
): Recorded {
  const state = createRunState()
  for (const record of records) state.apply(record)
  return {
    artifacts: records.flatMap((record) => (record.kind === 'artifact' ? [record.artifact] : [])),
    config: state.config(),
    summary: state.summary(),
    ...read,
  }
}

beforeAll(async () => {
  const journal = await readJournal(new URL('run-table001.wandb', goldenRun).pathname)
  theirs = toRecorded(journal.records, {
    readFile: (path) => readFileSync(new URL(`files/${path}`, goldenRun), 'utf8'),
    readEntry: (localPath) => readFileSync(new URL(`staging/${localPath.split('/').at(-1)}`, golden)),
  })
  for (const { manifest } of theirs.artifacts) {
    for (const { path = '', localPath = '' } of manifest?.contents ?? []) {
      if (path.startsWith('media/images/')) goldenImages.set(path, theirs.readEntry(localPath))
    }
  }
  await using folder = await openTemporaryDirectory()
  const run = await init({
    dir: folder.path,
    id: 'table001',
    project: 'golden',
    silent: true,
    console: 'off',
    disableMetadata: true,
  })
  logAll(run)
  await run.finish()
  const onDisk: RunOnDisk = await readRun(folder.path)
  const entries = new Map<string, Buffer>()
  const recorded = toRecorded(onDisk.records, {
    readFile: (path) => onDisk.files[join('files', path)] ?? '',
    readEntry: (localPath) => entries.get(localPath) ?? Buffer.of(),
  })
  for (const { manifest } of recorded.artifacts) {
    for (const { localPath = '' } of manifest?.contents ?? []) entries.set(localPath, readFileSync(localPath))
  }
  ours = recorded
}, 60_000)

/** The cells of a golden table, with Python's floats told from its integers by the column. */
function goldenRows(name: string, version = 0): JsonValue[][] {
  const artifact = theirs.artifacts.filter((candidate) => candidate.name === `run-table001-${name}`)[version]
  const entry = artifact?.manifest?.contents?.find(({ path }) => path === `${name}.table.json`)
  const table = parseJson(theirs.readEntry(entry?.localPath ?? '').toString()) as JsonObject
  return table.data as JsonValue[][]
}

function logAll(run: Run): void {
  for (let step = 0; step < 3; step += 1) {
    const table = new Table({ columns: ['id', 'image', 'text', 'score', 'label', 'correct'] })
    for (const [id, image, text, score, label, correct] of goldenRows('predictions', step)) {
      const { path } = image as JsonObject
      table.addRow(id, new Image(goldenImages.get(String(path)) ?? Buffer.of()), text, score, label, correct)
    }
    run.log({ predictions: table, value: step })
  }
  const rows = [
    [1, [1, 2, 3], { k: 1 }],
    [2.5, [], { k: null }],
    [null, null, null],
  ]
  run.log({ mixed: new Table({ columns: ['a', 'b', '3'], data: rows, allowMixedTypes: true }) })
  const yTrue = [0, 1, 2, 2, 1, 0, 1, 2, 0, 1]
  const preds = [0, 1, 2, 1, 1, 0, 2, 2, 0, 1]
  run.log({ cm: plot.confusionMatrix({ yTrue, preds, classNames: names, title: 'Confusion' }) })
  const xy = new Table({ columns: ['x', 'y'], data: [0, 1, 2, 3, 4].map((x) => [x, x * x]) })
  const points = [
    [1, 2],
    [3, 1],
    [2, 5],
  ]
  const bars = [
    ['a', 3],
    ['b', 5],
    ['c', 2],
  ]
  const ys = [
    [1, 2, 3],
    [3, 2, 1],
  ]
  run.log({
    line: plot.line(xy, { x: 'x', y: 'y', title: 'Line' }),
    scatter: plot.scatter(new Table({ columns: ['x', 'y'], data: points }), { x: 'x', y: 'y', title: 'Scatter' }),
    bar: plot.bar(new Table({ columns: ['name', 'n'], data: bars }), { label: 'name', value: 'n', title: 'Bar' }),
    histogram: plot.histogram(new Table({ columns: ['v'], data: goldenRows('histogram_table') }), {
      value: 'v',
      title: 'Histogram',
    }),
    series: plot.lineSeries({ xs: [0, 1, 2], ys, keys: ['up', 'down'], title: 'Series', xname: 'step' }),
  })
}

const tables = ['mixed', 'cm_table', 'line_table', 'scatter_table', 'bar_table', 'histogram_table', 'series_table']

describe('the same calls as in a run of W&B', () => {
  test.each(tables)('%s: the artifact has the same entries, digests and bytes', (name) => {
    const pick = ({ artifacts }: Recorded) => artifacts.find((artifact) => artifact.name === `run-table001-${name}`)
    const [their, our] = [pick(theirs), pick(ours)]
    expect(our?.digest).toBe(their?.digest)
    expect(our?.manifest?.contents?.map(({ path, digest, size }) => ({ path, digest, size: Number(size) }))).toEqual(
      their?.manifest?.contents?.map(({ path, digest, size }) => ({ path, digest, size: Number(size) })),
    )
    expect(our).toMatchObject({ type: their?.type, aliases: their?.aliases, finalize: their?.finalize })
  })

  // The first version has the score 0.0 of Python, which is 0 here.
  test.each([1, 2])('version %d of the table with images has the same digest', (version) => {
    const digests = ({ artifacts }: Recorded) =>
      artifacts.filter(({ name }) => name === 'run-table001-predictions').map(({ digest }) => digest)
    expect(digests(ours)[version]).toBe(digests(theirs)[version])
  })

  test.each([...tables, 'predictions'])(
    '%s: the value in the summary is the same, but for random ids and the step',
    (name) => {
      const pick = ({ summary }: Recorded) => {
        const value = summary[name]
        if (!isJsonObject(value)) throw new Error(`no ${name}`)
        const withoutId = (uri: JsonValue | undefined) => String(uri).replace(/[a-z0-9]{128}/, '<id>')
        return {
          ...value,
          path: String(value.path).replace(/_\d+_([0-9a-f]{20})/, '_<step>_$1'),
          artifact_path: withoutId(value.artifact_path),
          _latest_artifact_path: withoutId(value._latest_artifact_path),
        }
      }
      expect(pick(ours)).toEqual(pick(theirs))
      const pathOf = ({ summary }: Recorded) => String((summary[name] as JsonObject).path)
      expect(ours.readFile(pathOf(ours))).toBe(theirs.readFile(pathOf(theirs)))
    },
  )

  test.each(['cm', 'line', 'scatter', 'bar', 'histogram', 'series'])('%s: the chart is described alike', (name) => {
    const pick = ({ config }: Recorded) => ((config._wandb as JsonObject).visualize as JsonObject)[name]
    expect(pick(ours)).toEqual(pick(theirs))
  })
})

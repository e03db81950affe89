import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeForArtifact } from '@lossline/journal'
import { type ArtifactRecord, type JsonObject, type JsonValue, parseJson } from '@lossline/protocol'
import { openTemporaryDirectory, spawnScript } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import {
  Audio,
  Html,
  Image,
  type InitOptions,
  JoinedTable,
  MediaReference,
  type MediaValue,
  PartitionedTable,
  plot,
  Table,
  Video,
} from '../src/index.ts'
import { openCase } from './open-case.ts'
import { type RunOnDisk, readRun } from './read-run.ts'

function artifactsOf({ records }: RunOnDisk): ArtifactRecord[] {
  return records.flatMap((record) => (record.kind === 'artifact' ? [record.artifact] : []))
}

/** The file of an artifact, parsed. */
function entryJson(artifact: ArtifactRecord | undefined, path: string): JsonValue {
  const entry = artifact?.manifest?.contents?.find((candidate) => candidate.path === path)
  const bytes = readFileSync(entry?.localPath ?? '')
  expect(createHash('md5').update(bytes).digest('base64')).toBe(entry?.digest)
  expect(bytes.length).toBe(Number(entry?.size))
  return parseJson(bytes.toString())
}

const digit = (value: number) => new Image(Uint8Array.of(value, value, value, value), { width: 2, height: 2 })

describe.each([
  ['in a worker', {}],
  ['synchronously', { durability: 'sync' as const }],
])('a table written %s', (_name, options: InitOptions) => {
  test('lacks only the cell whose file is gone', async () => {
    await using folder = await openTemporaryDirectory()
    await using opened = await openCase(options)
    const gif = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=', 'base64')
    const files = ['gone.gif', 'kept.gif'].map((name) => join(folder.path, name))
    for (const file of files) writeFileSync(file, gif)
    const table = new Table({ columns: ['n', 'image'], optional: false })
    files.forEach((file, index) => {
      table.addRow(index, new Image(file))
    })
    rmSync(files[0]!)
    opened.run.log({ t: table, loss: 1 })
    const run = await opened.read()
    const json = entryJson(artifactsOf(run)[0], 't.table.json') as JsonObject
    expect(json).toMatchObject({
      data: [
        [0, null],
        [1, { _type: 'image-file' }],
      ],
    })
    // A reader in Python refuses null in a column that may not have it.
    expect(JSON.stringify((json.column_types as JsonObject).params)).toContain('{"wb_type":"none"}')
    expect(run.rows[0]).toMatchObject({ loss: 1, 't|nrows': 2 })
  })

  test('is an artifact, a file of the run, and the value of its key, in this order', async () => {
    await using opened = await openCase(options)
    const table = new Table({ columns: ['id', 'image', 'text', 'score', 'ok'] })
    table.addRow(0, digit(1), 'größe "x"', 0.25, true)
    table.addRow({ id: 1, image: digit(2), text: null, score: Number.NaN })
    opened.run.log({ preds: table, loss: 1 })
    // What comes after the log is not in it.
    table.addRow(2, null, 'late', 1, false)
    const run = await opened.read()
    const kinds = run.records.map(({ kind }) => kind).filter((kind) => ['artifact', 'files', 'history'].includes(kind))
    expect(kinds.slice(kinds.indexOf('artifact'))).toEqual(['artifact', 'files', 'history'])
    const [artifact] = artifactsOf(run)
    expect(artifact).toMatchObject({
      runId: opened.run.id,
      project: opened.run.project,
      type: 'run_table',
      name: `run-${opened.run.id}-preds`,
      aliases: ['latest'],
      finalize: true,
    })
    expect(artifact?.manifest?.contents?.map(({ path }) => path)).toEqual([
      expect.stringMatching(/^media\/images\/[0-9a-f]{20}\.png$/),
      expect.stringMatching(/^media\/images\/[0-9a-f]{20}\.png$/),
      'preds.table.json',
    ])
    expect(entryJson(artifact, 'preds.table.json')).toMatchObject({
      _type: 'table',
      ncols: 5,
      nrows: 2,
      log_mode: 'IMMUTABLE',
      columns: ['id', 'image', 'text', 'score', 'ok'],
      data: [
        [0, { _type: 'image-file', format: 'png', width: 2, height: 2 }, 'größe "x"', 0.25, true],
        [1, { _type: 'image-file' }, null, null, null],
      ],
    })
    const row = run.rows[0] ?? {}
    const path = String(row['preds|path'])
    const text = run.files[join('files', path)] ?? ''
    expect(text).toBe(
      '{"columns":["id","image","text","score","ok"],"data":[[0,"Image","größe \\"x\\"",0.25,true],[1,"Image",null,NaN,null]]}',
    )
    const sha256 = createHash('sha256').update(text).digest('hex')
    const { clientId, sequenceClientId } = artifact ?? {}
    expect(row).toMatchObject({
      loss: 1,
      'preds|_type': 'table-file',
      'preds|sha256': sha256,
      'preds|size': Buffer.byteLength(text),
      'preds|path': `media/table/preds_0_${sha256.slice(0, 20)}.table.json`,
      'preds|ncols': 5,
      'preds|nrows': 2,
      'preds|log_mode': 'IMMUTABLE',
      'preds|artifact_path': `wandb-client-artifact://${clientId}/preds.table.json`,
      'preds|_latest_artifact_path': `wandb-client-artifact://${sequenceClientId}:latest/preds.table.json`,
    })
    expect(run.summary).toMatchObject({ preds: { path, nrows: 2 } })
  })
})

test('a chart is its table in the row and a note in the config', async () => {
  await using opened = await openCase()
  const table = new Table({ columns: ['x', 'y'], rows: [[1, 2]] })
  opened.run.log({ val: { curve: plot.line(table, { x: 'x', y: 'y', title: 'T' }) }, loss: 1 })
  const { rows, config } = await opened.read()
  expect(rows[0]).toMatchObject({ loss: 1, 'val.curve_table|_type': 'table-file' })
  expect(config).toMatchObject({
    _wandb: { visualize: { 'val.curve': { panel_type: 'Vega2', panel_config: { panelDefId: 'wandb/line/v0' } } } },
  })
})

describe('a table that is logged again', () => {
  const leavesOf = (row: Readonly<Record<string, JsonValue>> | undefined, key = 't') =>
    Object.fromEntries(Object.entries(row ?? {}).filter(([label]) => label.startsWith(`${key}|`)))

  test('IMMUTABLE: repeats its first version', async () => {
    await using opened = await openCase()
    const table = new Table({ columns: ['a'], rows: [[1]] })
    opened.run.log({ t: table })
    opened.run.log({ t: table, other: table })
    table.addRow(2)
    opened.run.log({ t: table })
    const run = await opened.read()
    expect(artifactsOf(run)).toHaveLength(1)
    expect(leavesOf(run.rows[1])).toEqual(leavesOf(run.rows[0]))
    expect(run.rows[1]?.['other|path']).toBe(run.rows[0]?.['t|path'])
    expect(leavesOf(run.rows[2])).toEqual(leavesOf(run.rows[0]))
  })

  test('MUTABLE: is a new version when it has changed', async () => {
    await using opened = await openCase()
    const table = new Table({ columns: ['a'], rows: [[1]], logMode: 'MUTABLE' })
    opened.run.log({ t: table })
    opened.run.log({ t: table })
    table.addColumn('b', ['x'])
    opened.run.log({ t: table })
    const run = await opened.read()
    const artifacts = artifactsOf(run)
    expect(artifacts.map(({ name, type }) => ({ name, type }))).toEqual(
      [1, 2].map(() => ({ name: `run-${opened.run.id}-t`, type: 'run_table' })),
    )
    expect(leavesOf(run.rows[1])).toEqual(leavesOf(run.rows[0]))
    expect(run.rows[2]).toMatchObject({ 't|ncols': 2, 't|log_mode': 'MUTABLE' })
    expect(entryJson(artifacts[1], 't.table.json')).toMatchObject({ columns: ['a', 'b'], data: [[1, 'x']] })
  })

  test('INCREMENTAL: each log holds the rows that are new', async () => {
    await using opened = await openCase()
    const table = new Table({ columns: ['a'], rows: [[1], [2]], logMode: 'INCREMENTAL' })
    opened.run.log({ t: table })
    table.addRow(3)
    opened.run.log({ t: table })
    opened.run.log({ t: table })
    table.addRow(4).addRow(5)
    opened.run.log({ t: table })
    const run = await opened.read()
    const artifacts = artifactsOf(run)
    expect(artifacts).toHaveLength(3)
    const uris: string[] = []
    for (const [index, artifact] of artifacts.entries()) {
      expect(artifact).toMatchObject({
        type: 'wandb-run-incremental-table',
        name: `run-${opened.run.id}-incr-t`,
        incrementalBeta1: true,
        finalize: true,
      })
      const path = artifact.manifest?.contents?.[0]?.path ?? ''
      expect(path).toMatch(new RegExp(`^${index}-\\d{13}\\.t\\.table\\.json$`))
      expect(entryJson(artifact, path)).toMatchObject({
        log_mode: 'INCREMENTAL',
        increment_num: index,
        previous_increments_paths: uris,
        data: [[[1], [2]], [[3]], [[4], [5]]][index],
        nrows: [2, 1, 2][index],
      })
      const row = run.rows[index === 0 ? 0 : index === 1 ? 1 : 3] ?? {}
      expect(row).toMatchObject({
        't|_type': 'incremental-table-file',
        't|increment_num': index,
        't|previous_increments_paths': uris,
        't|nrows': [2, 3, 5][index],
      })
      const copy = parseJson(run.files[join('files', String(row['t|path']))] ?? '')
      expect(copy).toEqual({ columns: ['a'], data: [[[1], [2]], [[3]], [[4], [5]]][index] })
      uris.push(`wandb-client-artifact://${artifact.clientId}/${path}`)
    }
    expect(leavesOf(run.rows[2])).toEqual(leavesOf(run.rows[1]))
  })

  test('a row that is refused logs nothing: the table is still to come', async () => {
    await using opened = await openCase()
    const table = new Table({ columns: ['a'], rows: [[1]], logMode: 'INCREMENTAL' })
    opened.run.log({ x: 1 }, { step: 5 })
    opened.run.log({ t: table }, { step: 3 })
    const cyclic: unknown[] = []
    cyclic.push(cyclic)
    expect(() => opened.run.log({ t: table, cyclic })).toThrow()
    opened.run.log({ t: table })
    const run = await opened.read()
    expect(artifactsOf(run)).toHaveLength(1)
    expect(run.rows.at(-1)).toMatchObject({ 't|increment_num': 0, 't|nrows': 1 })
  })

  test('two runs have a version each', async () => {
    await using first = await openCase()
    await using second = await openCase()
    const table = new Table({ columns: ['a'], rows: [[1]] })
    first.run.log({ t: table })
    second.run.log({ t: table })
    expect([artifactsOf(await first.read()).length, artifactsOf(await second.read()).length]).toEqual([1, 1])
  })
})

test('keys with slashes, dots and signs stay in their folder; the artifact gets a name that may be', async () => {
  await using opened = await openCase()
  opened.run.log({ val: { '../größe/x': new Table({ columns: ['a'], rows: [[1]] }) } })
  const run = await opened.read()
  const [artifact] = artifactsOf(run)
  expect(artifact?.name).toMatch(/^run-[a-z0-9]{8}-\.\.grex-[A-Za-z0-9_-]{6}$/)
  expect(artifact?.manifest?.contents?.[0]?.path).toBe('__/größe/x.table.json')
  expect(run.rows[0]).toMatchObject({
    'val|../größe/x|path': expect.stringMatching(/^media\/table\/__\/größe\/x_0_[0-9a-f]{20}\.table\.json$/),
  })
})

test('media of all kinds, lists of them and long arrays have files in the artifact', async () => {
  await using folder = await openTemporaryDirectory()
  const file = join(folder.path, 'clip.gif')
  const gif = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=', 'base64')
  writeFileSync(file, gif)
  await using opened = await openCase()
  const table = new Table({ columns: ['sound', 'video', 'page', 'images', 'long', 'short'] })
  table.addRow(
    new Audio(new Float32Array(8), { sampleRate: 8000 }),
    new Video(file),
    new Html('<p>x</p>', { inject: false }),
    [digit(1), digit(2)],
    new Float32Array(200).fill(0.5),
    Float64Array.of(1, 2),
  )
  table.addRow(null, null, null, null, null, null)
  opened.run.log({ t: table })
  rmSync(file)
  const run = await opened.read()
  const [artifact] = artifactsOf(run)
  const paths = artifact?.manifest?.contents?.map(({ path }) => path) ?? []
  expect(paths).toEqual([
    expect.stringMatching(/^media\/audio\/[0-9a-f]{20}\.wav$/),
    expect.stringMatching(/^media\/html\/[0-9a-f]{20}\.html$/),
    expect.stringMatching(/^media\/images\/[0-9a-f]{20}\.png$/),
    expect.stringMatching(/^media\/images\/[0-9a-f]{20}\.png$/),
    expect.stringMatching(/^media\/serialized_data\/long_[0-9a-f]{8}\.npz$/),
    expect.stringMatching(/^media\/videos\/[0-9a-f]{20}\/clip\.gif$/),
    't.table.json',
  ])
  const json = entryJson(artifact, 't.table.json') as JsonObject
  expect(json).toMatchObject({
    data: [
      [{ _type: 'audio-file' }, { _type: 'video-file' }, { _type: 'html-file' }, [{}, {}], null, [1, 2]],
      [null, null, null, null, null, null],
    ],
    column_types: {
      params: {
        type_map: {
          long: {
            params: {
              allowed_types: [
                { wb_type: 'ndarray', params: { shape: [200], serialization_path: { path: paths[4], key: 'long' } } },
                { wb_type: 'none' },
              ],
            },
          },
          short: { params: { allowed_types: [{ wb_type: 'list', params: { length: 2 } }, { wb_type: 'none' }] } },
        },
      },
    },
  })
  // What was staged for the table is gone again.
  expect(Object.keys(run.files).filter((path) => path.startsWith('media-staging'))).toEqual([])
})

test('a table comes back from its artifact, and refers to the files there when it is logged again', async () => {
  await using opened = await openCase()
  const time = new Date('2026-11-25T12:00:00.123Z')
  const table = new Table({ columns: ['n', 'image', 'time', 'deep'] })
  table.addRow(1.5, digit(3), time, { k: [1, null] }).addRow(null, null, null, null)
  opened.run.log({ t: table })
  const [artifact] = artifactsOf(await opened.read())
  const json = entryJson(artifact, 't.table.json')
  const uri = `wandb-client-artifact://${artifact?.clientId}`
  const back = Table.fromJson(json, {
    findFile: (path) => ({ uri: `${uri}/${path}`, digest: 'd', sizeBytes: 1 }),
  })
  expect(back.columns).toEqual(table.columns)
  expect(back.columnTypes).toEqual(table.columnTypes)
  expect(back.getRow(0)).toEqual([1.5, expect.any(MediaReference), time, { k: [1, null] }])
  expect(back.getRow(1)).toEqual([null, null, null, null])
  await using again = await openCase()
  again.run.log({ t: back, image: back.getRow(0)?.[1] })
  const run = await again.read()
  const [logged] = artifactsOf(run)
  expect(entryJson(logged, 't.table.json')).toEqual(json)
  const imagePath = (back.getColumn('image')[0] as MediaReference).path
  expect(logged?.manifest?.contents?.[0]).toMatchObject({ path: imagePath, digest: 'd', ref: `${uri}/${imagePath}` })
  expect(run.rows[0]).toMatchObject({ 'image|_type': 'image-file', 'image|artifact_path': `${uri}/${imagePath}` })
})

test('joined tables are said to belong into an artifact', async () => {
  await using opened = await openCase()
  opened.run.log({ x: 1, joined: new JoinedTable({ table1: 'a.table.json', table2: 'b.table.json', joinKey: 'id' }) })
  const { rows } = await opened.read()
  expect(Object.keys(rows[0] ?? {})).not.toContain('joined|_type')
  expect(rows[0]).toMatchObject({ x: 1 })
})

test('what belongs into an artifact has its name and its files there', () => {
  const files = (value: MediaValue, name: string) =>
    encodeForArtifact(value.toSnapshot(), name).map(({ path, bytes }) => [
      path,
      Buffer.from(bytes as Uint8Array).toString(),
    ])
  expect(
    files(new JoinedTable({ table1: 'a.table.json', table2: 'b.table.json', joinKey: ['x', 'y'] }), 'both'),
  ).toEqual([
    [
      'both.joined-table.json',
      '{"_type": "joined-table", "join_key": ["x", "y"], "table1": "a.table.json", "table2": "b.table.json"}',
    ],
  ])
  expect(files(new PartitionedTable('parts'), 'all')).toEqual([
    ['all.partitioned-table.json', '{"_type": "partitioned-table", "parts_path": "parts"}'],
  ])
  const paths = encodeForArtifact(new Table([{ x: 0, img: digit(1) }]).toSnapshot(), 'preds').map(({ path }) => path)
  expect(paths).toEqual([expect.stringMatching(/^media\/images\/[0-9a-f]{20}\.png$/), 'preds.table.json'])
})

test('charts: a changed one is described again, an unchanged one is not; tables may be split off', async () => {
  await using opened = await openCase()
  const table = new Table({ columns: ['x', 'y'], rows: [[1, 2]] })
  const chart = (title: string) => plot.scatter(table, { x: 'x', y: 'y', title, splitTable: true })
  opened.run.log({ c: chart('one') })
  opened.run.log({ c: chart('one') })
  opened.run.log({ c: chart('two') })
  const { rows, records } = await opened.read()
  expect(rows[0]).toMatchObject({ 'Custom Chart Tables/c_table|_type': 'table-file' })
  const updates = records.flatMap((record) => (record.kind === 'config' ? (record.config.update ?? []) : []))
  expect(updates.filter(({ nestedKey }) => nestedKey?.[1] === 'visualize')).toHaveLength(2)
})

test('a full disk costs the table, not the row', async () => {
  await using opened = await openCase()
  // A folder in its place cannot be replaced by a file, whoever the test runs as.
  writeFileSync(join(opened.run.directory, 'artifacts'), 'in the way')
  opened.run.log({ loss: 1, t: new Table({ columns: ['a'], rows: [[1]] }) })
  const { rows } = await opened.read()
  expect(rows[0]).toMatchObject({ loss: 1 })
  expect(Object.keys(rows[0] ?? {}).filter((key) => key.startsWith('t|'))).toEqual([])
})

describe('what is not logged of a table', () => {
  test('is said once', async () => {
    await using directory = await openTemporaryDirectory()
    await using child = spawnScript(new URL('programs/tables.ts', import.meta.url), {
      cwd: directory.path,
      env: { LOSSLINE_SILENT: undefined, LOSSLINE_QUIET: 'true' },
    })
    await child.exited
    expect(child.stderr).toMatchInlineSnapshot(`
      "lossline: "changed" was logged as it was the first time, without what has changed: its logMode is IMMUTABLE; there are MUTABLE and INCREMENTAL. More of this kind are counted, not said.
      lossline: The end of the table "large" was left out: an artifact holds 200,000 rows; there is the logMode INCREMENTAL. More of this kind are counted, not said.
      lossline: 2 times a table was logged as it was the first time: its logMode is IMMUTABLE; there are MUTABLE and INCREMENTAL.
      lossline: The end of a table was left out: an artifact holds 200,000 rows; there is the logMode INCREMENTAL.
      "
    `)
    const run = await readRun(directory.path)
    expect(artifactsOf(run)).toHaveLength(2)
    expect(run.rows.at(-1)).toMatchObject({ 'large|nrows': 200_001 })
  })

  test('is an error with the setting strict, for too many rows', async () => {
    await using opened = await openCase({ strict: true })
    const large = Table.fromColumns({ a: new Float64Array(200_001) })
    expect(() => opened.run.log({ large })).toThrow(expect.objectContaining({ code: 'table-rows' }))
    expect((await opened.read()).rows).toEqual([])
  })
})

test('long arrays are read back with their file', async () => {
  await using opened = await openCase()
  const table = new Table({ columns: ['id', 'long'] })
  const long = Float64Array.from({ length: 200 }, (_, index) => index / 4)
  table.addRow(1, long).addRow(2, null)
  opened.run.log({ t: table })
  const [artifact] = artifactsOf(await opened.read())
  const readFile = (path: string) =>
    readFileSync(artifact?.manifest?.contents?.find((entry) => entry.path === path)?.localPath ?? '')
  const back = Table.fromJson(readFile('t.table.json').toString(), { readFile })
  expect([...back]).toEqual([
    [1, long],
    [2, null],
  ])
  expect(back.columnTypes).toEqual(table.columnTypes)
  expect(Table.fromJson(readFile('t.table.json').toString()).getColumn('long')).toEqual([null, null])
})

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ArtifactRecord, type JsonValue, parseJson } from '@lossline/protocol'
import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { Image, type InitOptions, init, plot, Table } from '../src/index.ts'
import { type RunOnDisk, readRun } from './read-run.ts'

async function openCase(options: InitOptions = {}) {
  const folder = await openTemporaryDirectory()
  const run = await init({
    dir: folder.path,
    reinit: 'createNew',
    silent: true,
    console: 'off',
    disableMetadata: true,
    disableGit: true,
    saveRequirements: false,
    ...options,
  })
  return {
    run,
    read: async () => {
      await run.finish()
      return readRun(folder.path)
    },
    async [Symbol.asyncDispose]() {
      await run.finish()
      await folder[Symbol.asyncDispose]()
    },
  }
}

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

import { join } from 'node:path'
import { startServer } from '@lossline/server'
import { openTemporaryDirectory } from '@lossline/testing'
import { afterEach, expect, test } from 'vitest'
import { Api, activeRun, Image, type InitOptions, init, Table } from '../src/index.ts'

// A test that fails leaves its run open.
afterEach(() => activeRun()?.finish())

async function openPlace(isOnline: boolean) {
  const directory = await openTemporaryDirectory()
  const server = isOnline
    ? await startServer({ dataDirectory: directory.join('elsewhere'), port: 0, log: () => {} })
    : undefined
  const online = server === undefined ? {} : { mode: 'online' as const, baseUrl: server.url, apiKey: 'k'.repeat(40) }
  const options: InitOptions<Record<string, unknown>> = {
    dir: directory.path,
    project: 'digits',
    silent: true,
    console: 'off',
    disableMetadata: true,
    ...online,
  }
  return {
    options,
    async [Symbol.asyncDispose]() {
      await server?.close()
      await directory[Symbol.asyncDispose]()
    },
  }
}

test.each([
  ['a temporary server of the folder', false],
  ['a server elsewhere', true],
])(
  'a logged table is an artifact that %s gives back',
  async (_name, isOnline) => {
    await using place = await openPlace(isOnline)
    const run = await init(place.options)
    const table = new Table({ columns: ['id', 'image', 'long'] })
    const parts = new Table({ columns: ['n'], logMode: 'INCREMENTAL' })
    for (let step = 0; step < 2; step += 1) {
      table.addRow(step, new Image(Uint8Array.of(step), { width: 1, height: 1 }), new Float64Array(200).fill(step))
      parts.addRow(step)
      run.log({ parts, ...(step === 1 ? { preds: table } : {}) })
    }
    await run.finish()

    const { dir, baseUrl, apiKey } = place.options
    await using api = new Api({ project: 'digits', ...(baseUrl === undefined ? { dir } : { baseUrl, apiKey }) })
    const version = await api.artifact(`run-${run.id}-preds:latest`)
    expect(version).toMatchObject({ type: 'run_table', version: 'v0', fileCount: 4 })
    const back = await version.get('preds', { root: join(String(dir), 'downloads') })
    if (!(back instanceof Table)) throw new Error('no table')
    expect(back.getColumn('id')).toEqual([0, 1])
    expect(back.getColumn('image').map((image) => image instanceof Image && image.width)).toEqual([1, 1])
    expect(back.getColumn('long')).toEqual([0, 1].map((value) => new Float64Array(200).fill(value)))
    // Each increment is a version that holds those before it.
    const increments = await api.artifact(`run-${run.id}-incr-parts:latest`)
    expect(increments).toMatchObject({ type: 'wandb-run-incremental-table', version: 'v1', fileCount: 2 })
  },
  90_000,
)

test('a table in increments goes on where the run went on', { timeout: 90_000 }, async () => {
  await using place = await openPlace(false)
  const logRows = async (options: InitOptions<Record<string, unknown>>, from: number) => {
    const run = await init({ ...place.options, id: 'goes-on', ...options })
    const table = new Table({ columns: ['n'], logMode: 'INCREMENTAL' })
    for (let step = from; step < from + 2; step += 1) run.log({ val: { parts: table.addRow(step) } })
    const { parts } = run.summary.toJSON().val as {
      parts: { artifact_path: string; previous_increments_paths: string[] }
    }
    await run.finish()
    return parts
  }
  const first = await logRows({}, 0)
  const second = await logRows({ resume: 'must' }, 2)
  expect(first).toMatchObject({ increment_num: 1, nrows: 2 })
  expect(second).toMatchObject({ increment_num: 3, nrows: 4 })
  const paths = second.previous_increments_paths
  expect(paths.slice(0, 2)).toEqual([...first.previous_increments_paths, first.artifact_path])
  expect(paths.map((path) => path.replace(/^.*\/(\d+)-\d+\./, '$1 '))).toEqual(
    [0, 1, 2].map((n) => `${n} parts.table.json`),
  )
})

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
    const table = new Table({ columns: ['id', 'image'] })
    const parts = new Table({ columns: ['n'], logMode: 'INCREMENTAL' })
    for (let step = 0; step < 2; step += 1) {
      table.addRow(step, new Image(Uint8Array.of(step), { width: 1, height: 1 }))
      parts.addRow(step)
      run.log({ parts, ...(step === 1 ? { preds: table } : {}) })
    }
    await run.finish()

    const { dir, baseUrl, apiKey } = place.options
    await using api = new Api({ project: 'digits', ...(baseUrl === undefined ? { dir } : { baseUrl, apiKey }) })
    const version = await api.artifact(`run-${run.id}-preds:latest`)
    expect(version).toMatchObject({ type: 'run_table', version: 'v0', fileCount: 3 })
    const back = await version.get('preds', { root: join(String(dir), 'downloads') })
    if (!(back instanceof Table)) throw new Error('no table')
    expect(back.getColumn('id')).toEqual([0, 1])
    expect(back.getColumn('image').map((image) => image instanceof Image && image.width)).toEqual([1, 1])
    // Each increment is a version that holds those before it.
    const increments = await api.artifact(`run-${run.id}-incr-parts:latest`)
    expect(increments).toMatchObject({ type: 'wandb-run-incremental-table', version: 'v1', fileCount: 2 })
  },
  90_000,
)

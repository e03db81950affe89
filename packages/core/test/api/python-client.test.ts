import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '@lossline/protocol'
import { findPythonClient, workspaceUrl } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { openApiServer } from './api-server.ts'

const client = findPythonClient()
if ('missing' in client) console.warn(`The tests with W&B's Python client are skipped: ${client.missing}`)

describe.skipIf('missing' in client)("beside W&B's own Python client", { timeout: 240_000 }, () => {
  test('the same runs have the same values in both', async () => {
    await using ours = await openApiServer()
    const env = {
      PATH: process.env.PATH,
      HOME: ours.directory.path,
      WANDB_BASE_URL: ours.server.url,
      WANDB_API_KEY: 'x'.repeat(40),
      NO_PROXY: '*',
    }
    const python = (script: URL, ...args: string[]): Promise<string> =>
      new Promise((resolve, reject) => {
        const options = { cwd: ours.directory.path, env, maxBuffer: 2 ** 26 }
        execFile(
          'python' in client ? client.python : '',
          [fileURLToPath(script), ...args],
          options,
          (error, stdout, stderr) => (error === null ? resolve(stdout) : reject(new Error(`${stdout}\n${stderr}`))),
        )
      })

    // One run that their client logs, one that ours does.
    await python(workspaceUrl('packages/server/test/scripts/log-run.py'), 'theirs')
    const config = { lr: 0.1, nested: { list: [1, 2.5, 'x'] }, inf: Infinity }
    await ours.logRun({ project: 'python demo', id: 'ours', notes: 'n', tags: ['z'], config }, (run) => {
      for (let step = 0; step < 25; step += 1) run.log({ loss: 1 / (step + 1), acc: step / 25, deep: { a: step } })
      run.log({ loss: Number.NaN, text: 'héllo', list: [1, Infinity], flag: true, big: 2n ** 53n + 1n })
      run.log({ acc: 0.5 }, { step: 60 })
    })

    for (const id of ['theirs', 'ours']) {
      const output = await python(new URL('python/read_run.py', import.meta.url), 'python demo', id)
      const theirs = parseJson(/^RESULT (.*)$/m.exec(output)?.[1] ?? 'null') as JsonObject
      const run = await ours.api.run(`python demo/${id}`)
      expect({
        name: run.name,
        state: run.state,
        tags: run.tags,
        group: run.group ?? null,
        notes: run.notes ?? null,
      }).toEqual({
        ...{ name: theirs.name, state: theirs.state, tags: theirs.tags, group: theirs.group, notes: theirs.notes },
      })
      expect(run.config).toEqual(theirs.config)
      expect(run.summary).toEqual(theirs.summary)
      expect(await run.lastStep()).toBe(theirs.lastStep)
      expect(await Array.fromAsync(run.scanHistory({ pageSize: 10 }))).toEqual(theirs.rows)
      expect(await run.history({ samples: 6 })).toEqual(theirs.selected)
      expect(await run.metadata()).toEqual(theirs.metadata)
      const files = (await run.files({ perPage: 3 }).toArray()).map(({ name, sizeBytes }) => [name, sizeBytes])
      expect(files.sort()).toEqual(theirs.files)
      // Where an answer is strict JSON, their client leaves numbers that are not finite as the words in it.
      expect(await Array.fromAsync(run.scanHistory({ keys: ['loss'], pageSize: 7 }))).toEqual(asNumbers(theirs.losses))
      expect(await run.history({ samples: 5, keys: ['acc'] })).toEqual(asNumbers(theirs.sampled))

      const runs = ours.api.runs('python demo', { filters: { 'config.lr': { $gt: 0.05 } }, order: '-summary.loss' })
      expect((await runs.toArray()).map((one) => one.id)).toEqual(theirs.runs)
      expect(await runs.total()).toBe(theirs.runCount)
    }
  })
})

function asNumbers(rows: JsonValue | undefined): JsonValue[] {
  return (Array.isArray(rows) ? rows : []).map((row: JsonValue) => {
    if (!isJsonObject(row)) return row
    const entries = Object.entries(row).map(([key, value]): [string, JsonValue] => [
      key,
      value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : value,
    ])
    return Object.fromEntries(entries)
  })
}

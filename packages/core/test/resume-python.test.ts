import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { init } from '@lossline/core'
import { startServer } from '@lossline/server'
import { findPythonClient, openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'

const client = findPythonClient()
const program = new URL('programs/defining.py', import.meta.url).pathname

interface Told {
  readonly settings: object
  readonly defined: object
  readonly rows: readonly object[]
}

/** Lets W&B's client log. Returns the summary that it began with. */
async function logWithPython(directory: string, url: string, told: Told): Promise<Record<string, unknown>> {
  const python = 'python' in client ? client.python : ''
  const env = { ...process.env, WANDB_SILENT: 'true', WANDB_BASE_URL: url, WANDB_API_KEY: 'k'.repeat(40) }
  const child = spawn(python, [program], { cwd: directory, env, stdio: 'pipe' })
  child.stdin.end(JSON.stringify(told))
  const [stdout, stderr, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  if (exitCode !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

describe.skipIf('missing' in client)("a run of W&B's client", () => {
  test('goes on in ours with its definitions and statistics, and ours in it', { timeout: 120_000 }, async () => {
    await using directory = await openTemporaryDirectory()
    const server = await startServer({ dataDirectory: directory.join('server'), port: 0, log: () => {} })
    try {
      await logWithPython(directory.path, server.url, {
        settings: {},
        defined: { 'val/*': { step_metric: 'epoch', summary: 'min' }, acc: { summary: 'max,first,mean' } },
        rows: [{ 'val/a': 3, epoch: 4, acc: 0.5 }, { acc: 0.9 }],
      })
      const run = await init({
        project: 'demo',
        id: 'run',
        resume: 'must',
        dir: directory.path,
        baseUrl: server.url,
        silent: true,
        console: 'off',
      })
      expect(run.summary.toJSON()).toMatchObject({ 'val/a': { min: 3 }, acc: { max: 0.9, first: 0.5, mean: 0.7 } })
      run.log({ 'val/a': 5, acc: 0.1 })
      const { epoch, acc, 'val/a': a } = run.summary.toJSON()
      // W&B's client does not say of how many values its mean is.
      expect({ epoch, acc, a }).toEqual({ epoch: 4, acc: { max: 0.9, first: 0.5, mean: 0.1 }, a: { min: 3 } })
      await run.finish()
      const begun = await logWithPython(directory.path, server.url, {
        settings: { resume: 'must' },
        defined: {},
        rows: [{ acc: 0.2 }],
      })
      expect(begun).toMatchObject({ epoch: 4, acc: { max: 0.9, first: 0.5, mean: 0.1 }, 'val/a': { min: 3 } })
    } finally {
      await server.close()
    }
  })
})

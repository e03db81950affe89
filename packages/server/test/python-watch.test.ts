import { type ChildProcess, spawn } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openTemporaryDirectory, type TemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { catchUpHeader, type StartedServer, startServer } from '../src/index.ts'
import { pythonClient } from './python.ts'

const script = fileURLToPath(new URL('./scripts/log-slowly.py', import.meta.url))

function log(home: TemporaryDirectory, args: readonly string[], env: Record<string, string>) {
  const child = spawn('python' in pythonClient ? pythonClient.python : '', [script, ...args], {
    cwd: home.path,
    env: { PATH: process.env.PATH, HOME: home.path, WANDB_ERROR_REPORTING: 'true', NO_PROXY: '*', ...env },
  })
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve))
  return { child, exited }
}

async function readRun(server: StartedServer, runId: string): Promise<Record<string, unknown> | undefined> {
  const response = await fetch(`${server.url}/api/runs/local/watched/${runId}`)
  return response.ok ? ((await response.json()) as { run: Record<string, unknown> }).run : undefined
}

async function start(directory: TemporaryDirectory): Promise<StartedServer & AsyncDisposable> {
  const server = await startServer({
    dataDirectory: directory.join('.lossline'),
    port: 0,
    log: () => {},
    watchWandb: [directory.path],
  })
  return { ...server, [Symbol.asyncDispose]: () => server.close() }
}

/** The program first: it would start another writer, or say how the run ended. */
async function killAtOnce(child: ChildProcess): Promise<void> {
  const [core] = (await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')).trim().split(' ')
  child.kill('SIGKILL')
  process.kill(Number(core), 'SIGKILL')
}

async function journalBytes(directory: TemporaryDirectory): Promise<number> {
  const wandb = directory.join('wandb')
  const names = await readdir(wandb, { recursive: true }).catch(() => [])
  const journal = names.find((name) => name.endsWith('.wandb') && !name.startsWith('latest-run'))
  return journal === undefined ? 0 : (await stat(join(wandb, journal))).size
}

async function deadUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}

describe.skipIf('missing' in pythonClient)("folders that W&B's client writes", () => {
  test('an offline run is shown while it grows, and has what the client logged', { timeout: 60_000 }, async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await start(directory)
    const { exited } = log(directory, ['offline1', '8000'], { WANDB_MODE: 'offline' })
    await expect
      .poll(async () => (await readRun(server, 'offline1'))?.historyLineCount ?? 0, { timeout: 40_000, interval: 50 })
      .toBeGreaterThan(0)
    expect(await readRun(server, 'offline1')).toMatchObject({ state: 'running', config: { lr: 0.1 }, tags: ['a'] })
    expect(await exited).toBe(0)
    await expect
      .poll(() => readRun(server, 'offline1'), { timeout: 20_000 })
      .toMatchObject({
        state: 'finished',
        historyLineCount: 8000,
        notes: 'some notes',
        group: 'g',
        summary: { loss: 1 / 8000 },
      })
    const query = `{ project(name: "watched", entityName: "local") { run(name: "offline1") { files { edges { node { name } } } } } }`
    const response = await fetch(`${server.url}/graphql`, { method: 'POST', body: JSON.stringify({ query }) })
    const text = await response.text()
    for (const name of ['note.txt', 'config.yaml', 'output.log', 'wandb-metadata.json', 'requirements.txt']) {
      expect(text).toContain(`"${name}"`)
    }
  })

  test.skipIf(process.platform !== 'linux')(
    'a run whose client is killed has crashed',
    { timeout: 60_000 },
    async () => {
      await using directory = await openTemporaryDirectory()
      await using server = await start(directory)
      const { child, exited } = log(directory, ['killed1', '8000', '--wait'], { WANDB_MODE: 'offline' })
      await expect
        .poll(async () => (await readRun(server, 'killed1'))?.historyLineCount ?? 0, { timeout: 40_000, interval: 50 })
        .toBeGreaterThan(5000)
      // For longer than the server needs to see who writes.
      await new Promise((resolve) => setTimeout(resolve, 3_000))
      expect(await readRun(server, 'killed1')).toMatchObject({ state: 'running' })
      await killAtOnce(child)
      await exited
      await expect
        .poll(() => readRun(server, 'killed1'), { timeout: 20_000 })
        .toMatchObject({
          state: 'crashed',
          stateCause: 'process gone',
        })
    },
  )

  test.skipIf(process.platform !== 'linux').each(['before', 'after'])(
    'a run whose client is killed at once has crashed, also %s the server starts',
    { timeout: 90_000 },
    async (when) => {
      await using directory = await openTemporaryDirectory()
      await using early = when === 'after' ? await start(directory) : undefined
      const { child, exited } = log(directory, ['killed2', '8000', '--wait'], { WANDB_MODE: 'offline' })
      await expect.poll(() => journalBytes(directory), { timeout: 40_000, interval: 20 }).toBeGreaterThan(65_536)
      await killAtOnce(child)
      await exited
      const killedMs = Date.now()
      await using late = early === undefined ? await start(directory) : undefined
      const server = (early ?? late) as StartedServer
      await expect
        .poll(() => readRun(server, 'killed2'), { timeout: 40_000 })
        .toMatchObject({ state: 'crashed', stateCause: 'process gone' })
      expect((await readRun(server, 'killed2'))?.heartbeatAtMs).toBeLessThanOrEqual(killedMs)
    },
  )

  test('an online run that reports to the same server is not counted twice', { timeout: 60_000 }, async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await start(directory)
    const env = { WANDB_BASE_URL: server.url, WANDB_API_KEY: 'x'.repeat(40) }
    expect(await log(directory, ['online1', '3000'], env).exited).toBe(0)
    await fetch(`${server.url}/api/status`, { headers: { [catchUpHeader]: '1' } })
    expect(await readRun(server, 'online1')).toMatchObject({
      state: 'finished',
      historyLineCount: 3000,
      lastStep: 2999,
    })
  })

  test('an online run whose server is away is shown all the same', { timeout: 60_000 }, async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await start(directory)
    const env = { WANDB_BASE_URL: await deadUrl(), WANDB_API_KEY: 'x'.repeat(40) }
    const { exited } = log(directory, ['online1', '1'], env)
    await expect
      .poll(() => readRun(server, 'online1'), { timeout: 40_000 })
      .toMatchObject({ config: { lr: 0.1 }, tags: ['a'] })
    // The client gives up.
    expect(await exited).not.toBe(0)
  })
})

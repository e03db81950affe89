import { appendFile, cp, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { openRunWriter, type RunWriter } from '@lossline/journal'
import { openTemporaryDirectory, spawnScript, type TemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { catchUpHeader, type StartedServer, startServer } from '../src/index.ts'

const writeRunScript = new URL('./scripts/write-run.ts', import.meta.url)

async function start(directory: TemporaryDirectory, watch?: string[]): Promise<StartedServer & AsyncDisposable> {
  const dataDirectory = directory.join('.lossline')
  const server = await startServer({ dataDirectory, port: 0, log: () => {}, ...(watch ? { watch } : {}) })
  return { ...server, [Symbol.asyncDispose]: () => server.close() }
}

/** A run folder as the SDK makes it, with this process as its owner. */
async function openRun(lossline: string, runId: string, project = 'demo'): Promise<RunWriter> {
  const runDirectory = join(lossline, 'runs', `run-20261124_101500-${runId}`)
  const writer = await openRunWriter({
    runDirectory,
    run: { runId, project, startTime: { seconds: Math.floor(Date.now() / 1000), nanos: 0 } },
    producer: 'test/1',
    durability: 'sync',
  })
  await writeProcessFile(runDirectory, { pid: process.pid, host: hostname(), startedAtMs: Date.now() })
  return writer
}

function writeProcessFile(runDirectory: string, file: object): Promise<void> {
  return writeFile(join(runDirectory, 'process.json'), JSON.stringify(file))
}

async function readRun(server: StartedServer, runId: string): Promise<Record<string, unknown> | undefined> {
  const response = await fetch(`${server.url}/api/runs/local/demo/${runId}`)
  return response.ok ? ((await response.json()) as { run: Record<string, unknown> }).run : undefined
}

function eventually(server: StartedServer, runId: string) {
  return expect.poll(() => readRun(server, runId), { timeout: 20_000, interval: 20 })
}

test('a growing run appears while it grows, and is finished when it says so', async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await start(directory)
  const run = await openRun(directory.join('.lossline'), 'grows')
  run.append({ kind: 'config', config: { update: [{ key: 'lr', valueJson: '0.1' }] } })
  for (let i = 0; i < 10; i++) run.tryLogNumbers({ loss: i })
  await eventually(server, 'grows').toMatchObject({ state: 'running', historyLineCount: 10, config: { lr: 0.1 } })
  for (let i = 10; i < 25; i++) run.tryLogNumbers({ loss: i })
  await eventually(server, 'grows').toMatchObject({ state: 'running', historyLineCount: 25, lastStep: 24 })
  await run.finish({ exitCode: 0 })
  await eventually(server, 'grows').toMatchObject({ state: 'finished', exitCode: 0, summary: { loss: 24 } })
})

test('many folders that were there before are all read, from several places', async () => {
  await using directory = await openTemporaryDirectory()
  const places = [directory.join('.lossline'), directory.join('elsewhere')]
  const runIds = Array.from({ length: 40 }, (_, i) => `old${i}`)
  for (const [i, runId] of runIds.entries()) {
    const run = await openRun(places[i % 2]!, runId)
    for (let step = 0; step <= i; step++) run.tryLogNumbers({ loss: step })
    await run.finish({ exitCode: i % 3 })
  }
  await using server = await start(directory, places)
  const counts = async () => {
    const response = await fetch(`${server.url}/api/projects/local/demo/runs?limit=1000`)
    const { runs } = (await response.json()) as { runs: { runId: string; state: string; lastStep: number }[] }
    return Object.fromEntries(runs.map((run) => [run.runId, [run.state, run.lastStep]]))
  }
  await expect
    .poll(counts, { timeout: 30_000 })
    .toEqual(Object.fromEntries(runIds.map((runId, i) => [runId, [i % 3 === 0 ? 'finished' : 'failed', i]])))
})

test('a finished folder is read once, and nothing in it but sync.json is changed', async () => {
  await using directory = await openTemporaryDirectory()
  const run = await openRun(directory.join('.lossline'), 'once')
  run.tryLogNumbers({ loss: 1 })
  await run.finish({ exitCode: 0 })
  const before = await contents(run.runDirectory)
  let revision: unknown
  {
    await using server = await start(directory)
    await eventually(server, 'once').toMatchObject({ state: 'finished' })
    revision = (await readRun(server, 'once'))?.revision
  }
  const { 'sync.json': sync, ...rest } = await contents(run.runDirectory)
  expect(rest).toEqual(before)
  {
    await using server = await start(directory)
    // A later run is read after the server has looked at all that were there.
    const later = await openRun(directory.join('.lossline'), 'later')
    await later.finish({ exitCode: 0 })
    await eventually(server, 'later').toMatchObject({ state: 'finished' })
    expect((await readRun(server, 'once'))?.revision).toBe(revision)
  }
  expect((await contents(run.runDirectory))['sync.json']).toBe(sync)
})

test('a new database gets everything again', async () => {
  await using directory = await openTemporaryDirectory()
  const run = await openRun(directory.join('.lossline'), 'again')
  run.tryLogNumbers({ loss: 1 })
  await run.finish({ exitCode: 0 })
  {
    await using server = await start(directory)
    await eventually(server, 'again').toMatchObject({ state: 'finished' })
  }
  for (const name of await readdir(directory.join('.lossline'))) {
    if (name.startsWith('store.db')) await rm(directory.join('.lossline', name))
  }
  await using server = await start(directory)
  await eventually(server, 'again').toMatchObject({ state: 'finished', historyLineCount: 1 })
})

test('a server that is stopped and started goes on where it was, without rows twice', async () => {
  await using directory = await openTemporaryDirectory()
  const run = await openRun(directory.join('.lossline'), 'goeson')
  for (let round = 0; round < 4; round++) {
    await using server = await start(directory)
    for (let i = 0; i < 50; i++) run.tryLogNumbers({ loss: round * 50 + i })
    if (round % 2 === 0) await eventually(server, 'goeson').toMatchObject({ historyLineCount: (round + 1) * 50 })
  }
  await run.finish({ exitCode: 0 })
  await using server = await start(directory)
  await eventually(server, 'goeson').toMatchObject({ state: 'finished', historyLineCount: 200, lastStep: 199 })
  const query = `{ project(name: "demo", entityName: "local") { run(name: "goeson") { history(minStep: 0, maxStep: 999, samples: 999) } } }`
  const response = await fetch(`${server.url}/graphql`, { method: 'POST', body: JSON.stringify({ query }) })
  const { data } = (await response.json()) as { data: { project: { run: { history: string[] } } } }
  expect(data.project.run.history.map((line) => (JSON.parse(line) as { loss: number }).loss)).toEqual(
    Array.from({ length: 200 }, (_, i) => i),
  )
})

test('a killed program leaves a crashed run with all that it wrote', async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await start(directory)
  const child = spawnScript(writeRunScript, { args: [directory.join('.lossline'), 'killed'] })
  await child.waitForOutput('logged')
  await eventually(server, 'killed').toMatchObject({ state: 'running', historyLineCount: 100 })
  child.send('SIGKILL')
  await child.exited
  await eventually(server, 'killed').toMatchObject({ state: 'crashed', stateCause: 'process gone', lastStep: 99 })
  // Its last summary record is older than most rows.
  const summary = { loss: { min: 0, max: 99, mean: 49.5 }, i: 99, _step: 99 }
  expect(await readRun(server, 'killed')).toMatchObject({ summary })
})

test('a crash while no server ran is found at the next start, once', async () => {
  await using directory = await openTemporaryDirectory()
  const run = await openRun(directory.join('.lossline'), 'lost')
  run.tryLogNumbers({ loss: 1 })
  {
    await using server = await start(directory)
    await eventually(server, 'lost').toMatchObject({ state: 'running', historyLineCount: 1 })
  }
  // No process has this id: Linux gives out smaller ones.
  await writeProcessFile(run.runDirectory, { pid: 2 ** 22 + 1, host: hostname(), startedAtMs: Date.now() })
  {
    await using server = await start(directory)
    await eventually(server, 'lost').toMatchObject({ state: 'crashed', stateCause: 'process gone' })
  }
  await using server = await start(directory)
  const revision = (await readRun(server, 'lost'))?.revision
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(await readRun(server, 'lost')).toMatchObject({ state: 'crashed', revision })
  await run.finish({ exitCode: 0 })
})

test('an id that another process got meanwhile is not taken for the run', async () => {
  await using directory = await openTemporaryDirectory()
  const run = await openRun(directory.join('.lossline'), 'reused')
  run.tryLogNumbers({ loss: 1 })
  // The run began long before the process that has this id now.
  await writeProcessFile(run.runDirectory, {
    pid: process.pid,
    host: hostname(),
    startedAtMs: Date.now() - 7 * 24 * 3_600_000,
  })
  await using server = await start(directory)
  await eventually(server, 'reused').toMatchObject({ state: 'crashed', stateCause: 'process gone' })
  await run.finish({ exitCode: 0 })
})

test('a new index is filled from the folders, also when the start that made it failed', async () => {
  await using directory = await openTemporaryDirectory()
  const run = await openRun(directory.join('.lossline'), 'kept')
  await run.finish({ exitCode: 0 })
  {
    await using server = await start(directory)
    await eventually(server, 'kept').toMatchObject({ state: 'finished' })
  }
  for (const name of ['store.db', 'store.db-wal', 'store.db-shm']) {
    await rm(directory.join('.lossline', name), { force: true })
  }
  const elsewhere = { dataDirectory: directory.join('.lossline'), host: '192.0.2.1', allowOpen: true, log: () => {} }
  await expect(startServer(elsewhere)).rejects.toMatchObject({ code: 'address-in-use' })
  await using server = await start(directory)
  await eventually(server, 'kept').toMatchObject({ state: 'finished' })
})

test('a half-copied and a damaged journal do not stop the others', async () => {
  await using directory = await openTemporaryDirectory()
  const source = await openRun(directory.join('source'), 'copied')
  for (let i = 0; i < 200; i++) source.tryLogNumbers({ loss: i })
  await source.finish({ exitCode: 0 })
  await using server = await start(directory)
  const runs = directory.join('.lossline', 'runs')
  await mkdir(join(runs, 'empty'), { recursive: true })
  await mkdir(join(runs, 'run-1-garbage'))
  await writeFile(join(runs, 'run-1-garbage', 'run-garbage.wandb'), 'this is no journal')
  const bytes = await readFile(source.journalPath)
  const copy = join(runs, 'run-20261124_101500-copied')
  await mkdir(copy)
  await cp(join(source.runDirectory, 'process.json'), join(copy, 'process.json'))
  const journal = join(copy, 'run-copied.wandb')
  await writeFile(journal, bytes.subarray(0, 3))
  for (let at = 3; at < bytes.length; at += 4000) {
    await appendFile(journal, bytes.subarray(at, at + 4000))
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  expect((await stat(journal)).size).toBe(bytes.length)
  await eventually(server, 'copied').toMatchObject({ state: 'finished', historyLineCount: 200 })
})

async function contents(directory: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    found[path.slice(directory.length + 1)] = (await readFile(path)).toString('base64')
  }
  return found
}

test('a journal that is not there at the first look is looked for again', async () => {
  await using directory = await openTemporaryDirectory()
  const elsewhere = directory.join('elsewhere')
  const run = await openRun(elsewhere, 'late')
  run.tryLogNumbers({ loss: 1 })
  await run.finish({ exitCode: 0 })
  const journal = join(elsewhere, 'runs', 'run-20261124_101500-late', 'run-late.wandb')
  const folder = directory.join('.lossline', 'runs', 'run-20261124_101500-late')
  await mkdir(folder, { recursive: true })
  // A network drive that has lost a file for a moment still lists it.
  await symlink(`${journal}.away`, join(folder, 'run-late.wandb'))
  await using server = await start(directory, [directory.join('.lossline')])
  const catchUp = () => fetch(`${server.url}/api/status`, { headers: { [catchUpHeader]: '1' } })
  await catchUp()
  expect(await readRun(server, 'late')).toBeUndefined()
  await rename(journal, `${journal}.away`)
  await catchUp()
  expect(await readRun(server, 'late')).toMatchObject({ state: 'finished', historyLineCount: 1 })
})

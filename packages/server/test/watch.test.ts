import {
  appendFile,
  chmod,
  cp,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { fixtureUrl, openTemporaryDirectory, type TemporaryDirectory, until } from '@lossline/testing'
import { expect, test } from 'vitest'
import { type StartedServer, type StartServerOptions, startServer } from '../src/index.ts'
import { digestOf } from './folder-digest.ts'
import { copyGoldenRun, rewriteJournal } from './golden-run.ts'

interface LogLine {
  readonly level: string
  readonly message: string
}

async function start(
  directory: TemporaryDirectory,
  options: Partial<StartServerOptions>,
  lines: LogLine[] = [],
): Promise<StartedServer & AsyncDisposable> {
  const log = (level: string, message: string): void => void lines.push({ level, message })
  const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log, ...options })
  return { ...server, [Symbol.asyncDispose]: () => server.close() }
}

/** Copies golden run folders into a `wandb` folder as W&B's client would have left them. */
async function copyGolden(wandb: string, golden: string): Promise<string> {
  const source = fileURLToPath(fixtureUrl(`wandb-runs/${golden}/`))
  const folder = (await readdir(source)).find((name) => name.startsWith('offline-run-')) as string
  await cp(join(source, folder), join(wandb, folder), { recursive: true })
  return join(wandb, folder)
}

/** As if nothing had been written since. */
async function setTimes(folder: string, at: Date): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await utimes(join(entry.parentPath, entry.name), at, at)
  }
}

/** The killed run under another id, written on some machine. */
async function copyKilled(
  wandb: string,
  runId: string,
  host: string,
  at: Date,
  started = '20261124_020411',
): Promise<string> {
  const folder = join(wandb, `offline-run-${started}-${runId}`)
  await cp(fileURLToPath(fixtureUrl('wandb-runs/killed/offline-run-20261124_020411-killed01/')), folder, {
    recursive: true,
  })
  const journal = join(folder, `run-${runId}.wandb`)
  await rename(join(folder, 'run-killed01.wandb'), journal)
  await rewriteJournal(journal, (record) =>
    record.kind === 'run' ? { ...record, run: { ...record.run, runId, host } } : record,
  )
  await setTimes(folder, at)
  return journal
}

async function expectedOf(golden: string): Promise<{ history_rows: number; last_step: number }> {
  return JSON.parse(await readFile(fixtureUrl(`wandb-runs/${golden}/expected.json`), 'utf8'))
}

async function readRun(server: StartedServer, path: string): Promise<Record<string, unknown> | undefined> {
  const response = await fetch(`${server.url}/api/runs/${path}`)
  return response.ok ? ((await response.json()) as { run: Record<string, unknown> }).run : undefined
}

function eventually(server: StartedServer, path: string, expected: object): Promise<void> {
  return until(async () => expect(await readRun(server, path)).toMatchObject(expected))
}

async function runPaths(server: StartedServer): Promise<Record<string, string>> {
  const { projects } = (await (await fetch(`${server.url}/api/projects`)).json()) as {
    projects: { entity: string; project: string }[]
  }
  const found: Record<string, string> = {}
  for (const { entity, project } of projects) {
    const at = `${encodeURIComponent(entity)}/${encodeURIComponent(project)}`
    const answer = await fetch(`${server.url}/api/projects/${at}/runs?limit=1000`)
    const { runs } = (await answer.json()) as { runs: { runId: string; state: string }[] }
    for (const { runId } of runs) found[runId] = `${at}/${runId}`
  }
  return found
}

async function pathOf(server: StartedServer, runId: string): Promise<string> {
  return until(async () => {
    const path = (await runPaths(server))[runId]
    expect(path).toBeDefined()
    return path as string
  })
}

test('golden folders of W&B are shown, finished, failed and killed, and stay as they are', {
  timeout: 90_000,
}, async () => {
  await using directory = await openTemporaryDirectory()
  const wandb = directory.join('project', 'wandb')
  await mkdir(wandb, { recursive: true })
  const goldens = ['scalars', 'media', 'finished-exit-1', 'killed']
  const folders: string[] = []
  for (const golden of goldens) folders.push(await copyGolden(wandb, golden))
  const old = new Date(Math.floor(Date.now() / 1000) * 1000 - 3 * 3_600_000)
  for (const folder of folders) await setTimes(folder, old)
  await symlink(basename(folders[0]!), join(wandb, 'latest-run'))
  await symlink(join(basename(folders[0]!), 'logs', 'debug.log'), join(wandb, 'debug.log'))
  await writeFile(join(wandb, 'settings'), '[default]\n')
  for (const folder of folders) await chmod(folder, 0o555)
  const before = await digestOf(wandb)
  const seen: Record<string, unknown> = {}
  {
    await using server = await start(directory, { watchWandb: [directory.join('project'), wandb] })
    const { history_rows, last_step } = await expectedOf('scalars')
    await eventually(server, await pathOf(server, 'scalars1'), {
      state: 'finished',
      historyLineCount: history_rows,
      lastStep: last_step,
    })
    await eventually(server, await pathOf(server, 'media001'), { state: 'finished', historyLineCount: 7 })
    await eventually(server, await pathOf(server, 'exit0001'), { state: 'failed', exitCode: 1 })
    const killed = await pathOf(server, 'killed01')
    await eventually(server, killed, { state: 'crashed', historyLineCount: 4944 })
    expect((await readRun(server, killed))?.stateCause).toContain('nothing written since')
    expect(Object.keys(await runPaths(server))).toHaveLength(4)
    await until(async () => expect(await readdir(directory.join('.lossline', 'watched'))).toHaveLength(4))
    for (const path of Object.values(await runPaths(server))) {
      seen[path] = await readRun(server, path)
      expect(seen[path]).toMatchObject({ heartbeatAtMs: old.getTime() })
    }
  }
  expect(await digestOf(wandb)).toBe(before)
  {
    await using server = await start(directory, { watchWandb: [wandb] })
    await fetch(`${server.url}/api/status`, { headers: { 'x-lossline-catch-up': '1' } })
    await new Promise((resolve) => setTimeout(resolve, 500))
    for (const [path, run] of Object.entries(seen)) expect(await readRun(server, path)).toEqual(run)
  }
  expect(await digestOf(wandb)).toBe(before)
  // So that the folder can be removed.
  for (const folder of folders) await chmod(folder, 0o755)
})

// These wait for the server to look again at all processes, or to leave something as it is: at the same time.
test.skipIf(process.platform !== 'linux')(
  'a run of this machine whose journal no process holds has crashed; one that is held or of another machine runs on',
  { timeout: 120_000, concurrent: true },
  async () => {
    await using directory = await openTemporaryDirectory()
    const wandb = directory.join('wandb')
    const minuteAgo = new Date(Math.floor(Date.now() / 1000) * 1000 - 60_000)
    await copyKilled(wandb, 'left0001', hostname(), minuteAgo)
    await copyKilled(wandb, 'away0001', `not-${hostname()}`, minuteAgo)
    // No process of that name holds it: before 0.18, it was Python itself that wrote the journal.
    await using handle = await open(await copyKilled(wandb, 'held0001', hostname(), minuteAgo), 'r+')
    await using server = await start(directory, { watchWandb: [wandb] })
    const [left, away, held] = await Promise.all(['left0001', 'away0001', 'held0001'].map((id) => pathOf(server, id)))
    const heartbeatAtMs = minuteAgo.getTime()
    await eventually(server, left!, { state: 'crashed', stateCause: 'process gone', heartbeatAtMs })
    // For longer than it takes to look at all processes.
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    for (const path of [away!, held!])
      expect(await readRun(server, path)).toMatchObject({ state: 'running', heartbeatAtMs, historyLineCount: 4944 })
    await handle.close()
    await eventually(server, held!, { state: 'crashed', stateCause: 'process gone', heartbeatAtMs })
    expect(await readRun(server, away!)).toMatchObject({ state: 'running', heartbeatAtMs })
  },
)

test.skipIf(process.platform !== 'linux')(
  'a run that goes on in a later folder lives, whatever became of the process of the earlier one',
  { timeout: 120_000, concurrent: true },
  async () => {
    await using directory = await openTemporaryDirectory()
    const wandb = directory.join('wandb')
    const minuteAgo = new Date(Date.now() - 60_000)
    await using first = await open(await copyKilled(wandb, 'parts001', hostname(), minuteAgo), 'r+')
    const later = await copyKilled(wandb, 'parts001', hostname(), minuteAgo, '20261124_030000')
    await using second = await open(later, 'r+')
    await using server = await start(directory, { watchWandb: [wandb] })
    const path = await pathOf(server, 'parts001')
    await eventually(server, path, { state: 'running', historyLineCount: 4944 })
    await first.close()
    const kept = directory.join('.lossline', 'watched')
    const lostCount = async (): Promise<number> => {
      const states = await Promise.all(
        (await readdir(kept)).map((name) => readFile(join(kept, name, 'sync.json'), 'utf8')),
      )
      return states.filter((state) => state.includes('"lostAtBytes"')).length
    }
    await until(async () => expect(await lostCount()).toBe(1), 40_000)
    expect(await readRun(server, path)).toMatchObject({ state: 'running' })
    await second.close()
    await eventually(server, path, { state: 'crashed', stateCause: 'process gone' })
  },
)

test.skipIf(process.platform !== 'linux')(
  'a folder that grows although no process writes it is judged by the times of its files',
  { timeout: 120_000, concurrent: true },
  async () => {
    await using directory = await openTemporaryDirectory()
    const minuteAgo = new Date(Date.now() - 60_000)
    const journal = await copyKilled(directory.join('wandb'), 'grows001', hostname(), minuteAgo)
    const bytes = await readFile(journal)
    await writeFile(journal, bytes.subarray(0, 10 * 32_768))
    await utimes(journal, minuteAgo, minuteAgo)
    await using server = await start(directory, { watchWandb: [directory.path] })
    const path = await pathOf(server, 'grows001')
    await eventually(server, path, { state: 'crashed', stateCause: 'process gone' })
    await appendFile(journal, bytes.subarray(10 * 32_768))
    await utimes(journal, minuteAgo, minuteAgo)
    await fetch(`${server.url}/api/status`, { headers: { 'x-lossline-catch-up': '1' } })
    await eventually(server, path, { state: 'running', historyLineCount: 4944 })
    // For longer than a run that has just begun is given.
    await new Promise((resolve) => setTimeout(resolve, 8_000))
    expect(await readRun(server, path)).toMatchObject({ state: 'running' })
  },
)

test('a folder that comes later is waited for, grows with its journal, and is not counted twice after a restart', {
  timeout: 90_000,
}, async () => {
  await using directory = await openTemporaryDirectory()
  const wandb = directory.join('wandb')
  const options = { watchWandb: [wandb] }
  const name = 'offline-run-20261124_020428-manyrow1'
  const source = fixtureUrl(`wandb-runs/many-rows/${name}/run-manyrow1.wandb.gz`)
  const bytes = gunzipSync(await readFile(source)).subarray(0, 40 * 32_768)
  const journal = join(wandb, name, 'run-manyrow1.wandb')
  let path = ''
  let rowCount = 0
  {
    await using server = await start(directory, options)
    await mkdir(join(wandb, name), { recursive: true })
    await writeFile(journal, bytes.subarray(0, 7))
    await new Promise((resolve) => setTimeout(resolve, 200))
    // Within a block and within a record.
    await appendFile(journal, bytes.subarray(7, 5 * 32_768 + 1000))
    path = await pathOf(server, 'manyrow1')
    await eventually(server, path, { state: 'running' })
    await until(async () => expect((await readRun(server, path))?.historyLineCount).toBeGreaterThan(100))
    rowCount = Number((await readRun(server, path))?.historyLineCount)
    await appendFile(journal, bytes.subarray(5 * 32_768 + 1000, 20 * 32_768))
    await until(async () => expect((await readRun(server, path))?.historyLineCount).toBeGreaterThan(rowCount))
  }
  await appendFile(journal, bytes.subarray(20 * 32_768))
  await using server = await start(directory, options)
  await until(async () => {
    const { lastStep, historyLineCount } = (await readRun(server, path)) as Record<string, number>
    expect([historyLineCount! > 2000, lastStep! + 1 - historyLineCount!]).toEqual([true, 0])
  })
})

test('a broken folder is told of once, and the others are read; two copies of a run are one run', {
  timeout: 60_000,
}, async () => {
  await using directory = await openTemporaryDirectory()
  const places = [directory.join('a', 'wandb'), directory.join('b', 'wandb')]
  for (const place of places) {
    await mkdir(place, { recursive: true })
    await copyGolden(place, 'scalars')
  }
  const broken = join(places[0]!, 'run-20261124_000000-broken')
  await mkdir(broken)
  await writeFile(join(broken, 'run-broken.wandb'), 'this is no journal, whatever its name says')
  const lines: LogLine[] = []
  await using server = await start(directory, { watchWandb: places }, lines)
  const { history_rows } = await expectedOf('scalars')
  const path = await pathOf(server, 'scalars1')
  await eventually(server, path, { state: 'finished', historyLineCount: history_rows })
  await until(() => expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(1))
  await new Promise((resolve) => setTimeout(resolve, 1000))
  expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(1)
  expect(await readRun(server, path)).toMatchObject({ historyLineCount: history_rows })
})

test('artifacts of a journal are there with their staged files, and what is gone is told', {
  timeout: 60_000,
}, async () => {
  await using directory = await openTemporaryDirectory()
  const folder = await copyGoldenRun(directory, 'artifacts')
  const lines: LogLine[] = []
  const ask = async (server: StartedServer): Promise<unknown> => {
    const path = await pathOf(server, 'artif001')
    await eventually(server, path, { state: 'finished' })
    const [entity, project] = path.split('/').map(decodeURIComponent)
    const query = `{ project(name: "${project}", entityName: "${entity}") { run(name: "artif001") { outputArtifacts { edges { node { state } } } } } }`
    const response = await fetch(`${server.url}/graphql`, { method: 'POST', body: JSON.stringify({ query }) })
    const { data } = (await response.json()) as {
      data: { project: { run: { outputArtifacts: { edges: { node: { state: string } }[] } } } }
    }
    return data.project.run.outputArtifacts.edges.map(({ node }) => node.state)
  }
  {
    await using server = await start(directory, { watchWandb: [folder] }, lines)
    const states = (await ask(server)) as string[]
    expect(states.length).toBeGreaterThan(1)
    expect(new Set(states)).toEqual(new Set(['COMMITTED']))
    expect(lines.filter(({ level }) => level === 'warn')).toEqual([])
  }
  const moved = directory.join('moved')
  await mkdir(moved)
  await cp(fileURLToPath(fixtureUrl('wandb-runs/artifacts/')), moved, { recursive: true })
  await using server = await start(directory, { dataDirectory: directory.join('other'), watchWandb: [moved] }, lines)
  await eventually(server, await pathOf(server, 'artif001'), { state: 'finished' })
  // Uploads go on beside the lines, so what is gone may be told after the end.
  const told = () => lines.map(({ message }) => message)
  await until(() => expect(told()).toContain('artifact of a run was not taken'))
})

test('what cannot be watched is refused', async () => {
  await using directory = await openTemporaryDirectory()
  const file = directory.join('file')
  await writeFile(file, '')
  await expect(start(directory, { watchWandb: [file] })).rejects.toMatchObject({ code: 'watched-folder' })
  const keys = { auth: 'keys', watchWandb: [directory.path] } as const
  await expect(start(directory, keys)).rejects.toMatchObject({ code: 'watched-entity' })
  const nobody = { ...keys, watchEntity: 'nobody' }
  await expect(start(directory, nobody)).rejects.toMatchObject({ code: 'watched-entity' })
})

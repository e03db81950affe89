import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type StartedServer, startServer } from '@lossline/server'
import { openTemporaryDirectory, spawnScript, type TemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { alert, finish, init, markPreempting } from '../src/index.ts'
import { readRun, readRuns } from './read-run.ts'

/** A server of the folder, as `lossline serve` is one. */
async function serve(directory: TemporaryDirectory): Promise<StartedServer & AsyncDisposable> {
  const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {} })
  return { ...server, [Symbol.asyncDispose]: () => server.close() }
}

async function readState(server: StartedServer, runId: string): Promise<Record<string, unknown> | undefined> {
  const response = await fetch(`${server.url}/api/runs/local/demo/${runId}`)
  return response.ok ? ((await response.json()) as { run: Record<string, unknown> }).run : undefined
}

describe('a run that is stopped in the page', { timeout: 120_000 }, () => {
  const program = new URL('programs/stoppable.ts', import.meta.url)

  test.each([
    ['default', 'local', { exitCode: null, signal: 'SIGINT' }, 130],
    ['on-stop', 'local', { exitCode: 3, signal: null }, 3],
    ['signal', 'local', { exitCode: 0, signal: null }, 1],
    ['stuck', 'local', { exitCode: 0, signal: null }, 0],
    ['default', 'online', { exitCode: null, signal: 'SIGINT' }, 130],
    ['stuck', 'online', { exitCode: 0, signal: null }, 0],
  ] as const)('ends: %s, %s', async (way, mode, exit, exitCode) => {
    await using directory = await openTemporaryDirectory()
    await using elsewhere = await openTemporaryDirectory()
    await using server = await serve(mode === 'local' ? directory : elsewhere)
    const env = mode === 'local' ? {} : { LOSSLINE_BASE_URL: server.url }
    await using child = spawnScript(program, { args: [way], cwd: directory.path, env })
    await child.waitForOutput('training')
    await expect.poll(() => readState(server, 'endless'), { timeout: 60_000 }).toMatchObject({ state: 'running' })
    await fetch(`${server.url}/api/runs/local/demo/endless/stop`, { method: 'POST' })
    expect(await child.exited).toEqual(exit)
    if (way === 'signal') expect(child.stdout).toContain('aborted: The run was stopped by a user.')
    expect((await readRun(directory.path)).exitCode).toBe(exitCode)
    await expect
      .poll(() => readState(server, 'endless'), { timeout: 60_000 })
      .toMatchObject({ state: exitCode === 0 ? 'finished' : 'killed' })
  })
})

test('alerts and preemption are written down, and an alert is told by the server', { timeout: 120_000 }, async () => {
  await using directory = await openTemporaryDirectory()
  const told: unknown[] = []
  const server = await startServer({
    dataDirectory: directory.join('.lossline'),
    port: 0,
    log: () => {},
    onAlert: (one) => told.push(one),
  })
  const run = await init({ project: 'demo', id: 'alerting', mode: 'local', dir: directory.path, console: 'off' })
  alert({ title: 'loss is NaN', text: 'at step 3', level: 'error', waitDurationMs: 1000 })
  run.alert({ title: 'loss is NaN' })
  markPreempting()
  await expect.poll(() => readState(server, 'alerting'), { timeout: 60_000 }).toMatchObject({ state: 'preempting' })
  expect(() => run.alert({ title: '' })).toThrow(expect.objectContaining({ code: 'invalid-option' }))
  expect(() => run.alert({ title: 'x', waitDurationMs: -1 })).toThrow(
    expect.objectContaining({ code: 'invalid-option' }),
  )
  await finish()
  expect(() => run.alert({ title: 'late' })).toThrow(expect.objectContaining({ code: 'run-finished' }))
  const response = await fetch(`${server.url}/api/runs/local/demo/alerting/alerts`)
  expect(await response.json()).toMatchObject({ alerts: [{ title: 'loss is NaN', text: 'at step 3', level: 'error' }] })
  expect(told).toMatchObject([{ title: 'loss is NaN', level: 'error', run: { runId: 'alerting' } }])
  await server.close()
})

describe('several processes in one run', { timeout: 120_000 }, () => {
  const program = fileURLToPath(new URL('programs/sharing.ts', import.meta.url))

  function start(directory: TemporaryDirectory, label: string, isPrimary: boolean, env: object) {
    const child = fork(program, [label, String(isPrimary)], {
      cwd: directory.path,
      env: { ...process.env, LOSSLINE_RUN_ID: 'team', LOSSLINE_SILENT: 'true', ...env },
      execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    return {
      ready: once(child.stdout as NodeJS.ReadableStream, 'data'),
      async order(order: string) {
        child.send(order)
        if (order === 'log') await once(child, 'message')
        else await once(child, 'exit')
      },
      kill: () => child.kill('SIGKILL'),
    }
  }

  test.each(['local', 'online'] as const)('add their rows, lines and metrics to it (%s)', async (mode) => {
    await using directory = await openTemporaryDirectory()
    await using elsewhere = await openTemporaryDirectory()
    await using server = await serve(mode === 'local' ? directory : elsewhere)
    const env = mode === 'local' ? {} : { LOSSLINE_BASE_URL: server.url }
    const first = start(directory, 'first', true, env)
    const second = start(directory, 'second', false, env)
    try {
      await Promise.all([first.ready, second.ready])
      for (const writer of [first, second, second, first]) await writer.order('log')
      await second.order('finish')
      await expect
        .poll(() => readState(server, 'team'), { timeout: 60_000 })
        .toMatchObject({
          state: 'running',
          historyLineCount: 4,
        })
      await first.order('finish')
    } finally {
      first.kill()
      second.kill()
    }
    await expect
      .poll(() => readState(server, 'team'), { timeout: 60_000 })
      .toMatchObject({
        state: 'finished',
        historyLineCount: 4,
        lastStep: 3,
        config: { first: 1, second: 1 },
        summary: { 'loss-first': 1, 'loss-second': 1 },
      })
    const logs = await fetch(`${server.url}/api/runs/local/demo/team/logs`)
    const { lines } = (await logs.json()) as { lines: { label?: string; text: string }[] }
    const said = lines.filter(({ text }) => text.startsWith('hello')).map(({ label, text }) => `${label}: ${text}`)
    expect(said.sort()).toEqual([
      'first: hello of first',
      'first: hello of first',
      'second: hello of second',
      'second: hello of second',
    ])
    // Each has a folder of its own.
    expect(await readRuns(directory.path)).toHaveLength(2)
  })
})

test('of those that write a run together, only one that is told to names it', { timeout: 60_000 }, async () => {
  await using directory = await openTemporaryDirectory()
  const options = { project: 'demo', mode: 'shared', id: 'team', dir: directory.path, silent: true } as const
  for (const more of [{}, { primary: false }, { primary: false, name: 'mine' }]) {
    const run = await init({ ...options, ...more })
    if (more.primary === false) run.tags = ['later']
    await run.finish()
  }
  // Folders of one second are in no order that says who came first.
  const names = (await readRuns(directory.path)).map(({ records }) =>
    records.flatMap((record) => (record.kind === 'run' ? [record.run.displayName ?? ''] : [])).at(-1),
  )
  expect(names.sort()).toEqual(['', 'mine', 'team'])
})

describe('in a worker thread', { timeout: 60_000 }, () => {
  const program = new URL('programs/in-worker.ts', import.meta.url)

  test.each([
    ['finish', 0, 0],
    ['exit', 4, 4],
    ['throw', 1, 1],
  ])('a run ends with it: %s', async (ending, workerCode, exitCode) => {
    await using directory = await openTemporaryDirectory()
    await using child = spawnScript(program, { args: [ending], cwd: directory.path })
    expect(await child.exited).toEqual({ exitCode: 0, signal: null })
    const [main, worker] = (await readRuns(directory.path)).sort((a, b) => (a.journalPath < b.journalPath ? -1 : 1))
    expect(main?.journalPath).toContain('run-main.wandb')
    expect(main?.exitCode).toBe(0)
    expect(main?.rows).toMatchObject([{ thread: 0 }, { code: workerCode }])
    expect(worker?.exitCode).toBe(exitCode)
    expect(worker?.rows).toMatchObject([{ thread: expect.any(Number) }])
    // What a worker prints comes out of its own stream and then out of the process: each run has it once.
    const count = (text: string | undefined) => text?.split('printed by worker').length
    expect(count(worker?.output.stdout)).toBe(2)
    expect(worker?.output.stdout).not.toContain('printed by main')
    expect(count(main?.output.stdout)).toBeLessThanOrEqual(2)
    if (ending === 'throw') expect(worker?.output.stderr).toContain('the worker broke')
  })
})

describe('several runs in one process', () => {
  test('have their own rows, ends and numbers, and share what is printed', async () => {
    await using directory = await openTemporaryDirectory()
    const options = { project: 'demo', mode: 'local', dir: directory.path } as const
    const first = await init({ ...options, id: 'one' })
    const second = await init({ ...options, id: 'two', reinit: 'createNew' })
    first.log({ loss: 1 })
    second.log({ loss: 2 })
    process.stdout.write('to both\n')
    await first.finish()
    process.stdout.write('to the second\n')
    await second.finish({ exitCode: 5 })
    const [one, two] = await readRuns(directory.path)
    expect([one?.exitCode, two?.exitCode]).toEqual([0, 5])
    expect([one?.rows, two?.rows]).toMatchObject([[{ loss: 1 }], [{ loss: 2 }]])
    expect([one?.output.stdout, two?.output.stdout]).toEqual(['to both\n', 'to both\nto the second\n'])
  })

  test('finish twice, finish while it starts, and finish without a run are fine', async () => {
    await using directory = await openTemporaryDirectory()
    await finish()
    const starting = init({ project: 'demo', mode: 'local', dir: directory.path, console: 'off' })
    await finish()
    const run = await starting
    expect(run.isFinished).toBe(false)
    const ends = [run.finish({ exitCode: 2 }), run.finish({ exitCode: 7 }), finish()]
    await Promise.all(ends)
    expect(ends[0]).toBe(ends[1])
    expect((await readRun(directory.path)).exitCode).toBe(2)
  })
})

test('names, notes and tags can be changed and emptied later', { timeout: 60_000 }, async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await serve(directory)
  const base = { project: 'demo', mode: 'local', dir: directory.path, console: 'off' } as const
  const run = await init({ ...base, id: 'named', notes: 'n', tags: ['a'], name: 'before' })
  await expect.poll(() => readState(server, 'named'), { timeout: 30_000 }).toMatchObject({ notes: 'n', tags: ['a'] })
  run.name = 'after'
  run.tags = []
  run.notes = undefined
  const emptied = { displayName: 'after', notes: '', tags: [] }
  await expect.poll(() => readState(server, 'named'), { timeout: 30_000 }).toMatchObject(emptied)
  run.tags = ['b']
  run.notes = 'again'
  await expect
    .poll(() => readState(server, 'named'), { timeout: 30_000 })
    .toMatchObject({ notes: 'again', tags: ['b'] })
  await run.finish()
})

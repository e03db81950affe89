import { cp, readdir, readFile } from 'node:fs/promises'
import { type StartedServer, startServer } from '@lossline/server'
import { openTemporaryDirectory, spawnScript, type TemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { type InitOptions, init } from '../src/index.ts'
import { connect } from '../src/node/server/connect.ts'

const program = new URL('programs/resuming.ts', import.meta.url)

interface Started {
  readonly id: string
  readonly name: string
  readonly startingStep: number
  readonly isResumed: boolean
  readonly [field: string]: unknown
}

interface Training {
  readonly started: Started | undefined
  readonly stderr: string
  readonly exitCode: number | null
}

interface TrainOptions {
  readonly ending?: 'finish' | 'fail' | 'kill'
  readonly rows?: number
  readonly options?: object
  readonly env?: Readonly<Record<string, string | undefined>>
}

async function train(folder: string, { ending = 'finish', rows = 3, options = {}, env = {} }: TrainOptions = {}) {
  await using child = spawnScript(program, {
    args: [ending, String(rows), JSON.stringify(options)],
    cwd: folder,
    env: { LOSSLINE_SILENT: undefined, LOSSLINE_QUIET: 'true', HOME: folder, ...env },
  })
  const { exitCode } = await child.exited
  const match = /^started (.*)$/m.exec(child.stdout)
  const training: Training = {
    started: match?.[1] === undefined ? undefined : (JSON.parse(match[1]) as Started),
    stderr: child.stderr,
    exitCode,
  }
  return training
}

/** The same in this process, where it does not matter which one trains. */
async function trainHere(
  folder: string,
  {
    ending = 'finish',
    rows = 3,
    options = {},
  }: Pick<TrainOptions, 'rows' | 'options'> & { ending?: 'finish' | 'fail' },
) {
  const run = await init({ project: 'demo', dir: folder, console: 'off', ...options })
  const { id, startingStep, isResumed } = run
  for (let row = 0; row < rows; row += 1) run.log({ loss: 100 - run.step })
  run.summary.best = run.step
  await run.finish({ exitCode: ending === 'fail' ? 1 : 0 })
  return { id, startingStep, isResumed }
}

interface WholeRun {
  readonly state: string
  readonly rows: readonly { readonly _step: number; readonly loss: number }[]
  readonly config: Record<string, unknown>
  readonly summary: Record<string, unknown>
  readonly tags: readonly string[]
  readonly console: readonly string[]
}

/** What a server has of a run. */
async function readWhole(url: string | TemporaryDirectory, runId: string): Promise<WholeRun> {
  await using connection = await connect(
    typeof url === 'string'
      ? { kind: 'remote', baseUrl: url, apiKey: undefined }
      : { kind: 'local', dataDirectory: url.join('.lossline') },
  )
  const { project } = (await connection.graphql(
    '',
    `query Whole($name: String!) { project(name: "demo", entityName: "local") { run(name: $name) {
      state config summaryMetrics tags history(samples: 9999) logLines(first: 999) { edges { node { line } } }
    } } }`,
    { name: runId },
  )) as unknown as {
    project: {
      run: {
        state: string
        config: string
        summaryMetrics: string
        tags: string[]
        history: string[]
        logLines: { edges: { node: { line: string } }[] }
      }
    }
  }
  const { run } = project
  const { _wandb: _, ...config } = JSON.parse(run.config) as Record<string, { value: unknown }>
  return {
    state: run.state,
    rows: run.history.map((line) => JSON.parse(line) as WholeRun['rows'][0]),
    config: Object.fromEntries(Object.entries(config).map(([key, { value }]) => [key, value])),
    summary: JSON.parse(run.summaryMetrics) as Record<string, unknown>,
    tags: run.tags,
    console: run.logLines.edges.map(({ node }) => node.line),
  }
}

async function openServer(directory: TemporaryDirectory): Promise<StartedServer & AsyncDisposable> {
  const server = await startServer({ dataDirectory: directory.join('server'), port: 0, log: () => {} })
  return { ...server, [Symbol.asyncDispose]: () => server.close() }
}

const first = {
  id: 'again',
  name: 'first name',
  group: 'g',
  jobType: 'train',
  notes: 'a note',
  tags: ['one'],
  config: { learningRate: 0.1, model: { layers: 2 } },
}

describe.each(['local', 'online'] as const)('in %s mode', { timeout: 180_000 }, (mode) => {
  async function open() {
    const directory = await openTemporaryDirectory()
    const server = mode === 'online' ? await openServer(directory) : undefined
    const env = server === undefined ? {} : { LOSSLINE_BASE_URL: server.url }
    return {
      folder: directory.path,
      directory,
      train: (options: TrainOptions) => train(directory.path, { ...options, env: { ...env, ...options.env } }),
      trainHere: (options: Parameters<typeof trainHere>[1]) =>
        trainHere(directory.path, {
          ...options,
          options: { ...(server === undefined ? {} : { baseUrl: server.url }), ...options.options },
        }),
      /** Starts a run in this process. */
      init: (options: InitOptions) =>
        init({
          project: 'demo',
          dir: directory.path,
          ...(server === undefined ? {} : { baseUrl: server.url }),
          ...options,
        }),
      whole: (runId: string) => readWhole(server?.url ?? directory, runId),
      async [Symbol.asyncDispose]() {
        await server?.close()
        await directory[Symbol.asyncDispose]()
      },
    }
  }

  test.each(['finish', 'fail', 'kill'] as const)('a run goes on after: %s', async (ending) => {
    await using place = await open()
    await place.train({ ending, options: first })
    const { started, stderr } = await place.train({
      rows: 2,
      options: { id: 'again', resume: 'must', config: { learningRate: 0.2, batch: 8 } },
    })
    expect(stderr).toBe('')
    expect(started).toMatchObject({
      id: 'again',
      name: 'first name',
      startingStep: 3,
      isResumed: true,
      group: 'g',
      jobType: 'train',
      notes: 'a note',
      tags: ['one'],
      config: { learningRate: 0.2, model: { layers: 2 }, batch: 8 },
      summary: { loss: 98, ...(ending === 'kill' ? {} : { best: 3 }) },
    })
    const whole = await place.whole('again')
    expect(whole.state).toBe('finished')
    expect(whole.rows.map((row) => [row._step, row.loss])).toEqual([
      [0, 100],
      [1, 99],
      [2, 98],
      [3, 97],
      [4, 96],
    ])
    expect(whole.config).toEqual({ learningRate: 0.2, model: { layers: 2 }, batch: 8 })
    expect(whole.summary).toMatchObject({ loss: 96, best: 5, _step: 4 })
    expect(whole.tags).toEqual(['one'])
    const printed = whole.console.filter((line) => line.startsWith('printed'))
    expect(printed).toEqual(['printed at step 3', 'printed at step 5'])
    // Each part has a folder of its own.
    expect(await readdir(place.directory.join('.lossline', 'runs'))).toHaveLength(2)
  })

  test('must and never hold', async () => {
    await using place = await open()
    await expect(place.init({ id: 'nobody', resume: 'must' })).rejects.toMatchObject({ code: 'resume-impossible' })
    expect((await place.train({ options: { id: 'again', resume: 'never' } })).started).toMatchObject({
      isResumed: false,
    })
    await expect(place.init({ id: 'again', resume: 'never' })).rejects.toThrow('is in project "demo" already')
    // No folder is left behind by what did not start.
    expect(await readdir(place.directory.join('.lossline', 'runs'))).toHaveLength(1)
    const allowed = { LOSSLINE_RUN_ID: 'again', WANDB_RESUME: 'allow' }
    expect((await place.train({ env: allowed })).started).toMatchObject({ isResumed: true, startingStep: 3 })
    expect((await place.train({ options: { id: 'other', resume: 'allow' } })).started).toMatchObject({
      isResumed: false,
      startingStep: 0,
    })
  })

  test('auto goes on with the run that did not end well', async () => {
    await using place = await open()
    const first = await place.trainHere({ ending: 'fail', options: { resume: true } })
    const again = await place.train({ ending: 'kill', env: { LOSSLINE_RESUME: 'auto' } })
    expect(again.started).toMatchObject({ id: first.id, isResumed: true, startingStep: 3 })
    const last = await place.trainHere({ options: { resume: 'auto' } })
    expect(last).toMatchObject({ id: first.id, startingStep: 6 })
    const next = await place.trainHere({ options: { resume: 'auto' } })
    expect(next.id).not.toBe(first.id)
    expect(next).toMatchObject({ isResumed: false })
  })

  test('a fork has the history of its parent, and a run that is taken back loses what came after', async () => {
    await using place = await open()
    await place.train({ rows: 5, options: first })
    const fork = await place.train({ rows: 1, options: { id: 'child', forkFrom: 'again?_step=1', config: { a: 1 } } })
    expect(fork.started).toMatchObject({ id: 'child', startingStep: 2, isResumed: false, config: { a: 1 } })
    const child = await place.whole('child')
    expect(child.rows.map((row) => [row._step, row.loss])).toEqual([
      [0, 100],
      [1, 99],
      [2, 98],
    ])
    expect((await place.whole('again')).rows).toHaveLength(5)

    const back = await place.train({ rows: 2, options: { resumeFrom: 'again?_step=2' } })
    expect(back.stderr).toBe('')
    expect(back.started).toMatchObject({ id: 'again', startingStep: 3, isResumed: true, tags: ['one'] })
    const taken = await place.whole('again')
    expect(taken.rows.map((row) => row._step)).toEqual([0, 1, 2, 3, 4])
    expect(taken.console.filter((line) => line.startsWith('printed'))).toEqual(['printed at step 5'])
    expect(taken.summary).toMatchObject({ loss: 96, _step: 4 })

    for (const options of [
      { forkFrom: 'nobody?_step=1' },
      { forkFrom: 'again?_step=99' },
      { resumeFrom: 'again?_step=99' },
    ]) {
      await expect(place.init(options)).rejects.toMatchObject({ code: 'resume-impossible' })
    }
  })
})

test('what is left unsent of a run of the same id in another project stays there', { timeout: 120_000 }, async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await openServer(directory)
  const away = { LOSSLINE_BASE_URL: 'http://127.0.0.1:2' }
  await train(directory.path, { ending: 'kill', rows: 5, env: away, options: { id: 'again', project: 'other' } })
  const env = { LOSSLINE_BASE_URL: server.url }
  const { started } = await train(directory.path, { rows: 1, env, options: { id: 'again', resume: 'allow' } })
  expect(started).toMatchObject({ isResumed: false, startingStep: 0 })
  expect((await readWhole(server.url, 'again')).rows).toHaveLength(1)
})

test('never sends nothing of what an earlier process left, and rewinding sends it first', {
  timeout: 120_000,
}, async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await openServer(directory)
  const away = { LOSSLINE_BASE_URL: 'http://127.0.0.1:2' }
  await train(directory.path, { ending: 'kill', rows: 5, env: away, options: { id: 'again' } })
  const env = { LOSSLINE_BASE_URL: server.url, LOSSLINE_QUIET: undefined }
  const back = await train(directory.path, { rows: 1, env, options: { resumeFrom: 'again?_step=2' } })
  expect(back.started).toMatchObject({ startingStep: 3 })
  expect(back.stderr + back.exitCode).toContain('left unsent is sent first')
  await train(directory.path, { ending: 'kill', rows: 5, env: away, options: { id: 'fresh' } })
  const fresh = await train(directory.path, { rows: 1, env, options: { id: 'fresh', resume: 'never' } })
  expect(fresh.started).toMatchObject({ isResumed: false })
})

test('a run whose folder cannot be made is not taken back', async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await openServer(directory)
  const options: InitOptions = { dir: directory.path, project: 'demo', baseUrl: server.url, silent: true }
  const run = await init({ ...options, id: 'again' })
  for (const loss of [3, 2, 1]) run.log({ loss })
  await run.finish()
  const resumeFrom = 'again?_step=0'
  await expect(init({ ...options, dir: '/dev/null', resumeFrom })).rejects.toMatchObject({ code: 'run-directory' })
  await using connection = await connect({ kind: 'remote', baseUrl: server.url, apiKey: undefined })
  const query =
    'query ($name: String!) { project(name: "demo", entityName: "local") { run(name: $name) { historyKeys } } }'
  const reply = await connection.graphql('', query, { name: 'again' })
  expect(reply).toMatchObject({ project: { run: { historyKeys: { lastStep: 2 } } } })
})

test('an index that is made anew from the folders is the same, whatever was resumed, forked and taken back', {
  timeout: 180_000,
}, async () => {
  await using directory = await openTemporaryDirectory()
  await trainHere(directory.path, { rows: 5, options: first })
  await trainHere(directory.path, { rows: 1, options: { id: 'child', forkFrom: 'again?_step=1' } })
  await trainHere(directory.path, { rows: 2, options: { resumeFrom: 'again?_step=2' } })
  await trainHere(directory.path, { rows: 1, options: { id: 'again', resume: 'must' } })
  const [again, child] = [await readWhole(directory, 'again'), await readWhole(directory, 'child')]
  expect(again.rows.map((row) => row._step)).toEqual([0, 1, 2, 3, 4, 5])

  await using copy = await openTemporaryDirectory()
  await cp(directory.join('.lossline', 'runs'), copy.join('.lossline', 'runs'), { recursive: true })
  const moved = await readWhole(copy, 'again')
  expect(moved).toEqual(again)
  expect(await readWhole(copy, 'child')).toEqual(child)
})

test('an id that is used again is the same run, in which later values win', { timeout: 120_000 }, async () => {
  await using directory = await openTemporaryDirectory()
  await train(directory.path, { rows: 4, options: { id: 'twice' } })
  const again = await train(directory.path, { rows: 2, options: { id: 'twice', config: { second: true } } })
  expect(again.started).toMatchObject({ isResumed: false, startingStep: 0 })
  const whole = await readWhole(directory, 'twice')
  expect(whole.rows.map((row) => row._step)).toEqual([0, 1, 2, 3])
  expect(whole.config).toEqual({ second: true })
  expect(whole.console.filter((line) => line.startsWith('printed'))).toHaveLength(2)
})

test('offline, a run goes on from what its folder holds', {
  timeout: 120_000,
}, async () => {
  await using directory = await openTemporaryDirectory()
  const env = { LOSSLINE_MODE: 'offline' }
  await train(directory.path, { options: first, env })
  const { started, stderr } = await train(directory.path, { rows: 1, options: { id: 'again', resume: 'must' }, env })
  expect([started?.startingStep, started?.isResumed, stderr]).toEqual([3, true, ''])
  const unknown = await train(directory.path, { options: { id: 'elsewhere', resume: 'must' }, env })
  expect(unknown.started).toMatchObject({ isResumed: false })
  expect(unknown.stderr).toContain('starts at step 0')
})

test('settings that contradict each other are refused', async () => {
  await using directory = await openTemporaryDirectory()
  for (const options of [
    { resume: 'allow', id: 'a', forkFrom: 'b?_step=1' },
    { resumeFrom: 'a?_step=1', forkFrom: 'b?_step=1' },
    { id: 'a', forkFrom: 'a?_step=1' },
    { id: 'b', resumeFrom: 'a?_step=1' },
    { resume: 'must' },
    { forkFrom: 'a' },
    { resume: 'sometimes' },
  ]) {
    const starting = init({ dir: directory.path, ...options } as InitOptions)
    await expect(starting, JSON.stringify(options)).rejects.toMatchObject({ code: 'invalid-setting' })
  }
  expect(await readdir(directory.path)).toEqual([])
})

test('what is remembered for auto is forgotten with the good end of that run alone', { timeout: 120_000 }, async () => {
  await using directory = await openTemporaryDirectory()
  const file = directory.join('.lossline', 'resume.json')
  await trainHere(directory.path, { ending: 'fail', options: { id: 'mine', resume: 'auto' } })
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ run_id: 'mine' })
  await trainHere(directory.path, { options: { id: 'another' } })
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ run_id: 'mine' })
  const other = await train(directory.path, { ending: 'fail', options: { id: 'third', resume: 'auto' } })
  expect(other.stderr).toContain('the last run was mine')
})

test.skipIf(process.platform === 'win32')('what is remembered and cannot be removed is no error', async () => {
  await using directory = await openTemporaryDirectory()
  await using child = spawnScript(new URL('programs/blocked-end.ts', import.meta.url), { cwd: directory.path })
  const { exitCode } = await child.exited
  expect([exitCode, child.stderr, child.stdout]).toEqual([0, '', 'kept\n'])
})

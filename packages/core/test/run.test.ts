import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createRunState, type JsonObject, LosslineError, parseJson, readMetricNotes } from '@lossline/protocol'
import { openTemporaryDirectory } from '@lossline/testing'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  activeRun,
  defineMetric,
  findDataDirectory,
  findStoredApiKey,
  finish,
  type InitOptions,
  init,
  log,
  type Run,
  readSettings,
} from '../src/index.ts'
import { openCase } from './open-case.ts'
import { type RunOnDisk, readRun, readRuns } from './read-run.ts'

afterEach(async () => {
  vi.unstubAllEnvs()
  await finish()
})

/** Runs a program in a folder of its own, ends the run if the program has not, and reads it. */
async function runOf<Config extends object>(
  options: InitOptions<Config>,
  program: (run: Run<Config>) => void | Promise<void>,
): Promise<RunOnDisk> {
  await using directory = await openTemporaryDirectory()
  const run = await init({ dir: directory.path, disableGit: true, saveRequirements: false, console: 'off', ...options })
  await program(run)
  await run.finish()
  return await readRun(directory.path)
}

/** The code and hint of what a call throws. */
function refusalOf(call: () => unknown): { code: string; hint: string | undefined } | undefined {
  try {
    call()
    return undefined
  } catch (error) {
    if (LosslineError.isInstance(error)) return { code: error.code, hint: error.hint }
    throw error
  }
}

describe('log', () => {
  test('counts steps, and keeps what kind of number each was', async () => {
    const { rows } = await runOf({}, (run) => {
      run.log({ loss: 0.5, epoch: 0 })
      run.log({ loss: Number.NaN, up: Number.POSITIVE_INFINITY, down: Number.NEGATIVE_INFINITY })
      run.log({ text: 'häh', flag: true, nothing: null, list: [1, Number.NaN], big: 2n ** 62n })
      expect(run.step).toBe(3)
    })
    expect(rows).toMatchObject([
      { loss: 0.5, epoch: 0, _step: 0 },
      { loss: Number.NaN, up: Number.POSITIVE_INFINITY, down: Number.NEGATIVE_INFINITY, _step: 1 },
      { text: 'häh', flag: true, nothing: null, list: [1, Number.NaN], big: 2n ** 62n, _step: 2 },
    ])
    for (const row of rows) {
      expect(row._timestamp).toBeCloseTo(Date.now() / 1000, -2)
      expect(row._runtime).toBeGreaterThanOrEqual(0)
    }
  })

  test('keeps all digits of an integer in the summary too', async () => {
    const seed = 2n ** 62n + 1n
    const { rows, files } = await runOf({}, (run) => {
      run.defineMetric('best', { summary: 'first' })
      for (let index = 0n; index < 3n; index += 1n) run.log({ seed: seed + index, best: seed + index })
      expect(run.summary).toMatchObject({ seed: seed + 2n, best: { first: seed } })
    })
    expect(rows.at(-1)).toMatchObject({ seed: seed + 2n })
    expect(parseJson(files['files/wandb-summary.json'] ?? '')).toMatchObject({ seed: seed + 2n })
  })

  test('flattens nested objects and leaves dotted keys alone', async () => {
    const { rows } = await runOf({}, (run) => run.log({ val: { loss: 1, per: { class: 2 } }, 'a.b': 3 }))
    expect(rows).toMatchObject([{ 'val|loss': 1, 'val|per|class': 2, 'a.b': 3 }])
  })

  test('the row of a step that the program named last is in the summary, read after the end and on disk', async () => {
    let last: unknown
    const { rows, files } = await runOf({}, async (run) => {
      run.log({ loss: 0.5 }, { step: 1 })
      run.log({ loss: 0.1 }, { step: 2 })
      await run.finish()
      last = run.summary.loss
    })
    expect(rows.map(({ loss, _step }) => ({ loss, _step }))).toEqual([
      { loss: 0.5, _step: 1 },
      { loss: 0.1, _step: 2 },
    ])
    expect(last).toBe(0.1)
    expect(JSON.parse(files['files/wandb-summary.json'] ?? '')).toMatchObject({ loss: 0.1, _step: 2 })
  })

  test('merges calls of one step', async () => {
    const { rows } = await runOf({}, (run) => {
      run.log({ a: 1 }, { commit: false })
      run.log({ b: 2 })
      run.log({ a: 3 }, { step: 5 })
      run.log({ b: 4, a: 5 }, { step: 5 })
      run.log({ a: 6 }, { step: 7, commit: true })
      expect(run.step).toBe(8)
      run.log({ a: 7 }, { step: 3 })
    })
    expect(rows.map(({ a, b, _step }) => ({ a, b, _step }))).toEqual([
      { a: 1, b: 2, _step: 0 },
      { a: 5, b: 4, _step: 5 },
      { a: 6, b: undefined, _step: 7 },
    ])
  })

  test('takes a copy: the caller may change its object at once', async () => {
    const { rows } = await runOf({}, (run) => {
      const row = { a: 1, list: [1] }
      run.log(row)
      row.a = 2
      row.list.push(2)
    })
    expect(rows).toMatchObject([{ a: 1, list: [1] }])
  })

  test('a step that a program names itself is not the step', async () => {
    const { rows } = await runOf({}, (run) => {
      run.log({ _step: 99, text: 'x' })
      run.log({ _step: 98, number: 1 })
    })
    expect(rows.map(({ _step }) => _step)).toEqual([0, 1])
  })

  test('one bad metric does not lose the others', async () => {
    const { rows } = await runOf({}, (run) => {
      run.log({
        good: 1,
        // What a program in JavaScript may log.
        undef: undefined as unknown,
        get bad(): number {
          throw new Error('no')
        },
      })
    })
    expect(rows).toMatchObject([{ good: 1 }])
    expect(rows[0]).not.toHaveProperty('undef')
    expect(rows[0]).not.toHaveProperty('bad')
  })
})

describe('wrong use of log', () => {
  test.each<[string, (run: Run) => void, string]>([
    ['a negative step', (run) => run.log({ a: 1 }, { step: -1 }), 'invalid-step'],
    ['a fractional step', (run) => run.log({ a: 1 }, { step: 0.5 }), 'invalid-step'],
    ['a step of NaN', (run) => run.log({ a: 1 }, { step: Number.NaN }), 'invalid-step'],
    ['a symbol as key', (run) => run.log({ a: 1, [Symbol('s')]: 2 }), 'invalid-key'],
    ['a symbol as inner key', (run) => run.log({ a: { [Symbol('s')]: 2 } }), 'invalid-key'],
    ['a number', (run) => run.log(5 as unknown as object), 'invalid-metrics'],
    ['null', (run) => run.log(null as unknown as object), 'invalid-metrics'],
    ['a list', (run) => run.log([1, 2]), 'invalid-metrics'],
    ['a typed array', (run) => run.log(Float32Array.of(1) as object), 'invalid-metrics'],
    ['a promise', (run) => run.log(Promise.resolve({}) as object), 'invalid-metrics'],
    ['a Map', (run) => run.log(new Map([['a', 1]]) as object), 'invalid-metrics'],
  ])('%s is refused, and nothing of the row is logged', async (_, call, code) => {
    const { rows } = await runOf({}, (run) => {
      expect(refusalOf(() => call(run as Run))).toMatchObject({ code, hint: expect.any(String) })
      run.log({ after: 1 })
    })
    expect(rows).toHaveLength(1)
    expect(rows).toMatchObject([{ after: 1, _step: 0 }])
  })

  test('a value that holds itself', async () => {
    const cyclic: Record<string, unknown> = { a: 1 }
    cyclic.self = cyclic
    const { rows } = await runOf({}, (run) => {
      expect(refusalOf(() => run.log(cyclic))?.code).toBe('cyclic-value')
    })
    expect(rows).toEqual([])
  })

  test('anything after finish', async () => {
    await runOf({ config: { a: 1 } }, async (run) => {
      await run.finish()
      await run.finish()
      expect(run.isFinished).toBe(true)
      const calls = [
        () => run.log({ a: 1 }),
        () => run.log({ a: 1 }, { step: 3 }),
        () => run.defineMetric('a'),
        () => run.config.update({ b: 1 }),
        () => {
          run.summary.a = 1
        },
        () => {
          run.name = 'x'
        },
      ]
      for (const call of calls)
        expect(refusalOf(call)).toMatchObject({ code: 'run-finished', hint: expect.any(String) })
    })
  })
})

describe('config', () => {
  test('is typed, nests, and is written as it changes', async () => {
    const config = { learningRate: 0.1, optimizer: { name: 'adam', beta: 0.9 }, layers: [1, 2] }
    const onDisk = await runOf({ config }, (run) => {
      expect(run.config.learningRate).toBe(0.1)
      expect(run.config.optimizer.name).toBe('adam')
      expect(JSON.parse(JSON.stringify(run.config))).toEqual(config)
      expect(Object.keys(run.config)).toEqual(['learningRate', 'optimizer', 'layers'])
      expect('layers' in run.config).toBe(true)
      // A key that the type does not know, as plain JavaScript may add one.
      const optimizer: object = { momentum: 0.5 }
      run.config.update({ optimizer, batchSize: 8 })
      run.config.setDefaults({ batchSize: 16, seed: 1 })
      expect(run.config.get('batchSize')).toBe(8)
    })
    expect(onDisk.config).toMatchObject({
      ...config,
      optimizer: { name: 'adam', beta: 0.9, momentum: 0.5 },
      batchSize: 8,
      seed: 1,
    })
    expect(onDisk.files['files/config.yaml']).toContain('learningRate:\n    value: 0.1\n')
  })

  test('is fixed, unless a change is allowed', async () => {
    const onDisk = await runOf({ config: { a: 1, deep: { b: 2 } } }, (run) => {
      const change = () => {
        run.config.deep.b = 3
      }
      expect(refusalOf(change)).toMatchObject({ code: 'config-locked', hint: expect.any(String) })
      expect(refusalOf(() => run.config.update({ c: 1, a: 2 }))?.code).toBe('config-locked')
      expect(run.config.toJSON()).toEqual({ a: 1, deep: { b: 2 } })
      run.config.update({ a: 2 }, { allowValChange: true })
    })
    expect(onDisk.config).toMatchObject({ a: 2, deep: { b: 2 } })
    expect(onDisk.config).not.toHaveProperty('c')
  })

  test('may be free to change from the start, and an object replaces another', async () => {
    const config: Record<string, unknown> = { a: { b: 1, c: 2 } }
    const onDisk = await runOf({ config, allowValChange: true }, (run) => {
      run.config.a = { d: 3 }
      run.config.e = 4
      delete run.config.e
    })
    expect(onDisk.config).toMatchObject({ a: { d: 3 } })
    expect(Object.keys(onDisk.config.a as object)).toEqual(['d'])
    expect(onDisk.config).not.toHaveProperty('e')
  })

  test('has no secrets in it on disk, and says which', async () => {
    const config = { hfToken: 'hf_abcdef', maxTokens: 512, tokenizer: 'bert', db: { url: 'postgres://me:pw@db/x' } }
    const onDisk = await runOf({ config }, (run) => {
      expect(run.config.hfToken).toBe('hf_abcdef')
      run.config.update({ apiKey: 'later-secret' })
    })
    expect(onDisk.config).toMatchObject({
      hfToken: '[redacted]',
      maxTokens: 512,
      tokenizer: 'bert',
      db: { url: 'postgres://[redacted]@db/x' },
      apiKey: '[redacted]',
      _wandb: { lossline: { redacted: ['config.hfToken', 'config.db.url', 'config.apiKey'] } },
    })
    for (const secret of ['hf_abcdef', 'me:pw', 'later-secret']) {
      expect(JSON.stringify(onDisk.records)).not.toContain(secret)
      expect(JSON.stringify(onDisk.files)).not.toContain(secret)
    }
  })
})

describe('summary', () => {
  test('is the last value, read back at once', async () => {
    const onDisk = await runOf({}, (run) => {
      run.log({ loss: 0.5, val: { acc: 0.1 } })
      run.log({ loss: 0.25 })
      expect(run.summary.loss).toBe(0.25)
      expect(run.summary.val).toMatchObject({ acc: 0.1 })
      expect('loss' in run.summary).toBe(true)
      expect(run.summary.nothing).toBeUndefined()
      expect(Object.keys(run.summary)).not.toContain('_wandb')
    })
    expect(onDisk.summary).toMatchObject({ loss: 0.25, val: { acc: 0.1 }, _step: 1 })
    expect(JSON.parse(onDisk.files['files/wandb-summary.json'] ?? '')).toMatchObject({ loss: 0.25 })
  })

  test('takes values, nested ones too, and gives them up', async () => {
    const onDisk = await runOf({}, (run) => {
      run.summary.best = { epoch: 3, name: 'x' }
      const best = run.summary.best as Record<string, unknown>
      best.epoch = 4
      run.summary.update({ a: 1, b: 2, c: 3 })
      delete run.summary.a
      run.summary.b = Number.NaN
      expect(run.summary.toJSON()).toEqual({ best: { epoch: 4, name: 'x' }, c: 3 })
    })
    expect(onDisk.summary).toMatchObject({ best: { epoch: 4, name: 'x' }, c: 3 })
    expect(onDisk.summary).not.toHaveProperty('a')
    expect(onDisk.summary).not.toHaveProperty('b')
  })

  test('stays readable after the end', async () => {
    await runOf({}, async (run) => {
      run.log({ loss: 1 })
      await run.finish()
      expect(run.summary.loss).toBe(1)
    })
  })
})

describe('defineMetric', () => {
  test('chooses statistics, step metrics, goals and globs', async () => {
    const onDisk = await runOf({}, (run) => {
      run.defineMetric('epoch', { hidden: true })
      run.defineMetric('val/*', { stepMetric: 'epoch', summary: 'max', goal: 'maximize' })
      run.defineMetric('loss', { summary: 'min, mean' })
      run.defineMetric('first', { summary: ['first', 'last'] })
      run.defineMetric('quiet', { summary: 'none' })
      for (const [epoch, value] of [3, 1, 2].entries()) {
        run.log({ epoch, 'val/acc': value, loss: value, first: value, quiet: value, plain: value })
      }
    })
    expect(onDisk.summary).toMatchObject({
      'val/acc': { max: 3 },
      loss: { min: 1, mean: 2 },
      first: { first: 3, last: 2 },
      plain: 2,
    })
    expect(onDisk.summary).not.toHaveProperty('quiet')
    const metrics = onDisk.records.flatMap((record) => (record.kind === 'metric' ? [record.metric] : []))
    expect(metrics.find(({ globName }) => globName === 'val/*')).toMatchObject({
      stepMetric: 'epoch',
      options: { stepSync: true, defined: true },
    })
    expect(metrics.some(({ name, expandedFromGlob }) => name === 'val/acc' && expandedFromGlob)).toBe(true)
  })

  test('says what a metric tells and its unit, where no other reader of the format stumbles over it', async () => {
    const { records } = await runOf({}, (run) => {
      run.defineMetric('val/*', { unit: ' nats ', goal: 'minimize' })
      run.defineMetric('a.b', { description: 'Of all\nrows', unit: 's' })
      run.defineMetric('val/*', { description: 'On unseen data' })
      run.defineMetric('a.b', { unit: 'ms', overwrite: true })
      run.log({ 'val/loss': 1, 'a.b': 2 })
    })
    const state = createRunState()
    for (const record of records) state.apply(record)
    expect(readMetricNotes(state.config()._wandb as JsonObject)).toEqual(
      new Map([
        ['val/*', { description: 'On unseen data', unit: 'nats' }],
        ['a.b', { unit: 'ms' }],
      ]),
    )
    const metrics = records.flatMap((record) => (record.kind === 'metric' ? [record.metric] : []))
    expect(metrics.map((metric) => Object.keys(metric))).not.toContainEqual(
      expect.arrayContaining([expect.stringMatching(/unit|description/)]),
    )
  })

  test.each<[string, Parameters<Run['defineMetric']>]>([
    ['a description that is no text', ['a', { description: 1 as unknown as string }]],
    ['a unit too long for a title', ['a', { unit: 'x'.repeat(41) }]],
    ['a unit of two lines', ['a', { unit: 'a\nb' }]],
    ['no name', ['']],
    ['a star inside', ['a*b']],
    ['a star as step metric', ['a', { stepMetric: 'b*' }]],
    ['an unknown statistic', ['a', { summary: 'median' }]],
    ['an unknown goal', ['a', { goal: 'best' as 'maximize' }]],
  ])('%s is refused', async (_, args) => {
    await runOf({}, (run) => {
      expect(refusalOf(() => run.defineMetric(...args))?.code).toBe('invalid-metric-definition')
    })
  })
})

describe('the run', () => {
  test('has the names it was given, and takes new ones', async () => {
    const onDisk = await runOf(
      { project: 'p', entity: 'e', id: 'my-run', name: 'n', notes: 'o', tags: ['t'], group: 'g', jobType: 'j' },
      (run) => {
        expect(run).toMatchObject({
          project: 'p',
          entity: 'e',
          id: 'my-run',
          name: 'n',
          notes: 'o',
          tags: ['t'],
          group: 'g',
          jobType: 'j',
          mode: 'local',
          url: undefined,
        })
        run.name = 'renamed'
        run.tags = ['u', 'v']
      },
    )
    const runs = onDisk.records.flatMap((record) => (record.kind === 'run' ? [record.run] : []))
    expect(runs[0]).toMatchObject({
      runId: 'my-run',
      project: 'p',
      entity: 'e',
      displayName: 'n',
      notes: 'o',
      tags: ['t'],
    })
    expect(runs.at(-1)).toMatchObject({ runId: 'my-run', project: 'p', displayName: 'renamed', tags: ['u', 'v'] })
    expect(runs.at(-1)?.startTime).toEqual(runs[0]?.startTime)
    expect(basename(onDisk.directory)).toMatch(/^run-\d{8}_\d{6}-my-run$/)
  })

  test('has an id and a name of its own, and starts with the records that readers need', async () => {
    const onDisk = await runOf({}, (run) => {
      expect(run.id).toMatch(/^[a-z0-9]{8}$/)
      expect(run.name).toMatch(/^[a-z]+-[a-z]+$/)
    })
    expect(onDisk.records.map(({ kind }) => kind).slice(0, 3)).toEqual(['header', 'run', 'environment'])
    expect(onDisk.records.at(-1)?.kind).toBe('exit')
    expect(onDisk.exitCode).toBe(0)
  })

  test('finish says with which exit code', async () => {
    const onDisk = await runOf({}, (run) => run.finish({ exitCode: 9 }))
    expect(onDisk.exitCode).toBe(9)
  })

  test('leaves a folder that git ignores, with the process in it', async () => {
    await using directory = await openTemporaryDirectory()
    const run = await init({ dir: directory.path })
    expect(await readFile(directory.join('.lossline', '.gitignore'), 'utf8')).toBe('*\n')
    const process_ = JSON.parse(await readFile(join(run.directory, 'process.json'), 'utf8'))
    expect(process_).toEqual({ pid: process.pid, host: expect.any(String), startedAtMs: run.startedAt.getTime() })
    expect(existsSync(join(run.directory, 'files'))).toBe(true)
    // What a reader sees while the run goes on is a run already.
    expect((await readRun(directory.path)).records.map(({ kind }) => kind)).toContain('run')
    await run.finish()
  })

  test('two runs with one id and second get folders of their own', async () => {
    await using directory = await openTemporaryDirectory()
    const [one, other] = await Promise.all(
      [1, 2].map(() => init({ dir: directory.path, id: 'same', reinit: 'createNew' })),
    )
    await Promise.all([one?.finish(), other?.finish()])
    expect(await readRuns(directory.path)).toHaveLength(2)
  })
})

describe('several runs', () => {
  test('init twice is refused, unless reinit says what to do', async () => {
    await using directory = await openTemporaryDirectory()
    const options = { dir: directory.path, disableGit: true }
    const starting = init(options)
    await expect(init(options)).rejects.toMatchObject({ code: 'init-twice' })
    const first = await starting
    await expect(init(options)).rejects.toMatchObject({ code: 'init-twice', hint: expect.any(String) })
    expect(await init({ ...options, reinit: 'returnPrevious' })).toBe(first)
    const beside = await init({ ...options, reinit: 'createNew' })
    expect(activeRun()).toBe(first)
    const second = await init({ ...options, reinit: 'finishPrevious' })
    expect(first.isFinished).toBe(true)
    expect(activeRun()).toBe(second)
    log({ a: 1 })
    defineMetric('a')
    await finish()
    expect(activeRun()).toBeUndefined()
    expect(refusalOf(() => log({ a: 1 }))?.code).toBe('no-active-run')
    await beside.finish()
  })

  test('a failed init leaves no active run and nothing on disk', async () => {
    await using directory = await openTemporaryDirectory()
    await expect(init({ dir: directory.path, project: 'a/b' })).rejects.toMatchObject({ code: 'invalid-setting' })
    // From plain JavaScript, where no compiler sees it.
    const mistyped = { dir: directory.path, projct: 'a' } as InitOptions
    await expect(init(mistyped)).rejects.toMatchObject({ code: 'invalid-setting', hint: 'Did you mean project?' })
    await expect(init({ settings: { ...mistyped, projct: 1 } as InitOptions })).rejects.toMatchObject({
      code: 'invalid-setting',
    })
    await expect(init({ dir: directory.path, config: { _wandb: 1 } })).rejects.toMatchObject({ code: 'reserved-key' })
    await expect(init({ dir: '/dev/null' })).rejects.toMatchObject({ code: 'run-directory' })
    expect(activeRun()).toBeUndefined()
    expect(existsSync(directory.join('.lossline'))).toBe(false)
  })
})

describe('the data folder', () => {
  test('may have any name and place', async () => {
    await using directory = await openTemporaryDirectory()
    const dataDir = directory.join('somewhere', 'else')
    const run = await init({ dataDir })
    expect(run.directory.startsWith(join(dataDir, 'runs', 'run-'))).toBe(true)
    await run.finish()
  })

  test('is the nearest one upwards', async () => {
    await using directory = await openTemporaryDirectory()
    await mkdir(directory.join('.lossline'))
    await mkdir(directory.join('a', 'b'), { recursive: true })
    vi.spyOn(process, 'cwd').mockReturnValue(directory.join('a', 'b'))
    expect(findDataDirectory()).toBe(directory.join('.lossline'))
    await mkdir(directory.join('a', '.lossline'))
    expect(findDataDirectory()).toBe(directory.join('a', '.lossline'))
    expect(findDataDirectory({ dir: directory.path })).toBe(directory.join('.lossline'))
    vi.restoreAllMocks()
  })

  test('and everything else that is set can be asked for', async () => {
    vi.stubEnv('LOSSLINE_PROJECT', 'environment')
    vi.stubEnv('WANDB_ENTITY', 'team')
    expect(readSettings({ entity: 'mine' })).toMatchObject({ project: 'environment', entity: 'mine' })
    expect(findStoredApiKey('api.wandb.ai')).toBeUndefined()
  })
})

describe('modes', () => {
  test('disabled: everything works and nothing is there', async () => {
    await using directory = await openTemporaryDirectory()
    const run = await init({ dir: directory.path, mode: 'disabled', config: { a: 1 } })
    run.log({ loss: 1 })
    run.log({ text: 'x' }, { step: 5 })
    run.defineMetric('loss', { summary: 'min' })
    run.summary.x = 1
    run.config.update({ b: 2 })
    run.name = 'y'
    expect(run.config.a).toBe(1)
    const version = await run.logArtifact(directory.join('missing')).wait()
    version.tags = ['a']
    expect([(await version.save()).state, (await version.link('b')).state]).toEqual(['queued', 'queued'])
    expect(await run.linkArtifact(version, 'b')).toBe(version)
    expect((await run.linkModel(directory.join('missing-model'), 'b')).state).toBe('queued')
    expect(await run.useArtifact(version)).toBe(version)
    expect(await run.logCode(directory.join('missing'))).toBeUndefined()
    for (const asking of [run.useArtifact('a'), run.useModel('a'), run.restore('a')]) {
      await expect(asking).rejects.toMatchObject({ code: 'offline-ask' })
    }
    await run.finish()
    expect(existsSync(directory.join('.lossline'))).toBe(false)
    expect(existsSync(run.directory)).toBe(false)
  })

  test('disabled: config and summary read as in other modes', async () => {
    const summaries = []
    for (const mode of ['local', 'disabled'] as const) {
      await using opened = await openCase({ mode, config: { optimizer: { name: 'sgd' } } })
      const { run } = opened
      run.defineMetric('val/*', { summary: 'min,max' })
      run.defineMetric('rate', { summary: 'mean' })
      run.log({ loss: 5, 'val/loss': 2, rate: 1 })
      expect(run.summary.loss).toBe(5)
      run.log({ loss: 4, 'val/loss': 3, rate: 2, nested: { deep: Number.NaN }, text: 'x' })
      run.log({ a: 1 }, { step: 7 })
      run.log({ a: 2, b: [1] }, { step: 7 })
      run.log({ lost: 1 }, { step: 3 })
      run.summary.best = 3
      expect(run.summary.best).toBe(3)
      run.summary.update({ note: { text: 'good' }, gone: 1 })
      delete run.summary.gone
      run.config.update({ rate: 0.1 })
      expect(run.config.toJSON()).toEqual({ optimizer: { name: 'sgd' }, rate: 0.1 })
      await run.finish()
      const { _timestamp, _runtime, ...summary } = run.summary.toJSON()
      expect([typeof _timestamp, typeof _runtime]).toEqual(['number', 'number'])
      summaries.push(summary)
    }
    expect(summaries[0]).toMatchObject({ _step: 7, a: 2, b: [1], 'val/loss': { min: 2, max: 3 } })
    expect(summaries[1]).toEqual(summaries[0])
  })

  test('offline: a folder that says so', async () => {
    const onDisk = await runOf({ mode: 'offline' }, (run) => run.log({ a: 1 }))
    expect(basename(onDisk.directory)).toMatch(/^offline-run-/)
    expect(onDisk.rows).toHaveLength(1)
  })

  test('local: the URL of the server that serves the folder', async () => {
    await using directory = await openTemporaryDirectory()
    await mkdir(directory.join('.lossline'))
    const server = { url: 'http://127.0.0.1:5757', pid: process.pid, version: '1' }
    const run = await init({ dir: directory.path, project: 'p q', id: 'r' })
    expect(run.url).toBeUndefined()
    await writeFile(directory.join('.lossline', 'server.json'), JSON.stringify(server))
    expect(run.url).toBe('http://127.0.0.1:5757/local/p%20q/runs/r')
    // No process has this id: Linux gives out at most 2 ** 22.
    await writeFile(directory.join('.lossline', 'server.json'), JSON.stringify({ ...server, pid: 2 ** 30 }))
    expect(run.url).toBeUndefined()
    await run.finish()
  })

  test('the environment and settings files set what options do not', async () => {
    await using directory = await openTemporaryDirectory()
    await using home = await openTemporaryDirectory()
    await mkdir(directory.join('.lossline'))
    await writeFile(directory.join('.lossline', 'settings'), '[default]\nproject = folder\nrun_group = folder\n')
    await writeFile(home.join('settings'), 'project = user\nrun_group = user\njob_type = user\n')
    vi.stubEnv('LOSSLINE_CONFIG_DIR', home.path)
    vi.stubEnv('WANDB_PROJECT', 'environment')
    vi.stubEnv('LOSSLINE_DIR', directory.path)
    const run = await init({ name: 'argument', settings: { name: 'settings', notes: 'settings' } })
    expect(run).toMatchObject({
      project: 'environment',
      group: 'folder',
      jobType: 'user',
      name: 'argument',
      notes: 'settings',
    })
    expect(run.directory.startsWith(directory.path)).toBe(true)
    await run.finish()
  })
})

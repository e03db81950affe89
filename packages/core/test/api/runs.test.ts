import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { Api } from '../../src/index.ts'
import { openApiServer } from './api-server.ts'

/** Fails with the code that is expected, whatever else is thrown. */
async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no error',
    (error: { code?: string }) => error.code ?? String(error),
  )
}

describe('one run', () => {
  test('is read as it was logged', async () => {
    await using ours = await openApiServer()
    const config = { learningRate: 0.1, layers: [1, 2], optimizer: { name: 'adam' }, big: Number.POSITIVE_INFINITY }
    const options = {
      id: 'one',
      name: 'calm river',
      tags: ['a', 'b'],
      notes: 'some notes',
      group: 'g',
      jobType: 'train',
    }
    await ours.logRun({ ...options, config }, (run) => {
      for (let step = 0; step < 20; step += 1) run.log({ loss: 1 / (step + 1), val: { acc: step } })
      run.log({ loss: Number.NaN, text: 'word' })
      run.summary.best = 7
    })
    const run = await ours.api.run('one')
    expect(run).toMatchObject({ ...options, entity: 'local', project: 'demo', state: 'finished', historyLineCount: 21 })
    expect(run.config).toEqual(config)
    expect(run.rawConfig.learningRate).toEqual({ value: 0.1 })
    expect(run.rawConfig).toHaveProperty('_wandb.value.t')
    expect(run.summary).toMatchObject({ best: 7, val: { acc: 19 }, text: 'word' })
    expect(run.path).toBe('local/demo/one')
    expect(run.url).toBe(`${ours.server.url}/local/demo/runs/one`)
    expect(Date.now() - run.createdAt.getTime()).toBeLessThan(60_000)
    expect(run.heartbeatAt?.getTime()).toBeGreaterThanOrEqual(run.createdAt.getTime())
    expect(await run.lastStep()).toBe(20)
    expect(await run.metadata()).toMatchObject({ program: expect.any(String) })

    const rows = await Array.fromAsync(run.scanHistory({ pageSize: 3 }))
    expect(rows).toHaveLength(21)
    expect(rows[4]).toMatchObject({ _step: 4, loss: 0.2, val: { acc: 4 } })
    expect(rows[20]).toMatchObject({ _step: 20, loss: Number.NaN, text: 'word' })
    expect(rows).toEqual(await run.history())

    const losses = await Array.fromAsync(run.scanHistory({ keys: ['loss'], pageSize: 4, minStep: 2 }))
    expect(losses.map(({ _step, loss }) => [_step, loss])).toEqual(
      rows.slice(2).map(({ _step, loss }) => [_step, loss]),
    )
    expect(await run.history({ keys: ['val.acc'], samples: 3 })).toEqual([
      { _step: 0, 'val.acc': 0 },
      { _step: 10, 'val.acc': 10 },
      { _step: 19, 'val.acc': 19 },
    ])
    expect(await run.history({ keys: ['loss'], xAxis: 'val.acc', samples: 2 })).toEqual([
      { 'val.acc': 0, loss: 1 },
      { 'val.acc': 19, loss: 1 / 20 },
    ])
  })

  test('is found by each form of its path, and by the address of its page', async () => {
    await using ours = await openApiServer()
    await ours.logRun({ id: 'one' })
    const paths = [
      'one',
      'demo/one',
      'local/demo/one',
      '/local/demo/runs/one',
      `${ours.server.url}/local/demo/runs/one`,
    ]
    for (const path of paths) expect((await ours.api.run(path)).id).toBe('one')
    expect(await codeOf(ours.api.run('a/b/c/d'))).toBe('invalid-path')
    expect(await codeOf(ours.api.run(''))).toBe('invalid-path')
    expect(await codeOf(ours.api.run('two'))).toBe('not-found')
    expect(await codeOf(ours.api.run('nowhere/one'))).toBe('not-found')
    await expect(ours.api.run('two')).rejects.toThrow('local/demo/two')
  })

  test('with steps far apart is read with few requests, and none is lost', async () => {
    await using ours = await openApiServer()
    const steps = [0, 1, 5000, 2_000_000, 2_000_001, 2_000_002, 2_000_003, 90_000_000]
    await ours.logRun({ id: 'sparse' }, (run) => {
      for (const step of steps) run.log({ step }, { step, commit: true })
    })
    const run = await ours.api.run('sparse')
    const rows = await Array.fromAsync(run.scanHistory({ pageSize: 2 }))
    expect(rows.map(({ _step }) => _step)).toEqual(steps)
    const named = await Array.fromAsync(
      run.scanHistory({ pageSize: 3, keys: ['step'], minStep: 1, maxStep: 2_000_002 }),
    )
    expect(named.map(({ step }) => step)).toEqual([1, 5000, 2_000_000, 2_000_001])
  })

  test('is edited, also with empty values, and what is not named stays', async () => {
    await using ours = await openApiServer()
    await ours.logRun(
      { id: 'one', name: 'first', notes: 'n', tags: ['a'], group: 'g', config: { a: 1, b: { c: 2 } } },
      (run) => run.log({ loss: 1 }),
    )
    const run = await ours.api.run('one')
    run.name = 'second'
    run.tags = [...run.tags, 'b']
    expect(run.name).toBe('second')
    await run.save()
    expect(await ours.api.run('one')).toMatchObject({ name: 'second', tags: ['a', 'b'], notes: 'n', group: 'g' })

    await run.update({ notes: '', tags: [], group: '', config: { b: 3, d: [Infinity] }, summary: { best: Infinity } })
    const after = await ours.api.run('one')
    expect(after).toMatchObject({ name: 'second', tags: [], notes: undefined, group: undefined, state: 'finished' })
    expect(after.config).toEqual({ a: 1, b: 3, d: [Infinity] })
    expect(after.rawConfig).toHaveProperty('_wandb.value.t')
    expect(after.summary).toMatchObject({ loss: 1, best: Infinity })
    expect(after.config).toEqual(run.config)
    expect(await codeOf(run.update({ config: { f: Promise.resolve() } }))).toBe('invalid-option')

    run.name = 'not saved'
    await run.reload()
    expect(run.name).toBe('second')
  })

  test('is deleted', async () => {
    await using ours = await openApiServer()
    await ours.logRun({ id: 'one' })
    const run = await ours.api.run('one')
    await run.delete()
    expect(await codeOf(ours.api.run('one'))).toBe('not-found')
    expect(await codeOf(run.reload())).toBe('not-found')
  })

  test('is moved to another project, where it is as it was', async () => {
    await using ours = await openApiServer()
    await ours.logRun({ id: 'one', name: 'first' }, (run) => run.log({ loss: 1 }))
    const run = await ours.api.run('one')
    const moved = await run.moveTo('archive')
    expect(moved).toMatchObject({ path: 'local/archive/one', storageId: run.storageId, name: 'first' })
    expect(await moved.history({ keys: ['loss'] })).toMatchObject([{ loss: 1 }])
    expect(await ours.api.runs('demo').total()).toBe(0)
    expect((await ours.api.runs('archive').toArray()).map(({ id }) => id)).toEqual(['one'])
    await ours.logRun({ id: 'two' })
    expect(await codeOf((await ours.api.run('two')).moveTo('a/b/c'))).toBe('invalid-path')
    expect(await codeOf((await ours.api.run('two')).moveTo('a:b'))).toBe('server-request')
  })

  test('is waited for, until a time or a signal', async () => {
    await using ours = await openApiServer()
    await ours.logRun({ id: 'one' })
    const run = await ours.api.run('one')
    await run.waitUntilFinished()
    const answer = await fetch(`${ours.server.url}/graphql`, {
      method: 'POST',
      body: JSON.stringify({
        query: `mutation { upsertBucket(input: { name: "two", modelName: "demo" }) { bucket { id } } }`,
      }),
    })
    expect(answer.status).toBe(200)
    const running = await ours.api.run('two')
    expect(running.state).toBe('running')
    expect(await codeOf(running.waitUntilFinished({ timeoutMs: 30, pollIntervalMs: 10 }))).toBe('wait-timeout')
    const waiting = running.waitUntilFinished({ signal: AbortSignal.timeout(30), pollIntervalMs: 1000 })
    await expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' })
    const over = running.waitUntilFinished({ pollIntervalMs: 10 })
    await fetch(`${ours.server.url}/files/local/demo/two/file_stream`, {
      method: 'POST',
      body: JSON.stringify({ complete: true, exitcode: 0 }),
    })
    await over
    expect(running.state).toBe('finished')
  })
})

describe('several runs', () => {
  test('are filtered, ordered and paged', async () => {
    await using ours = await openApiServer()
    for (let index = 0; index < 7; index += 1) {
      await ours.logRun(
        { id: `run${index}`, name: `cnn-${index}`, tags: index % 2 ? ['odd'] : [], config: { index } },
        (run) => run.log({ loss: (index * 3) % 7, 'val/acc': index }),
      )
    }
    const idsOf = async (options: Parameters<Api['runs']>[1]) =>
      (await ours.api.runs('demo', options).toArray()).map(({ id }) => id)

    expect(await idsOf({ perPage: 2 })).toEqual(['run0', 'run1', 'run2', 'run3', 'run4', 'run5', 'run6'])
    expect(await idsOf({ filters: { tags: 'odd' }, order: '-summary.loss' })).toEqual(
      ['run5', 'run3', 'run1'].sort((a, b) => lossOf(b) - lossOf(a)),
    )
    expect(await idsOf({ filters: { 'config.index': { $gte: 5 } } })).toEqual(['run5', 'run6'])
    expect(await idsOf({ filters: { 'summary.val/acc': { $lt: 2 } } })).toEqual(['run0', 'run1'])
    expect(await idsOf({ filters: { displayName: /N-[23]$/i } })).toEqual(['run2', 'run3'])
    expect(await idsOf({ filters: { createdAt: { $lt: new Date(0) } } })).toEqual([])
    expect(await idsOf({ filters: { $or: [{ name: 'run1' }, { 'config.index': 4 }] } })).toEqual(['run1', 'run4'])

    const runs = ours.api.runs('local/demo', { perPage: 3 })
    expect(await runs.total()).toBe(7)
    expect((await Array.fromAsync(runs.pages())).map((page) => page.length)).toEqual([3, 3, 1])
    expect((await runs.first())?.id).toBe('run0')
    expect(await runs.toArray({ limit: 4 })).toHaveLength(4)
    const some: string[] = []
    for await (const run of runs) {
      some.push(run.name)
      if (some.length === 4) break
    }
    expect(some).toEqual(['cnn-0', 'cnn-1', 'cnn-2', 'cnn-3'])
    expect(await codeOf(ours.api.runs('nowhere').toArray())).toBe('not-found')
    expect(() => ours.api.runs('demo', { filters: { name: Symbol('x') } })).toThrow('symbol')

    function lossOf(id: string): number {
      return (Number(id.slice(3)) * 3) % 7
    }
  })
})

describe('files', () => {
  test('are listed, read, downloaded with their digest checked, uploaded and deleted', async () => {
    await using ours = await openApiServer()
    await ours.logRun({ id: 'one' })
    const run = await ours.api.run('one')
    const folder = ours.directory.join('work')
    await mkdir(`${folder}/sub dir`, { recursive: true })
    await writeFile(`${folder}/sub dir/ä %.txt`, 'content')
    const uploaded = await run.uploadFile('sub dir/ä %.txt', { root: folder })
    expect(uploaded).toMatchObject({ name: 'sub dir/ä %.txt', sizeBytes: 7 })
    expect(await uploaded.text()).toBe('content')
    expect((await run.files({ pattern: 'sub dir/%' }).toArray()).map(({ name }) => name)).toEqual(['sub dir/ä %.txt'])
    const names = (await run.files({ perPage: 2 }).toArray()).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['config.yaml', 'wandb-summary.json', 'sub dir/ä %.txt']))

    const root = ours.directory.join('downloads')
    const path = await uploaded.download({ root })
    expect(await readFile(path, 'utf8')).toBe('content')
    expect(await codeOf(uploaded.download({ root }))).toBe('file-exists')
    await writeFile(path, 'other')
    expect(await uploaded.download({ root, replace: true })).toBe(path)
    expect(await readFile(path, 'utf8')).toBe('content')

    expect(await codeOf(run.file('nothing.txt'))).toBe('not-found')
    expect(await codeOf(run.uploadFile('../outside.txt', { root: folder }))).toBe('unsafe-file-name')
    await expect(run.uploadFile('nope.json', { root: folder })).rejects.toMatchObject({
      code: 'invalid-option',
      message: expect.stringContaining('nope.json'),
    })
    await uploaded.delete()
    expect(await codeOf(run.file('sub dir/ä %.txt'))).toBe('not-found')
  })
})

describe('whom it asks', () => {
  test('is the data folder when no server is named, and it sees what was just logged', async () => {
    await using ours = await openApiServer()
    await ours.logRun({ id: 'here', baseUrl: undefined, apiKey: undefined, mode: 'local' }, (run) => run.log({ a: 1 }))
    await using api = new Api({ dir: ours.directory.path, project: 'demo' })
    const run = await api.run('here')
    expect(run.state).toBe('finished')
    expect(await run.history()).toMatchObject([{ a: 1 }])
    expect(await api.viewer()).toMatchObject({ entity: 'local' })
  })

  test('is said when it cannot be', () => {
    expect(() => new Api({ baseUrl: 'nonsense' })).toThrow('Setting "baseUrl" (from an option of Api)')
    // @ts-expect-error a name that no option has
    expect(() => new Api({ projct: 'x' })).toThrow('there is no option "projct"')
  })
})

test('a question that is given up ends', async () => {
  await using ours = await openApiServer()
  const signal = AbortSignal.abort(new Error('given up'))
  await expect(ours.api.run('one', { signal })).rejects.toThrow('given up')
  await expect(ours.api.runs('demo', { signal }).toArray()).rejects.toThrow('given up')
})

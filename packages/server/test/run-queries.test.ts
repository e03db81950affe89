import type {
  RunFiguresResponse,
  RunGroupsRequest,
  RunGroupsResponse,
  RunImportanceResponse,
  RunKeysResponse,
  RunsChangedResponse,
  RunsChangeRequest,
  RunsQueryRequest,
  RunsQueryResponse,
} from '@lossline/protocol'
import { expect, test } from 'vitest'
import { openTestServer, type TestServer } from './test-server.ts'

const project = '/api/projects/local/demo'

async function answer<T>(response: Response): Promise<T> {
  expect(response.status).toBe(200)
  return (await response.json()) as T
}
const query = async (test: TestServer, request: RunsQueryRequest): Promise<RunsQueryResponse> =>
  answer(await test.post(`${project}/runs/query`, request))
const change = async (test: TestServer, request: RunsChangeRequest): Promise<RunsChangedResponse> =>
  answer(await test.post(`${project}/runs/change`, request))

interface Sample {
  readonly lr: number
  readonly optimizer: string
  readonly loss?: unknown
  readonly tags?: readonly string[]
}

async function openWithRuns(samples: Readonly<Record<string, Sample>>): Promise<TestServer> {
  const test = await openTestServer()
  for (const [runId, { lr, optimizer, loss, tags = [] }] of Object.entries(samples)) {
    await test.upsert(runId, {
      config: JSON.stringify({ lr: { value: lr }, optimizer: { value: { name: optimizer } } }),
      summaryMetrics: JSON.stringify({ 'val/loss': loss, _wandb: { runtime: 5 } }),
      tags,
    })
  }
  return test
}
const four = {
  a: { lr: 0.1, optimizer: 'adam', loss: 3 },
  b: { lr: 0.1, optimizer: 'sgd', loss: 1, tags: ['baseline'] },
  c: { lr: 0.2, optimizer: 'adam', loss: 2 },
  d: { lr: 0.3, optimizer: 'adam' },
}
const ids = ({ runs }: RunsQueryResponse): string[] => runs.map(({ runId }) => runId)

test('runs are found by a filter, sorted by several keys, and come with values', async () => {
  await using test = await openWithRuns(four)
  const sort = [
    { key: 'config.lr', isDescending: false },
    { key: 'summary.val/loss', isDescending: false },
  ]
  const columns = [
    'config.lr',
    'summary.val/loss',
    'config.optimizer.name',
    'run.state',
    'config.optimizer',
    'config.none',
  ]
  const found = await query(test, { sort, columns, limit: 3 })
  expect([found.total, ids(found)]).toEqual([4, ['b', 'a', 'c']])
  expect(found.runs[0]!.values).toEqual([0.1, 1, 'sgd', 'running', { name: 'sgd' }, null])
  // The best of each rate first; what is missing last either way.
  const best = await query(test, { sort: sort.toReversed().map((one) => ({ ...one, isDescending: true })) })
  expect(ids(best)).toEqual(['a', 'c', 'b', 'd'])
  const adam = { 'config.optimizer.name': 'adam', 'summary_metrics.val/loss': { $gt: 2 } }
  expect(await query(test, { filter: adam })).toMatchObject({ total: 1, runs: [{ runId: 'a', values: [] }] })
  expect(ids(await query(test, { filter: { text: { $regex: '(?i)BASE' } } }))).toEqual(['b'])
  expect(ids(await query(test, { search: 'base', offset: 1 }))).toEqual([])
  expect(ids(await query(test, {}))).toEqual(['d', 'c', 'b', 'a'])
})

test('what cannot be asked is refused by name', async () => {
  await using test = await openWithRuns({ a: four.a })
  const refuse = async (request: object): Promise<string> => {
    const response = await test.post(`${project}/runs/query`, request)
    expect(response.status).toBe(400)
    return ((await response.json()) as { error: { message: string } }).error.message
  }
  expect(await refuse({ columns: ['color'] })).toContain('the key "color"')
  expect(await refuse({ sort: [{ key: 'run.tags', isDescending: false }] })).toContain('run.tags')
  expect(await refuse({ filter: { 'config.lr': { $near: 1 } } })).toContain('$near')
  expect(await refuse({ limit: 5000 })).toContain('limit')
})

test('groups have figures over all of their runs', async () => {
  await using test = await openWithRuns({ ...four, e: { lr: 0.1, optimizer: 'adam', loss: Number.NaN } })
  const groups = async (request: RunGroupsRequest): Promise<RunGroupsResponse> =>
    answer(await test.post(`${project}/runs/groups`, request))
  const none = { count: 0, mean: null, standardDeviation: null, min: null, max: null }
  const columns = ['summary.val/loss']
  expect(await groups({ by: ['config.optimizer.name'], columns })).toEqual({
    total: 2,
    groups: [
      {
        values: ['adam'],
        runCount: 4,
        columns: [{ count: 2, mean: 2.5, standardDeviation: Math.SQRT1_2, min: 2, max: 3 }],
      },
      { values: ['sgd'], runCount: 1, columns: [{ ...none, count: 1, mean: 1, min: 1, max: 1 }] },
    ],
  })
  const byRate = await groups({ by: ['config.lr', 'config.none'], columns, offset: 2, limit: 1 })
  expect(byRate).toEqual({ total: 3, groups: [{ values: [0.3, null], runCount: 1, columns: [none] }] })
  expect((await groups({ by: ['config.lr'], offset: 9 })).total).toBe(3)
})

test('keys tell what runs have under them', async () => {
  await using test = await openWithRuns(four)
  const { keys, runCount } = await test.get<RunKeysResponse>(`${project}/run-keys`)
  expect(runCount).toBe(4)
  expect(keys).toEqual([
    {
      key: 'config.lr',
      runCount: 4,
      isVarying: true,
      kind: 'number',
      min: 0.1,
      max: 0.3,
      commonValues: [0.1, 0.2, 0.3],
    },
    {
      key: 'config.optimizer.name',
      runCount: 4,
      isVarying: true,
      kind: 'text',
      min: null,
      max: null,
      commonValues: ['adam', 'sgd'],
    },
    { key: 'summary.val/loss', runCount: 3, isVarying: true, kind: 'number', min: 1, max: 3, commonValues: [1, 2, 3] },
  ])
})

test('many runs are changed at once, and what comes back undoes it', async () => {
  await using test = await openWithRuns(four)
  const tagsOf = async () => Object.fromEntries((await query(test, {})).runs.map(({ runId, tags }) => [runId, tags]))
  const before = await tagsOf()
  const changed = await change(test, {
    of: { filter: { 'config.lr': 0.1 } },
    addTags: ['kept'],
    removeTags: ['baseline'],
    group: 'g',
    color: 'hue-3',
  })
  expect(changed).toEqual({
    runIds: ['b', 'a'],
    before: [
      { runId: 'b', tags: ['baseline'], group: '', color: '' },
      { runId: 'a', tags: [], group: '', color: '' },
    ],
  })
  expect(await tagsOf()).toEqual({ ...before, a: ['kept'], b: ['kept'] })
  await answer(await test.post(`${project}/runs/edits`, { edits: changed.before }))
  expect(await tagsOf()).toEqual(before)
  // What has the tag already is not told of.
  expect((await change(test, { of: { runIds: ['a', 'b'] }, addTags: ['baseline'] })).runIds).toEqual(['a'])
})

test('runs go to the trash and come back, and can be asked to stop', async () => {
  await using test = await openWithRuns(four)
  expect((await change(test, { of: { search: 'a' }, action: 'stop' })).runIds).toContain('a')
  expect(await change(test, { of: { runIds: ['a', 'c'] }, action: 'trash' })).toEqual({
    runIds: ['a', 'c'],
    before: [],
  })
  expect(ids(await query(test, {}))).toEqual(['d', 'b'])
  await change(test, { of: { runIds: ['a', 'c'] }, action: 'restore' })
  expect((await query(test, {})).total).toBe(4)
  expect((await test.post(`${project}/runs/change`, { of: { runIds: ['never'] }, addTags: ['x'] })).status).toBe(404)
  expect((await test.post(`${project}/runs/change`, { of: {}, action: 'restore' })).status).toBe(400)
})

test('what people write about a run can be changed', async () => {
  await using test = await openWithRuns({ a: four.a })
  const patch = (body: object) =>
    test.request('/api/runs/local/demo/a', { method: 'PATCH', body: JSON.stringify(body) })
  const edit = { displayName: 'the best', notes: 'n', tags: ['x'], group: 'g', color: '#a4893e' }
  expect(await answer(await patch(edit))).toMatchObject({ run: edit })
  expect((await query(test, {})).runs).toMatchObject([edit])
  expect((await patch({ color: 'url(#x)' })).status).toBe(400)
  expect((await patch({ displayName: '' })).status).toBe(400)
  expect((await patch({ state: 'finished' })).status).toBe(400)
})

test('all values of a metric come to figures, run by run', async () => {
  await using test = await openTestServer()
  await test.upsert('a')
  await test.upsert('b')
  const content = [3, 1, 'NaN', 2].map((loss) => JSON.stringify({ loss }))
  await test.stream('a', { files: { 'wandb-history.jsonl': { offset: 0, content } } })
  const { figures } = await answer<RunFiguresResponse>(
    await test.post(`${project}/runs/figures`, { runIds: ['b', 'a', 'gone'], key: 'loss' }),
  )
  expect(figures).toEqual([null, { count: 3, first: 3, last: 2, min: 1, max: 3, mean: 2 }, null])
  expect((await test.post(`${project}/runs/figures`, { runIds: ['a'], key: '' })).status).toBe(400)
})

test('what a number of the runs is owed to is told once there are enough of them', async () => {
  await using test = await openTestServer()
  const add = (i: number) =>
    test.upsert(`r${i}`, {
      config: JSON.stringify({
        lr: { value: i % 7 },
        seed: { value: (i * 5) % 3 },
        same: { value: 1 },
        _wandb: { value: { t: i } },
      }),
      summaryMetrics: JSON.stringify({ loss: i % 7 }),
    })
  const ask = async (): Promise<RunImportanceResponse> =>
    answer(await test.post(`${project}/runs/importance`, { outcome: 'summary.loss' }))
  for (let i = 0; i < 9; i += 1) await add(i)
  expect(await ask()).toEqual({ runCount: 9, runCountMin: 10, parameters: [] })
  for (let i = 9; i < 60; i += 1) await add(i)
  const { runCount, parameters } = await ask()
  expect(runCount).toBe(60)
  expect(parameters.map(({ key }) => key)).toEqual(['config.lr', 'config.seed'])
  expect(parameters[0]!.importance).toBeGreaterThan(0.9)
  expect(parameters[0]!.correlation).toBeCloseTo(1)
})

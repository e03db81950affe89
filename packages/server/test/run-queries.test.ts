import type {
  RunFiguresResponse,
  RunGroupsRequest,
  RunGroupsResponse,
  RunImportanceResponse,
  RunKeysResponse,
  RunNeighboursRequest,
  RunNeighboursResponse,
  RunsChangedResponse,
  RunsChangeRequest,
  RunsQueryRequest,
  RunsQueryResponse,
} from '@lossline/protocol'
import { openSqliteStore, type Store } from '@lossline/store'
import { expect, test } from 'vitest'
import { openKeysServer } from './keys-server.ts'
import { historyLines, openTestServer, type TestServer } from './test-server.ts'

const project = '/api/projects/local/demo'

async function answer<T>(response: Response): Promise<T> {
  expect(response.status).toBe(200)
  return (await response.json()) as T
}
const query = async (test: TestServer, request: RunsQueryRequest): Promise<RunsQueryResponse> =>
  answer(await test.post(`${project}/runs/query`, request))
const jsonOf = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
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

test('groups tell how values are spread over them', async () => {
  await using test = await openWithRuns({
    a: { lr: 0.1, optimizer: 'adam', loss: 1 },
    b: { lr: 0.1, optimizer: 'sgd', loss: 11 },
    c: { lr: 0.1, optimizer: 'adam', loss: 6 },
    d: { lr: 0.2, optimizer: 'adam', loss: 2 },
    e: { lr: 0.2, optimizer: 'adam', loss: Number.NaN },
  })
  const spreads = ['summary.val/loss', 'config.optimizer.name', 'summary.none']
  const request: RunGroupsRequest = { by: ['config.lr'], spreads }
  const { groups } = await answer<RunGroupsResponse>(await test.post(`${project}/runs/groups`, request))
  const nothing = { bins: [], topValues: [], distinctCount: 0 }
  const ofTexts = (...counts: readonly (readonly [string, number])[]) => ({
    bins: [],
    topValues: counts.map(([value, runCount]) => ({ value, runCount })),
    distinctCount: counts.length,
  })
  expect(groups.map((group) => group.spreads)).toEqual([
    // From 1 to 11 for both groups, so that they can be compared.
    [{ ...nothing, bins: [1, 0, 0, 0, 0, 1, 0, 0, 0, 1] }, ofTexts(['adam', 2], ['sgd', 1]), nothing],
    [{ ...nothing, bins: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0] }, ofTexts(['adam', 2]), nothing],
  ])
})

test('groups tell of tags one by one, of notes, and of when their runs began', async () => {
  await using test = await openWithRuns({
    a: { lr: 0.1, optimizer: 'adam', tags: ['x', 'y'] },
    b: { lr: 0.1, optimizer: 'sgd', tags: ['y'] },
    c: { lr: 0.2, optimizer: 'adam' },
  })
  await test.request('/api/runs/local/demo/a', { method: 'PATCH', body: JSON.stringify({ notes: 'n'.repeat(300) }) })
  const request: RunGroupsRequest = {
    by: ['config.lr'],
    columns: ['run.created'],
    spreads: ['run.tags', 'run.notes'],
  }
  const { groups } = await answer<RunGroupsResponse>(await test.post(`${project}/runs/groups`, request))
  const nothing = { bins: [], topValues: [], distinctCount: 0 }
  const tags = [
    { value: 'y', runCount: 2 },
    { value: 'x', runCount: 1 },
  ]
  expect(groups.map(({ spreads }) => spreads)).toEqual([
    [
      { bins: [], topValues: tags, distinctCount: 2 },
      { bins: [], topValues: [{ value: `${'n'.repeat(200)}…`, runCount: 1 }], distinctCount: 1 },
    ],
    [nothing, nothing],
  ])
  expect(groups.map(({ columns }) => [columns[0]?.count, typeof columns[0]?.min])).toEqual([
    [2, 'number'],
    [1, 'number'],
  ])
  // Nobody is found by them as a whole, and no group made of them.
  expect((await test.request(`${project}/runs/groups`, jsonOf({ by: ['run.tags'] }))).status).toBe(400)
})

test('groups sum up what metrics come to in their runs, of as many as can be read at once', async () => {
  await using test = await openWithRuns(four)
  for (const [runId, losses] of Object.entries({ a: [3, 1], b: [5, 4], c: [2, 7] })) {
    const content = historyLines(
      0,
      losses.map((loss) => ({ loss })),
    )
    await test.stream(runId, { files: { 'wandb-history.jsonl': { offset: 0, content } } })
  }
  const columns = ['metric.min:loss', 'config.lr', 'metric.max:loss', 'metric.min:other']
  const ask = async (by: string) =>
    answer<RunGroupsResponse>(await test.post(`${project}/runs/groups`, { by: [by], columns }))
  const none = { count: 0, mean: null, standardDeviation: null, min: null, max: null }
  const [first, second, third] = (await ask('config.lr')).groups
  expect(first).toMatchObject({ values: [0.1], runCount: 2 })
  expect(first!.columns).toEqual([
    { count: 2, mean: 2.5, standardDeviation: Math.sqrt(4.5), min: 1, max: 4 },
    { count: 2, mean: 0.1, standardDeviation: 0, min: 0.1, max: 0.1 },
    { count: 2, mean: 4, standardDeviation: Math.SQRT2, min: 3, max: 5 },
    none,
  ])
  expect(second!.columns[2]).toEqual({ ...none, count: 1, mean: 7, min: 7, max: 7 })
  expect(third!.columns[0]).toEqual(none)
  // A field of the run, and a key that only some have: those that have none are a group of their own.
  expect((await ask('run.state')).groups.map(({ columns: all }) => all[0]?.count)).toEqual([3])
  expect((await ask('run.group')).groups).toMatchObject([{ values: [null], columns: [{ count: 3 }, {}, {}, {}] }])
  const many = Array.from({ length: 21 }, (_, i) => `metric.min:m${i}`)
  expect((await test.request(`${project}/runs/groups`, jsonOf({ by: ['run.state'], columns: many }))).status).toBe(400)
})

test('keys tell what runs have in the fields that queries know', async () => {
  await using test = await openWithRuns(four)
  const { runs } = await query(test, {})
  await change(test, { of: { runIds: [runs[0]!.runId, runs[1]!.runId] }, addTags: ['kept'] })
  await change(test, { of: { runIds: [runs[0]!.runId] }, group: 'night' })
  const { fields } = await test.get<RunKeysResponse>(`${project}/run-keys`)
  const of = (field: string) => fields.find((one) => one.field === field)?.values
  expect(of('tags')).toContainEqual({ value: 'kept', runCount: 2 })
  expect(of('group')).toContainEqual({ value: 'night', runCount: 1 })
  expect(of('user')).toEqual([{ value: 'local', runCount: 4 }])
  expect(of('sweep')).toBeUndefined()
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

test('the runs before and after one, in a list of any length', async () => {
  await using test = await openWithRuns(four)
  const place = async (request: RunNeighboursRequest) => {
    const found = await answer<RunNeighboursResponse>(await test.post(`${project}/runs/neighbours`, request))
    if (found.place === null) return 'none'
    const { index, total, previous, next } = found.place
    return `${previous?.runId ?? '-'} ${index}/${total} ${next?.runId ?? '-'}`
  }
  expect(await place({ runId: 'b' })).toBe('c 2/4 a')
  expect(await place({ runId: 'd' })).toBe('- 0/4 c')
  const byLoss = [
    { key: 'config.lr', isDescending: false },
    { key: 'summary.val/loss', isDescending: false },
  ]
  expect(await place({ runId: 'a', sort: byLoss })).toBe('b 1/4 c')
  expect(await place({ runId: 'c', filter: { 'config.optimizer.name': 'adam' } })).toBe('d 1/3 a')
  expect(await place({ runId: 'b', filter: { 'config.optimizer.name': 'adam' } })).toBe('none')
  expect((await test.post(`${project}/runs/neighbours`, { runId: 'gone' })).status).toBe(404)
})

test('lists have columns of what metrics come to, and are in order by them', async () => {
  await using test = await openTestServer()
  const losses: Readonly<Record<string, readonly number[]>> = { a: [3, 1, 2], b: [5, 0.5, 4], c: [9, 1, 8], d: [] }
  for (const [index, [runId, values]] of Object.entries(losses).entries()) {
    await test.upsert(runId, { config: JSON.stringify({ lr: { value: index < 2 ? 1 : 2 } }) })
    const content = values.map((loss) => JSON.stringify({ 'val/loss': loss }))
    if (content.length > 0) await test.stream(runId, { files: { 'wandb-history.jsonl': { offset: 0, content } } })
  }
  const [least, last] = ['metric.min:val/loss', 'metric.last:val/loss']
  const up = (key: string) => ({ key, isDescending: false })
  const down = (key: string) => ({ key, isDescending: true })
  const found = await query(test, { sort: [down(least!), up('run.id')], columns: [least!, 'config.lr', last!] })
  expect(found.total).toBe(4)
  // A run without the metric comes last either way.
  expect(found.runs.map(({ runId, values }) => [runId, ...values])).toEqual([
    ['a', 1, 1, 2],
    ['c', 1, 2, 8],
    ['b', 0.5, 1, 4],
    ['d', null, 2, null],
  ])
  expect(ids(await query(test, { sort: [up(least!)] }))).toEqual(['b', 'c', 'a', 'd'])
  const byRate = [down('config.lr'), up(last!)]
  expect(ids(await query(test, { sort: byRate }))).toEqual(['c', 'd', 'a', 'b'])
  expect(ids(await query(test, { sort: byRate, offset: 1, limit: 2 }))).toEqual(['d', 'a'])
  const request: RunNeighboursRequest = { runId: 'a', sort: byRate }
  const { place } = await answer<RunNeighboursResponse>(await test.post(`${project}/runs/neighbours`, request))
  expect([place?.index, place?.previous?.runId, place?.next?.runId]).toEqual([2, 'd', 'b'])
  // What is logged later counts too.
  const more = [JSON.stringify({ 'val/loss': 0.1 })]
  await test.stream('c', { files: { 'wandb-history.jsonl': { offset: 3, content: more } } })
  expect(ids(await query(test, { sort: [up(least!)] }))).toEqual(['c', 'b', 'a', 'd'])
  expect((await test.post(`${project}/runs/query`, { columns: ['metric.median:val/loss'] })).status).not.toBe(200)
})

/** Counts how often histories are read, and says when. */
function countReads(onRead: () => void = () => {}) {
  let readCount = 0
  const wrapStore = (store: Store): Store => ({
    ...store,
    buckets: (query) => {
      readCount += 1
      onRead()
      return store.buckets(query)
    },
  })
  return { wrapStore, readCount: () => readCount }
}

test('columns of one metric read a history once, also for others who ask', async () => {
  const { wrapStore, readCount } = countReads()
  const store = await openSqliteStore({ path: ':memory:' })
  await using keys = await openKeysServer({ store: wrapStore(store) })
  const people = [await keys.addUser('ana'), await keys.addUser('bob')]
  await keys.admin('PUT', '/teams/lab')
  for (const name of ['ana', 'bob']) await keys.admin('PUT', `/teams/lab/members/${name}`, { role: 'member' })
  const upsert = 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { inserted } }'
  await keys.graphql(upsert, { input: { name: 'a', modelName: 'demo', entityName: 'lab' } }, people[0])
  const content = ['{"loss": 3}', '{"loss": 1}']
  const files = { 'wandb-history.jsonl': { offset: 0, content } }
  const body = JSON.stringify({ files })
  await keys.request('/files/lab/demo/a/file_stream', people[0], { method: 'POST', body })
  const columns = ['metric.min:loss', 'metric.max:loss', 'metric.last:loss']
  for (const apiKey of people) {
    const response = await keys.request('/api/projects/lab/demo/runs/query', apiKey, {
      method: 'POST',
      body: JSON.stringify({ columns }),
    })
    expect((await answer<RunsQueryResponse>(response)).runs[0]?.values).toEqual([1, 3, 1])
  }
  expect(readCount()).toBe(1)
})

test('metric columns have a limit, and are not read on for whoever left', async () => {
  const left = new AbortController()
  const { wrapStore, readCount } = countReads(() => {
    left.abort()
    // Until it is the turn of others.
    const startMs = performance.now()
    while (performance.now() - startMs < 25);
  })
  await using test = await openTestServer({ wrapStore })
  for (const runId of ['a', 'b', 'c']) await test.upsert(runId)
  const response = await test.request(`${project}/runs/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ columns: ['metric.min:loss'] }),
    signal: left.signal,
  })
  expect([response.status, readCount()]).toEqual([400, 1])

  const ofMetrics = (count: number) =>
    Array.from({ length: count }, (_, i) => [`metric.min:m${i}`, `metric.max:m${i}`]).flat()
  const statusOf = async (columns: readonly string[]) =>
    (await test.post(`${project}/runs/query`, { columns, limit: 1 })).status
  expect([await statusOf(ofMetrics(151)), await statusOf(ofMetrics(150))]).toEqual([400, 200])
})

test('an order by a metric goes on by numbers that JavaScript does not have', async () => {
  await using test = await openTestServer()
  for (const [runId, seed] of [
    ['a', '9007199254740995'],
    ['b', '9007199254740993'],
    ['c', 'NaN'],
  ]) {
    await test.upsert(runId!, { config: `{"seed": {"value": ${seed}}}` })
  }
  const sort = ['metric.min:loss', 'config.seed'].map((key) => ({ key, isDescending: false }))
  expect(ids(await query(test, { sort }))).toEqual(['b', 'a', 'c'])
})

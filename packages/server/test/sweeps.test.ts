import type { SweepResponse, SweepsResponse } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { emptyTrash } from '../src/domain/trash.ts'
import { openTestServer, type TestServer } from './test-server.ts'

const list = '/api/projects/local/demo/sweeps'
const config = `method: grid
name: First search
metric: {name: val.loss, goal: minimize}
parameters:
  lr: {values: [0.1, 0.01]}
  net: {parameters: {depth: {min: 1, max: 3}, width: {value: 64}}}
`
const upsertSweep = `mutation ($input: UpsertSweepInput!) {
  upsertSweep(input: $input) { sweep { id name project { name entity { name } } } configValidationWarnings }
}`

async function answer<T>(response: Response, status = 200): Promise<T> {
  expect(response.status).toBe(status)
  return (await response.json()) as T
}
async function patch(test: TestServer, name: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return test.request(`${list}/${name}`, { method: 'PATCH', headers, body: JSON.stringify(body) })
}

async function openWithSweep(): Promise<{ readonly test: TestServer; readonly name: string }> {
  const test = await openTestServer()
  await test.upsert('before')
  const { sweep } = await answer<SweepResponse>(await test.post(list, { config }), 201)
  return { test, name: sweep.name }
}
const addRun = (test: TestServer, runId: string, sweep: string, summary: object) =>
  test.upsert(runId, { sweep, summaryMetrics: JSON.stringify(summary) })

test('says what it is about, and what came of it', async () => {
  const { test, name } = await openWithSweep()
  await using _ = test
  await addRun(test, 'a', name, { 'val.loss': 3 })
  await addRun(test, 'b', name, { val: { loss: 1 } })
  await addRun(test, 'c', name, { 'val.loss': 'NaN' })
  await addRun(test, 'd', name, { 'val.loss': 'text' })
  await addRun(test, 'other', '', { 'val.loss': 0 })
  // One that failed is no best one, however little it had lost until then.
  await addRun(test, 'e', name, { 'val.loss': 0.5 })
  await test.stream('e', { complete: true, exitcode: 1 })
  await test.stream('a', { complete: true, exitcode: 0 })
  await test.stream('c', { complete: true, exitcode: 1 })
  await test.request('/api/runs/local/demo/b', { method: 'PATCH', body: JSON.stringify({ color: 'hue-3' }) })
  const { sweep } = await test.get<SweepResponse>(`${list}/${name}`)
  expect(sweep).toMatchObject({
    name,
    title: 'First search',
    state: 'running',
    method: 'grid',
    metric: { name: 'val.loss', goal: 'minimize' },
    runCount: 5,
    expectedRunCount: 6,
    liveCount: 2,
    failedCount: 2,
    best: { runId: 'b', color: 'hue-3', value: 1 },
    config,
    warnings: [],
    problem: null,
    parameters: [
      { name: 'lr', kind: 'categorical', values: [0.1, 0.01] },
      { name: 'net.depth', kind: 'int_uniform', min: 1, max: 3 },
      { name: 'net.width', kind: 'constant', values: [64] },
    ],
  })
  const { sweeps } = await test.get<SweepsResponse>(list)
  expect(sweeps).toMatchObject([{ name, runCount: 5, best: { runId: 'b' } }])
})

test('a larger value is the best where the goal says so', async () => {
  const { test, name } = await openWithSweep()
  await using _ = test
  await addRun(test, 'a', name, { acc: 0.5 })
  await addRun(test, 'b', name, { acc: 0.75 })
  await patch(test, name, {
    config: 'method: random\nmetric: {name: acc, goal: maximize}\nrun_cap: 3\nparameters: {a: {value: 1}}',
  })
  const { sweep } = await test.get<SweepResponse>(`${list}/${name}`)
  expect(sweep).toMatchObject({ best: { runId: 'b', value: 0.75 }, expectedRunCount: 3 })
})

test.each([
  ['minimize', { min: 0.5, max: 4 }, { min: 0.25, max: 9 }, 'min', 0.25],
  ['maximize', { min: 0.5, max: 4 }, { min: 0.25, max: 9 }, 'max', 9],
  ['minimize', { mean: 3 }, { mean: 2 }, 'mean', 2],
  ['maximize', 3, 5, undefined, 5],
])('where a summary keeps other values than the last, the best of them to %s is the metric', async (...row) => {
  const [goal, of, ofBetter, statistic, value] = row
  const { test, name } = await openWithSweep()
  await using _ = test
  await addRun(test, 'better', name, { 'val/loss': ofBetter })
  await addRun(test, 'worse', name, { 'val/loss': of })
  await addRun(test, 'none', name, { 'val/loss': {} })
  await patch(test, name, {
    config: `method: random\nmetric: {name: val/loss, goal: ${goal}}\nparameters: {a: {min: 0.0, max: 1.0}}`,
  })
  const key = ['summary.val/loss', ...(statistic ? [statistic] : [])].join('.')
  const expected = { metric: { name: 'val/loss', key, goal }, best: { runId: 'better', value } }
  expect((await test.get<SweepResponse>(`${list}/${name}`)).sweep).toMatchObject(expected)
  expect((await test.get<SweepsResponse>(list)).sweeps).toMatchObject([expected])
  const query = `{ project(entityName: "local", name: "demo") { sweep(sweepName: "${name}") { bestLoss } } }`
  expect(await test.graphql(query)).toMatchObject({ project: { sweep: { bestLoss: value } } })
})

test('canceling asks the runs that go on to stop; pausing lets them', async () => {
  const { test, name } = await openWithSweep()
  await using _ = test
  await addRun(test, 'a', name, {})
  await addRun(test, 'b', name, {})
  await test.stream('b', { complete: true, exitcode: 0 })
  const stops = async () => {
    const { project } = await test.graphql<{
      project: { runs: { edges: { node: { name: string; shouldStop: boolean } }[] } }
    }>('{ project(name: "demo") { runs { edges { node { name shouldStop } } } } }')
    return project.runs.edges.filter(({ node }) => node.shouldStop).map(({ node }) => node.name)
  }
  expect((await answer<SweepResponse>(await patch(test, name, { state: 'paused' }))).sweep.state).toBe('paused')
  expect(await stops()).toEqual([])
  expect((await answer<SweepResponse>(await patch(test, name, { state: 'canceled' }))).sweep.state).toBe('canceled')
  expect(await stops()).toEqual(['a'])
  expect((await patch(test, name, { state: 'pending' })).status).toBe(400)
})

test('a run may name a sweep that nobody made', async () => {
  await using test = await openTestServer()
  await addRun(test, 'a', 'byhand12', { x: 1 })
  const { sweep } = await test.get<SweepResponse>(`${list}/byhand12`)
  expect(sweep).toMatchObject({
    title: 'byhand12',
    state: 'running',
    method: null,
    metric: null,
    runCount: 1,
    best: null,
  })
})

test('what cannot run is refused before anything is made', async () => {
  await using test = await openTestServer()
  const response = await test.post('/graphql', {
    query: upsertSweep,
    variables: { input: { projectName: 'new', config: 'method: bayes\nparameters: {a: {min: 1, max: 2}}' } },
  })
  expect(await response.json()).toMatchObject({ errors: [{ message: expect.stringContaining('needs a metric') }] })
  expect(await test.graphql('{ project(name: "new") { id } }')).toEqual({ project: null })
})

test('GraphQL makes, changes, lists and removes; prior runs are found by a filter', async () => {
  const { test } = await openWithSweep()
  await using _ = test
  const input = {
    projectName: 'demo',
    config: 'method: random\nbogus: 1\nparameters: {a: {min: 1}}',
    priorRunsFilters: '{"$or":[{"name":"before"}]}',
    templateVariableValues: 'null',
  }
  const { upsertSweep: made } = await test.graphql<{ upsertSweep: { sweep: { id: string; name: string } } }>(
    upsertSweep,
    { input },
  )
  expect(made).toMatchObject({
    sweep: { name: expect.stringMatching(/^[a-z0-9]{8}$/), project: { name: 'demo', entity: { name: 'local' } } },
    configValidationWarnings: [
      "Additional properties are not allowed ('bogus' was unexpected)",
      "{'min': 1} is not valid under any of the given schemas",
      'invalid hyperparameter configuration: a',
    ],
  })
  const changed = { id: made.sweep.id, state: 'PAUSED', controller: '{"schedule":[]}' }
  await test.graphql(upsertSweep, { input: changed })
  const query = `query ($name: String!) { project(name: "demo") { totalSweeps sweeps(first: 1) { pageInfo { hasNextPage } edges { node { name } } }
    sweep(sweepName: $name) { state config controller scheduler runCount runCountExpected bestLoss method
      priorRuns { edges { node { name } } } runs { edges { node { name sampledHistory(specs: "{}") } } } agents { edges { cursor } } } } }`
  expect(await test.graphql(query, { name: made.sweep.name })).toMatchObject({
    project: {
      totalSweeps: 2,
      sweeps: { pageInfo: { hasNextPage: true } },
      sweep: {
        state: 'PAUSED',
        config: input.config,
        controller: changed.controller,
        scheduler: null,
        runCount: 0,
        runCountExpected: null,
        bestLoss: null,
        method: 'random',
        priorRuns: { edges: [{ node: { name: 'before' } }] },
        runs: { edges: [] },
        agents: { edges: [] },
      },
    },
  })
  await test.graphql('mutation ($id: ID!) { deleteSweep(input: { id: $id }) { success } }', { id: made.sweep.id })
  expect(await test.graphql(query, { name: made.sweep.name })).toMatchObject({
    project: { totalSweeps: 1, sweep: null },
  })
})

test('prior runs are found however many there are', async () => {
  await using test = await openTestServer()
  const runCount = 10_001
  await test.store.write(
    Array.from({ length: runCount }, (_, index) => ({
      kind: 'put-run' as const,
      at: { entity: 'local', project: 'demo', runId: `r${index}` },
      nowMs: index,
      change: { state: 'finished' as const },
    })),
  )
  const input = { projectName: 'demo', config, priorRunsFilters: '{"state":"finished"}' }
  const { upsertSweep: made } = await test.graphql<{ upsertSweep: { sweep: { name: string } } }>(upsertSweep, { input })
  const { sweep } = await test.get<SweepResponse>(`${list}/${made.sweep.name}`)
  expect(new Set(sweep.priorRunIds).size).toBe(runCount)
})

test('the list has an order and parts; what is missing comes last either way', async () => {
  await using test = await openTestServer()
  await test.upsert('before')
  const make = async (displayName: string, metric: string, losses: readonly number[]): Promise<void> => {
    const made = { displayName, config: `method: random\n${metric}parameters: {a: {value: 1}}` }
    const { sweep } = await answer<SweepResponse>(await test.post(list, made), 201)
    for (const [index, loss] of losses.entries()) await addRun(test, `${displayName}${index}`, sweep.name, { loss })
  }
  const metric = 'metric: {name: loss, goal: minimize}\n'
  await make('b', metric, [2, 3])
  await make('C', '', [7])
  await make('a', metric, [1, 9, 8])
  await make('d', metric, [])
  const titles = async (query: string) => {
    const { sweeps, total } = await test.get<SweepsResponse>(`${list}?${query}`)
    expect(total).toBe(4)
    return sweeps.map(({ title }) => title).join(' ')
  }
  expect(await titles('')).toBe('d a C b')
  expect(await titles('sort=name')).toBe('a b C d')
  expect(await titles('sort=-runs')).toBe('a b C d')
  expect(await titles('sort=best')).toBe('a b C d')
  expect(await titles('sort=-best')).toBe('b a d C')
  expect(await titles('sort=metric')).toBe('b a d C')
  expect(await titles('sort=name&offset=1&limit=2')).toBe('b C')
  expect((await test.request(`${list}?sort=loss`)).status).toBe(400)
})

test('GraphQL finds sweeps by a filter', async () => {
  const { test, name } = await openWithSweep()
  await using _ = test
  const made = { displayName: 'Second', config: 'method: random\nparameters: {a: {value: 1}}' }
  const { sweep } = await answer<SweepResponse>(await test.post(list, made), 201)
  await patch(test, sweep.name, { state: 'finished' })
  const find = async (filters: object) => {
    const query = 'query ($f: JSONString) { project(name: "demo") { sweeps(filters: $f) { edges { node { name } } } } }'
    const variables = { f: JSON.stringify(filters) }
    const { project } = await test.graphql<{ project: { sweeps: { edges: { node: { name: string } }[] } } }>(
      query,
      variables,
    )
    return project.sweeps.edges.map(({ node }) => node.name)
  }
  expect(await find({})).toEqual([name, sweep.name])
  expect(await find({ name })).toEqual([name])
  expect(await find({ state: 'FINISHED' })).toEqual([sweep.name])
  expect(await find({ $or: [{ method: 'random' }, { displayName: { $regex: '^x' } }] })).toEqual([sweep.name])
  expect(await find({ display_name: { $exists: false } })).toEqual([name])
  expect(await find({ createdAt: { $gt: '2100-01-01T00:00:00Z' } })).toEqual([])
})

test('a grid says how many of its points are taken, once each, by runs in any state', async () => {
  const { test, name } = await openWithSweep()
  await using _ = test
  const add = (runId: string, lr: unknown, depth: number) =>
    test.upsert(runId, { sweep: name, config: JSON.stringify({ lr: { value: lr }, net: { value: { depth } } }) })
  const told = async () => (await test.get<SweepResponse>(`${list}/${name}`)).sweep
  expect(await told()).toMatchObject({ grid: { pointCount: 6, takenCount: 0 }, lastHeardAtMs: null })
  await add('a', 0.1, 1)
  await add('again', 0.1, 1)
  await add('b', 0.01, 3)
  await add('elsewhere', 0.01, 4)
  await add('also elsewhere', 0.5, 1)
  await test.stream('b', { complete: true, exitcode: 1 })
  expect(await told()).toMatchObject({
    runCount: 5,
    grid: { pointCount: 6, takenCount: 2 },
    lastHeardAtMs: test.clock.now(),
  })
})

test('one that was removed leaves its runs, is not made anew by them, and comes back with them', async () => {
  const { test, name } = await openWithSweep()
  await using _ = test
  await addRun(test, 'a', name, { 'val.loss': 1 })
  const sweepOf = async (runId: string) => {
    const query = '{ project(name: "demo") { run(name: "%") { sweepName } } }'.replace('%', runId)
    return (await test.graphql<{ project: { run: { sweepName: string | null } } }>(query)).project.run.sweepName
  }
  const one = `${list}/${name}`
  expect((await test.request(one, { method: 'DELETE' })).status).toBe(204)
  expect(await sweepOf('a')).toBeNull()
  // Its program goes on, and so does one that begins.
  await addRun(test, 'a', name, {})
  await addRun(test, 'b', name, {})
  expect([await sweepOf('a'), await sweepOf('b'), (await test.request(one)).status]).toEqual([null, null, 404])
  expect((await test.request(one, { method: 'DELETE' })).status).toBe(404)
  const trash = '/api/projects/local/demo/trash'
  const deletedAtMs = test.clock.now()
  expect(await test.get(trash)).toEqual({ runs: [], sweeps: [{ name, title: 'First search', deletedAtMs }] })
  const restored = await answer<SweepResponse>(await test.post(`${trash}/sweeps/${name}/restore`, {}))
  expect(restored.sweep).toMatchObject({ name, runCount: 1, config })
  expect([await sweepOf('a'), await sweepOf('b')]).toEqual([name, null])
  expect((await test.post(`${trash}/sweeps/${name}/restore`, {})).status).toBe(404)
})

test('a sweep that lay in the trash for too long is gone for good', async () => {
  const { test, name } = await openWithSweep()
  await using _ = test
  await test.request(`${list}/${name}`, { method: 'DELETE' })
  await emptyTrash(test.store, test.clock.now())
  expect(await test.get('/api/projects/local/demo/trash')).toMatchObject({ sweeps: [{ name }] })
  await emptyTrash(test.store, test.clock.now() + 1)
  expect(await test.get('/api/projects/local/demo/trash')).toMatchObject({ sweeps: [] })
})

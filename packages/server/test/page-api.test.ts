import { decodeSeriesFrame, type GroupSeries, type RawSeries, type SeriesFrame } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { createAdminRoutes } from '../src/api/admin-routes.ts'
import { createApiRoutes } from '../src/api/routes.ts'
import { createSessionRoutes } from '../src/api/session-routes.ts'
import { historyLines, openTestServer, type TestServer } from './test-server.ts'

async function log(test: TestServer, runId: string, rows: readonly object[]): Promise<void> {
  await test.upsert(runId)
  const response = await test.stream(runId, {
    files: { 'wandb-history.jsonl': { offset: 0, content: historyLines(0, rows) } },
  })
  expect(response.status).toBe(200)
}

async function series(test: TestServer, request: object): Promise<SeriesFrame> {
  const response = await test.post('/api/series', {
    entity: 'local',
    project: 'demo',
    key: 'loss',
    x: { kind: 'step' },
    buckets: 16,
    ...request,
  })
  expect(response.headers.get('content-type')).toBe('application/octet-stream')
  return decodeSeriesFrame(new Uint8Array(await response.arrayBuffer()))
}

const decay = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ loss: 1 / (i + 1), epoch: Math.floor(i / 10) }))

test('status, projects and runs', async () => {
  await using test = await openTestServer()
  expect(await test.get('/api/status')).toMatchObject({ mode: 'open', runCount: 0, timeMs: test.clock.now() })
  expect(await test.get('/api/projects')).toEqual({ projects: [] })
  await log(test, 'a', decay(3))
  await log(test, 'b', decay(3))
  await test.upsert('c', { modelName: 'other project' })
  const { projects } = await test.get<{ projects: object[] }>('/api/projects')
  expect(projects).toContainEqual(
    expect.objectContaining({ entity: 'local', project: 'demo', runCount: 2, runningCount: 2 }),
  )
  const found = await test.get<{ runs: { runId: string; number: number }[]; total: number }>(
    '/api/projects/local/demo/runs',
  )
  expect(found.total).toBe(2)
  expect(found.runs.map(({ runId, number }) => [runId, number])).toEqual([
    ['b', 2],
    ['a', 1],
  ])
  expect(await test.get('/api/projects/local/other%20project/runs?search=C&limit=1')).toMatchObject({ total: 1 })
  expect(await test.get('/api/projects/local/none/runs')).toEqual({ runs: [], total: 0 })
})

test('metrics carry what define_metric said', async () => {
  await using test = await openTestServer()
  await log(test, 'a', [{ 'val/loss': 1, epoch: 1, 'a.b': 2, nested: { x: 3 }, note: 'text' }])
  const m = [
    { '1': 'val/loss', '5': 2, '6': [1, 3], '8': 1 },
    { '1': 'epoch', '6': [2, 3] },
    { '1': 'a\\.b', '8': 2 },
  ]
  await test.upsert('a', { config: JSON.stringify({ _wandb: { value: { m } } }) })
  const { metrics } = await test.get<{ metrics: { key: string }[] }>('/api/projects/local/demo/metrics')
  const metric = (key: string) => metrics.find((candidate) => candidate.key === key)
  expect(metric('val/loss')).toMatchObject({
    kind: 'number',
    stream: 'history',
    runCount: 1,
    pointCount: 1,
    stepMetric: 'epoch',
    isHidden: false,
    goal: 'minimize',
  })
  expect(metric('epoch')).toMatchObject({ isHidden: true, stepMetric: null, goal: null })
  expect(metric('a\\.b')).toMatchObject({ goal: 'maximize' })
  expect(metric('nested.x')).toMatchObject({ kind: 'number' })
  expect(metric('note')).toMatchObject({ kind: 'other' })
  expect(await test.get('/api/projects/local/demo/metrics?run=nobody')).toEqual({ metrics: [] })
})

test('a short series comes raw, with every point, NaN and infinities included', async () => {
  await using test = await openTestServer()
  await test.upsert('a')
  const content = [
    '{"_step":0,"loss":1}',
    '{"_step":2,"loss":NaN}',
    '{"_step":3,"loss":-Infinity}',
    '{"_step":9,"loss":0.5}',
  ]
  await test.stream('a', { files: { 'wandb-history.jsonl': { offset: 0, content } } })
  const frame = await series(test, { runIds: ['a', 'missing'] })
  expect(frame.grid).toEqual({ from: 0, to: 9, count: 16, scale: 'linear' })
  expect(frame.series[0]).toMatchObject({ kind: 'raw', runId: 'a', pointCount: 4, extent: [0, 9], hiddenPointCount: 0 })
  const raw = frame.series[0] as RawSeries
  expect([...raw.x]).toEqual([0, 2, 3, 9])
  expect([...raw.y]).toEqual([1, Number.NaN, Number.NEGATIVE_INFINITY, 0.5])
  expect([...raw.nonFinite.x]).toEqual([2, 3])
  expect([...raw.nonFinite.value]).toEqual([Number.NaN, Number.NEGATIVE_INFINITY])
  expect(frame.series[1]).toMatchObject({
    kind: 'raw',
    runId: 'missing',
    pointCount: 0,
    extent: [Number.NaN, Number.NaN],
  })
})

test('a long series comes as buckets that keep a spike of one point', async () => {
  await using test = await openTestServer()
  const rows = decay(5000)
  rows[3333]!.loss = 99
  await log(test, 'a', rows)
  const frame = await series(test, { runIds: ['a'], buckets: 64 })
  const [buckets] = frame.series
  expect(buckets).toMatchObject({ kind: 'buckets', pointCount: 5000, extent: [0, 4999] })
  if (buckets?.kind !== 'buckets') throw new Error('not reduced')
  expect(Math.max(...buckets.max)).toBe(99)
  expect([...buckets.count].reduce((sum, count) => sum + count)).toBe(5000)
  expect(buckets.first[0]).toBe(1)
  expect(buckets.last.at(-1)).toBe(1 / 5000)
  expect(buckets.lastX.at(-1)).toBe(4999)
})

test('every kind of x and scale reduces to what a plain loop finds', async () => {
  await using test = await openTestServer()
  const rows = decay(2000)
  await log(test, 'a', rows)
  for (const [x, at] of [
    [{ kind: 'relative' }, (i: number) => i],
    [{ kind: 'wall' }, (i: number) => 1_767_225_600 + i],
    [{ kind: 'metric', key: 'epoch' }, (i: number) => Math.floor(i / 10)],
  ] as const) {
    const {
      grid,
      series: [found],
    } = await series(test, { runIds: ['a'], x, buckets: 50 })
    expect([grid.from, grid.to]).toEqual([at(0), at(1999)])
    if (found?.kind !== 'buckets') throw new Error('not reduced')
    expect([...found.count].reduce((sum, count) => sum + count)).toBe(2000)
    expect(found.lastX.at(-1)).toBe(at(1999))
    expect(found.min.at(-1)).toBe(Math.fround(1 / 2000))
  }
  const log_ = await series(test, { runIds: ['a'], scale: 'log', buckets: 32 })
  expect(log_.grid).toMatchObject({ from: 1, to: 1999, scale: 'log' })
  expect(log_.series[0]).toMatchObject({ hiddenPointCount: 1, pointCount: 1999 })
})

test('a range holds exactly its points, and zooming does not change smoothed values', async () => {
  await using test = await openTestServer()
  await log(test, 'a', decay(1000))
  const smoothing = { kind: 'time-weighted-ema', weight: 0.6 }
  const whole = await series(test, { runIds: ['a'], smoothing, buckets: 512 })
  const zoomed = await series(test, { runIds: ['a'], smoothing, range: [100.5, 120], buckets: 16 })
  const [all, part] = [whole.series[0] as RawSeries, zoomed.series[0] as RawSeries]
  expect([...part.x]).toEqual(Array.from({ length: 20 }, (_, i) => 101 + i))
  expect(part.extent).toEqual([0, 999])
  expect([...part.smoothed]).toEqual([...all.smoothed.slice(101, 121)])
  const plain = await series(test, { runIds: ['a'], range: [100.5, 120] })
  expect((plain.series[0] as RawSeries).x).toHaveLength(20)
  expect((plain.series[0] as RawSeries).smoothed).toHaveLength(0)
})

test('smoothing refers to the extent of all runs of the project, asked for or not', async () => {
  await using test = await openTestServer()
  await log(test, 'short', decay(10))
  const smoothing = { kind: 'time-weighted-ema', weight: 0.9 }
  const smoothed = async (runIds: string[]) =>
    ((await series(test, { runIds, smoothing })).series[0] as RawSeries).smoothed.at(-1)
  const alone = await smoothed(['short'])
  await log(test, 'long', decay(1000))
  const beside = await smoothed(['short'])
  expect(beside).not.toBe(alone)
  expect(await smoothed(['short', 'long'])).toBe(beside)
})

test('a group of runs is one line, after what was asked for by run', async () => {
  await using test = await openTestServer()
  await log(test, 'a', [{ loss: 1 }, { loss: 2 }, { loss: 3 }, { loss: 4 }])
  await log(test, 'b', [{ loss: 3 }, { loss: 6 }])
  const groups = [{ name: 'lr 0.1', runIds: ['a', 'b', 'missing'] }]
  const frame = await series(test, { runIds: ['a'], groups, grouping: { statistic: 'mean', band: 'sd' }, buckets: 64 })
  expect(frame.series.map(({ kind }) => kind)).toEqual(['raw', 'group'])
  const group = frame.series[1] as GroupSeries
  expect(group).toMatchObject({ name: 'lr 0.1', size: 3, pointCount: 6, extent: [0, 3] })
  expect([...group.x]).toEqual([0, 1, 2, 3])
  expect([...group.centre]).toEqual([2, 4, 3, 4])
  expect([...group.runCount]).toEqual([2, 2, 1, 1])
  expect([...group.low]).toEqual([2 - Math.SQRT2, 4 - 2 * Math.SQRT2, Number.NaN, Number.NaN])
})

test('a group is the same from rollups, from points, and over another x of the same values', async () => {
  await using test = await openTestServer()
  const wave = (count: number, by: number) =>
    Array.from({ length: count }, (_, i) => ({ loss: Math.sin(i * by), same: i, _runtime: i }))
  await log(test, 'a', wave(5000, 0.7))
  await log(test, 'b', wave(3000, 0.3))
  const of = async (x: object) => {
    const groups = [{ name: 'g', runIds: ['a', 'b'] }]
    const frame = await series(test, {
      runIds: [],
      groups,
      x,
      buckets: 100,
      grouping: { statistic: 'median', band: 'sd' },
    })
    return frame.series[0] as GroupSeries
  }
  const [byStep, byKey] = [await of({ kind: 'step' }), await of({ kind: 'metric', key: 'same' })]
  expect(byStep.index).toEqual(byKey.index)
  expect(byStep.runCount).toEqual(byKey.runCount)
  const rounded = (values: Float64Array): readonly string[] => Array.from(values, (value) => value.toFixed(9))
  expect(rounded(byStep.centre)).toEqual(rounded(byKey.centre))
  expect(rounded(byStep.high)).toEqual(rounded(byKey.high))
})

test('formulas are worked out over the whole history, as y and as x', async () => {
  await using test = await openTestServer()
  await log(test, 'a', [{ 'train/loss': 4, 'val/loss': 2 }, { 'train/loss': 6 }, { 'train/loss': 9, 'val/loss': 3 }])
  await test.upsert('a', { config: JSON.stringify({ lr: { value: 0.5 } }) })
  const points = async (request: object) => {
    const [found] = (await series(test, { runIds: ['a'], key: undefined, ...request })).series
    return [[...(found as RawSeries).x], [...(found as RawSeries).y]]
  }
  const ratio = `\${train/loss} / \${val/loss}`
  expect(await points({ expression: ratio })).toEqual([
    [0, 2],
    [2, 3],
  ])
  expect(await points({ expression: ratio, join: 'last-known' })).toEqual([
    [0, 1, 2],
    [2, 3, 3],
  ])
  const x = { kind: 'expression', expression: `x * \${config:lr}` }
  expect(await points({ expression: `\${train/loss} - \${config:lr}`, x })).toEqual([
    [0, 0.5, 1],
    [3.5, 5.5, 8.5],
  ])
})

test('a thousand runs in one frame, in the order asked', async () => {
  await using test = await openTestServer()
  const runIds = Array.from({ length: 1000 }, (_, i) => `r${i}`)
  await Promise.all(runIds.map((runId, i) => log(test, runId, [{ loss: i }])))
  const frame = await series(test, { runIds: runIds.toReversed() })
  expect(frame.series.map((one) => (one as RawSeries).y[0])).toEqual(runIds.map((_, i) => i).reverse())
}, 60_000)

test('what is wrong with a request is said, with a code and the id in the log', async () => {
  await using test = await openTestServer()
  for (const body of [
    '{',
    {},
    { entity: 'local', project: 'demo', runIds: [], key: 'loss', x: { kind: 'step' }, buckets: 16 },
    { entity: 'local', project: 'demo', runIds: ['a'], key: 'loss', x: { kind: 'week' }, buckets: 16 },
    { entity: 'local', project: 'demo', runIds: ['a'], expression: '1 +', x: { kind: 'step' }, buckets: 16 },
    { entity: 'local', project: 'demo', runIds: ['a'], x: { kind: 'step' }, buckets: 16 },
    { entity: 'local', project: 'demo', runIds: ['a'], key: 'loss', x: { kind: 'step' }, buckets: 5 },
    { entity: 'local', project: 'demo', runIds: ['a'], key: 'loss', x: { kind: 'step' }, buckets: 16, range: [2, 1] },
  ]) {
    const response = await test.post('/api/series', body)
    expect(response.status).toBe(400)
    const { error } = (await response.json()) as { error: { requestId: string } }
    expect(error).toMatchObject({ code: 'invalid-request', message: expect.any(String) })
    expect(error.requestId).toBe(response.headers.get('x-request-id'))
  }
  const missing = await test.request('/api/runs/local/demo/nope')
  expect(missing.status).toBe(404)
  expect(await missing.json()).toMatchObject({ error: { code: 'not-found', message: 'No run "nope" in local/demo.' } })
  expect((await test.request('/api/nothing')).status).toBe(404)
  expect((await test.request('/api/projects/local/demo/runs?limit=0')).status).toBe(400)
})

test('the OpenAPI document describes every route and no other', async () => {
  await using test = await openTestServer()
  const document = await test.get<{ openapi: string; paths: Record<string, object> }>('/api/openapi.json')
  expect(document.openapi).toBe('3.1.0')
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, '{}')}`),
  )
  // Routes ask their services for something when they are called, and none is here.
  const none = { store: {}, media: { artifacts: {} } } as never
  const routes = [createApiRoutes(none), createSessionRoutes(none), createAdminRoutes(none)]
    .flatMap((app) => app.routes)
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path.replaceAll(/:\w+[^/]*/g, '{}')}`)
  expect(routes.length).toBeGreaterThan(40)
  expect(described.toSorted()).toEqual([...new Set(routes)].filter((one) => one !== 'GET /api/openapi.json').toSorted())
})

test('health is a real query', async () => {
  await using test = await openTestServer()
  for (const path of ['/healthz', '/readyz', '/ready', '/health']) expect((await test.request(path)).status).toBe(200)
  await test.store.close()
  expect((await test.request('/healthz')).status).toBe(503)
  expect((await test.request('/ready')).status).toBe(200)
})

test('pages under another name and of another origin are kept out', async () => {
  await using test = await openTestServer()
  const evil = { host: 'evil.example', origin: 'http://evil.example' }
  for (const path of ['/api/status', '/graphql', '/', '/api/events', '/files/local/demo/a/file_stream']) {
    expect([path, (await test.request(path, { headers: evil })).status]).toEqual([path, 403])
  }
  const foreign = { host: '127.0.0.1:5757', origin: 'http://evil.example' }
  const write = await test.request('/graphql', { method: 'POST', headers: foreign, body: '{}' })
  expect(write.status).toBe(403)
})

test('answers forbid sniffing, framing and anything from elsewhere', async () => {
  await using test = await openTestServer()
  const { headers } = await test.request('/api/status')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(headers.get('cache-control')).toBe('no-store')
})

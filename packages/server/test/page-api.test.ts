import { writeFileSync } from 'node:fs'
import {
  decodeSeriesFrame,
  decodeSeriesFrames,
  type GroupSeries,
  type RawSeries,
  type SeriesFrame,
} from '@lossline/protocol'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { createAdminRoutes } from '../src/api/admin-routes.ts'
import { createApiRoutes } from '../src/api/routes.ts'
import { createSessionRoutes } from '../src/api/session-routes.ts'
import { createShareRoutes } from '../src/http/share-routes.ts'
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

test('time since a run was created goes on through a pause, the time of its processes does not', async () => {
  await using test = await openTestServer({ startMs: 1_767_225_600_000 - 10_000 })
  await test.upsert('a')
  const rows = [
    { _step: 0, _runtime: 1, _timestamp: 1_767_225_601, loss: 3 },
    { _step: 1, _runtime: 2, _timestamp: 1_767_229_202, loss: 2 },
  ]
  const content = rows.map((row) => JSON.stringify(row))
  await test.stream('a', { files: { 'wandb-history.jsonl': { offset: 0, content } } })
  const on = async (kind: string, more: object = {}) => [
    ...((await series(test, { runIds: ['a'], x: { kind }, ...more })).series[0] as RawSeries).x,
  ]
  expect(await on('relative')).toEqual([1, 2])
  expect(await on('relative-wall')).toEqual([11, 3612])
  const { entity, project } = { entity: 'local', project: 'demo' }
  const expression = await test.post('/api/series', {
    entity,
    project,
    runIds: ['a'],
    expression: 'loss * x',
    x: { kind: 'relative-wall' },
    buckets: 16,
  })
  const frame = decodeSeriesFrame(new Uint8Array(await expression.arrayBuffer()))
  expect([...(frame.series[0] as RawSeries).y]).toEqual([33, 7224])
  const points = await test.post('/api/series/points', {
    entity,
    project,
    runIds: ['a'],
    key: 'loss',
    x: { kind: 'relative-wall' },
    format: 'csv',
  })
  expect(await points.text()).toContain('run,run id,_absolute_runtime,loss')
})

test('points whose x goes back and forth come by x, or whole and with the order in which they were logged', async () => {
  await using test = await openTestServer()
  const epochs = [0, 2, 1, 3, 1.5]
  await log(
    test,
    'a',
    epochs.map((epoch, i) => ({ loss: i, epoch })),
  )
  await log(test, 'forth', [
    { loss: 1, epoch: 1 },
    { loss: 2, epoch: 2 },
  ])
  const x = { kind: 'metric', key: 'epoch' }
  const smoothing = { kind: 'ema', weight: 0.5 }
  const byX = await series(test, { runIds: ['a', 'forth'], x })
  expect(byX.series.map((one) => one.kind === 'raw' && [one.isReordered, one.order])).toEqual([
    [true, undefined],
    [undefined, undefined],
  ])
  const logged = await series(test, { runIds: ['a', 'forth'], x, order: 'logged', range: [2, 3], smoothing })
  const [turning, straight] = logged.series as RawSeries[]
  expect([...turning!.x]).toEqual([0, 1, 1.5, 2, 3])
  expect([...turning!.order!].map((i) => turning!.x[i])).toEqual(epochs)
  expect([...turning!.order!].map((i) => turning!.y[i])).toEqual([0, 1, 2, 3, 4])
  // Along the line: each is near to the one before it in logging order.
  expect([...turning!.order!].map((i) => turning!.smoothed[i]!.toFixed(3))).toEqual([
    '0.000',
    '0.667',
    '1.429',
    '2.267',
    '3.161',
  ])
  expect([straight!.order, straight!.isReordered]).toEqual([undefined, undefined])
})

test('a range holds its points and one on either side, and zooming does not change smoothed values', async () => {
  await using test = await openTestServer()
  await log(test, 'a', decay(1000))
  const smoothing = { kind: 'time-weighted-ema', weight: 0.6 }
  const whole = await series(test, { runIds: ['a'], smoothing, buckets: 512 })
  const zoomed = await series(test, { runIds: ['a'], smoothing, range: [100.5, 120], buckets: 16 })
  const [all, part] = [whole.series[0] as RawSeries, zoomed.series[0] as RawSeries]
  expect([...part.x]).toEqual(Array.from({ length: 22 }, (_, i) => 100 + i))
  expect(part.extent).toEqual([0, 999])
  expect([...part.smoothed]).toEqual([...all.smoothed.slice(100, 122)])
  const plain = await series(test, { runIds: ['a'], range: [100.5, 120] })
  expect([...(plain.series[0] as RawSeries).x]).toEqual([...part.x])
  expect((plain.series[0] as RawSeries).smoothed).toHaveLength(0)
})

test('between two points there are both, so that a line goes through; beyond the last one there is that one', async () => {
  await using test = await openTestServer()
  await log(test, 'a', decay(5000))
  const xOf = async (range: readonly [number, number], buckets: number, key = 'loss') => [
    ...((await series(test, { runIds: ['a'], key, range, buckets })).series[0] as RawSeries).x,
  ]
  for (const buckets of [16, 4000]) {
    expect(await xOf([20.2, 20.8], buckets)).toEqual([20, 21])
    expect(await xOf([-10, -5], buckets)).toEqual([0])
    expect((await xOf([4998.5, 9000], buckets)).slice(-2)).toEqual([4998, 4999])
    expect(await xOf([6000, 9000], buckets)).toEqual([4999])
    expect(await xOf([0, 1], buckets)).toEqual([0, 1, 2])
    expect(await xOf([20.2, 20.8], buckets, 'never')).toEqual([])
  }
  const smoothing = { kind: 'time-weighted-ema', weight: 0.6 }
  const smoothed = (await series(test, { runIds: ['a'], range: [20.2, 20.8], smoothing })).series[0] as RawSeries
  expect([...smoothed.x]).toEqual([20, 21])
  expect(smoothed.smoothed).toHaveLength(2)
})

test('a half-life may be fixed, whatever the extent of the runs; the answer says what weights refer to', async () => {
  await using test = await openTestServer()
  await log(test, 'a', decay(100))
  const smoothed = async (range?: number) => {
    const smoothing = { kind: 'time-weighted-ema', weight: 0.6, ...(range && { range }) }
    const frame = await series(test, { runIds: ['a'], smoothing })
    return [frame.smoothingRange, [...(frame.series[0] as RawSeries).smoothed]] as const
  }
  const [range, before] = await smoothed()
  expect(range).toBe(128)
  await log(test, 'long', decay(1000))
  expect((await smoothed())[0]).toBe(1024)
  expect((await smoothed())[1]).not.toEqual(before)
  expect(await smoothed(128)).toEqual([128, before])
  expect((await series(test, { runIds: ['a'] })).smoothingRange).toBeUndefined()
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

test.each(['linear', 'log'] as const)(
  'no two steps of what is logged seldom are merged on a %s axis',
  async (scale) => {
    await using test = await openTestServer()
    const epochs = Array.from({ length: 10 }, (_, i) => ({ epoch: i + 1, batch: Math.floor(40.9 * (i + 1)) }))
    for (const runId of ['a', 'b']) await log(test, runId, epochs)
    const groups = [{ name: 'g', runIds: ['a', 'b'] }]
    const grouping = { statistic: 'mean', band: 'min-max' } as const
    const x = { kind: 'metric', key: 'batch' }
    const frame = await series(test, { runIds: [], groups, grouping, key: 'epoch', x, scale, buckets: 256 })
    const group = frame.series[0] as GroupSeries
    const expected = epochs.map(({ epoch }) => epoch)
    expect([...group.x]).toEqual(epochs.map(({ batch }) => batch))
    expect([[...group.low], [...group.centre], [...group.high]]).toEqual([expected, expected, expected])
  },
)

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

test('several requests at once are answered as they are one by one, in their order', async () => {
  await using test = await openTestServer()
  await log(test, 'a', decay(200))
  await log(test, 'b', decay(3))
  const base = { entity: 'local', project: 'demo', x: { kind: 'step' }, buckets: 16 }
  const requests = [
    { ...base, key: 'loss', runIds: ['a', 'b'] },
    { ...base, key: 'epoch', runIds: ['b'] },
    { ...base, key: 'loss', runIds: ['gone'], range: [0, 5] },
  ]
  const response = await test.post('/api/series/batch', { requests })
  const frames = decodeSeriesFrames(new Uint8Array(await response.arrayBuffer()))
  expect(frames).toEqual(await Promise.all(requests.map((request) => series(test, request))))
  expect(frames.map((frame) => frame.series.map(({ kind, pointCount }) => [kind, pointCount]))).toEqual([
    [
      ['buckets', 200],
      ['raw', 3],
    ],
    [['raw', 3]],
    [['raw', 0]],
  ])
  const one = { ...base, key: 'loss', runIds: ['a'] }
  expect((await test.post('/api/series/batch', { requests: Array(101).fill(one) })).status).toBe(400)
  expect((await test.post('/api/series/batch', { requests: [one, { ...one, key: undefined }] })).status).toBe(400)
  // Each would be taken alone; together they would be too much.
  const runIds = Array.from({ length: 1000 }, (_, i) => `r${i}`)
  const manyRuns = { ...base, key: 'loss', runIds: [], groups: [{ name: 'g', runIds }] }
  const manyBuckets = { ...one, runIds: runIds.slice(0, 50), buckets: 4096 }
  const messageOf = async (requests: readonly object[]) => {
    const response = await test.post('/api/series/batch', { requests })
    return response.status === 200 ? 'taken' : ((await response.json()) as { error: { message: string } }).error.message
  }
  expect(await messageOf(Array(9).fill(manyRuns))).toContain('at most 8000 runs in all')
  expect(await messageOf(Array(2).fill(manyBuckets))).toContain('at most 400000 buckets in all')
  expect(await messageOf([manyRuns, manyBuckets])).toBe('taken')
})

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
  const routes = [createApiRoutes(none), createSessionRoutes(none), createAdminRoutes(none), createShareRoutes(none)]
    .flatMap((app) => app.routes)
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
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

test('notebooks of this machine, of the own host and those that were named may hold the page in a frame', async () => {
  await using directory = await openTemporaryDirectory()
  writeFileSync(directory.join('index.html'), '<title>page</title>')
  await using test = await openTestServer({ webRoot: directory.path, notebookOrigins: ['https://hub.example.org'] })
  const ancestors = async (path: string, host: string): Promise<string | undefined> => {
    const { headers } = await test.request(path, { headers: { host } })
    return /frame-ancestors ([^;]*)/.exec(headers.get('content-security-policy') ?? '')?.[1]
  }
  expect(await ancestors('/local/demo', 'localhost:5757')).toBe("'none'")
  const allowed = await ancestors('/local/demo?jupyter=true', 'localhost:5757')
  expect(allowed?.split(' ')).toEqual(expect.arrayContaining(['http://localhost:*', 'https://hub.example.org']))
  expect(allowed).not.toMatch(/(^| )(\*|https?:|'self')( |$)/)
})

test('answers forbid sniffing, framing and anything from elsewhere', async () => {
  await using test = await openTestServer()
  const { headers } = await test.request('/api/status')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(headers.get('cache-control')).toBe('no-store')
})

import type { Series, SeriesFrame, SeriesRequest } from '@lossline/protocol'
import { until } from '@lossline/testing'
import { afterEach, expect, test, vi } from 'vitest'
import { rawSeries } from '../../test/support/chart-fixtures.ts'
import { createPanelFeed } from '../view/panel-feed.ts'
import { createRequestQueue } from './request-queue.ts'
import { createSeriesCache } from './series-cache.ts'
import { createSeriesLoader, type SeriesQuery } from './series-loader.ts'

afterEach(() => {
  vi.useRealTimers()
})

const grid: SeriesFrame['grid'] = { from: 0, to: 1, count: 64, scale: 'linear' }
const request: SeriesQuery['request'] = { entity: 'e', project: 'p', key: 'loss', x: { kind: 'step' }, buckets: 64 }
const query = (revisions: Record<string, number>, more: Partial<SeriesQuery['request']> = {}): SeriesQuery => ({
  request: { ...request, ...more },
  runs: Object.entries(revisions).map(([runId, historyRevision]) => ({ runId, historyRevision })),
})
const runIdOf = (series: Series | undefined): string | undefined =>
  series && series.kind !== 'group' ? series.runId : undefined
const never = new AbortController().signal

function createFakeFetch() {
  const asked: SeriesRequest[] = []
  const fetchFrame = async (body: SeriesRequest): Promise<SeriesFrame> => {
    asked.push(body)
    return { grid, series: body.runIds.map((runId) => rawSeries([0, asked.length], [1, 2], { runId })) }
  }
  return { asked, fetchFrame }
}

test('only runs with news are asked for', async () => {
  const { asked, fetchFrame } = createFakeFetch()
  const loader = createSeriesLoader({ fetchFrame })
  await loader.load(query({ a: 1, b: 1 }), never)
  const series = await loader.load(query({ a: 1, b: 2, c: 1 }), never)
  expect(asked.map(({ runIds }) => runIds)).toEqual([
    ['a', 'b'],
    ['b', 'c'],
  ])
  expect(series.map((entry) => runIdOf(entry.series))).toEqual(['a', 'b', 'c'])
  await loader.load(query({ a: 1, b: 2, c: 1 }), never)
  expect(asked).toHaveLength(2)
})

test('smoothing, range and axis are part of what is asked, never worked out here', async () => {
  const { asked, fetchFrame } = createFakeFetch()
  const loader = createSeriesLoader({ fetchFrame })
  await loader.load(query({ a: 1 }), never)
  await loader.load(query({ a: 1 }, { smoothing: { kind: 'ema', weight: 0.5 } }), never)
  await loader.load(query({ a: 1 }, { range: [0, 5] }), never)
  expect(asked.map(({ smoothing, range }) => [smoothing?.kind, range])).toEqual([
    [undefined, undefined],
    ['ema', undefined],
    [undefined, [0, 5]],
  ])
})

test('a thousand and one runs take two requests', async () => {
  const { asked, fetchFrame } = createFakeFetch()
  const revisions = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`r${i}`, 1]))
  const series = await createSeriesLoader({ fetchFrame }).load(query(revisions), never)
  expect(asked.map(({ runIds }) => runIds.length)).toEqual([1000, 1])
  expect(runIdOf(series.at(-1)?.series)).toBe('r1000')
})

test('no more than six requests are under way, and what is given up never starts', async () => {
  const queue = createRequestQueue(6)
  const finish: (() => void)[] = []
  let started = 0
  const task = (): Promise<void> =>
    new Promise((resolve) => {
      started++
      finish.push(resolve)
    })
  const leaving = new AbortController()
  const results = Array.from({ length: 9 }, (_, i) => queue.run(task, i === 7 ? leaving.signal : never))
  expect(started).toBe(6)
  leaving.abort(new Error('scrolled away'))
  await expect(results[7]).rejects.toThrow('scrolled away')
  for (let i = 0; i < 8; i++) {
    await until(() => expect(finish[i]).toBeDefined())
    finish[i]!()
  }
  await Promise.all(results.filter((_, i) => i !== 7))
  expect(started).toBe(8)
  expect(queue.activeCount).toBe(0)
})

test('the cache drops what was not used for longest and keeps to its size', () => {
  const entry = (runId: string) => ({
    grid,
    series: rawSeries([...Array(100).keys()], [...Array(100).keys()], { runId }),
  })
  const cache = createSeriesCache(5000)
  cache.set('a', entry('a'))
  cache.set('b', entry('b'))
  cache.get('a')
  cache.set('c', entry('c'))
  expect([cache.get('a'), cache.get('b'), cache.get('c')].map((one) => runIdOf(one?.series))).toEqual([
    'a',
    undefined,
    'c',
  ])
  expect(cache.bytes).toBeLessThanOrEqual(5000)
})

test('a live panel asks at most four times a second and ends with the newest', async () => {
  vi.useFakeTimers()
  const { asked, fetchFrame } = createFakeFetch()
  const feed = createPanelFeed({ loader: createSeriesLoader({ fetchFrame }), refreshIntervalMs: () => 250 })
  for (let revision = 1; revision <= 100; revision++) {
    feed.setQueries([query({ a: revision })])
    await vi.advanceTimersByTimeAsync(10)
  }
  expect(asked.length).toBeLessThanOrEqual(5)
  await vi.advanceTimersByTimeAsync(1000)
  expect(feed.state().phase).toBe('ready')
  const count = asked.length
  await vi.advanceTimersByTimeAsync(5000)
  expect(asked).toHaveLength(count)
  feed.close()
})

test('a zoom keeps the old data in view until the new arrives; another axis does not', async () => {
  let answer: ((frame: SeriesFrame) => void) | undefined
  const fetchFrame = (body: SeriesRequest): Promise<SeriesFrame> =>
    new Promise((resolve) => {
      answer = resolve
      if (!body.range && body.x.kind === 'step') resolve({ grid, series: [rawSeries([0], [1])] })
    })
  const feed = createPanelFeed({ loader: createSeriesLoader({ fetchFrame }), refreshIntervalMs: () => 250 })
  feed.setQueries([query({ a: 1 })])
  await until(() => expect(feed.state().phase).toBe('ready'))
  feed.setQueries([query({ a: 1 }, { range: [0, 1] })])
  expect(feed.state().series.size).toBe(1)
  answer?.({ grid, series: [rawSeries([0, 0.5], [1, 2])] })
  await until(() => expect(feed.state().series.get('a')?.series.pointCount).toBe(2))
  feed.setQueries([query({ a: 1 }, { x: { kind: 'wall' } })])
  expect(feed.state().series.size).toBe(0)
  feed.close()
})

test('a failure is said, keeps what was there, and heals on retry', async () => {
  let isBroken = false
  const { fetchFrame } = createFakeFetch()
  const flaky = (body: SeriesRequest): Promise<SeriesFrame> =>
    isBroken ? Promise.reject(new Error('away')) : fetchFrame(body)
  const feed = createPanelFeed({ loader: createSeriesLoader({ fetchFrame: flaky }), refreshIntervalMs: () => 0 })
  feed.setQueries([query({ a: 1 })])
  await until(() => expect(feed.state().phase).toBe('ready'))
  isBroken = true
  feed.setQueries([query({ a: 2 })])
  await until(() => expect(feed.state().phase).toBe('failed'))
  expect(feed.state().series.size).toBe(1)
  isBroken = false
  feed.retry()
  await until(() => expect(feed.state().phase).toBe('ready'))
  feed.close()
})

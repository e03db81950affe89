import type { PageEvent, Series, SeriesFrame, SeriesRequest } from '@lossline/protocol'
import { until } from '@lossline/testing'
import { afterEach, expect, test, vi } from 'vitest'
import { rawSeries } from '../../test/support/chart-fixtures.ts'
import { createRunRevisions } from '../live/run-revisions.ts'
import { createPanelFeed, type PanelFeed } from '../view/chart/panel-feed.ts'
import { createRefreshClock, type RefreshClock } from '../view/chart/refresh-clock.ts'
import type { FetchFrame, FetchFrames } from './frame-batch.ts'
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

/** `asked` is what came by itself, `askedTogether` what came in one request. */
function createFakeFetch() {
  const asked: SeriesRequest[] = []
  const askedTogether: (readonly SeriesRequest[])[] = []
  const answer = (body: SeriesRequest, x: number): SeriesFrame => ({
    grid,
    series: body.runIds.map((runId) => rawSeries([0, x], [1, 2], { runId })),
  })
  const fetchFrame: FetchFrame = async (body) => {
    asked.push(body)
    return answer(body, asked.length)
  }
  const fetchFrames: FetchFrames = async (requests) => {
    askedTogether.push(requests)
    return requests.map((body) => answer(body, 100 + askedTogether.length))
  }
  return { asked, askedTogether, fetchFrame, fetchFrames }
}

/** A clock whose frames come at once, unless it is told otherwise. */
function createTestClock(nextFrame: (task: () => void) => void = (task) => task()): RefreshClock {
  return createRefreshClock({ intervalMs: () => 250, nextFrame, afterPaint: (task) => task(), now: () => Date.now() })
}

function createFeed(
  fetching: { readonly fetchFrame: FetchFrame; readonly fetchFrames?: FetchFrames },
  { clock = createTestClock(), revisions = createRunRevisions() } = {},
): PanelFeed {
  const { fetchFrame } = fetching
  const together: FetchFrames = (requests, signal) =>
    Promise.all(requests.map((request) => fetchFrame(request, signal)))
  const { fetchFrames = together } = fetching
  return createPanelFeed({ loader: createSeriesLoader({ fetchFrame, fetchFrames }), clock, revisions })
}

const historyOf = (runId: string, historyRevision: number): Extract<PageEvent, { type: 'run' }> => ({
  type: 'run',
  entity: 'e',
  project: 'p',
  runId,
  revision: historyRevision,
  historyRevision,
  state: 'running',
  changed: ['history'],
})

test('only runs with news are asked for', async () => {
  const { asked, fetchFrame, fetchFrames } = createFakeFetch()
  const loader = createSeriesLoader({ fetchFrame, fetchFrames })
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
  const { asked, fetchFrame, fetchFrames } = createFakeFetch()
  const loader = createSeriesLoader({ fetchFrame, fetchFrames })
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
  const { asked, fetchFrame, fetchFrames } = createFakeFetch()
  const revisions = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`r${i}`, 1]))
  const series = await createSeriesLoader({ fetchFrame, fetchFrames }).load(query(revisions), never)
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
  cache.set('a', '1', entry('a'))
  cache.set('b', '1', entry('b'))
  cache.get('a', '1')
  cache.set('c', '1', entry('c'))
  expect(['a', 'b', 'c'].map((key) => runIdOf(cache.get(key, '1')?.series))).toEqual(['a', undefined, 'c'])
  expect(cache.bytes).toBeLessThanOrEqual(5000)
})

test('a newer revision takes the place of the one before, which would never be asked for again', () => {
  const entry = (runId: string) => ({ grid, series: rawSeries([1], [1], { runId }) })
  const cache = createSeriesCache(1e6)
  cache.set('a', '1', entry('old'))
  const { bytes } = cache
  cache.set('a', '2', entry('new'))
  expect([cache.get('a', '1'), runIdOf(cache.get('a', '2')?.series), cache.bytes]).toEqual([undefined, 'new', bytes])
})

test('a live panel asks at most four times a second and ends with the newest', async () => {
  vi.useFakeTimers()
  const fake = createFakeFetch()
  const { asked } = fake
  const revisions = createRunRevisions()
  const feed = createFeed(fake, { revisions })
  feed.setQueries([query({ a: 1 })])
  for (let revision = 2; revision <= 100; revision++) {
    revisions.note(historyOf('a', revision))
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
  const feed = createFeed({ fetchFrame })
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
  const flaky: FetchFrame = (body, signal) => (isBroken ? Promise.reject(new Error('away')) : fetchFrame(body, signal))
  const feed = createFeed({ fetchFrame: flaky })
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

test('of several metrics what has come is there before the rest, and stays when the rest fails', async () => {
  const waiting = new Map<string, (how: 'answer' | 'fail') => void>()
  const { fetchFrame } = createFakeFetch()
  const slow: FetchFrame = (body, signal) =>
    new Promise((resolve, reject) => {
      waiting.set(body.key ?? '', (how) =>
        how === 'answer' ? resolve(fetchFrame(body, signal)) : reject(new Error('away')),
      )
    })
  const feed = createFeed({ fetchFrame: slow })
  feed.setQueries(['loss', 'accuracy'].map((key) => ({ ...query({ a: 1, b: 1 }, { key }), id: key })))
  await until(() => expect(waiting.size).toBe(2))
  expect(feed.state()).toMatchObject({ phase: 'loading', counts: { total: 4, arrived: 0, failed: 0 } })
  waiting.get('loss')?.('answer')
  await until(() => expect(feed.state().counts).toEqual({ total: 4, arrived: 2, failed: 0 }))
  expect([feed.state().phase, feed.state().series.size]).toEqual(['loading', 2])
  waiting.get('accuracy')?.('fail')
  await until(() => expect(feed.state().phase).toBe('failed'))
  expect(feed.state().counts).toEqual({ total: 4, arrived: 2, failed: 2 })
  expect(feed.state().series.size).toBe(2)
  waiting.clear()
  feed.retry()
  await until(() => expect(waiting.has('accuracy')).toBe(true))
  feed.cancel()
  expect(feed.state()).toMatchObject({ phase: 'cancelled', series: expect.objectContaining({ size: 2 }) })
  feed.retry()
  expect(feed.state().phase).toBe('loading')
  feed.close()
})

test('all charts ask for what has gone on in one request, and are drawn in one frame', async () => {
  vi.useFakeTimers()
  const fake = createFakeFetch()
  const frames: (() => void)[] = []
  const clock = createTestClock((task) => frames.push(task))
  const runFrames = async (): Promise<void> => {
    for (const task of frames.splice(0)) task()
    await vi.advanceTimersByTimeAsync(0)
  }
  const revisions = createRunRevisions()
  const loader = createSeriesLoader(fake)
  const keys = ['loss', 'accuracy', 'lr']
  const feeds = keys.map((key) => {
    const feed = createPanelFeed({ loader, clock, revisions })
    feed.setQueries([query({ a: 1 }, { key })])
    return feed
  })
  await vi.advanceTimersByTimeAsync(0)
  expect(fake.asked.map(({ key }) => key)).toEqual(keys)
  const drawn: string[] = []
  feeds.forEach((feed, i) => void feed.subscribe(() => drawn.push(keys[i]!)))

  revisions.note(historyOf('b', 7))
  revisions.note({ ...historyOf('a', 7), project: 'other' })
  await vi.advanceTimersByTimeAsync(1000)
  expect(frames).toHaveLength(0)

  revisions.note(historyOf('a', 2))
  await vi.advanceTimersByTimeAsync(250)
  // Nothing is asked for while the page has no frames, as when it is hidden.
  expect(fake.askedTogether).toHaveLength(0)
  await runFrames()
  expect(fake.askedTogether.map((requests) => requests.map(({ key }) => key))).toEqual([keys])
  expect(drawn).toEqual([])
  await runFrames()
  expect(drawn).toEqual(keys)
  expect(feeds.map((feed) => feed.state().series.get('a')?.series.extent)).toHaveLength(3)
  // The list of runs says the same a little later.
  for (const [i, feed] of feeds.entries()) feed.setQueries([query({ a: 2 }, { key: keys[i]! })])
  await vi.advanceTimersByTimeAsync(1000)
  await runFrames()
  expect([fake.asked.length, fake.askedTogether.length]).toEqual([3, 1])
  for (const feed of feeds) feed.close()
})

test('what comes while a request is under way is asked for after it', async () => {
  vi.useFakeTimers()
  const fake = createFakeFetch()
  let answer: () => void = () => {}
  const fetchFrames: FetchFrames = async (requests, signal) => {
    await new Promise<void>((resolve) => {
      answer = resolve
    })
    return fake.fetchFrames(requests, signal)
  }
  const revisions = createRunRevisions()
  const loader = createSeriesLoader({ fetchFrame: fake.fetchFrame, fetchFrames })
  const clock = createTestClock()
  const feeds = ['x', 'y'].map((key) => {
    const feed = createPanelFeed({ loader, clock, revisions })
    feed.setQueries([query({ a: 1 }, { key })])
    return feed
  })
  await vi.advanceTimersByTimeAsync(500)
  revisions.note(historyOf('a', 2))
  await vi.advanceTimersByTimeAsync(500)
  revisions.note(historyOf('a', 3))
  answer()
  await vi.advanceTimersByTimeAsync(1000)
  expect(fake.askedTogether).toHaveLength(1)
  answer()
  await vi.advanceTimersByTimeAsync(1000)
  expect(fake.askedTogether).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(5000)
  expect(fake.askedTogether).toHaveLength(2)
  for (const feed of feeds) feed.close()
})

test('a list of runs that says nothing new leaves a chart as it is, one that knows of more has it ask', async () => {
  vi.useFakeTimers()
  const fake = createFakeFetch()
  const revisions = createRunRevisions()
  const feed = createFeed(fake, { revisions })
  feed.setQueries([query({ a: 3 })])
  await vi.advanceTimersByTimeAsync(0)
  const shown = feed.state()
  const changes = vi.fn()
  feed.subscribe(changes)
  const project = { entity: 'e', project: 'p' }
  revisions.learn(project, [{ runId: 'a', historyRevision: 3 }])
  await vi.advanceTimersByTimeAsync(1000)
  expect([fake.asked.length, changes.mock.calls.length, feed.state() === shown]).toEqual([1, 0, true])
  // After a break in which no event came.
  revisions.learn(project, [{ runId: 'a', historyRevision: 9 }])
  // An answer that was on its way for long.
  revisions.learn(project, [{ runId: 'a', historyRevision: 5 }])
  expect(revisions.newest({ ...project, runId: 'a' })).toBe(9)
  await vi.advanceTimersByTimeAsync(1000)
  expect([fake.asked.length, changes.mock.calls.length]).toEqual([2, 1])
  feed.close()
})

/** Answers as the server does: runs of the own project, those of others, groups; each of another length. */
function createProjectsFetch() {
  const asked: SeriesRequest[] = []
  const fetchFrame: FetchFrame = async (body) => {
    asked.push(body)
    const named = [
      ...body.runIds,
      ...(body.others ?? []).flatMap(({ entity, project, runIds }) =>
        runIds.map((id) => `${entity}/${project}: ${id}`),
      ),
      ...(body.groups ?? []).map(
        ({ name, of, runIds }) => `${name} of ${of?.project ?? body.project}: ${runIds.join()}`,
      ),
    ]
    return { grid, series: named.map((runId) => rawSeries([0, 1], [1, 2], { runId })) }
  }
  return { asked, loader: createSeriesLoader({ fetchFrame, fetchFrames: async () => [] }) }
}

test('runs of other projects are asked for in the same request, and each gets its own series', async () => {
  const { asked, loader } = createProjectsFetch()
  const mixed = query({ 'o/q/a': 1, a: 1, 'o/r/a': 1, b: 1, 'o/q/b': 1 })
  const series = await loader.load(mixed, never)
  expect(series.map((entry) => runIdOf(entry.series))).toEqual(['o/q: a', 'a', 'o/r: a', 'b', 'o/q: b'])
  expect(asked[0]).toMatchObject({
    runIds: ['a', 'b'],
    others: [
      { entity: 'o', project: 'q', runIds: ['a', 'b'] },
      { entity: 'o', project: 'r', runIds: ['a'] },
    ],
  })
  // Only what has news, and no project of which there is none.
  const news = query({ 'o/q/a': 1, a: 2, 'o/r/a': 2, b: 1, 'o/q/b': 1 })
  const again = await loader.load(news, never)
  expect(again.map((entry) => runIdOf(entry.series))).toEqual(['o/q: a', 'a', 'o/r: a', 'b', 'o/q: b'])
  expect(asked[1]).toMatchObject({ runIds: ['a'], others: [{ entity: 'o', project: 'r', runIds: ['a'] }] })
  await loader.load(query({ a: 3 }), never)
  expect(asked[2]).not.toHaveProperty('others')
})

test('a group is asked for in the project of its runs', async () => {
  const { asked, loader } = createProjectsFetch()
  const groups = [
    { name: 'here', runs: [{ runId: 'a', historyRevision: 1 }] },
    { name: 'there', runs: ['o/q/a', 'o/q/b'].map((runId) => ({ runId, historyRevision: 1 })) },
  ]
  const series = await loader.load({ ...query({}), groups }, never)
  expect(series.map((entry) => runIdOf(entry.series))).toEqual(['here of p: a', 'there of q: a,b'])
  expect(asked[0]?.groups?.[0]).not.toHaveProperty('of')
})

test('what smoothing refers to depends on the projects of a chart, and on nothing else of them', async () => {
  const { asked, loader } = createProjectsFetch()
  const smoothing = { kind: 'time-weighted-ema', weight: 0.5 } as const
  await loader.load(query({ a: 1 }, { smoothing }), never)
  await loader.load(query({ a: 1, 'o/q/a': 1 }, { smoothing }), never)
  expect(asked[1]).toMatchObject({ runIds: ['a'], others: [{ project: 'q', runIds: ['a'] }] })
  // Of the other project nothing is missing, but smoothing looks at it.
  await loader.load(query({ a: 2, 'o/q/a': 1 }, { smoothing }), never)
  expect(asked[2]).toMatchObject({ runIds: ['a'], others: [{ project: 'q', runIds: [] }] })
  // Without smoothing lines stay as they are when another project comes.
  await loader.load(query({ a: 1 }), never)
  await loader.load(query({ a: 1, 'o/q/a': 1 }), never)
  expect(asked[4]).toMatchObject({ runIds: [], others: [{ project: 'q', runIds: ['a'] }] })
})

test('a panel hears of rows of its runs in other projects, and of no run of the same id elsewhere', async () => {
  const { asked, fetchFrame } = createFakeFetch()
  const foreign: FetchFrame = async (body, signal) => {
    const ids = (body.others ?? []).flatMap(({ runIds }) => runIds)
    return fetchFrame({ ...body, runIds: [...body.runIds, ...ids] }, signal)
  }
  const revisions = createRunRevisions()
  const feed = createFeed({ fetchFrame: foreign }, { revisions })
  feed.setQueries([query({ 'o/q/a': 1 })])
  await until(() => feed.state().phase === 'ready')
  revisions.note(historyOf('a', 5))
  expect(asked).toHaveLength(1)
  revisions.note({ ...historyOf('a', 5), entity: 'o', project: 'q' })
  await until(() => asked.length === 2)
  feed.close()
})

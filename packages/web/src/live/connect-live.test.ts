import type { MetricsResponse, PageEvent, RunsQueryResponse } from '@lossline/protocol'
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { runListKeys } from '../api/queries.ts'
import { connectLive } from './connect-live.ts'
import type { LiveChannel } from './live-channel.ts'
import type { LiveStatus } from './live-status.ts'

afterEach(() => {
  vi.useRealTimers()
})

function createChannel() {
  let status: LiveStatus = { kind: 'connecting' }
  const events = new Set<(event: PageEvent) => void>()
  const statuses = new Set<() => void>()
  const channel: LiveChannel = {
    status: () => status,
    onEvent: (listener) => {
      events.add(listener)
      return () => events.delete(listener)
    },
    onStatus: (listener) => {
      statuses.add(listener)
      return () => statuses.delete(listener)
    },
    retryNow: () => {},
    close: () => {},
  }
  return {
    channel,
    send: (event: PageEvent) => {
      for (const listener of events) listener(event)
    },
    setStatus: (next: LiveStatus) => {
      status = next
      for (const listener of statuses) listener()
    },
  }
}

const history: PageEvent = {
  type: 'run',
  entity: 'e',
  project: 'p',
  runId: 'a',
  revision: 2,
  historyRevision: 2,
  state: 'running',
  changed: ['history'],
}

test('an event of a run reaches the page whatever else is known of its project', () => {
  const client = new QueryClient()
  const { channel, send } = createChannel()
  const { runFates } = connectLive(channel, client)
  for (const key of runListKeys) client.setQueryData([key, 'e', 'p'], key === 'runs' ? { runs: [], total: 0 } : 1)
  send({ ...history, changed: ['deleted'] })
  expect(runFates.get().get('e/p/a')).toBe('deleted')
  send({ ...history, changed: ['created'] })
  expect(runFates.get().get('e/p/a')).toBe('restored')
})

test('an event that overtakes the first answer is not lost', async () => {
  vi.useFakeTimers()
  const client = new QueryClient()
  const { channel, send } = createChannel()
  connectLive(channel, client)
  let known: MetricsResponse['metrics'] = []
  const queryFn = (): Promise<MetricsResponse> => {
    const seen = known
    return new Promise((resolve) => setTimeout(() => resolve({ metrics: seen }), 100))
  }
  const observer = new QueryObserver(client, { queryKey: ['metrics', 'e', 'p', null], queryFn })
  const stop = observer.subscribe(() => {})
  await vi.advanceTimersByTimeAsync(50)
  known = [{ key: 'loss' } as MetricsResponse['metrics'][number]]
  send(history)
  await vi.advanceTimersByTimeAsync(3000)
  expect(observer.getCurrentResult().data?.metrics).toHaveLength(1)
  stop()
})

test('after a break everything is asked for again, once', async () => {
  vi.useFakeTimers()
  const client = new QueryClient()
  const { channel, setStatus } = createChannel()
  const updates = connectLive(channel, client)
  let heals = 0
  let fetches = 0
  updates.onHeal(() => heals++)
  const observer = new QueryObserver(client, { queryKey: ['projects'], queryFn: async () => ++fetches })
  const stop = observer.subscribe(() => {})
  setStatus({ kind: 'live' })
  await vi.advanceTimersByTimeAsync(5000)
  const before = fetches
  setStatus({ kind: 'reconnecting', sinceMs: 0, retryAtMs: 1 })
  setStatus({ kind: 'reconnecting', sinceMs: 0, retryAtMs: 2 })
  setStatus({ kind: 'live' })
  setStatus({ kind: 'live' })
  await vi.advanceTimersByTimeAsync(5000)
  expect([heals, fetches - before]).toEqual([1, 1])
  stop()
})

test('charts hear of each revision at once, lists of runs once a second, and of other changes at once too', async () => {
  vi.useFakeTimers()
  const client = new QueryClient()
  const { channel, send } = createChannel()
  const { revisions } = connectLive(channel, client)
  const key = ['runs', 'e', 'p']
  const run = { runId: 'a', revision: 1, historyRevision: 1, state: 'running', heartbeatAtMs: 0 }
  client.setQueryData(key, { runs: [run], total: 1 })
  const listed = () => client.getQueryData<RunsQueryResponse>(key)?.runs[0]
  const heard: number[] = []
  revisions.subscribe((one) => heard.push(revisions.newest(one) ?? 0))
  let changes = 0
  client.getQueryCache().subscribe(({ type }) => {
    if (type === 'updated') changes++
  })
  const address = { entity: 'e', project: 'p', runId: 'a' }
  for (let revision = 2; revision <= 30; revision++) {
    send({ ...history, revision, historyRevision: revision })
    await vi.advanceTimersByTimeAsync(50)
  }
  expect(heard).toEqual(Array.from({ length: 29 }, (_, i) => i + 2))
  expect(revisions.newest(address)).toBe(30)
  expect(changes).toBeLessThan(8)
  expect(listed()?.historyRevision).toBeLessThan(30)
  send({ ...history, revision: 31, historyRevision: 30, state: 'failed', changed: ['state'] })
  expect(listed()).toMatchObject({ state: 'failed', historyRevision: 30, revision: 31 })
  send({ ...history, changed: ['deleted'] })
  expect(revisions.newest(address)).toBeUndefined()
})

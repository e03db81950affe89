import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PageEvent, RunWithValues } from '@lossline/protocol'
import { until } from '@lossline/testing'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { openEventConnection } from './event-source.ts'
import { createEventStreamParser } from './event-stream-parser.ts'
import { electByHeartbeat } from './leader-election.ts'
import { type LiveStatus, liveStatusText, retryDelayMs } from './live-status.ts'
import { needsRunsRefetch, patchRuns, type RunEvent } from './run-patches.ts'
import { createThrottle } from './throttle.ts'

afterEach(() => {
  vi.useRealTimers()
})

test('messages of a stream do not depend on where it was cut', () => {
  const message = fc.record({
    id: fc.nat(),
    lines: fc.array(fc.stringMatching(/^[a-z {}":]{0,8}$/), { minLength: 1, maxLength: 3 }),
  })
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 5 }),
      fc.constantFrom('\n', '\r\n'),
      fc.array(fc.nat(200)),
      (messages, end, cuts) => {
        const text = messages
          .map(
            ({ id, lines }) => `: comment${end}id: ${id}${end}${lines.map((l) => `data: ${l}${end}`).join('')}${end}`,
          )
          .join('')
        const places = [...new Set([0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length])].sort(
          (a, b) => a - b,
        )
        const parser = createEventStreamParser()
        const parsed = places.slice(1).flatMap((end, i) => parser.push(text.slice(places[i], end)))
        expect(parsed).toEqual(messages.map(({ id, lines }) => ({ id: String(id), data: lines.join('\n') })))
      },
    ),
  )
})

test('the status says what happens next', () => {
  const at = new Date(2026, 0, 1, 14, 2).getTime()
  expect(liveStatusText({ kind: 'live' }, at)).toBe('Live')
  const lost: LiveStatus = { kind: 'reconnecting', sinceMs: at, retryAtMs: at + 4000 }
  expect(liveStatusText(lost, at + 100)).toBe('Reconnecting in 4 s')
  expect(liveStatusText(lost, at + 5000)).toBe('Reconnecting')
  expect(liveStatusText(lost, at + 20_000)).toBe('Offline: showing data from 14:02')
  expect([0, 1, 2, 3, 9].map(retryDelayMs)).toEqual([1000, 2000, 4000, 8000, 8000])
})

test('a connection comes back after the server was away and resumes where it was', async () => {
  const asked: (string | undefined)[] = []
  const open: ServerResponse[] = []
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    asked.push(request.headers['last-event-id'] as string | undefined)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(`id: ${asked.length}\ndata: {"type":"project","entity":"e","project":"p${asked.length}"}\n\n`)
    open.push(response)
  }
  let server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const events: PageEvent[] = []
  const statuses: LiveStatus['kind'][] = []
  const connection = openEventConnection(`http://127.0.0.1:${port}/api/events`, {
    onEvent: (event) => events.push(event),
    onStatus: (status) => statuses.push(status.kind),
  })
  await until(() => expect(events).toHaveLength(1))

  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await until(() => expect(statuses.at(-1)).toBe('reconnecting'))
  server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  connection.retryNow()
  await until(() => expect(events).toHaveLength(2))

  expect(asked).toEqual([undefined, '1'])
  expect(statuses[0]).toBe('connecting')
  expect(statuses.at(-1)).toBe('live')
  connection.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** Tabs that hear each other at once, as over a BroadcastChannel. */
function createTabs(ids: readonly string[]) {
  const channels = new Map<
    string,
    { onmessage: ((event: MessageEvent) => void) | null; postMessage: (message: unknown) => void }
  >()
  const leaders = new Set<string>()
  const elections = new Map(
    ids.map((id) => {
      const channel = {
        onmessage: null,
        postMessage: (data: unknown) => {
          for (const [other, { onmessage }] of channels) if (other !== id) onmessage?.({ data } as MessageEvent)
        },
      }
      channels.set(id, channel)
      const election = electByHeartbeat(
        channel,
        id,
        () => leaders.add(id),
        () => leaders.delete(id),
      )
      return [id, election] as const
    }),
  )
  return { leaders, elections }
}

test('without Web Locks one tab leads, and another takes over when it goes', () => {
  vi.useFakeTimers()
  const { leaders, elections } = createTabs(['a', 'b', 'c'])
  vi.advanceTimersByTime(10_000)
  expect(leaders.size).toBe(1)
  const [first] = leaders
  elections.get(first!)!.resign()
  leaders.delete(first!)
  vi.advanceTimersByTime(2000)
  expect(leaders.size).toBe(1)
  expect(leaders.has(first!)).toBe(false)
  for (const election of elections.values()) election.resign()
})

test('a throttled task runs at once, then once for all that was asked meanwhile', () => {
  vi.useFakeTimers()
  let count = 0
  const throttle = createThrottle(() => count++, 250)
  for (let i = 0; i < 99; i++) {
    throttle.request()
    vi.advanceTimersByTime(10)
  }
  // 1 s of events at 100 a second: four redraws.
  expect(count).toBe(4)
  vi.advanceTimersByTime(1000)
  expect(count).toBe(5)
})

const run = {
  runId: 'a',
  revision: 3,
  historyRevision: 5,
  heartbeatAtMs: 100,
  state: 'running',
  values: [],
} as unknown as RunWithValues
const event: RunEvent = {
  type: 'run',
  entity: 'e',
  project: 'p',
  runId: 'a',
  revision: 4,
  historyRevision: 9,
  state: 'finished',
  changed: ['history'],
}

test('an event changes its run and leaves the others the same objects', () => {
  const other = { ...run, runId: 'b' }
  const before = { runs: [run, other], total: 2 }
  const after = patchRuns(before, event, 500)
  expect(after.runs[0]).toMatchObject({ historyRevision: 9, state: 'finished', heartbeatAtMs: 500 })
  expect(after.runs[1]).toBe(other)
  expect(patchRuns(before, { ...event, runId: 'unknown' }, 500)).toBe(before)
  expect(patchRuns(before, { ...event, revision: 1 }, 500)).toBe(before)
})

test('only what an event does not carry is asked for again', () => {
  expect(needsRunsRefetch(event)).toBe(false)
  expect(needsRunsRefetch({ ...event, changed: ['history', 'meta'] })).toBe(true)
  expect(needsRunsRefetch({ type: 'reset' })).toBe(true)
})

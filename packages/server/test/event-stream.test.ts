import { createFakeClock } from '@lossline/testing'
import { expect, test } from 'vitest'
import { createEventStream } from '../src/api/event-stream.ts'
import { createChangeFeed } from '../src/domain/change-feed.ts'

function open(lastEventId?: string, entity?: string) {
  const clock = createFakeClock()
  const changes = createChangeFeed(clock)
  const closing = new AbortController()
  const stream = createEventStream({ changes, clock, version: '1.2.3', lastEventId, entity, signal: closing.signal })
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  return { clock, changes, closing, reader, read: async () => decoder.decode((await reader.read()).value) }
}

test('a reader that left is forgotten, with its timers', async () => {
  const { clock, changes, reader, read } = open()
  expect(await read()).toContain('event: hello\ndata: {"type":"hello","version":"1.2.3"}\n\n')
  expect(changes.listenerCount).toBe(1)
  await reader.cancel()
  expect(changes.listenerCount).toBe(0)
  expect(clock.timerCount).toBe(0)
})

test('a closing server ends the stream', async () => {
  const { clock, changes, closing, reader, read } = open()
  await read()
  closing.abort()
  expect((await reader.read()).done).toBe(true)
  expect([changes.listenerCount, clock.timerCount]).toEqual([0, 0])
})

test('silence is broken every 15 seconds', async () => {
  const { clock, read } = open()
  await read()
  await clock.advance(15_000)
  expect(await read()).toMatch(/^:/)
  await clock.advance(15_000)
  expect(await read()).toMatch(/^:/)
})

test('a reader that stops reading gets a reset instead of a queue without end', async () => {
  const { changes, read } = open()
  for (let i = 0; i < 5000; i++) changes.projectChanged('e', `p${i}`)
  let [text, eventCount] = ['', 0]
  while (!text.includes('reset')) {
    text = await read()
    eventCount += 1
    if (eventCount === 1000) changes.projectChanged('e', 'last')
    expect(eventCount).toBeLessThan(1200)
  }
  expect(await read()).toContain('"project":"last"')
})

test('a reader that catches up is told to fetch again, even if nothing changes any more', async () => {
  const { clock, changes, read } = open()
  for (let i = 0; i < 5000; i++) changes.projectChanged('e', `p${i}`)
  for (let i = 0; i < 1000; i++) await read()
  await clock.advance(15_000)
  expect(await read()).toMatch(/^:/)
  expect(await read()).toContain('event: reset')
})

test('only the asked-for entity is told about', async () => {
  const { changes, read } = open(undefined, 'mine')
  changes.projectChanged('other', 'p')
  changes.projectChanged('mine', 'p')
  expect(await read()).toContain('hello')
  expect(await read()).toContain('"entity":"mine"')
})

test('an id of another process means reset', async () => {
  const { read } = open('other-5')
  expect(await read()).toContain('hello')
  expect(await read()).toContain('event: reset')
})

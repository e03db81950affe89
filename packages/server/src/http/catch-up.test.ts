import { openSqliteStore } from '@lossline/store'
import { createFakeClock } from '@lossline/testing'
import { expect, test } from 'vitest'
import type { Clock } from '../clock.ts'
import { createServer } from '../create-server.ts'
import { catchUpHeader, createCatchUp } from './catch-up.ts'

/** Catching up that ends when the test says so. */
function createWork() {
  const ends: (() => void)[] = []
  const clock = createFakeClock()
  const work = () => new Promise<void>((resolve) => ends.push(resolve))
  return { ends, clock, catchUp: createCatchUp({ catchUp: work, clock: clock as Clock }) }
}

test('askers that come while one is served share the next', async () => {
  const { ends, catchUp, clock } = createWork()
  const { signal } = new AbortController()
  const done: string[] = []
  const ask = (name: string) => catchUp(signal).then(() => done.push(name))
  const first = ask('first')
  const later = [ask('second'), ask('third')]
  expect(ends).toHaveLength(1)
  ends[0]!()
  await first
  await clock.advance(1)
  expect([done, ends.length]).toEqual([['first'], 2])
  ends[1]!()
  await Promise.all(later)
  expect([done, ends.length]).toEqual([['first', 'second', 'third'], 2])
  expect(clock.timerCount).toBe(0)
})

test('an asker waits a minute, or until it goes away', async () => {
  const { catchUp, clock } = createWork()
  const asker = new AbortController()
  const gone = expect(catchUp(asker.signal)).rejects.toMatchObject({ code: 'unavailable' })
  asker.abort()
  await gone
  await expect(catchUp(asker.signal)).rejects.toMatchObject({ code: 'unavailable' })
  const patient = expect(catchUp(new AbortController().signal)).rejects.toMatchObject({ code: 'unavailable' })
  await clock.advance(60_000)
  await patient
})

test('only requests that are let in are waited for', async () => {
  await using store = await openSqliteStore({ path: ':memory:' })
  let callCount = 0
  const server = createServer({
    store,
    catchUp: async () => {
      callCount += 1
    },
  })
  const ask = (host: string) =>
    server.fetch(new Request(`http://${host}/api/projects`, { headers: { [catchUpHeader]: '1' } }))
  expect([(await ask('evil.example')).status, callCount]).toEqual([403, 0])
  expect([(await ask('127.0.0.1')).status, callCount]).toEqual([200, 1])
  await server.close()
})

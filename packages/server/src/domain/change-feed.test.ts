import { createFakeClock } from '@lossline/testing'
import { expect, test } from 'vitest'
import { type ChangeEvent, createChangeFeed } from './change-feed.ts'

const run = (revision: number) =>
  ({ id: 7, entity: 'e', project: 'p', runId: 'r', revision, historyRevision: revision, state: 'running' }) as const

test('a run that changes all the time is told about ten times a second, and the last change is never lost', async () => {
  const clock = createFakeClock()
  const feed = createChangeFeed(clock)
  const events: ChangeEvent[] = []
  feed.listen((event) => events.push(event))
  for (let i = 0; i < 1000; i++) {
    feed.runChanged(run(i), [i === 500 ? 'meta' : 'history'])
    await clock.advance(1)
  }
  await clock.advance(1000)
  expect(events.length).toBeGreaterThanOrEqual(10)
  expect(events.length).toBeLessThanOrEqual(12)
  expect(events.at(-1)).toMatchObject({ type: 'run', revision: 999 })
  expect(events.some((event) => event.type === 'run' && event.changed.includes('meta'))).toBe(true)
  expect(clock.timerCount).toBe(0)
})

test('different runs do not wait for each other', () => {
  const feed = createChangeFeed(createFakeClock())
  const events: ChangeEvent[] = []
  feed.listen((event) => events.push(event))
  for (let id = 0; id < 50; id++) feed.runChanged({ ...run(1), id }, ['history'])
  expect(events).toHaveLength(50)
})

test('what was missed is told again as long as it is remembered', () => {
  const feed = createChangeFeed(createFakeClock())
  for (let i = 0; i < 10; i++) feed.projectChanged('e', `p${i}`)
  expect(feed.since(feed.lastId)).toEqual([])
  expect(feed.since(feed.lastId - 2)).toMatchObject([{ project: 'p8' }, { project: 'p9' }])
  expect(feed.since(0)).toHaveLength(10)
  expect(feed.since(feed.lastId + 1)).toBeUndefined()
  for (let i = 0; i < 5000; i++) feed.projectChanged('e', 'p')
  expect(feed.since(3)).toBeUndefined()
})

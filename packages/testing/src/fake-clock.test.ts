import { expect, test } from 'vitest'
import { createFakeClock } from './fake-clock.ts'

test('timers run in order of time, also those started by others', async () => {
  const clock = createFakeClock(1000)
  const calls: string[] = []
  const note = (name: string): void => void calls.push(`${name}@${clock.now()}`)
  clock.setTimeout(() => note('late'), 50)
  clock.setTimeout(() => {
    note('early')
    clock.setTimeout(() => note('between'), 20)
  }, 10)
  clock.setTimeout(() => note('never'), 100)

  await clock.advance(60)
  expect(calls).toEqual(['early@1010', 'between@1030', 'late@1050'])
  expect(clock.now()).toBe(1060)
  expect(clock.timerCount).toBe(1)
})

test('a cleared timer does not run', async () => {
  const clock = createFakeClock(0)
  const timer = clock.setTimeout(() => expect.unreachable(), 5)
  clock.clearTimeout(timer)
  await clock.advance(10)
  expect(clock.timerCount).toBe(0)
})

test('what waits for a promise after a timer runs before time moves on', async () => {
  const clock = createFakeClock(0)
  const times: number[] = []
  const wait = (ms: number): Promise<void> => new Promise((resolve) => void clock.setTimeout(resolve, ms))
  const loop = (async () => {
    for (let i = 0; i < 3; i++) {
      await wait(10)
      times.push(clock.now())
    }
  })()
  await clock.advance(30)
  await loop
  expect(times).toEqual([10, 20, 30])
})

test('a clock does not go back', async () => {
  await expect(createFakeClock().advance(-1)).rejects.toThrow(RangeError)
})

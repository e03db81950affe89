import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRefreshClock } from './refresh-clock.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A page whose frames come every 10 ms, and in which painting takes a while. */
function createPage({ intervalMs = 250, paintMs = 0 } = {}) {
  return createRefreshClock({
    intervalMs: () => intervalMs,
    nextFrame: (task) => void setTimeout(task, 10),
    afterPaint: (task) => void setTimeout(task, paintMs),
    now: () => Date.now(),
  })
}

test('after a rest a task runs in the next frame; those that come meanwhile run together when the interval is over', () => {
  const clock = createPage()
  const beats: number[] = []
  const beginMs = Date.now()
  const ask = (): void => void clock.onBeat(() => beats.push(Date.now() - beginMs))
  ask()
  ask()
  vi.advanceTimersByTime(50)
  expect(beats).toEqual([10, 10])
  ask()
  vi.advanceTimersByTime(50)
  ask()
  vi.advanceTimersByTime(1000)
  expect(beats).toEqual([10, 10, 270, 270])
})

test('what was taken back does not run', () => {
  const clock = createPage()
  const run = vi.fn()
  clock.onBeat(run)()
  vi.advanceTimersByTime(1000)
  expect(run).not.toHaveBeenCalled()
})

test('drawing takes a sixteenth of the time at most, and happens once a second at least', () => {
  const countIn4s = (paintMs: number): number => {
    const clock = createPage({ paintMs })
    let count = 0
    const refresh = (): void => {
      count++
      clock.inFrame(() => void clock.onBeat(refresh))
    }
    clock.onBeat(refresh)
    vi.advanceTimersByTime(4000)
    vi.clearAllTimers()
    return count
  }
  expect(countIn4s(0)).toBeGreaterThanOrEqual(13)
  expect(countIn4s(40)).toBeGreaterThanOrEqual(5)
  expect(countIn4s(40)).toBeLessThanOrEqual(7)
  expect(countIn4s(5000)).toBeGreaterThanOrEqual(4)
})

test('what is drawn in one frame is drawn together', () => {
  const clock = createPage()
  const drawn: string[] = []
  clock.inFrame(() => drawn.push('a'))
  vi.advanceTimersByTime(5)
  clock.inFrame(() => drawn.push('b'))
  vi.advanceTimersByTime(5)
  expect(drawn).toEqual(['a', 'b'])
})

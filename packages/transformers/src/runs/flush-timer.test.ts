import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFlushTimer } from './flush-timer.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a flush comes a second after it was asked for, once, and later each time', () => {
  const flush = vi.fn()
  const timer = createFlushTimer(flush)
  timer.start()
  vi.advanceTimersByTime(600)
  timer.start()
  vi.advanceTimersByTime(400)
  expect(flush).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(60_000)
  expect(flush).toHaveBeenCalledTimes(1)
  timer.start()
  vi.advanceTimersByTime(1_999)
  expect(flush).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1)
  expect(flush).toHaveBeenCalledTimes(2)
})

test('a flush that was done otherwise does not come', () => {
  const flush = vi.fn()
  const timer = createFlushTimer(flush)
  timer.start()
  timer.stop()
  timer.stop()
  vi.advanceTimersByTime(60_000)
  expect(flush).not.toHaveBeenCalled()
})

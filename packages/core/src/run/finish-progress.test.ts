import { expect, test, vi } from 'vitest'
import { openFinishProgress } from './finish-progress.ts'

const unsent = {
  rowCount: 1200,
  fileCount: 1,
  artifactCount: 0,
  bytes: 2_100_000,
  files: [],
  artifacts: [],
  isAtLeast: false,
}
const uploaded = { fileCount: 0, artifactCount: 0, bytes: 0 }

function every(intervalMs: number, action: () => void): () => void {
  const timer = setInterval(action, intervalMs)
  return () => clearInterval(timer)
}

test('without a terminal there is a line every ten seconds, and none of a short wait', () => {
  vi.useFakeTimers()
  const lines: string[] = []
  const progress = openFinishProgress({
    terminal: undefined,
    timeoutMs: 60_000,
    every,
    printLine: (line) => lines.push(line),
  })
  vi.advanceTimersByTime(9999)
  expect(lines).toEqual([])
  vi.advanceTimersByTime(1)
  progress.update({ unsent, uploaded })
  vi.advanceTimersByTime(10_000)
  progress.close()
  vi.advanceTimersByTime(60_000)
  vi.useRealTimers()
  expect(lines).toEqual(['waiting for the server, 50 s left', 'sending: 1,200 rows, 1 file (2.1 MB) to go, 40 s left'])
})

test('on a terminal one line is redrawn, never longer than the terminal is wide, and taken away', () => {
  vi.useFakeTimers()
  const drawn: string[] = []
  const terminal = { columns: 40, redraw: (line: string) => drawn.push(line) }
  const progress = openFinishProgress({ terminal, timeoutMs: 5000, every, printLine() {} })
  vi.advanceTimersByTime(250)
  expect(drawn).toEqual([])
  vi.advanceTimersByTime(1000)
  progress.close()
  vi.useRealTimers()
  expect(drawn.length).toBeGreaterThan(2)
  expect(drawn[0]).toBe('lossline: waiting for the server, 5 s …')
  expect(drawn.every((line) => line.length < 40)).toBe(true)
  expect(drawn.at(-1)).toBe('')
})

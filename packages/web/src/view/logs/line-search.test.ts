import type { LogLine, LogSearchResponse } from '@lossline/protocol'
import { expect, test, vi } from 'vitest'
import { createLineSearch, type FetchLines } from './line-search.ts'

const line = (number: number): LogLine => ({ number, timestamp: null, level: 'info', text: `line ${number}` })

/** A server with lines, of which it looks at 500 at a time and finds every tenth. */
function serverWith(lineCount: () => number): FetchLines {
  return async ({ from, limit }): Promise<LogSearchResponse> => {
    const end = Math.min(from + 500, lineCount())
    const found: LogLine[] = []
    for (let number = from; number < end; number++) {
      if (number % 10 !== 0) continue
      found.push(line(number))
      if (found.length === limit) return { lines: found, nextFrom: number + 1, lineCount: lineCount() }
    }
    return { lines: found, nextFrom: end < lineCount() ? end : null, lineCount: lineCount() }
  }
}
const numbers = (lines: readonly LogLine[]): number[] => lines.map(({ number }) => number)

test('finds everything part by part, and goes on when there is more', async () => {
  let count = 1200
  const search = createLineSearch(
    serverWith(() => count),
    1000,
  )
  search.goOn(1200)
  await vi.waitFor(() => expect(search.state.get().phase).toBe('done'))
  expect(search.state.get().lines).toHaveLength(120)
  count = 1300
  search.goOn(1300)
  await vi.waitFor(() => expect(search.state.get().lines).toHaveLength(130))
  expect(new Set(numbers(search.state.get().lines)).size).toBe(130)
})

test('pauses when it has found its fill, until more is wanted', async () => {
  const search = createLineSearch(
    serverWith(() => 1000),
    30,
  )
  search.goOn(1000)
  await vi.waitFor(() => expect(search.state.get().phase).toBe('full'))
  expect(search.state.get().lines).toHaveLength(30)
  search.findMore()
  await vi.waitFor(() => expect(search.state.get().lines).toHaveLength(60))
})

test('keeps what it has when the server fails, and tries again from there', async () => {
  const fetchLines = serverWith(() => 2000)
  let isAway = false
  const search = createLineSearch(async (part, signal) => {
    if (isAway) throw new Error('away')
    isAway = part.from === 500
    return fetchLines(part, signal)
  }, 1000)
  search.goOn(2000)
  await vi.waitFor(() => expect(search.state.get().phase).toBe('failed'))
  const before = search.state.get().lines.length
  expect(before).toBeGreaterThan(0)
  isAway = false
  search.goOn(2000)
  await vi.waitFor(() => expect(search.state.get().lines).toHaveLength(200))
})

test('a run that lost lines meanwhile ends the search, instead of being asked for ever', async () => {
  let askedCount = 0
  const search = createLineSearch(async () => {
    askedCount += 1
    return { lines: [], nextFrom: null, lineCount: 10 }
  }, 100)
  search.goOn(500)
  await vi.waitFor(() => expect(search.state.get()).toMatchObject({ phase: 'done', searchedCount: 10 }))
  expect(askedCount).toBe(1)
})

test('a closed search says nothing any more', async () => {
  const search = createLineSearch(async (_, signal) => {
    signal.throwIfAborted()
    await Promise.resolve()
    signal.throwIfAborted()
    throw new Error('not reached')
  }, 10)
  search.goOn(10)
  search.close()
  await Promise.resolve()
  expect(search.state.get()).toMatchObject({ phase: 'searching', lines: [] })
})

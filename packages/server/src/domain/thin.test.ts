import { expect, test } from 'vitest'
import { createThinner, thin } from './thin.ts'

function thinned(length: number, count: number): number[] {
  const thinner = createThinner<number>(count)
  let last: number | undefined
  for (let i = 0; i < length; i++) {
    const isKept = thinner.isNextKept()
    if (isKept) thinner.keep(i)
    last = isKept ? undefined : i
  }
  return thinner.finish(last)
}

test('a short list is thinned as if its length were known', () => {
  for (const [length, count] of [
    [0, 5],
    [5, 5],
    [21_000, 500],
    [1_000, 999],
  ] as const) {
    expect(thinned(length, count)).toEqual(
      thin(
        Array.from({ length }, (_, i) => i),
        count,
      ),
    )
  }
})

test('of a long list first and last stay, and the distances are nearly even', () => {
  for (const length of [21_001, 21_002, 50_000, 123_457, 1_000_000]) {
    const kept = thinned(length, 500)
    expect(kept).toHaveLength(500)
    expect([kept[0], kept.at(-1)]).toEqual([0, length - 1])
    const distances = kept.slice(1).map((value, i) => value - kept[i]!)
    const mean = (length - 1) / 499
    expect(Math.max(...distances)).toBeLessThan(mean * 1.1 + 1)
    expect(Math.min(...distances)).toBeGreaterThan(mean * 0.9 - 1)
  }
})

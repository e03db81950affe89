import { expect, test } from 'vitest'
import { createSmoothingRanges, rangeKey } from './smoothing-ranges.ts'

test('the range that the server smooths by is known for each axis of a project, and fixed ones say nothing', () => {
  const ranges = createSmoothingRanges()
  const at = { entity: 'e', project: 'p', x: { kind: 'step' } } as const
  ranges.note({ ...at, smoothing: { kind: 'time-weighted-ema', weight: 0.5 } }, 1024)
  ranges.note({ ...at, smoothing: { kind: 'time-weighted-ema', weight: 0.5, range: 8 } }, 8)
  ranges.note({ ...at, x: { kind: 'wall' }, smoothing: { kind: 'time-weighted-ema', weight: 0.5 } }, 4096)
  const known = ranges.store.get()
  expect(known.get(rangeKey(at, { kind: 'step' }))).toBe(1024)
  expect(known.get(rangeKey(at, { kind: 'wall' }))).toBe(4096)
  expect(known.get(rangeKey({ ...at, project: 'q' }, { kind: 'step' }))).toBeUndefined()
  ranges.note({ ...at, smoothing: { kind: 'time-weighted-ema', weight: 0.7 } }, 1024)
  expect(ranges.store.get()).toBe(known)
})

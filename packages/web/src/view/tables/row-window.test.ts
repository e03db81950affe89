import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type RowList, rowWindow, scrollTopFor } from './row-window.ts'

const anyList: fc.Arbitrary<RowList> = fc
  .record({
    rowCount: fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 5_000_000 })),
    rowHeight: fc.constantFrom(32, 76, 180),
    viewHeight: fc.integer({ min: 100, max: 2000 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ part, ...list }) => {
    const { height } = rowWindow({ ...list, scrollTop: 0 })
    return { ...list, scrollTop: Math.max(0, height - list.viewHeight) * part }
  })

test('what is seen is covered with rows, and little else is drawn', () => {
  fc.assert(
    fc.property(anyList, (list) => {
      const { rowHeight, rowCount, scrollTop, viewHeight } = list
      const { first, last, height, topOf } = rowWindow(list)
      expect(height).toBeLessThanOrEqual(16_000_000)
      expect(first).toBeGreaterThanOrEqual(0)
      expect(last).toBeLessThan(rowCount)
      expect(last - first).toBeLessThanOrEqual(viewHeight / rowHeight + 16)
      if (first > 0) expect(topOf(first)).toBeLessThanOrEqual(scrollTop)
      if (last < rowCount - 1) expect(topOf(last) + rowHeight).toBeGreaterThanOrEqual(scrollTop + viewHeight)
      expect(topOf(first + 1) - topOf(first)).toBeCloseTo(rowHeight, 3)
    }),
    { interruptAfterTimeLimit: 2000 },
  )
})

test('any row can be scrolled to, the first and the last of millions too', () => {
  fc.assert(
    fc.property(anyList, fc.double({ min: 0, max: 1, noNaN: true }), (list, part) => {
      for (const row of [0, list.rowCount - 1, Math.floor(part * (list.rowCount - 1))]) {
        const scrollTop = scrollTopFor(row, list)
        const { topOf, height } = rowWindow({ ...list, scrollTop })
        expect(scrollTop).toBeGreaterThanOrEqual(0)
        expect(scrollTop).toBeLessThanOrEqual(Math.max(0, height - list.viewHeight) + 0.01)
        if (list.rowHeight > list.viewHeight) continue
        expect(topOf(row)).toBeGreaterThanOrEqual(scrollTop - 0.01)
        expect(topOf(row) + list.rowHeight).toBeLessThanOrEqual(scrollTop + list.viewHeight + 0.01)
        // Nothing moves where nothing has to.
        expect(scrollTopFor(row, { ...list, scrollTop })).toBeCloseTo(scrollTop, 3)
      }
    }),
    { interruptAfterTimeLimit: 2000 },
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitPictures } from './fit-pictures.ts'

test('one picture fills the screen, several share it as they fit best', () => {
  const room = { width: 1200, height: 800 }
  expect(fitPictures(1, 1, room)).toEqual({ height: 736, columns: 1 })
  expect(fitPictures(2, 1, room)).toEqual({ height: 572, columns: 2 })
  expect(fitPictures(4, 1, room)).toEqual({ height: 336, columns: 2 })
  expect(fitPictures(2, 8, room).columns).toBe(1)
  expect(fitPictures(6, 1, room, 6)).toEqual({ height: 172, columns: 6 })
})

test('all pictures are in sight, however many', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 60 }),
      fc.double({ min: 0.2, max: 5, noNaN: true }),
      fc.integer({ min: 0, max: 3000 }),
      fc.integer({ min: 0, max: 3000 }),
      (count, ratio, width, height) => {
        const found = fitPictures(count, ratio, { width, height })
        expect(found.columns).toBeGreaterThan(0)
        if (found.height === 0) return
        expect(found.height * ratio * found.columns).toBeLessThanOrEqual(width)
        expect(found.height * Math.ceil(count / found.columns)).toBeLessThanOrEqual(height)
      },
    ),
  )
})

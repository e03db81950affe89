import { expect, test } from 'vitest'
import { wheelPixels } from './wheel-pixels.ts'

test('wheels turn by pixels, lines or pages', () => {
  expect([0, 1, 2].map((deltaMode) => wheelPixels({ deltaY: -3, deltaMode }, 500))).toEqual([-3, -48, -1500])
})

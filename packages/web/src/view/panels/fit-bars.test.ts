import { expect, test } from 'vitest'
import { fitBars } from './fit-bars.ts'

const sizes = { usual: 28, least: 16, line: 28 }

test('bars grow thinner so that all are in sight, and are no thicker than usual', () => {
  expect(fitBars(3, 216, sizes)).toEqual({ rowHeight: 28, shownCount: 3 })
  expect(fitBars(9, 216, sizes)).toEqual({ rowHeight: 24, shownCount: 9 })
  expect(fitBars(13, 216, sizes)).toEqual({ rowHeight: 16, shownCount: 13 })
  expect(fitBars(0, 216, sizes)).toEqual({ rowHeight: 28, shownCount: 0 })
})

test('where they would be too thin the first are shown, with room for what says so', () => {
  expect(fitBars(14, 216, sizes)).toEqual({ rowHeight: 16, shownCount: 11 })
  expect(fitBars(60, 30, sizes)).toEqual({ rowHeight: 16, shownCount: 1 })
})

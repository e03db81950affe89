import { expect, test } from 'vitest'
import { fitToolbar, type ToolbarContent, viewControlsWidth } from './toolbar-layout.ts'

const other = ({ hasWords }: { readonly hasWords: boolean }): number => (hasWords ? 500 : 310)
const plain: ToolbarContent = {
  x: { long: 'Automatic', short: 'Automatic' },
  smoothing: 'No smoothing',
  amount: undefined,
  hasGroup: false,
}
const amount = { long: 'half-life ≈ 120 steps', short: '≈ 120 steps' }
const smooth: ToolbarContent = { ...plain, smoothing: 'Time-weighted EMA', amount }
const inMenu = (width: number, texts = plain): readonly string[] =>
  Object.entries(fitToolbar(width, other, texts)).flatMap(([key, is]) => (is === true ? [key] : []))

test('words go first, then one control after another goes into the menu', () => {
  expect(inMenu(1264)).toEqual(['hasWords'])
  expect(inMenu(944)).toEqual([])
  // A slider, and what it means, need room too.
  expect(inMenu(1490, smooth)).toEqual(['hasWords'])
  expect(inMenu(1264, smooth)).toEqual([])
  expect(inMenu(1100, smooth)).toEqual([])
  expect(inMenu(1000, smooth)).toEqual(['areTogglesInMenu'])
  expect(inMenu(800, smooth)).toEqual(['isSmoothingInMenu'])
  expect(inMenu(688)).toEqual(['isSmoothingInMenu', 'areTogglesInMenu'])
  expect(inMenu(390)).toEqual(['isSmoothingInMenu', 'areTogglesInMenu', 'isXAxisInMenu'])
  expect(inMenu(0)).toEqual(inMenu(390))
})

test('what can be done about the save state needs room, and the button for groups does', () => {
  const of = (hasChoices: boolean) => (layout: { readonly hasWords: boolean }) =>
    viewControlsWidth(layout, { hasChoices, pageWidth: 1400 })
  const isWordy = (width: number, hasChoices: boolean, hasGroup: boolean) =>
    fitToolbar(width, of(hasChoices), { ...plain, hasGroup }).hasWords
  expect([isWordy(1264, false, true), isWordy(1264, true, true), isWordy(1350, true, false)]).toEqual([
    true,
    false,
    true,
  ])
  expect([isWordy(1160, false, false), isWordy(1160, false, true)]).toEqual([true, false])
  // A page of 1,280 pixels with the list of runs beside the charts.
  expect(fitToolbar(944, of(false), { ...plain, hasGroup: true }).isSmoothingInMenu).toBe(false)
  expect(viewControlsWidth({ hasWords: false }, { hasChoices: false, pageWidth: 390 })).toBeLessThan(200)
})

test('a longer choice takes its room from what comes after it', () => {
  expect(inMenu(880, plain)).toEqual([])
  expect(inMenu(880, { ...plain, x: { long: 'Relative time (process)', short: 'Relative (wall)' } })).toEqual([
    'isSmoothingInMenu',
  ])
})

import { expect, test } from 'vitest'
import { filterToggles, isToggleOn, withToggle } from './filter-toggles.ts'

test('usual conditions are added to a filter and taken away again', () => {
  const [mine, crashed, archived] = filterToggles('ana b')
  expect(mine?.label).toBe('Only mine')
  expect(withToggle('', mine!)).toBe('user = "ana b"')
  expect(withToggle('loss < 1 or lr = 2', crashed!)).toBe('(loss < 1 or lr = 2) and state != crashed')
  expect(withToggle('loss < 1 and state != crashed', crashed!)).toBe('loss < 1')
  expect(withToggle('state != crashed', archived!)).toBe('state != crashed and not tags has archived')
  expect(isToggleOn('not tags has archived', archived!)).toBe(true)
  expect(isToggleOn('a = 1 and user = "ana b"', mine!)).toBe(true)
  expect(isToggleOn('user = "ana b" or a = 1', mine!)).toBe(false)
})

test('a filter that cannot be read stays as it is, and nobody is "me" without accounts', () => {
  const toggles = filterToggles(undefined)
  expect(toggles.map(({ label }) => label)).toEqual(['Hide crashed', 'Hide archived'])
  const [crashed] = toggles
  expect(isToggleOn('loss <', crashed!)).toBeUndefined()
  expect(withToggle('loss <', crashed!)).toBe('loss <')
})

import { expect, test } from 'vitest'
import { defaultViewState } from '../address/url-state.ts'
import { defaultOption, defaultSetting, isDefaultOption, isDefaultSetting } from './setting-defaults.ts'
import { emptyWorkspace } from './workspace.ts'

test('settings of a workspace say whether somebody has chosen them, and go back to what nobody has', () => {
  const changed = { ...emptyWorkspace, isAutomatic: false, sectionBy: 'last' as const }
  expect(isDefaultSetting(emptyWorkspace, 'sectionBy')).toBe(true)
  expect([isDefaultSetting(changed, 'isAutomatic'), isDefaultSetting(changed, 'isSorted')]).toEqual([false, true])
  expect(isDefaultSetting({ ...changed, ...defaultSetting('isAutomatic') }, 'isAutomatic')).toBe(true)
  expect({ ...changed, ...defaultSetting('isAutomatic') }.sectionBy).toBe('last')
})

test('options of charts do', () => {
  const changed = { ...defaultViewState, showsMarks: false, tooltipOrder: 'name' as const }
  expect([isDefaultOption(changed, 'showsMarks'), isDefaultOption(changed, 'showsBest')]).toEqual([false, true])
  const back = { ...changed, ...defaultOption('showsMarks'), ...defaultOption('tooltipOrder') }
  expect(back).toEqual(defaultViewState)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { settingsFileLayer } from './resolve-settings.ts'
import { setSettingsValue } from './settings-text.ts'

test('a value is set, replaced and removed, and nothing else changes', () => {
  const file = '# mine\n[default]\nproject = digits\n; more\n\n[other]\nbase_url = no\n'
  const set = setSettingsValue(file, 'base_url', 'http://h')
  expect(set).toBe('# mine\n[default]\nproject = digits\n; more\nbase_url = http://h\n\n[other]\nbase_url = no\n')
  expect(setSettingsValue(set, 'base_url', 'http://i')).toBe(set.replace('http://h', 'http://i'))
  expect(setSettingsValue(set, 'base_url', undefined)).toBe(file)
  expect(setSettingsValue('', 'base_url', 'x')).toBe('[default]\nbase_url = x\n')
  expect(setSettingsValue('', 'base_url', undefined)).toBe('')
  expect(setSettingsValue('base_url=a\nBASE_URL: b\n', 'base_url', 'c')).toBe('base_url = c\n')
})

test('what was set is read back, whatever the file holds', () => {
  const line = fc.constantFrom(
    '',
    '# c',
    '[default]',
    '[other]',
    'base_url = old',
    'project = p',
    '; base_url = x',
    'nonsense',
  )
  fc.assert(
    fc.property(fc.array(line), fc.option(fc.constantFrom('http://a', 'http://b')), (lines, value) => {
      const text = setSettingsValue(lines.join('\n'), 'base_url', value ?? undefined)
      expect(settingsFileLayer('f', text).values.baseUrl).toBe(value ?? undefined)
    }),
  )
})

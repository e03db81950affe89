import { expect, test } from 'vitest'
import { parseSearchText, stringifySearchText } from './search-text.ts'

test('a key without a value is not written', () => {
  expect(stringifySearchText({ panel: undefined, q: 'a b' })).toBe('?q=a+b')
  expect(stringifySearchText({ panel: undefined })).toBe('')
  expect(stringifySearchText({ q: '' })).toBe('?q=')
  expect(parseSearchText(stringifySearchText({ q: 'a & b=%' }))).toEqual({ q: 'a & b=%' })
})

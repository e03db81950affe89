import { expect, test } from 'vitest'
import { parseAgeSeconds, parseCount, parseSeconds } from './parse-numbers.ts'

test.each([
  ['parseCount', parseCount, ['1', '64'], ['0', '-1', '1.5', '1e3', '', ' ', 'x', 'Infinity']],
  ['parseSeconds', parseSeconds, ['1', '0.5', '1e3'], ['0', '-1', '', ' ', 'x', 'Infinity', 'NaN']],
  ['parseAgeSeconds', parseAgeSeconds, ['0', '0.5'], ['-1', '', ' ', 'x', 'Infinity', 'NaN']],
] as const)('%s takes such numbers and no others', (_, parse, taken, refused) => {
  for (const text of taken) expect(parse(text)).toBe(Number(text))
  for (const text of refused) expect(() => parse(text), text).toThrow('Pass a')
})

import { expect, test } from 'vitest'
import { toByteText } from './byte-text.ts'

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [999_949, '999.9 kB'],
  [999_950, '1.0 MB'],
  [2.5e9, '2.5 GB'],
  [3e15, '3000.0 TB'],
])('%d bytes are %s', (byteCount, text) => {
  expect(toByteText(byteCount)).toBe(text)
})

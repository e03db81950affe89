import { describe, expect, test } from 'vitest'
import { parseAnsi, stripAnsi } from './ansi.ts'

const plain = { color: undefined, background: undefined, isBold: false, isItalic: false, isUnderlined: false }

test('terminal colours are read and other commands dropped', () => {
  expect(parseAnsi('plain')).toEqual([{ ...plain, text: 'plain' }])
  expect(
    parseAnsi('\u001b[1;31merror\u001b[0m: \u001b[3;4;103mx\u001b[2K\u001b]0;title\u0007y\u001b[23;24;49mz'),
  ).toEqual([
    { ...plain, text: 'error', color: 1, isBold: true },
    { ...plain, text: ': ' },
    { ...plain, text: 'x', background: 11, isItalic: true, isUnderlined: true },
    { ...plain, text: 'y', background: 11, isItalic: true, isUnderlined: true },
    { ...plain, text: 'z' },
  ])
})

describe('of more colours the nearest of the 16 is taken', () => {
  test.each([
    ['38;5;9', 9],
    ['38;5;196', 9],
    ['38;5;28', 2],
    ['38;5;233', 0],
    ['38;5;244', 8],
    ['38;5;255', 7],
    ['38;2;0;0;250', 12],
    ['38;2;255;255;255', 15],
    ['38;5;999', undefined],
    ['38;2;1', undefined],
    ['38', undefined],
  ])('%s', (codes, color) => {
    expect(parseAnsi(`\u001b[${codes}mx`)).toEqual([{ ...plain, text: 'x', color }])
    expect(parseAnsi(`\u001b[4${codes.slice(1)}mx`)).toEqual([{ ...plain, text: 'x', background: color }])
  })

  test('what comes after one is read on', () => {
    expect(parseAnsi('\u001b[38;5;9;1mx')).toEqual([{ ...plain, text: 'x', color: 9, isBold: true }])
    expect(parseAnsi('\u001b[48;2;0;0;255;3mx')).toEqual([{ ...plain, text: 'x', background: 12, isItalic: true }])
  })
})

test('a line without its commands is what its pieces say', () => {
  const line = '\u001b[1;31merror\u001b[0m: \u001b[2Kx'
  expect(stripAnsi(line)).toBe('error: x')
  expect(stripAnsi(line)).toBe(
    parseAnsi(line)
      .map(({ text }) => text)
      .join(''),
  )
})

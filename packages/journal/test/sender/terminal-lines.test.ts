import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTerminalLines } from '../../src/sender/terminal-lines.ts'

function show(...pieces: readonly string[]): string[] {
  const lines: string[] = []
  let count = 0
  const terminal = createTerminalLines(
    () => count++,
    ({ number, text }) => {
      lines[number] = text
    },
  )
  for (const piece of pieces) terminal.write(piece, 0)
  return lines
}

test.each([
  ['lines', 'a\nb\n', ['a', 'b']],
  ['a line without end', 'a\nb', ['a', 'b']],
  ['empty lines', '\n\na\n', ['', '', 'a']],
  ['Windows line ends', 'a\r\nb\r\n', ['a', 'b']],
  ['a progress bar', '\r10%\r50%\r100%\ndone\n', ['100%', 'done']],
  ['a shorter text over a longer one', 'abcdef\rxy', ['xycdef']],
  ['erasing to the end of the line', 'abcdef\r\x1b[Kxy', ['xy']],
  ['erasing the whole line', 'abc\x1b[2K\rx', ['x']],
  ['erasing to the cursor', 'abcd\x1b[2D\x1b[1K', ['   d']],
  ['colours', '\x1b[1;31mred\x1b[0m', ['red']],
  ['a backspace', 'ab\bc', ['ac']],
  ['a tab', 'a\tb', ['a       b']],
  ['a bell', 'a\x07b', ['ab']],
  ['a window title', '\x1b]0;title\x07a\x1b]0;title\x1b\\b', ['ab']],
  ['going up', 'one\ntwo\n\x1b[2A1\x1b[2B\rthree', ['1ne', 'two', 'three']],
  ['moving right and to a column', 'a\x1b[3Cb\x1b[2Gc', ['ac  b']],
  ['other alphabets', 'größe 日本 🚀\n', ['größe 日本 🚀']],
  ['a long line', 'x'.repeat(5000), ['x'.repeat(4096)]],
])('%s', (_name, text, lines) => {
  expect(show(text)).toEqual(lines)
})

test('two bars below each other, as progress libraries draw them', () => {
  const frame = (a: number, b: number) => `A ${a}%\nB ${b}%\n\x1b[2A`
  expect(show(frame(1, 2), frame(50, 60), frame(100, 100), '\x1b[2Bend\n')).toEqual(['A 100%', 'B 100%', 'end'])
})

test('lines far above stay as they are', () => {
  const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`)
  expect(show(`${lines.join('\n')}\n\x1b[99AX`)).toEqual([...lines.slice(0, 69), 'Xine 69', ...lines.slice(70)])
})

describe('any text', () => {
  const piece = fc.constantFrom(
    'a',
    'bc',
    '\n',
    '\r',
    '\b',
    '\t',
    '\x1b[A',
    '\x1b[2K',
    '\x1b[31m',
    '\x1b]0;t\x07',
    '\x1b7',
    '日',
  )

  test('cut anywhere gives the same lines', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.array(fc.nat(80), { maxLength: 10 }), (parts, cuts) => {
        const text = parts.join('')
        const at = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length]
        const pieces = at.slice(1).map((end, index) => text.slice(at[index], end))
        expect(show(...pieces)).toEqual(show(text))
      }),
      { numRuns: 500 },
    )
  })
})

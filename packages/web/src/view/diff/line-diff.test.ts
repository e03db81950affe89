import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DiffLine, diffLines, foldDiff, pairLines } from './line-diff.ts'

const show = (lines: readonly DiffLine[]): string =>
  lines.map(({ kind, text }) => `${kind === 'same' ? ' ' : kind === 'added' ? '+' : '-'}${text}`).join('\n')

test('a changed line is removed and added, the others stay', () => {
  const diff = diffLines('a\nb\nc\nd\n', 'a\nB\nc\nd\ne\n')
  expect(show(diff.lines)).toBe(' a\n-b\n+B\n c\n d\n+e')
  expect(diff).toMatchObject({ addedCount: 2, removedCount: 1, isShortest: true })
  expect(diff.lines.map(({ before, after }) => [before, after])).toEqual([
    [1, 1],
    [2, undefined],
    [undefined, 2],
    [3, 3],
    [4, 4],
    [undefined, 5],
  ])
})

test('the lines of each text are all there in order, and no shorter way exists', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
  fc.assert(
    fc.property(text, text, (a, b) => {
      const { lines, addedCount, removedCount } = diffLines(toText(a), toText(b))
      expect(lines.filter(({ kind }) => kind !== 'added').map((line) => line.text)).toEqual(a)
      expect(lines.filter(({ kind }) => kind !== 'removed').map((line) => line.text)).toEqual(b)
      expect(addedCount + removedCount).toBe(a.length + b.length - 2 * commonLength(a, b))
      expect(foldDiff(lines, 1).flatMap((part) => part.lines)).toEqual(lines)
      const pairs = pairLines(lines)
      expect(pairs.flatMap(({ left }) => left?.text ?? [])).toEqual(a)
      expect(pairs.flatMap(({ right }) => right?.text ?? [])).toEqual(b)
    }),
  )
})

test('texts that have little in common are told whole, and quickly', () => {
  const many = (name: string): string => Array.from({ length: 20_000 }, (_, i) => `${name} ${i}`).join('\n')
  const diff = diffLines(`head\n${many('a')}\ntail`, `head\n${many('b')}\ntail`)
  expect(diff).toMatchObject({ isShortest: false, addedCount: 20_000, removedCount: 20_000 })
  expect(diff.lines[0]?.kind).toBe('same')
  expect(diff.lines.at(-1)?.kind).toBe('same')
})

test('equal lines away from changes are folded', () => {
  const before = Array.from({ length: 30 }, (_, i) => `line ${i}`)
  const after = before.with(15, 'changed')
  const parts = foldDiff(diffLines(before.join('\n'), after.join('\n')).lines)
  expect(parts.map(({ isFolded, lines }) => [isFolded, lines.length])).toEqual([
    [true, 12],
    [false, 8],
    [true, 11],
  ])
})

const toText = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')

function commonLength(a: readonly string[], b: readonly string[]): number {
  const rows = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const [row, above] = [rows[i] as number[], rows[i - 1] as number[]]
      row[j] = a[i - 1] === b[j - 1] ? (above[j - 1] ?? 0) + 1 : Math.max(above[j] ?? 0, row[j - 1] ?? 0)
    }
  }
  return rows[a.length]?.[b.length] ?? 0
}

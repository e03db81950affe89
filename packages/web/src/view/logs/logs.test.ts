import fc from 'fast-check'
import { expect, test } from 'vitest'
import { copiedLinesMax, textOfLines } from './copy-lines.ts'
import { lineTime, settleLine, toLineSpans } from './line-text.ts'
import { clampTop, isScaled, scrollHeight, topAfterKey, topMax, toScrollTop, toTop } from './line-window.ts'
import { rowOfLine, rowsAround } from './log-rows.ts'
import { filterQuery, hashOfLine, hitQuery, lineOfHash, logCodec } from './log-state.ts'

const sizes = fc.record({
  rowCount: fc.integer({ min: 0, max: 20_000_000 }),
  rowHeight: fc.constant(20),
  viewHeight: fc.integer({ min: 1, max: 3000 }),
})

test('the scroll bar reaches every row, of ten or of ten million, and finds back', () => {
  fc.assert(
    fc.property(sizes, fc.double({ min: 0, max: 1, noNaN: true }), (size, share) => {
      const top = share * topMax(size)
      expect(toTop(size, toScrollTop(size, top))).toBeCloseTo(top, 4)
      expect(scrollHeight(size)).toBeLessThanOrEqual(8_000_000)
      expect(toScrollTop(size, topMax(size))).toBeLessThanOrEqual(Math.max(0, scrollHeight(size) - size.viewHeight))
    }),
  )
  const long = { rowCount: 10_000_000, rowHeight: 20, viewHeight: 400 }
  expect(isScaled(long)).toBe(true)
  expect(toTop(long, scrollHeight(long) - 400)).toBe(9_999_980)
})

test('keys go by rows and pages however much a pixel stands for', () => {
  const size = { rowCount: 10_000_000, rowHeight: 20, viewHeight: 400 }
  expect(topAfterKey(size, 100, 'ArrowDown')).toBe(101)
  expect(topAfterKey(size, 100, 'PageUp')).toBe(81)
  expect(topAfterKey(size, 0, 'ArrowUp')).toBe(0)
  expect(topAfterKey(size, 0, 'End')).toBe(topMax(size))
  expect(topAfterKey(size, 0, 'x')).toBeUndefined()
  expect(clampTop(size, Number.MAX_VALUE)).toBe(topMax(size))
})

test('lines around hits stand once, with what is left out between them', () => {
  expect(rowsAround([5, 7], 0, 100)).toEqual([
    { kind: 'line', number: 5 },
    { kind: 'line', number: 7 },
  ])
  const rows = rowsAround([1, 3, 50, 99], 2, 100)
  const numbers = rows.flatMap((row) => (row.kind === 'line' ? [row.number] : []))
  expect(numbers).toEqual([0, 1, 2, 3, 4, 5, 48, 49, 50, 51, 52, 97, 98, 99])
  expect(rows.filter((row) => row.kind === 'gap')).toEqual([
    { kind: 'gap', lineCount: 42 },
    { kind: 'gap', lineCount: 44 },
  ])
})

test('a line has the row that shows it, or that of the next one', () => {
  const rows = rowsAround([5, 9], 1, 100)
  expect(rows[rowOfLine(rows, 9)!]).toEqual({ kind: 'line', number: 9 })
  expect(rows[rowOfLine(rows, 7)!]).toEqual({ kind: 'line', number: 8 })
  expect(rowOfLine(rows, 11)).toBeUndefined()
})

test('a line that was written over looks as on a terminal, or raw', () => {
  expect(settleLine('10%\r50%\r100%', false)).toBe('100%')
  expect(settleLine('loading 100\rdone', false)).toBe('doneing 100')
  expect(settleLine('loading 100\r\u001b[Kdone', false)).toBe('\u001b[Kdone')
  expect(settleLine('text\r', false)).toBe('text')
  expect(settleLine('10%\r50%', true)).toBe('10%␍50%')
})

test('hits are marked across colours, and nothing is lost by it', () => {
  const spansOf = (text: string, search: string) => toLineSpans({ text }, false, { search, isPattern: false })
  expect(spansOf('a \u001b[31mlo\u001b[0mss Loss', 'loss').filter((span) => span.isHit)).toMatchObject([
    { text: 'lo', color: 1 },
    { text: 'ss', color: undefined },
    { text: 'Loss', color: undefined },
  ])
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, search) => {
      expect(
        spansOf(text, search)
          .map((span) => span.text)
          .join(''),
      ).toBe(
        spansOf(text, '')
          .map((span) => span.text)
          .join(''),
      )
    }),
  )
})

test('places of a pattern are marked where the server found them, unless what is shown is another text', () => {
  const hitsOf = (text: string, isRaw: boolean) =>
    toLineSpans({ text, hits: [[2, 4]] }, isRaw, { search: '.', isPattern: true })
      .filter((span) => span.isHit)
      .map((span) => span.text)
  expect(hitsOf('a \u001b[31mlo\u001b[0mss', false)).toEqual(['lo'])
  expect(hitsOf('10%\r50%', true)).toEqual(['%␍'])
  expect(hitsOf('10%\r50%', false)).toEqual([])
})

test('lines that are shown are copied as they look, whether they are here or on the server', async () => {
  const line = (number: number) => ({ number, timestamp: null, level: 'info' as const, text: `a\r\u001b[31m${number}` })
  const asked: number[] = []
  const fetchLines = async ({ from, limit }: { readonly from: number; readonly limit: number }) => {
    asked.push(from)
    return Array.from({ length: Math.min(limit, 30_000 - from) }, (_, i) => line(from + i))
  }
  const rows = rowsAround([5, 20_000], 1, 30_000)
  const some = { rows, lineCount: 30_000, isRaw: false, known: [line(5), line(20_000)] }
  expect(await textOfLines(some, fetchLines)).toBe('4\n5\n6\n19999\n20000\n20001\n')
  expect(asked).toEqual([4, 19_999])
  const all = { rows: undefined, lineCount: 30_000, isRaw: true, known: [] }
  expect((await textOfLines(all, fetchLines)).split('\n', 2)).toEqual(['a␍0', 'a␍1'])
  expect(asked).toEqual([4, 19_999, 0, 10_000, 20_000])
  await expect(textOfLines({ ...all, lineCount: copiedLinesMax + 1 }, fetchLines)).rejects.toThrow('Download them')
})

test('times are since the start, or of the clock', () => {
  const startedAtMs = Date.UTC(2026, 4, 1, 10)
  expect(lineTime('2026-05-01T11:02:03.450000', 'relative', startedAtMs)).toBe('+1:02:03.4')
  expect(lineTime('2026-05-01T09:59:59.000Z', 'relative', startedAtMs)).toBe('-0:00:01.0')
  expect(lineTime('2026-05-01T11:02:03.450000', 'absolute', startedAtMs)).toMatch(/^\d\d:02:03\.450$/)
  expect(lineTime('rubbish', 'absolute', startedAtMs)).toBe('')
  expect(lineTime(null, 'relative', startedAtMs)).toBe('')
})

test('the address holds what is shown, and a link to a line', () => {
  const state = logCodec.parse({ q: 'loss', re: '1', show: 'stderr', label: 'rank 1', hits: '2', time: 'relative' })
  expect(logCodec.parse(logCodec.stringify(state))).toEqual(state)
  expect(logCodec.stringify(logCodec.parse({}))).toEqual({})
  expect(hitQuery(state)).toEqual({ stream: 'stderr', label: 'rank 1', text: 'loss', isPattern: true })
  expect(filterQuery(logCodec.parse({ show: 'problem' }))).toEqual({ names: 'problem' })
  expect(filterQuery(logCodec.parse({ show: 'nonsense' }))).toBeUndefined()
  expect(lineOfHash(`#${hashOfLine(1199)}`)).toBe(1199)
  expect(hashOfLine(1199)).toBe('L1200')
  expect(lineOfHash('L0')).toBeUndefined()
})

import { expect, test } from 'vitest'
import { parsePaletteQuery } from './palette-query.ts'
import { answeredFirst, namedFirst, rankByText } from './rank.ts'
import { parseRecentPicks } from './recent.ts'

const rank = (query: string, ...texts: readonly string[]): readonly string[] => rankByText(texts, query, (text) => text)

test('beginnings come before words, words before parts, parts before abbreviations; the rest is left out', () => {
  expect(rank('loss', 'glossary', 'train/loss', 'loss', 'l-o-s-s', 'accuracy')).toEqual([
    'loss',
    'train/loss',
    'glossary',
    'l-o-s-s',
  ])
})

test('what is called exactly so comes first, the rest keeps its order', () => {
  const items = ['run-12', 'run-10', 'Run-1', 'run-100']
  expect(namedFirst(items, ' run-1 ', (item) => [item])).toEqual(['Run-1', 'run-12', 'run-10', 'run-100'])
  expect(namedFirst(items, '', (item) => [item])).toBe(items)
})

test('a group whose best is called like what was typed comes before runs that are found by their notes', () => {
  const groups = ['prepare digits', 'train/loss', 'tl'].map((label) => ({
    title: label,
    items: [{ id: label, label }],
  }))
  const order = (query: string): readonly string[] => answeredFirst(groups, query).map(({ title }) => title)
  expect(order('tl')).toEqual(['tl', 'train/loss', 'prepare digits'])
  expect(order('loss')).toEqual(['train/loss', 'prepare digits', 'tl'])
})

test('letters that are only somewhere in a text are no answer', () => {
  expect(rank('owl', 'Show only this run', 'swift owl')).toEqual(['swift owl'])
  expect(rank('trlo', 'train/loss', 'tutorial')).toEqual(['train/loss'])
})

test('every word counts, in any order and case', () => {
  expect(rank('VAL acc', 'val/loss', 'acc val', 'val/accuracy')).toEqual(['acc val', 'val/accuracy'])
  expect(rank('  ', 'b', 'a')).toEqual(['b', 'a'])
})

test('a sign in front chooses what is looked for', () => {
  expect(parsePaletteQuery('>log y')).toEqual({ scope: 'commands', text: 'log y' })
  expect(parsePaletteQuery('@ owl ')).toEqual({ scope: 'runs', text: 'owl' })
  expect(parsePaletteQuery('val/loss')).toEqual({ scope: 'all', text: 'val/loss' })
})

test('of what a browser has kept, only places of this page are offered again', () => {
  const good = { id: 'run a', label: 'owl', detail: 'digits', href: '/local/digits/runs/a' }
  const foreign = { ...good, href: 'https://example.org/' }
  expect(parseRecentPicks([good, foreign, { ...good, href: '//example.org' }, null, 7, { id: 1 }])).toEqual([good])
  expect(parseRecentPicks('x')).toEqual([])
})

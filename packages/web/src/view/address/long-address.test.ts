import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLongAddresses, queryLengthMax, withKnownState } from './long-address.ts'
import type { SearchParams } from './url-state.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function createPage(query: string) {
  const kept = new Map<string, SearchParams>()
  const page = { query, shown: query, isAway: false, saved: 0 }
  const parse = (text: string): SearchParams => withKnownState(Object.fromEntries(new URLSearchParams(text)))
  const toText = (params: SearchParams): string => `?${new URLSearchParams(params)}`
  const addresses = createLongAddresses({
    async save(state) {
      if (page.isAway) throw new Error('away')
      page.saved += 1
      const hash = `h${JSON.stringify(state).length}`
      kept.set(hash, state)
      return hash
    },
    async read(hash) {
      if (page.isAway) throw new Error('away')
      return kept.get(hash)
    },
    query: () => page.query,
    goTo(params) {
      page.query = toText(params)
      page.shown = page.query
    },
    show(params) {
      page.shown = toText(params)
    },
    parse,
  })
  const rest = () => vi.advanceTimersByTimeAsync(1000)
  return { page, kept, addresses, parse, rest }
}

const long = `?r=${'abcdefgh.'.repeat(200)}&q=loss`

test('a long address is kept and shown short once it rests, and stands for the same', async () => {
  const { page, addresses, parse, rest } = createPage('?q=loss')
  addresses.settle()
  await rest()
  expect(page.shown).toBe('?q=loss')
  for (const q of ['a', 'ab', 'abc']) {
    page.query = `${long}${q}`
    addresses.settle()
  }
  await rest()
  expect(page.saved).toBe(1)
  expect(page.shown).toMatch(/^\?v=h\d+$/)
  expect(page.query).toBe(`${long}abc`)
  expect(parse(page.shown)).toEqual(parse(`${long}abc`))
  // What is said beside it holds before it.
  expect(parse(`${page.shown}&q=other`).q).toBe('other')
})

test('an address that has changed meanwhile, or cannot be kept, stays as it is', async () => {
  const { page, addresses, rest } = createPage(long)
  addresses.settle()
  page.query = '?q=short'
  page.shown = page.query
  addresses.settle()
  await rest()
  expect(page.shown).toBe('?q=short')
  page.isAway = true
  page.query = `${long}2`
  page.shown = page.query
  addresses.settle()
  await rest()
  expect(page.shown).toBe(`${long}2`)
  expect(long.length).toBeGreaterThan(queryLengthMax)
})

test('a pasted short address brings the state that it stands for; an unknown one is left alone', async () => {
  const { page, kept, addresses } = createPage('?v=pasted&x=wall')
  kept.set('pasted', { q: 'loss', r: 'none', x: 'step' })
  await addresses.open()
  expect(page.query).toBe('?q=loss&r=none&x=wall')
  for (const query of ['?v=gone', '?q=loss', '']) {
    page.query = query
    await addresses.open()
    expect(page.query).toBe(query)
  }
  page.isAway = true
  page.query = '?v=other'
  await addresses.open()
  expect(page.query).toBe('?v=other')
})

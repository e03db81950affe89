import { expect, test } from 'vitest'
import { readSearches, withSearch } from './search-history.ts'

test('ten searches are kept, the newest first, each once', () => {
  let history: readonly string[] = []
  for (const search of ['loss', 'acc', ' loss ', '', ' ']) history = withSearch(history, search)
  expect(history).toEqual(['loss', 'acc'])
  expect(withSearch(history, 'loss')).toBe(history)
  for (let i = 0; i < 12; i++) history = withSearch(history, `layer_${i}`)
  expect(history).toHaveLength(10)
  expect(history[0]).toBe('layer_11')
})

test('what a browser has kept is read, and nothing else', () => {
  expect(readSearches(['loss', 7, null])).toEqual(['loss'])
  expect(readSearches({ 0: 'loss' })).toBeUndefined()
  expect(readSearches(undefined)).toBeUndefined()
})

import { expect, test } from 'vitest'
import { formatLeaf, formatLeafInShort, toTreeRows } from './json-tree.ts'

test('a tree is searched by path and by value, with what is above a match', () => {
  const tree = { optimizer: { name: 'adam', lr: 0.01 }, layers: { layer10: 1, layer2: 2 }, tags: ['a'], empty: {} }
  const paths = (search?: string): readonly string[] => toTreeRows(tree, search).map((row) => row.path.join('.'))
  expect(paths()).toEqual([
    'empty',
    'layers',
    'layers.layer2',
    'layers.layer10',
    'optimizer',
    'optimizer.lr',
    'optimizer.name',
    'tags',
  ])
  expect(paths('ADAM')).toEqual(['optimizer', 'optimizer.name'])
  expect(paths('optim')).toEqual(['optimizer', 'optimizer.lr', 'optimizer.name'])
  expect(paths('nothing')).toEqual([])
})

test('a number is short where it is read, and whole where it is copied', () => {
  expect(formatLeafInShort(0.30000000000000004)).toBe('0.3')
  expect(formatLeafInShort(1795851442.6543)).toBe('1,795,851,443')
  expect(formatLeaf(0.30000000000000004)).toBe('0.30000000000000004')
  expect([formatLeafInShort('0.1234567890'), formatLeafInShort([0.1]), formatLeafInShort(true)]).toEqual([
    '0.1234567890',
    '[0.1]',
    'true',
  ])
})

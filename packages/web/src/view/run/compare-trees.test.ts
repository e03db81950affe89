import { expect, test } from 'vitest'
import { compareTrees } from './compare-trees.ts'

const run = { lr: 0.1, model: { layers: 3, kind: 'cnn' }, seed: 1, optimizer: { name: 'adam' }, tags: ['a'], none: {} }
const baseline = { lr: 0.2, model: { layers: 3, depth: 2 }, seed: 1, optimizer: 'adam', tags: ['a'], old: { x: null } }

const shown = (options: Parameters<typeof compareTrees>[2]) =>
  compareTrees(run, baseline, options).map(({ path, kind, value, baseline: before }) =>
    kind === undefined ? path.join('.') : [path.join('.'), kind, value, before],
  )

test('everything that one of two trees has, with how it differs', () => {
  expect(shown({ isDifferentOnly: false })).toEqual([
    ['lr', 'changed', 0.1, 0.2],
    'model',
    ['model.depth', 'removed', undefined, 2],
    ['model.kind', 'added', 'cnn', undefined],
    ['model.layers', 'same', 3, 3],
    ['none', 'added', {}, undefined],
    'old',
    ['old.x', 'removed', undefined, null],
    // A dictionary in place of a text is shown whole, so that neither is lost.
    ['optimizer', 'changed', { name: 'adam' }, 'adam'],
    ['seed', 'same', 1, 1],
    ['tags', 'same', ['a'], ['a']],
  ])
})

test('only what differs, with the dictionaries above it; words are looked for in both', () => {
  expect(shown({ isDifferentOnly: true }).map((row) => (typeof row === 'string' ? row : row[0]))).toEqual([
    ...['lr', 'model', 'model.depth', 'model.kind', 'none', 'old', 'old.x', 'optimizer'],
  ])
  expect(shown({ isDifferentOnly: false, search: '0.2' })).toEqual([['lr', 'changed', 0.1, 0.2]])
  expect(shown({ isDifferentOnly: true, search: 'model' })).toHaveLength(3)
  expect(compareTrees(run, run, { isDifferentOnly: true })).toEqual([])
})

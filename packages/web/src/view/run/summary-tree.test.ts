import { expect, test } from 'vitest'
import { toSummaryTree } from './summary-tree.ts'

test('a summary is read without the client’s own notes, and media in words', () => {
  const file = { sha256: 'ab', path: 'media/x', size: 3 }
  expect(
    toSummaryTree({
      _runtime: 3,
      _wandb: { runtime: 3 },
      loss: 0.5,
      nested: { loss: 1, list: [1] },
      image: { _type: 'image-file', width: 8, height: 6, ...file },
      images: { _type: 'images/separated', count: 4 },
      table: { _type: 'table-file', ncols: 2, nrows: 10, ...file },
      weights: { _type: 'histogram', values: [1, 2], bins: [0, 1, 2] },
      page: { _type: 'html-file', ...file },
      none: null,
    }),
  ).toEqual({
    loss: 0.5,
    nested: { loss: 1, list: [1] },
    image: 'image, 8 × 6',
    images: 'images separated, 4 of them',
    table: 'table, 10 rows × 2 columns',
    weights: 'histogram, 2 bins',
    page: 'html',
    none: null,
  })
})

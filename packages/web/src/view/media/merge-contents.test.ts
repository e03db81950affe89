import { expect, test } from 'vitest'
import { mergeContents } from './merge-contents.ts'

test('what runs of several answers have is there once, with all who have it', () => {
  const one = { media: [{ key: 'a', kind: 'image', runCount: 2 } as const], charts: [] }
  const other = {
    media: [{ key: 'b', kind: 'table', runCount: 1 } as const, { key: 'a', kind: 'image', runCount: 3 } as const],
    charts: [],
  }
  expect(mergeContents([one, other]).media.map(({ key, runCount }) => [key, runCount])).toEqual([
    ['a', 5],
    ['b', 1],
  ])
})

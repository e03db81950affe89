import { expect, test } from 'vitest'
import { mergeContents } from './merge-contents.ts'

test('what runs of several answers have is there once, and how many have it', () => {
  const one = { media: [{ key: 'a', kind: 'image', runIds: ['x'] } as const], charts: [] }
  const other = {
    media: [{ key: 'b', kind: 'table', runIds: ['y'] } as const, { key: 'a', kind: 'audio', runIds: ['y'] } as const],
    charts: [],
  }
  expect(mergeContents([one, other]).media).toEqual([
    { key: 'a', kind: 'image', runCount: 2 },
    { key: 'b', kind: 'table', runCount: 1 },
  ])
})

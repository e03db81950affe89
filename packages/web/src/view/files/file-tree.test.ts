import { expect, test } from 'vitest'
import { toFileRows } from './file-tree.ts'

const files = (names: readonly string[]) => names.map((name) => ({ name, sizeBytes: 10 }))
const show = (rows: ReturnType<typeof toFileRows>): string[] =>
  rows.map((row) => `${' '.repeat(row.depth)}${row.kind === 'folder' ? `${row.label}/ ${row.fileCount}` : row.label}`)

test('folders come first, with what is in them', () => {
  const rows = toFileRows(
    files(['z.txt', 'media/images/b10.png', 'media/images/b2.png', 'media/a.txt', 'code/t.py']),
    new Set(),
  )
  expect(show(rows)).toEqual(['code/ 1', ' t.py', 'media/ 3', ' images/ 2', '  b2.png', '  b10.png', ' a.txt', 'z.txt'])
  expect(rows.find((row) => row.kind === 'folder' && row.path === 'media')).toMatchObject({ sizeBytes: 30 })
})

test('few files are in sight at first, many are not, but for the one that is open', () => {
  const few = files(['a/1', 'b/2'])
  expect(show(toFileRows(few, new Set(['a'])))).toEqual(['a/ 1', 'b/ 1', ' 2'])
  const many = files(Array.from({ length: 150 }, (_, i) => `${i % 2}/${i}`))
  expect(show(toFileRows(many, new Set()))).toEqual(['0/ 75', '1/ 75'])
  expect(toFileRows(many, new Set(['1']))).toHaveLength(77)
  expect(toFileRows(many, new Set(), '1/7')).toHaveLength(77)
  expect(toFileRows(many, new Set(['1']), '1/7')).toHaveLength(2)
})

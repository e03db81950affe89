import { expect, test } from 'vitest'
import { type ColumnSearchKind, findColumns } from './find-columns.ts'
import { allColumns, chosenColumns } from './table-columns.ts'

const columns = chosenColumns(['run.jobType', 'config.batch_size', 'summary.train/loss', 'summary.val/loss'], [])
const find = (text: string, kind: ColumnSearchKind) => {
  const found = findColumns(columns, text, kind)
  return found.kind === 'found' ? found.columns.map(({ key }) => key) : found.text
}

test('columns are found by words, as written, or by an expression', () => {
  expect(find('', 'exact').length).toBe(4)
  expect(find('loss val', 'fuzzy')).toEqual(['summary.val/loss'])
  expect(find('bs', 'fuzzy')).toEqual(['config.batch_size'])
  expect(find('loss val', 'exact')).toEqual([])
  expect(find('n/loss', 'exact')).toEqual(['summary.train/loss'])
  expect(find('^summary.*(train|val)/L', 'regex')).toEqual(['summary.train/loss', 'summary.val/loss'])
  expect(find('job t', 'fuzzy')).toEqual(['run.jobType'])
  expect(find('(', 'regex')).toMatch(/Invalid regular expression/)
})

test('insides of files are listed only to those who ask', () => {
  const info = { runCount: 1, isVarying: true, kind: 'text', min: null, max: null, commonValues: [] } as const
  const all = allColumns([
    { key: 'summary.img._type', ...info },
    { key: 'summary.img.path', ...info },
  ])
  const keysOf = (text: string) => {
    const found = findColumns(all, text, 'exact')
    return found.kind === 'found' ? found.columns.map(({ key }) => key).filter((key) => key.includes('img')) : []
  }
  expect([keysOf(''), keysOf('img.path')]).toEqual([[], ['summary.img.path']])
})

import { parseRunQuery, type TableRow } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { nextCell } from '../../hooks/tables/use-grid-cursor.ts'
import { formulaProblem } from './formula-problem.ts'
import { groupFilter } from './group-filter.ts'
import { guessJoinColumn } from './join-column.ts'
import { isSameCell } from './same-cell.ts'
import { firstTableColumns, moveColumn, rowHeightOf, shownColumns } from './shown-columns.ts'
import { plainTableState } from './table-state.ts'

const columns = ['a', 'b', 'c', 'd'].map((name) => ({ name, type: name === 'd' ? 'image-file' : 'number' }))
const names = (shown: readonly { readonly key: string }[]): string => shown.map(({ key }) => key).join('')

test('grouped columns come first, then pinned ones, then the others in their order', () => {
  const state = { ...plainTableState, order: ['c', 'a'], hidden: ['b'], pinned: ['d'] }
  expect(names(shownColumns(columns, state, []))).toBe('dca')
  expect(names(shownColumns(columns, { ...state, group: ['b'] }, []))).toBe('bdca')
  expect(shownColumns(columns, state, [])[0]).toMatchObject({ index: 3, isPinned: true })
})

test('a column goes where it is put, and there is no further', () => {
  const state = { ...plainTableState, order: ['gone'] }
  const shown = shownColumns(columns, state, [])
  expect(moveColumn(shown, 'a', 2, state).join('')).toBe('bcadgone')
  expect(moveColumn(shown, 'd', 0, state).join('')).toBe('dabcgone')
  expect(moveColumn(shown, 'a', -1, state).join('')).toBe('abcdgone')
  expect(moveColumn(shown, 'none', 1, state)).toEqual(['gone'])
})

test('rows are as high as what is in them, unless somebody has chosen', () => {
  const shown = shownColumns(columns, plainTableState, [])
  expect(rowHeightOf(shown, plainTableState)).toBe(76)
  expect(rowHeightOf(shown.slice(0, 3), plainTableState)).toBe(32)
  expect(rowHeightOf(shown, { ...plainTableState, rowHeight: 'low' })).toBe(32)
})

test('columns side by side are compared with those of the first table', () => {
  const beside = [
    { name: 'id', type: 'number' },
    { name: 's', type: 'number', source: 0, base: 's' },
    { name: 's (2)', type: 'number', source: 1, base: 's' },
    { name: 'new', type: 'number', source: 1, base: 'new' },
  ]
  expect(firstTableColumns(beside)).toEqual([undefined, undefined, 1, undefined])
})

test('cells are the same by what they hold, wherever that lies', () => {
  const image = { kind: 'image', url: '/api/artifacts/1/file', name: 'a.png', width: 2 } as const
  expect(isSameCell(image, { ...image, url: '/api/artifacts/2/file' })).toBe(true)
  expect(isSameCell(image, { ...image, name: 'b.png' })).toBe(false)
  expect(isSameCell({ kind: 'number', text: 'NaN' }, { kind: 'number', text: 'NaN' })).toBe(true)
  expect([isSameCell(1, '1'), isSameCell(null, 0), isSameCell(null, image), isSameCell(0, -0)]).toEqual([
    false,
    false,
    false,
    true,
  ])
})

test('the rows of a group are found by a filter that can be read', () => {
  const shown = shownColumns(columns, { ...plainTableState, group: ['a', 'b', 'c'] }, [])
  const filterOf = (cells: TableRow['cells']) =>
    groupFilter(shown, ['a', 'b', 'c'], { index: 0, count: 2, cells: [...cells, null] }, 'x or y')
  expect(filterOf([1.5, 'it is "so"', null])).toBe('(x or y) and a = 1.5 and b = "it is \\"so\\"" and not has(c)')
  expect(filterOf([{ kind: 'number', text: 'NaN' }, true, { kind: 'time', timeMs: 0 }])).toBe(
    '(x or y) and a = NaN and b = true and c = "1970-01-01T00:00:00.000Z"',
  )
  expect(filterOf([{ kind: 'json', value: [1] }, 1, 1])).toBeUndefined()
  for (const text of ['and', '1', 'null', 'a b', '-7d', "it's"]) {
    expect(parseRunQuery(filterOf([1, text, 2]) ?? '')).toMatchObject({
      of: [{}, {}, { kind: 'compare', key: { name: 'b' }, value: text }, {}],
    })
  }
})

test('a group of tables side by side is found by its own column, and by a text that is a column’s name', () => {
  const beside = [
    { name: 'score', type: 'number', source: 0, base: 'score' },
    { name: 'score (2)', type: 'string', source: 1, base: 'score' },
  ]
  const shown = shownColumns(beside, plainTableState, [])
  const row = { index: 0, count: 1, cells: [1, 'score'] }
  expect(groupFilter(shown, ['score', 'score (2)'], row, '')).toBe('"score (1)" = 1 and "score (2)" = "score"')
})

test('a column that looks like a key is taken for one', () => {
  const of = (...list: readonly string[]) => guessJoinColumn(list.map((name) => ({ name, type: 'number' })))
  expect([of('score', 'ID'), of('score', 'sample_id'), of('score', 'x'), of()]).toEqual([
    'ID',
    'sample_id',
    'score',
    undefined,
  ])
})

test('formulas say what is wrong with them, and where', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how names stand in formulas.
  expect(formulaProblem('a + ${b c}', ['a', 'b c'])).toBeUndefined()
  expect(formulaProblem('a + z', ['a'])).toBe('There is no column “z” (position 5).')
  expect(formulaProblem('a +', ['a'])).toContain('(position 4)')
})

test('keys move through a grid and stop at its edges', () => {
  const grid = { rowCount: 100, columnCount: 3, pageRows: 10 }
  const go = (key: string, isFar = false, at = { row: 5, column: 1 }) => {
    const to = nextCell(key, isFar, at, grid)
    return to && [to.row, to.column]
  }
  expect(go('ArrowDown')).toEqual([6, 1])
  expect(go('ArrowUp', false, { row: 0, column: 2 })).toEqual([-1, 2])
  expect(go('ArrowUp', false, { row: -1, column: 2 })).toEqual([-1, 2])
  expect(go('ArrowRight', false, { row: 5, column: 2 })).toEqual([5, 2])
  expect(go('Home')).toEqual([5, 0])
  expect(go('End', true)).toEqual([99, 2])
  expect(go('PageUp')).toEqual([0, 1])
  expect(go('PageDown', false, { row: 95, column: 0 })).toEqual([99, 0])
  expect(go('a')).toBeUndefined()
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  fileTableCodec,
  nextSort,
  plainTableState,
  quoted,
  readTableState,
  runTableCodec,
  type TableState,
  toSelection,
  withCondition,
  writeTableState,
} from './table-state.ts'

const name = fc.oneof(fc.constantFrom('', 'a,b', '%2C', '~', 'x=y', '-a', '+a', 'score'), fc.string())
const names = fc.uniqueArray(name, { maxLength: 3 })
const anyState: fc.Arbitrary<TableState> = fc.record({
  search: fc.string(),
  filter: fc.string(),
  isChangedOnly: fc.boolean(),
  sort: fc.array(fc.record({ column: name, isDescending: fc.boolean() }), { maxLength: 3 }),
  group: names,
  computed: fc.array(fc.record({ name: name.filter((text) => text !== ''), expression: name }), { maxLength: 2 }),
  hidden: names,
  pinned: names,
  order: names,
  rowHeight: fc.constantFrom('low', 'middle', 'high', undefined),
  row: fc.option(fc.nat(), { nil: undefined }),
})

test('how a table is looked at is in the address, and in panels, and comes back', () => {
  fc.assert(
    fc.property(anyState, (state) => {
      for (const codec of [runTableCodec, fileTableCodec]) {
        expect(codec.parse(codec.stringify(state))).toEqual(state)
        expect(Object.keys(codec.stringify(state)).filter((key) => !codec.keys.includes(key))).toEqual([])
      }
      expect(readTableState(writeTableState(state) ?? {})).toEqual({ ...state, row: undefined })
    }),
    { interruptAfterTimeLimit: 2000 },
  )
  expect(runTableCodec.stringify(plainTableState)).toEqual({})
  expect(writeTableState(plainTableState)).toBeUndefined()
  expect(runTableCodec.parse({ rows: 'huge', row: '-1', sort: '' })).toEqual(plainTableState)
  expect(readTableState({ sort: 7, where: 'a > 1' }).filter).toBe('a > 1')
  // As addresses from before tables were sorted by several columns have it.
  expect(runTableCodec.parse({ sort: '-score' }).sort).toEqual([{ column: 'score', isDescending: true }])
  expect(fileTableCodec.parse({ q: 'of the files' }).search).toBe('')
})

test('clicks on heads sort texts up, down, and not at all, numbers the other way round; with Shift behind the others', () => {
  let sort: TableState['sort'] = []
  const click = (column: string, isAdded = false): string => {
    sort = nextSort(sort, { name: column, type: column === 'n' ? 'number' : 'string' }, isAdded)
    return sort.map((one) => `${one.column}${one.isDescending ? '↓' : '↑'}`).join(' ')
  }
  expect(['a', 'a', 'a', 'b', 'a'].map((column) => click(column))).toEqual(['a↑', 'a↓', '', 'b↑', 'a↑'])
  expect(['n', 'n', 'n', 'a'].map((column) => click(column))).toEqual(['n↓', 'n↑', '', 'a↑'])
  expect([click('b', true), click('a', true), click('b', true), click('b', true), click('a')]).toEqual([
    'a↑ b↑',
    'a↓ b↑',
    'a↓ b↓',
    'a↓',
    '',
  ])
})

test('only what is chosen is asked', () => {
  const source = { tables: [{ kind: 'version', artifactId: 1, path: 'p' }] } as const
  expect(toSelection(source, { ...plainTableState, search: ' ', row: 3, hidden: ['a'] })).toEqual(source)
  expect(toSelection(source, { ...plainTableState, filter: 'a > 1', group: ['b'] })).toEqual({
    ...source,
    filter: 'a > 1',
    group: ['b'],
  })
})

test('conditions are put behind a filter without changing what it says', () => {
  expect(withCondition('', 'a = 1')).toBe('a = 1')
  expect(withCondition('x < 2', 'a = 1')).toBe('x < 2 and a = 1')
  expect(withCondition('x < 2 or y', 'a = 1')).toBe('(x < 2 or y) and a = 1')
  expect(['a', 'a b', 'and', '1', 'true', 'a"b'].map(quoted)).toEqual([
    'a',
    '"a b"',
    '"and"',
    '"1"',
    '"true"',
    '"a\\"b"',
  ])
})

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how names stand in formulas.

import { parseRunQuery, type QueryKey, type QueryValue, type RunQueryNode } from '@lossline/protocol'
import { loadPatterns } from '@lossline/store'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBoundedMemory } from './bounded-memory.ts'
import { compareTables, joinTables } from './join-tables.ts'
import { toTable } from './parsed-columns.ts'
import { type AskTable, createTableEngine } from './table-engine.ts'
import { TableError } from './table-error.ts'
import { createTableParser } from './table-parser.ts'
import type { TableQuestion, TableTree } from './table-request.ts'

type Cell = null | boolean | number | string | readonly unknown[]
interface PlainTable {
  readonly columns: readonly string[]
  readonly data: readonly (readonly Cell[])[]
}

const asker = { check: () => {}, signal: new AbortController().signal }
const nowMs = Date.parse('2026-01-02T00:00:00Z')

function engineOver(tables: Readonly<Record<string, PlainTable>>, giveWay?: () => Promise<unknown>): AskTable {
  const memory = createBoundedMemory(2 ** 20)
  return createTableEngine({
    open: async ({ id }) => {
      const { columns, data } = tables[id]!
      const parser = createTableParser()
      // What JSON has no words for, as W&B's client writes it.
      const number = (_: string, value: unknown) => {
        if (Object.is(value, -0)) return '#-0'
        return typeof value === 'number' && !Number.isFinite(value) ? `#${value}` : value
      }
      const text = JSON.stringify({ columns, data }, number).replace(/"#(NaN|-?Infinity|-0)"/g, '$1')
      parser.push(new TextEncoder().encode(text))
      parser.end()
      return { table: toTable(id, parser), isComplete: true }
    },
    remember: memory.remember,
    loadPatterns,
    now: () => nowMs,
    ...(giveWay && { giveWay }),
  })
}

const fileTree = (id: string): TableTree => ({ kind: 'file', id, name: `${id}.table.json` })
const plain = { computed: [], filter: '', search: '', isChangedOnly: false, sort: [], group: [] } as const

function windowOf(ask: AskTable, question: Partial<TableQuestion> = {}, tree: TableTree = fileTree('t')) {
  const window = { kind: 'window', offset: 0, limit: 1000, textLengthMax: 1000, mayBePart: true } as const
  return ask({ ...window, question: { ...plain, tree, ...question } }, asker)
}

test('the first rows, and those after them, are given as they are', async () => {
  const data = Array.from({ length: 5 }, (_, index) => [index])
  const ask = engineOver({ t: { columns: ['x'], data } })
  const indexes = async (offset: number, limit: number) => {
    const question = { ...plain, tree: fileTree('t') }
    const { rows } = await ask({ kind: 'window', question, offset, limit, textLengthMax: 9, mayBePart: true }, asker)
    return rows.map(({ index, cells }) => [index, cells[0]])
  }
  expect(await indexes(3, 1)).toEqual([[3, 3]])
  expect(await indexes(3, 100)).toEqual([
    [3, 3],
    [4, 4],
  ])
  expect(await indexes(9, 2)).toEqual([])
})

/** A table whose columns are all the same. */
function wideEngine(columnCount: number, cells: readonly Cell[]): AskTable {
  const parser = createTableParser()
  parser.push(new TextEncoder().encode(JSON.stringify({ columns: ['c'], data: cells.map((cell) => [cell]) })))
  parser.end()
  const { columns, ...table } = toTable('t', parser)
  const wide = Array.from({ length: columnCount }, (_, index) => ({ ...columns[0]!, name: `c${index}` }))
  return createTableEngine({
    open: async () => ({ table: { ...table, columns: wide }, isComplete: true }),
    remember: createBoundedMemory(2 ** 20).remember,
    loadPatterns,
    now: () => nowMs,
  })
}

test('a window holds so many characters and cells, and says what it left out', async () => {
  const text = 'x'.repeat(2 ** 20)
  const question = { ...plain, tree: fileTree('t') }
  const window = { kind: 'window', question, offset: 0, limit: 1000, textLengthMax: 2 ** 24, mayBePart: true } as const
  const cells = (await wideEngine(40, [text])(window, asker)).rows[0]!.cells
  expect(cells.slice(0, 32).every((cell) => cell === text)).toBe(true)
  expect(cells.slice(32)).toEqual(Array.from({ length: 8 }, () => ({ kind: 'cut', text: text.slice(0, 16) })))
  const many = wideEngine(
    10_000,
    Array.from({ length: 101 }, () => 1),
  )
  await expect(many(window, asker)).rejects.toMatchObject({ reason: 'too-large' })
  expect((await many({ ...window, limit: 3 }, asker)).rows).toHaveLength(3)
})

test('tables that are too large together are refused, and those not read yet are given up', async () => {
  const signals: AbortSignal[] = []
  const parser = createTableParser()
  parser.push(new TextEncoder().encode('{"columns":["x"],"data":[[1]]}'))
  parser.end()
  const ask = createTableEngine({
    open: ({ id }, signal) => {
      signals.push(signal)
      // The last one never comes.
      if (id === 'c') return new Promise(() => {})
      return Promise.resolve({ table: { ...toTable(id, parser), sizeBytes: 600 * 2 ** 20 }, isComplete: true })
    },
    remember: createBoundedMemory(2 ** 20).remember,
    loadPatterns,
    now: () => nowMs,
  })
  const tree = (...ids: string[]): TableTree => ({ kind: 'concat', mode: 'same', of: ids.map(fileTree) })
  await expect(windowOf(ask, {}, tree('a', 'b', 'c'))).rejects.toMatchObject({ reason: 'too-large' })
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true])
  // One file that is there twice counts once.
  expect((await windowOf(ask, {}, tree('a', 'a'))).rowCount).toBe(2)
})

async function rowsOf(table: PlainTable, question: Partial<TableQuestion>): Promise<number[]> {
  return (await windowOf(engineOver({ t: table }), question)).rows.map(({ index }) => index)
}

// The same questions, answered by going through plain rows.

const typeRank = (cell: Cell): number => {
  if (cell === null || Number.isNaN(cell)) return 2
  return typeof cell === 'number' || typeof cell === 'boolean' ? 0 : 1
}
/** JSON has no word for NaN and the infinities. */
const textOf = (cell: Cell): string =>
  typeof cell === 'string' ? cell : typeof cell === 'number' ? String(cell) : JSON.stringify(cell)
/** Numbers in texts by their value, without a limit of digits. */
const parts = (text: string): (string | bigint)[] =>
  (
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/\d+|\D/gu) ?? []
  ).map((part) => (/\d/.test(part) ? BigInt(part) : part))
const bytesOf = (text: string): Buffer => Buffer.from(text)
function compareNaturally(a: string, b: string): number {
  const [one, other] = [parts(a), parts(b)]
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const [x, y] = [one[at]!, other[at]!]
    if (typeof x === 'bigint' && typeof y === 'bigint') {
      if (x !== y) return x < y ? -1 : 1
    } else {
      // A number stands where its digits stand among signs.
      const order = Buffer.compare(bytesOf(typeof x === 'bigint' ? '0' : x), bytesOf(typeof y === 'bigint' ? '0' : y))
      if (order !== 0) return order
    }
  }
  return one.length - other.length
}
const compareTexts = (a: string, b: string): number => compareNaturally(a, b) || Buffer.compare(bytesOf(a), bytesOf(b))

function compareCells(a: Cell, b: Cell, direction: number): number {
  const [rankA, rankB] = [typeRank(a), typeRank(b)]
  if (rankA === 2 || rankB === 2) return rankA - rankB || 0
  if (rankA !== rankB) return (rankA - rankB) * direction
  if (rankA === 0) return (Number(a) === Number(b) ? 0 : Number(a) < Number(b) ? -1 : 1) * direction
  return compareTexts(textOf(a), textOf(b)) * direction
}

function matches(node: RunQueryNode, row: readonly Cell[], columns: readonly string[]): boolean {
  const at = (key: QueryKey): Cell => row[columns.indexOf(key.name)] ?? null
  switch (node.kind) {
    case 'and':
      return node.of.every((one) => matches(one, row, columns))
    case 'or':
      return node.of.some((one) => matches(one, row, columns))
    case 'not':
      return !matches(node.of, row, columns)
    case 'words':
      return row.some((cell) => cell !== null && textOf(cell).toLowerCase().includes(node.text.toLowerCase()))
    case 'exists':
      return at(node.key) !== null
    case 'in':
      return node.values.some((value) => isEqual(at(node.key), value))
    case 'matches':
      return at(node.key) !== null && new RegExp(node.pattern).test(textOf(at(node.key)))
    case 'compare': {
      const cell = at(node.key)
      if (node.operator === '=') return isEqual(cell, node.value)
      if (node.operator === '!=') return !isEqual(cell, node.value)
      const order = compareTo(cell, node.value)
      if (order === undefined) return false
      return node.operator === '<'
        ? order < 0
        : node.operator === '<='
          ? order <= 0
          : node.operator === '>'
            ? order > 0
            : order >= 0
    }
    default:
      throw new Error(node.kind)
  }
}
function isEqual(cell: Cell, value: QueryValue): boolean {
  if (cell === null || value === null) return cell === value
  if (typeof cell === 'number') {
    if (typeof value === 'boolean') return false
    return Number.isNaN(cell) ? value === 'NaN' : value !== '' && cell === Number(value)
  }
  return textOf(cell) === String(value)
}
function compareTo(cell: Cell, value: QueryValue): number | undefined {
  if (cell === null || value === null || typeof cell === 'boolean' || typeof value === 'boolean') return undefined
  if (typeof cell === 'number')
    return value === '' || Number.isNaN(Number(value)) || Number.isNaN(cell) ? undefined : cell - Number(value)
  return compareNaturally(textOf(cell), String(value))
}

const anyCell: fc.Arbitrary<Cell> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.constantFrom(0, -0, 1, -1, 2.5, 10, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  fc.double(),
  fc.constantFrom('', 'a', 'B', 'item 9', 'item 10', 'item 09', 'Élan', 'elan', 'true', '10', 'ß', '😀'),
  fc.string({ maxLength: 6 }),
  fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 2 }),
)
const columns = ['a', 'b', 'c']
const anyTable: fc.Arbitrary<PlainTable> = fc
  .array(fc.tuple(anyCell, anyCell, anyCell), { maxLength: 40 })
  .map((data) => ({ columns, data }))
const anyColumn = fc.constantFrom(...columns)

test('sorting by several columns is as a stable sort of plain rows', async () => {
  const sort = fc.array(fc.record({ column: anyColumn, isDescending: fc.boolean() }), { minLength: 1, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(anyTable, sort, async (table, keys) => {
      const wanted = table.data
        .map((_, index) => index)
        .sort((a, b) => {
          for (const { column, isDescending } of keys) {
            const at = columns.indexOf(column)
            const order = compareCells(table.data[a]![at]!, table.data[b]![at]!, isDescending ? -1 : 1)
            if (order !== 0) return order
          }
          return a - b
        })
      expect(await rowsOf(table, { sort: keys })).toEqual(wanted)
    }),
    { interruptAfterTimeLimit: 2000 },
  )
})

const anyValue = fc.constantFrom(
  '1',
  '2.5',
  '-1',
  '10',
  '"a"',
  '"item 9"',
  '"item 10"',
  'true',
  'false',
  'null',
  'NaN',
  '"true"',
  '""',
)
const anyCondition = fc.oneof(
  fc.tuple(anyColumn, fc.constantFrom('=', '!=', '<', '<=', '>', '>='), anyValue).map((words) => words.join(' ')),
  fc.tuple(anyColumn, anyValue, anyValue).map(([column, one, other]) => `${column} in [${one}, ${other}]`),
  fc.tuple(anyColumn, fc.constantFrom('^i', '[0-9]', 'e$')).map(([column, pattern]) => `${column} ~ /${pattern}/`),
  anyColumn.map((column) => `has(${column})`),
  fc.constantFrom('"item"', '"1"', '"tr"', '"na"'),
)
const anyFilter = fc
  .array(fc.tuple(fc.constantFrom('and', 'or'), fc.constantFrom('', 'not '), anyCondition), {
    minLength: 1,
    maxLength: 4,
  })
  .map((terms) =>
    terms.map(([connective, negation, text], index) => `${index > 0 ? connective : ''} ${negation}${text}`).join(' '),
  )

test('filters choose the rows that a look at each of them chooses', async () => {
  await fc.assert(
    fc.asyncProperty(anyTable, anyFilter, async (table, filter) => {
      const node = parseRunQuery(filter)!
      const wanted = table.data.flatMap((row, index) => (matches(node, row, columns) ? [index] : []))
      expect(await rowsOf(table, { filter }), filter).toEqual(wanted)
    }),
    { interruptAfterTimeLimit: 2000 },
  )
})

test('groups hold each row once, the largest group first, with what its rows have', async () => {
  await fc.assert(
    fc.asyncProperty(anyTable, fc.uniqueArray(anyColumn, { minLength: 1, maxLength: 2 }), async (table, group) => {
      const keyOf = (row: readonly Cell[]): string =>
        group
          .map((column) => row[columns.indexOf(column)]!)
          .map((cell) => `${typeof cell} ${typeof cell === 'number' ? String(cell + 0) : JSON.stringify(cell)}`)
          .join('|')
      const wanted = new Map<string, Cell[][]>()
      for (const row of table.data) wanted.set(keyOf(row), [...(wanted.get(keyOf(row)) ?? []), [...row]])
      const sorted = [...wanted.values()].sort((a, b) => b.length - a.length)
      const answer = await windowOf(engineOver({ t: table }), { group })
      expect(answer.rowCount).toBe(sorted.length)
      expect(answer.rows.map(({ count }) => count)).toEqual(sorted.map((rows) => rows.length))
      for (const [place, { cells }] of answer.rows.entries()) {
        for (const [at, cell] of cells.entries()) {
          if (group.includes(columns[at]!)) continue
          const numbers = sorted[place]!.map((row) => row[at]!).filter((one) => typeof one === 'number')
          const finite = numbers.filter(Number.isFinite)
          if (cell === null || typeof cell !== 'object' || cell.kind !== 'group') throw new Error('no summary')
          expect(cell.summary.missingCount).toBe(sorted[place]!.filter((row) => row[at] === null).length)
          expect(cell.summary.numbers?.nanCount ?? 0).toBe(numbers.filter(Number.isNaN).length)
          expect(cell.summary.numbers?.count ?? 0).toBe(finite.length)
          if (finite.length === 0 || finite.some((one) => Math.abs(one) > 1e100)) continue
          const mean = finite.reduce((sum, one) => sum + one / finite.length, 0)
          expect(cell.summary.numbers!.mean).toBeCloseTo(
            mean,
            Math.abs(mean) < 1e6 ? 6 : -Math.log10(Math.abs(mean)) + 8,
          )
          expect(cell.summary.histogram!.counts.reduce((sum, one) => sum + one)).toBe(finite.length)
        }
      }
    }),
    { interruptAfterTimeLimit: 2000 },
  )
})

test('what is asked for in windows is the whole, in pieces', async () => {
  const data = Array.from({ length: 250 }, (_, index) => [index % 7, `t${index}`, null])
  const ask = engineOver({ t: { columns, data } })
  const question = { ...plain, tree: fileTree('t'), sort: [{ column: 'a', isDescending: true }], filter: 'a > 1' }
  const whole = await windowOf(ask, question)
  const pieces = []
  for (let offset = 0; offset < whole.rowCount; offset += 40) {
    const request = { kind: 'window', question, offset, limit: 40, textLengthMax: 100, mayBePart: true } as const
    pieces.push(...(await ask(request, asker)).rows)
  }
  expect(pieces).toEqual(whole.rows)
})

test('formulas make columns that can be sorted and filtered', async () => {
  const table = {
    columns: ['score', 'other score', 'ok'],
    data: [
      [1, 4, true],
      [5, null, false],
      [2, 9, true],
    ],
  } as const
  const ask = engineOver({ t: table })
  const computed = [
    { name: 'gap', expression: 'abs(score - ${other score})' },
    { name: 'twice', expression: 'gap * 2 + ok' },
  ]
  const answer = await windowOf(ask, { computed, sort: [{ column: 'twice', isDescending: true }] })
  expect(answer.rows.map(({ cells }) => cells.slice(3))).toEqual([
    [7, 15],
    [3, 7],
    [null, null],
  ])
  expect((await windowOf(ask, { computed, filter: 'gap > 3' })).rowCount).toBe(1)
})

test('formulas compare texts as they are, and refuse to count with them', async () => {
  const table: PlainTable = {
    columns: ['label', 'predicted', 'mixed'],
    data: [
      ['cat', 'cat', 1],
      ['cat', 'dog', 'x'],
      ['dog', null, 3],
    ],
  }
  const ask = engineOver({ t: table })
  const compute = async (expression: string) =>
    (await windowOf(ask, { computed: [{ name: 'f', expression }] })).rows.map(({ cells }) => cells[3])
  expect(await compute('label != predicted')).toEqual([0, 1, null])
  expect(await compute('1 - (label == ${predicted})')).toEqual([0, 1, null])
  expect(await compute('mixed > 0')).toEqual([1, null, 1])
  for (const expression of ['label < predicted', 'label == 1', '-label', 'abs(label) == predicted']) {
    await expect(compute(expression), expression).rejects.toThrow(
      /^Column "f": "label" has no numbers;.* \(position \d/,
    )
  }
})

test('a name behind an operator is a column, in quotes a text', async () => {
  const table: PlainTable = {
    columns: ['label', 'predicted', '1', 'true'],
    data: [
      ['cat', 'cat', 1, 1],
      ['cat', 'dog', 1, 1],
      ['predicted', '10', 10, 1],
      [null, null, null, 1],
      [1, '1', 0, 1],
      [9, '10', Number.NaN, 1],
    ],
  }
  expect(await rowsOf(table, { filter: 'label != predicted' })).toEqual([1, 2, 5])
  expect(await rowsOf(table, { filter: 'label = ${predicted}' })).toEqual([0, 3, 4])
  expect(await rowsOf(table, { filter: 'label < predicted' })).toEqual([1, 5])
  expect(await rowsOf(table, { filter: 'label = "predicted"' })).toEqual([2])
  expect(await rowsOf(table, { filter: 'label in [predicted, nix]' })).toEqual([2])
  // A column's own name, and what is a value by itself.
  expect(await rowsOf(table, { filter: 'predicted = predicted' })).toEqual([])
  expect(await rowsOf(table, { filter: 'label = 1' })).toEqual([4])
  expect(await rowsOf(table, { filter: 'label = ${1}' })).toEqual([3])
  await expect(rowsOf(table, { filter: 'label = ${nix}' })).rejects.toThrow(
    '"${nix}" is no other column of the table (position 9).',
  )
})

test('integers beyond 2⁵³ are compared, sorted and found by all their digits', async () => {
  // As doubles the first two are one number, and so are the two below zero.
  const ids = ['18014398509481986', '18014398509481985', '-9007199254740993', '-9007199254740992', '5']
  const ask = createTableEngine({
    open: async () => {
      const parser = createTableParser()
      parser.push(new TextEncoder().encode(`{"columns":["id"],"data":[${ids.map((id) => `[${id}]`).join()}]}`))
      parser.end()
      return { table: toTable('t', parser), isComplete: true }
    },
    remember: createBoundedMemory(2 ** 20).remember,
    loadPatterns,
    now: () => nowMs,
  })
  const find = async (question: Partial<TableQuestion>) =>
    (await windowOf(ask, question)).rows.map(({ index }) => index)
  expect(await find({ filter: 'id = 18014398509481985' })).toEqual([1])
  expect(await find({ filter: 'id != 18014398509481985' })).toEqual([0, 2, 3, 4])
  expect(await find({ filter: 'id > "18014398509481985"' })).toEqual([0])
  expect(await find({ filter: 'id < -9007199254740992' })).toEqual([2])
  expect(await find({ filter: 'id in [18014398509481986, -9007199254740993, 5]' })).toEqual([0, 2, 4])
  expect(await find({ search: '481985' })).toEqual([1])
  expect(await find({ sort: [{ column: 'id', isDescending: false }] })).toEqual([2, 3, 4, 1, 0])
  expect(await find({ sort: [{ column: 'id', isDescending: true }] })).toEqual([0, 1, 4, 3, 2])
})

test('NaN and Infinity are found as words', async () => {
  const table: PlainTable = { columns: ['a'], data: [[Number.NaN], [Number.POSITIVE_INFINITY], [1]] }
  expect(await rowsOf(table, { search: 'nan' })).toEqual([0])
  expect(await rowsOf(table, { filter: 'Infinity' })).toEqual([1])
})

test('a filter of too many conditions is refused', async () => {
  const filterOf = (count: number): string => Array.from({ length: count }, () => 'a = 1').join(' or ')
  const table: PlainTable = { columns: ['a'], data: [[1], [2]] }
  expect(await rowsOf(table, { filter: filterOf(200) })).toEqual([0])
  expect(await rowsOf(table, { filter: 'not (a = 1 and a > 0 and (a = 2 or a = 3 or a = 1))' })).toEqual([1])
  await expect(rowsOf(table, { filter: filterOf(201) })).rejects.toThrow('has 201 conditions, and it may have 200')
})

test.each([
  [{ filter: 'a > ' }, 'Expected a number or a text after ">" (position 5).'],
  [{ filter: 'a > 1 and nix = 2' }, 'The table has no column "nix" (position 11).'],
  [{ filter: 'a ~ /(/' }, 'The pattern /(/ cannot be read'],
  [{ sort: [{ column: 'nix', isDescending: false }] }, 'The table has no column "nix".'],
  [{ group: ['nix'] }, 'The table has no column "nix".'],
  [{ computed: [{ name: 'd', expression: 'a + nix' }] }, 'Column "d": The table has no column "nix" (position 5).'],
  [{ computed: [{ name: 'd', expression: 'a +' }] }, 'Column "d": Expected a number, a name or "(" (position 4).'],
  [{ computed: [{ name: 'a', expression: '1' }] }, 'The table has a column "a" already.'],
] as const)('%o is refused with the place', async (question, message) => {
  const answer = windowOf(engineOver({ t: { columns, data: [[1, 2, 3]] } }), question)
  await expect(answer).rejects.toThrow(
    expect.objectContaining({ reason: 'invalid', message: expect.stringContaining(message) }),
  )
})

test('columns of times take dates and times from now', async () => {
  const times = { columns: ['at'], data: [[nowMs - 3_600_000], [nowMs - 3 * 86_400_000]] }
  const memory = createBoundedMemory(2 ** 20)
  const ask = createTableEngine({
    open: async () => {
      const parser = createTableParser()
      const types = { wb_type: 'typedDict', params: { type_map: { at: { wb_type: 'timestamp' } } } }
      parser.push(new TextEncoder().encode(JSON.stringify({ ...times, column_types: types })))
      parser.end()
      return { table: toTable('t', parser), isComplete: true }
    },
    remember: memory.remember,
    loadPatterns,
    now: () => nowMs,
  })
  expect((await windowOf(ask, { filter: 'at > -7d' })).rowCount).toBe(2)
  expect((await windowOf(ask, { filter: 'at > -1d' })).rowCount).toBe(1)
  expect((await windowOf(ask, { filter: 'at < "2026-01-01"' })).rowCount).toBe(1)
  await expect(windowOf(ask, { filter: 'at < soon' })).rejects.toThrow(/Expected a date/)
})

const before: PlainTable = {
  columns: ['id', 'score', 'text'],
  data: [
    [1, 0.5, 'a'],
    [2, 0.25, 'b'],
    ['1', 9, 'c'],
    [null, 8, 'd'],
  ],
}
const after: PlainTable = {
  columns: ['id', 'score', 'extra'],
  data: [
    [2, 0.75, 7],
    [1, 0.5, 8],
    [3, 4, 9],
  ],
}

test('tables side by side: namesakes beside each other, unpaired rows kept, changes counted', async () => {
  const ask = engineOver({ one: before, two: after })
  const tree: TableTree = { kind: 'compare', of: [fileTree('one'), fileTree('two')], key: 'id' }
  const answer = await windowOf(ask, {}, tree)
  expect(answer.columns.map(({ name, source, base }) => [name, source, base])).toEqual([
    ['id', undefined, undefined],
    ['score', 0, 'score'],
    ['score (2)', 1, 'score'],
    ['text', 0, 'text'],
    ['extra', 1, 'extra'],
  ])
  expect(answer.rows.map(({ cells }) => cells)).toEqual([
    [1, 0.5, 0.5, 'a', 8],
    [2, 0.25, 0.75, 'b', 7],
    ['1', 9, null, 'c', null],
    [null, 8, null, 'd', null],
    [3, null, 4, null, 9],
  ])
  expect((await windowOf(ask, { isChangedOnly: true }, tree)).rows.map(({ index }) => index)).toEqual([1, 2, 3, 4])
  const described = await ask(
    { kind: 'description', question: { ...plain, tree }, columns: ['score', 'score (2)'], binCount: 4 },
    asker,
  )
  expect(described.columns[1]!.changes).toEqual({
    count: 4,
    histogram: { edges: [-0.5, -0.25, 0, 0.25, 0.5], counts: [0, 0, 0, 1] },
  })
  // Both are counted between the same edges.
  expect(described.columns[0]!.histogram!.edges).toEqual(described.columns[1]!.histogram!.edges)
  await expect(windowOf(ask, {}, { ...tree, key: 'text' })).rejects.toThrow('no column')
})

test('in tables side by side a name means the column of any of them', async () => {
  const columns = ['id', 'label', 'correct']
  const one: PlainTable = {
    columns,
    data: [
      [1, 'cat', true],
      [2, 'cat', false],
      [3, 'cat', true],
    ],
  }
  const two: PlainTable = {
    columns,
    data: [
      [1, 'dog', false],
      [2, 'cat', true],
      [3, 'cat', true],
    ],
  }
  const ask = engineOver({ one, two })
  const tree: TableTree = { kind: 'compare', of: [fileTree('one'), fileTree('two')], key: 'id' }
  const find = async (filter: string) => (await windowOf(ask, { filter }, tree)).rows.map(({ index }) => index)
  expect(await find('correct = false')).toEqual([0, 1])
  expect(await find('"correct (1)" = false')).toEqual([1])
  expect(await find('"correct (2)" = false')).toEqual([0])
  expect(await find('not correct = true')).toEqual([])
  expect(await find('label = correct')).toEqual([])
  await expect(find('"id (1)" = 1')).rejects.toThrow('no column "id (1)"')
})

test('values that are written in two ways have no histogram of changes', async () => {
  const one: PlainTable = { columns: ['id', 'a'], data: [[1, true]] }
  const two: PlainTable = { columns: ['id', 'a'], data: [[1, 1]] }
  const tree: TableTree = { kind: 'compare', of: [fileTree('one'), fileTree('two')], key: 'id' }
  const request = { kind: 'description', question: { ...plain, tree }, columns: ['a (2)'], binCount: 4 } as const
  expect((await engineOver({ one, two })(request, asker)).columns[0]!.changes).toEqual({ count: 1 })
})

test('joined tables take the memory that they add, shared rows once', () => {
  const read = (id: string, { columns, data }: PlainTable) => {
    const parser = createTableParser()
    parser.push(new TextEncoder().encode(JSON.stringify({ columns, data })))
    parser.end()
    return toTable(id, parser)
  }
  const [one, two] = [read('one', before), read('two', after)]
  const joined = joinTables(one, two, ['id', 'id'])
  const key = joined.columns[0]!
  // Five rows, of the left columns, the right ones and the key, which is new.
  expect(joined.sizeBytes).toBe(3 * 5 * Int32Array.BYTES_PER_ELEMENT + key.cells.sizeBytes)
  expect(compareTables([one, two], 'id').sizeBytes).toBe(joined.sizeBytes)
})

test('tables behind each other: all columns by name, and which table a row is of', async () => {
  const ask = engineOver({ one: before, two: after })
  const labels = { column: 'Run', values: ['swift-owl', 'calm-elk'] }
  const tree: TableTree = { kind: 'concat', of: [fileTree('one'), fileTree('two')], mode: 'union', labels }
  const answer = await windowOf(ask, { sort: [{ column: 'score', isDescending: false }], filter: 'score < 1' }, tree)
  expect(answer.columns.map(({ name, type }) => [name, type])).toEqual([
    ['Run', 'string'],
    ['id', 'number'],
    ['score', 'number'],
    ['text', 'string'],
    ['extra', 'number'],
  ])
  expect(answer.rows.map(({ cells }) => cells)).toEqual([
    ['swift-owl', 2, 0.25, 'b', null],
    ['swift-owl', 1, 0.5, 'a', null],
    ['calm-elk', 1, 0.5, null, 8],
    ['calm-elk', 2, 0.75, null, 7],
  ])
})

test('what is saved is what is in view, to the last digit', async () => {
  const data = [
    [1 / 3, 'a "b", c', null],
    [Number.NaN, 'd\ne', [1, 2]],
    [Number.POSITIVE_INFINITY, '', true],
    [Number.NEGATIVE_INFINITY, '=1+1', ['NaN', '"Infinity']],
    [-2, '-1', [Number.NaN]],
  ] as const
  const ask = engineOver({ t: { columns: ['n', 't,', 'x'], data } })
  const write = async (format: 'csv' | 'json', limit = 100) => {
    const pieces = []
    for (let offset = 0; offset < data.length; offset += limit) {
      const request = {
        kind: 'text',
        question: { ...plain, tree: fileTree('t') },
        format,
        columns: undefined,
        offset,
        limit,
      } as const
      pieces.push((await ask(request, asker)).text)
    }
    return pieces.join('')
  }
  expect(await write('csv')).toBe(
    'n,"t,",x\r\n0.3333333333333333,"a ""b"", c",\r\nNaN,"d\ne","[1,2]"\r\nInfinity,,true\r\n' +
      '-Infinity,\'=1+1,"[""NaN"",""\\""Infinity""]"\r\n-2,\'-1,[NaN]\r\n',
  )
  expect(await write('csv', 1)).toBe(await write('csv'))
  expect(JSON.parse(await write('json', 2))).toEqual([
    { n: 1 / 3, 't,': 'a "b", c', x: null },
    { n: 'NaN', 't,': 'd\ne', x: [1, 2] },
    { n: 'Infinity', 't,': '', x: true },
    { n: '-Infinity', 't,': '=1+1', x: ['NaN', '"Infinity'] },
    { n: -2, 't,': '-1', x: '[NaN]' },
  ])
})

test('work stops when nobody waits for it', async () => {
  const data = Array.from({ length: 10 }, (_, index) => [index, 'x', null])
  const check = () => {
    throw new TableError('cancelled', 'gone')
  }
  const request = { kind: 'window', offset: 0, limit: 10, textLengthMax: 10, mayBePart: true } as const
  const question = { ...plain, tree: fileTree('t'), sort: [{ column: 'a', isDescending: false }] }
  const answer = engineOver({ t: { columns, data } })({ ...request, question }, { ...asker, check })
  await expect(answer).rejects.toMatchObject({ reason: 'cancelled' })
})

test('rows that are asked for while columns are described do not wait for the last of them', async () => {
  const answered: string[] = []
  const others: (() => Promise<unknown>)[] = []
  const ask: AskTable = engineOver({ t: { columns: ['a', 'b', 'c'], data: [[1, 2, 3]] } }, async () => {
    answered.push('a column')
    await others.shift()?.()
  })
  others.push(async () => {
    const { rows } = await windowOf(ask, { sort: [{ column: 'a', isDescending: true }] })
    answered.push(`${rows.length} row`)
  })
  const question = { ...plain, tree: fileTree('t') }
  const described = await ask({ kind: 'description', question, columns: undefined, binCount: 4 }, asker)
  expect(described.columns.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  expect(answered).toEqual(['a column', '1 row', 'a column', 'a column'])
})

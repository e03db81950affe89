import { LosslineError } from '@lossline/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Image } from '../media/image.ts'
import { plot } from '../plot/plot.ts'
import { JoinedTable, PartitionedTable } from './joined-table.ts'
import { Table } from './table.ts'

function refusalOf(call: () => unknown): { code: string; message: string } | undefined {
  try {
    call()
    return undefined
  } catch (error) {
    if (LosslineError.isInstance(error)) return { code: error.code, message: error.message }
    throw error
  }
}

describe('rows', () => {
  test('are lists in the order of the columns, or objects', () => {
    const table = new Table({ columns: ['a', 'b'], rows: [[1, 'x'], { b: 'y', a: 2 }] })
    table
      .addRow(3, 'z')
      .addRow({ a: 4 })
      .addData(5, null)
      .addRows([[6, 'w'], { a: 7 }])
    expect(table.rowCount).toBe(7)
    expect(table.getColumn('a')).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(table.getColumn('b')).toEqual(['x', 'y', 'z', null, null, 'w', null])
    expect([...table][1]).toEqual([2, 'y'])
    expect([...table.iterateObjects()][3]).toEqual({ a: 4, b: null })
    expect(table.getRow(7)).toBeUndefined()
  })

  test('of objects name the columns', () => {
    expect(new Table([{ a: 1 }, { a: 2, b: 3 }]).columns).toEqual(['a', 'b'])
    expect(Table.fromObjects([{ a: 1 }, { b: [2] }], { logMode: 'MUTABLE' })).toMatchObject({
      columns: ['a', 'b'],
      rowCount: 2,
      logMode: 'MUTABLE',
    })
    expect(new Table().columns).toEqual(['Input', 'Output', 'Expected'])
  })

  test('have columns of any name, also of what every object has', () => {
    const names = ['constructor', 'toString', '__proto__']
    const columnTypes: Record<string, 'number'> = { toString: 'number' as const }
    const table = new Table({ columns: names, columnTypes, optional: { constructor: true } })
    table.addRow({ toString: 1 })
    expect(table.getRow(0)).toEqual([null, 1, null])
    table.addRow({ toString: 3, ['__proto__']: 4 })
    table.addComputedColumns((row) => (row === 0 ? { valueOf: 2 } : {}))
    expect(table.getRow(1)).toEqual([null, 3, 4, null])
    expect(new Table([{ a: 1 }, { valueOf: 2 }]).getColumn('valueOf')).toEqual([null, 2])
  })

  test('have images with layers of any name', () => {
    const image = (layer: string) =>
      new Image(Uint8Array.of(1), { width: 1, height: 1, masks: { [layer]: { maskData: Uint8Array.of(1) } } })
    const table = new Table({ columns: ['image'] }).addRow(image('constructor')).addRow(image('other'))
    expect(table.rowCount).toBe(2)
  })

  test('of a table of one column may be objects themselves', () => {
    const table = new Table({ columns: ['options'] })
    table.addRow({ k: 1 }).addRow({ options: { k: 2 } })
    expect(table.getColumn('options')).toEqual([{ k: 1 }, { k: 2 }])
  })

  test('are copied: what the program changes afterwards is not in the table', () => {
    const table = new Table({ columns: ['list', 'object', 'time', 'array'] })
    const [list, object, time, array] = [[1], { a: [2] }, new Date(3), Float32Array.of(4)]
    table.addRow(list, object, time, array)
    list.push(9)
    object.a.push(9)
    time.setTime(9)
    array[0] = 9
    const row = [[1], { a: [2] }, new Date(3), Float32Array.of(4)]
    expect(table.getRow(0)).toEqual(row)
    ;(table.getRow(0) as number[][])[0]?.push(9)
    expect(table.getRow(0)).toEqual(row)
  })

  test('hold what JavaScript has: Map, Set, bigint, Buffer, toJSON', () => {
    const table = new Table({ columns: ['v'], allowMixedTypes: true })
    const values = [
      new Map([['k', 1]]),
      new Set([1]),
      2n ** 60n,
      3n,
      Buffer.from('häh'),
      { toJSON: () => 'j' },
      undefined,
    ]
    for (const value of values) table.addRow(value)
    expect(table.getColumn('v')).toEqual([{ k: 1 }, [1], 2n ** 60n, 3, 'häh', 'j', null])
    expect(() => table.addRow(Math.max)).toThrow('it is a function: pass what it returns, or its name')
  })

  test('come back as they were put in', () => {
    const cell = fc.oneof(fc.double(), fc.string(), fc.boolean(), fc.constant(null), fc.date({ noInvalidDate: true }))
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, fc.double(), fc.option(fc.string()), fc.option(fc.boolean()))), (rows) => {
        const table = new Table({ columns: ['any', 'n', 's', 'b'], columnTypes: { any: 'any' } })
        for (const row of rows) table.addRow(...row)
        expect([...table]).toEqual(rows)
      }),
    )
  })
})

describe('types', () => {
  test('are those of the first values', () => {
    const table = new Table({ columns: ['n', 's', 'b', 't', 'l', 'd', 'e', 'i'] })
    const pixel = new Image(Uint8Array.of(0), { width: 1, height: 1 })
    table.addRow(null, 'x', true, new Date(0), [1, 2], { k: 'v' }, null, pixel)
    table.addRow(1, null, null, null, null, null, Number.NaN, null)
    expect(table.columnTypes).toEqual({
      n: 'none or number',
      s: 'none or string',
      b: 'boolean or none',
      t: 'none or timestamp',
      l: 'none or list of number',
      d: 'none or { k: string }',
      e: 'none or unknown',
      i: 'image or none',
    })
    expect(table.getColumn('i')[0]).toBe(pixel)
  })

  test('a value that does not fit is refused, and the table stays as it was', () => {
    const table = new Table({ columns: ['id', 'score'], rows: [[1, 0.5]] })
    expect(refusalOf(() => table.addRow(2, 'high'))).toEqual({
      code: 'table-type',
      message: 'Column "score" takes none or number, and row 1 has "high" (string).',
    })
    expect(table.rowCount).toBe(1)
    expect(table.getColumn('id')).toEqual([1])
    table.addRow(2, 0.7)
    expect(table.getColumn('score')).toEqual([0.5, 0.7])
  })

  test('the first failing column does not keep the others', () => {
    const table = new Table({ columns: ['a', 'b'] })
    expect(refusalOf(() => table.addRow([1, 'x'], Symbol('s')))?.code).toBe('invalid-cell')
    expect(table.columnTypes).toEqual({ a: 'none or unknown', b: 'none or unknown' })
  })

  test.each([
    ['number', 1, 'x'],
    ['string', 'x', 1],
    ['boolean', true, 1],
    ['timestamp', new Date(0), 0],
    [{ list: 'number' }, [1, null], ['x']],
    [{ dictionary: { a: 'number' } }, { a: 1 }, { b: 1 }],
    [{ union: ['number', 'string'] }, 'x', true],
    ['image', new Image(Uint8Array.of(0), { width: 1, height: 1 }), 'picture.png'],
  ] as const)('%j can be asked for', (type, right, wrong) => {
    const table = new Table({ columns: ['v'], columnTypes: { v: type } })
    table.addRow({ v: right }).addRow({ v: null })
    expect(refusalOf(() => table.addRow({ v: wrong }))?.code).toBe('table-type')
    expect(table.rowCount).toBe(2)
  })

  test('optional: false refuses null', () => {
    const table = new Table({ columns: ['a', 'b'], optional: { a: false } })
    table.addRow(1, null)
    expect(refusalOf(() => table.addRow(null, 1))?.message).toBe('Column "a" takes number, and row 1 has none.')
    expect(refusalOf(() => new Table({ columns: ['a'], optional: false, rows: [[null]] }))?.code).toBe('table-type')
  })

  test('cast gives a column a type that all its values have', () => {
    const table = new Table({ columns: ['v'], allowMixedTypes: true, rows: [[1], [2]] })
    table.cast('v', 'number')
    expect(table.columnTypes).toEqual({ v: 'number' })
    expect(refusalOf(() => table.cast('v', 'string'))?.message).toBe(
      'Column "v" takes string, and row 0 has 1 (number).',
    )
    table.cast('v', 'number', { optional: true }).addRow({ v: null })
    expect(refusalOf(() => table.cast('w', 'number'))?.code).toBe('invalid-table')
  })
})

describe('columns', () => {
  test('are added with a value for each row, typed arrays too', () => {
    const table = new Table({ columns: ['a'], rows: [[1], [2]] })
    table.addColumn('b', ['x', 'y']).addColumn('c', Float32Array.of(1, 2.5)).addColumn('d', [null, Number.NaN])
    expect(table.columns).toEqual(['a', 'b', 'c', 'd'])
    expect([...table]).toEqual([
      [1, 'x', 1, null],
      [2, 'y', 2.5, Number.NaN],
    ])
    expect(Table.fromColumns({ x: Float64Array.of(1, 2), y: ['a', 'b'] }).getRow(1)).toEqual([2, 'b'])
  })

  test('of a table in increments are given at its start', () => {
    const table = Table.fromColumns({ x: [1, 2] }, { logMode: 'INCREMENTAL' })
    expect(table.logMode).toBe('INCREMENTAL')
    expect(table.addRow(3).rowCount).toBe(3)
    expect(refusalOf(() => table.addColumn('y', [1, 2, 3]))?.code).toBe('invalid-table')
  })

  test('can be computed from the others', () => {
    const table = new Table([
      { x: 1, y: 2 },
      { x: 3, y: 5 },
    ])
    table.addComputedColumns((row, { x, y }) => ({ row, sum: Number(x) + Number(y) }))
    expect(table.getColumn('sum')).toEqual([3, 8])
    expect(table.getColumn('row')).toEqual([0, 1])
    expect(refusalOf(() => table.addComputedColumns((row) => ({ new: 1, mixed: row === 0 ? 1 : 'x' })))?.code).toBe(
      'table-type',
    )
    expect(table.columns).toEqual(['x', 'y', 'row', 'sum'])
  })

  test.each<[string, () => unknown]>([
    ['a name that is taken', () => new Table([{ a: 1 }]).addColumn('a', [1])],
    ['too few values', () => new Table([{ a: 1 }]).addColumn('b', [])],
    [
      'a column of a table in increments',
      () => new Table({ columns: ['a'], logMode: 'INCREMENTAL' }).addColumn('b', []),
    ],
    ['computed ones there', () => new Table({ logMode: 'INCREMENTAL' }).addComputedColumns(() => ({}))],
    ['names twice', () => new Table({ columns: ['a', 'a'] })],
    ['a name that is no text', () => new Table({ columns: [1 as unknown as string] })],
    ['too many values', () => new Table({ columns: ['a'] }).addRow(1, 2)],
    ['too few', () => new Table({ columns: ['a', 'b'] }).addRow(1)],
    ['an unknown key', () => new Table({ columns: ['a', 'b'] }).addRow({ c: 1 })],
    ['an unknown column', () => new Table({ columns: ['a'] }).getColumn('b')],
    ['a type of an unknown column', () => new Table({ columns: ['a'], columnTypes: { b: 'number' } })],
    ['an unknown type', () => new Table({ columns: ['a'], columnTypes: { a: 'float' as 'number' } })],
    ['an unknown mode', () => new Table({ logMode: 'mutable' as 'MUTABLE' })],
    ['rows and data', () => new Table({ rows: [], data: [] })],
    ['a join without tables', () => new JoinedTable({ table1: 'a', table2: 'b.table.json', joinKey: 'id' })],
    [
      'a join with three keys',
      () =>
        new JoinedTable({ table1: 'a.table.json', table2: 'b.table.json', joinKey: ['a', 'b', 'c'] as unknown as 'a' }),
    ],
    ['parts of nothing', () => new PartitionedTable('')],
  ])('%s is refused', (_what, call) => {
    expect(refusalOf(call)?.code).toBe('invalid-table')
  })
})

test.each([
  ['a promise', Promise.resolve(1), 'invalid-cell'],
  [
    'a tensor',
    new (class Tensor {
      dataSync() {}
    })(),
    'invalid-cell',
  ],
  ['a symbol', Symbol('s'), 'invalid-cell'],
  ['a table', new Table(), 'invalid-cell'],
  ['a chart', plot.lineSeries({ xs: [], ys: [] }), 'invalid-cell'],
])('%s in a cell', (_what, value, code) => {
  expect(refusalOf(() => new Table({ columns: ['v'] }).addRow([value]))?.code).toBe(code)
})

test('a value that holds itself is refused', () => {
  const list: unknown[] = []
  list.push(list)
  expect(refusalOf(() => new Table({ columns: ['v'] }).addRow(list))?.code).toBe('cyclic-value')
})

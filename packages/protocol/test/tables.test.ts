import { deflateRawSync, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  assignCell,
  type ColumnType,
  columnTypes,
  crc32,
  createCellReader,
  describeColumnType,
  encodeNpz,
  optionalOf,
  ProtocolError,
  parseColumnType,
  parseJson,
  parseTable,
  readNpzArray,
  sanitizeArtifactName,
  type TableCell,
  toArtifactTableText,
  toChartConfig,
  toColumnTypeJson,
  toJsonText,
  toNumberText,
  toRunTableText,
  toStringText,
  typeOfCell,
  unionOf,
} from '../src/index.ts'

const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, -0, 2 ** 53, 1e16, 1e-5, 1e-7, 123456.789, 5e-324, 1.7976931348623157e308),
)
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\ud800', 'größe', '\u2028', '"\\', '', '__proto__'),
)
const date = fc.integer({ min: -8e12, max: 8e12 }).map((ms) => new Date(ms))
const leaf: fc.Arbitrary<TableCell> = fc.oneof(
  number,
  text,
  fc.boolean(),
  fc.constant(null),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
)
const cell: fc.Arbitrary<TableCell> = fc.letrec<{ cell: TableCell }>((tie) => ({
  cell: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('cell'), { maxLength: 4 }),
    fc.array(fc.tuple(text, tie('cell')), { maxLength: 4 }).map((members) => new Map(members)),
  ),
})).cell

/** What is left of a cell when JSON of the style has held it. */
function afterwards(value: TableCell, style: 'compact' | 'spaced'): TableCell {
  if (typeof value === 'number' && Number.isNaN(value)) return style === 'spaced' ? null : value
  // Lone surrogates are escaped, and come back.
  if (Array.isArray(value)) return value.map((member: TableCell) => afterwards(member, style))
  if (value instanceof Map) {
    return new Map([...value].map(([key, member]) => [key, afterwards(member, style)]))
  }
  return value
}

describe('the files of a table', () => {
  test('hold what the cells held', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, number, date), { maxLength: 8 }), (rows) => {
        const columns = [
          {
            name: 'any',
            type: optionalOf(columnTypes.any),
            cells: { kind: 'values', values: rows.map((row) => row[0]) },
          },
          {
            name: 'number',
            type: columnTypes.number,
            cells: { kind: 'numbers', values: Float64Array.from(rows, (row) => row[1]), isFloat: false },
          },
          {
            name: 'time',
            type: columnTypes.timestamp,
            cells: { kind: 'timestamps', values: Float64Array.from(rows, (row) => row[2].getTime()) },
          },
        ] as const
        const artifactText = [
          ...toArtifactTableText(columns, rows.length, { logMode: 'MUTABLE', toMediaJson: () => ({}) }),
        ].join('')
        expect(artifactText).toMatch(/^[\x20-\x7e]*$/)
        const artifact = parseTable(parseJson(artifactText))
        expect(artifact.logMode).toBe('MUTABLE')
        expect(artifact.rows).toEqual(
          rows.map((row) => [afterwards(row[0], 'spaced'), afterwards(row[1], 'spaced'), row[2]]),
        )
        const run = parseTable(parseJson([...toRunTableText(columns, rows.length)].join('')))
        expect(run.rows).toEqual(rows.map((row) => [row[0], row[1], row[2].toISOString()]))
      }),
    )
  })

  test('texts are found again in their pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.option(text))), (pieces) => {
        const cells = {
          kind: 'texts',
          pieces: pieces.map((texts) => ({ text: texts.map((part) => part ?? '').join(''), rowCount: texts.length })),
          lengths: Int32Array.from(pieces.flat(), (part) => part?.length ?? -1),
        } as const
        const read = createCellReader(cells)
        expect(pieces.flat().map(() => read())).toEqual(pieces.flat())
      }),
    )
  })

  test('end where W&B cuts them off: 10,000 rows in a run, 200,000 in an artifact', () => {
    const rowCount = 200_001
    const cells = { kind: 'numbers', values: new Float64Array(rowCount), isFloat: false } as const
    const columns = [{ name: 'n', type: columnTypes.number, cells }]
    expect(parseTable(parseJson([...toRunTableText(columns, rowCount)].join(''))).rows).toHaveLength(10_000)
    const options = { logMode: 'IMMUTABLE', toMediaJson: () => ({}) } as const
    const artifact = [...toArtifactTableText(columns, rowCount, options)].join('')
    expect(artifact).toMatch(/"nrows": 200000\}$/)
    expect(parseTable(parseJson(artifact)).rows).toHaveLength(200_000)
  })

  test('an increment says which one it is and where the others are', () => {
    const artifact = [
      ...toArtifactTableText([], 0, {
        logMode: 'INCREMENTAL',
        increment: { number: 1, previousPaths: ['wandb-client-artifact://a/0-1.t.table.json'] },
        toMediaJson: () => ({}),
      }),
    ].join('')
    expect(artifact).toBe(
      '{"_type": "table", "column_types": {"params": {"type_map": {}}, "wb_type": "typedDict"}, "columns": [], "data": [], ' +
        '"increment_num": 1, "log_mode": "INCREMENTAL", "ncols": 0, "nrows": 0, ' +
        '"previous_increments_paths": ["wandb-client-artifact://a/0-1.t.table.json"]}',
    )
    expect(parseTable(parseJson(artifact)).incrementNumber).toBe(1)
  })

  test.each(['[]', '{}', '{"columns":1,"data":[]}', '{"columns":["a"],"data":[[1,2]]}', '{"columns":[],"data":1}'])(
    '%s is no table',
    (json) => {
      expect(() => parseTable(parseJson(json))).toThrow(
        expect.objectContaining({ code: 'invalid-table' } satisfies Partial<ProtocolError>),
      )
    },
  )
})

describe('numbers and texts', () => {
  test.each([
    [1, '1', '1', '1.0'],
    [-0, '-0.0', '-0.0', '-0.0'],
    [0.1, '0.1', '0.1', '0.1'],
    [1e-5, '1e-05', '0.00001', '1e-05'],
    [1.5e-7, '1.5e-07', '1.5e-7', '1.5e-07'],
    [2 ** 53, '9007199254740992.0', '9007199254740992.0', '9007199254740992.0'],
    [1e16, '1e+16', '1e+16', '1e+16'],
    [1e300, '1e+300', '1e+300', '1e+300'],
    [Number.NaN, 'null', 'NaN', 'null'],
    [Number.NEGATIVE_INFINITY, '-Infinity', '-Infinity', '-Infinity'],
  ])('%d is written as Python writes it', (value, spaced, compact, float) => {
    expect(toNumberText(value, 'spaced')).toBe(spaced)
    expect(toNumberText(value, 'compact')).toBe(compact)
    expect(toNumberText(value, 'spaced', true)).toBe(float)
  })

  test('every number reads back as itself', () => {
    fc.assert(
      fc.property(
        number,
        fc.boolean(),
        fc.constantFrom('compact' as const, 'spaced' as const),
        (value, isFloat, style) => {
          const read = parseJson(toNumberText(value, style, isFloat))
          expect(read).toBe(style === 'spaced' && Number.isNaN(value) ? null : value)
        },
      ),
    )
  })

  test('texts of artifacts are ASCII', () => {
    expect(toStringText('größe\u007f😀\n"', 'spaced')).toBe('"gr\\u00f6\\u00dfe\\u007f\\ud83d\\ude00\\n\\""')
    expect(toStringText('größe😀', 'compact')).toBe('"größe😀"')
  })

  test('keys of artifacts are sorted by code point, those of runs stay', () => {
    const value = { '\u{1f600}': 1, '\uffff': [2, {}], a: null }
    expect(toJsonText(value, 'spaced')).toBe('{"a": null, "\\uffff": [2, {}], "\\ud83d\\ude00": 1}')
    expect(toJsonText(value, 'compact')).toBe('{"\u{1f600}":1,"\uffff":[2,{}],"a":null}')
  })
})

describe('types of columns', () => {
  const unknown = optionalOf(columnTypes.unknown)

  test('the first value decides, null and NaN go with all', () => {
    const kindOf = (value: TableCell) =>
      value === null || Number.isNaN(value) ? 'none' : typeof value === 'bigint' ? 'number' : typeof value
    fc.assert(
      fc.property(fc.array(leaf), (cells) => {
        // The naive model: one kind, or none.
        const kinds = [...new Set(cells.map(kindOf).filter((kind) => kind !== 'none'))]
        let type: ColumnType | undefined = unknown
        for (const value of cells) type = type && assignCell(type, value)
        if (kinds.length > 1) expect(type).toBeUndefined()
        else
          expect(describeColumnType(type as ColumnType)).toBe(
            [kinds[0] ?? 'unknown', 'none'].sort((a, b) => (a < b ? -1 : 1)).join(' or '),
          )
      }),
    )
  })

  test('a type without none refuses gaps', () => {
    expect(assignCell(columnTypes.number, null)).toBeUndefined()
    expect(assignCell(columnTypes.unknown, Number.NaN)).toBeUndefined()
    expect(assignCell(columnTypes.any, 'x')).toBe(columnTypes.any)
    expect(assignCell(columnTypes.any, null)).toBeUndefined()
  })

  test('lists grow into their members, dictionaries have the keys of the first', () => {
    const list = assignCell(unknown, []) as ColumnType
    const numbers = assignCell(list, [1, 2]) as ColumnType
    expect(toColumnTypeJson(numbers)).toEqual({
      wb_type: 'union',
      params: {
        allowed_types: [
          { wb_type: 'none' },
          { wb_type: 'list', params: { element_type: { wb_type: 'number' }, length: 2 } },
        ],
      },
    })
    expect(assignCell(numbers, ['x'])).toBeUndefined()
    const dictionary = assignCell(unknown, new Map([['k', 1]])) as ColumnType
    expect(assignCell(dictionary, new Map([['k', 2]]))).toBe(dictionary)
    expect(assignCell(dictionary, new Map([['l', 2]]))).toBeUndefined()
    expect(assignCell(dictionary, new Map())).toBeUndefined()
  })

  test('any type comes back from its JSON', () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
        for (const value of cells) {
          const type = optionalOf(typeOfCell(value))
          expect(toColumnTypeJson(parseColumnType(toColumnTypeJson(type)))).toEqual(toColumnTypeJson(type))
        }
      }),
    )
    for (const type of [
      { kind: 'array', shape: [3, 200], serialization: { path: 'media/serialized_data/a.npz', key: 'a' } },
      { kind: 'named', name: 'audio-file' },
      { kind: 'named', name: 'foreignKey', params: { table: 'a.table.json', col_name: 'id' } },
      { kind: 'constant', value: ['a'], isSet: true },
      unionOf([columnTypes.boolean, columnTypes.timestamp]),
    ] satisfies ColumnType[]) {
      expect(parseColumnType(toColumnTypeJson(type))).toEqual(type)
    }
  })

  test('what is drawn on images is collected from all of them', () => {
    const image = (layers: Record<string, number[]>, classes: Record<string, string>): TableCell => ({
      className: 'Image',
      media: {},
      columnType: {
        kind: 'image',
        details: {
          boxLayers: layers,
          boxScoreKeys: Object.keys(classes),
          maskLayers: {},
          boxClassMaps: { predictions: classes },
          maskClassMaps: {},
          classMap: classes,
        },
      },
    })
    const first = assignCell(unknown, image({ predictions: [0] }, { 0: 'cat' })) as ColumnType
    expect(
      toColumnTypeJson(assignCell(first, image({ truth: [1] }, { 0: 'dog', 1: 'bird' })) as ColumnType),
    ).toMatchObject({
      params: {
        allowed_types: [
          {
            wb_type: 'image-file',
            params: {
              box_layers: { params: { val: { predictions: [0], truth: [1] } } },
              box_score_keys: { params: { val: ['0', '1'], is_set: true } },
              class_map: { params: { val: { 0: 'cat', 1: 'bird' } } },
            },
          },
          { wb_type: 'none' },
        ],
      },
    })
  })
})

test('names of artifacts lose what they may not have, and get a checksum instead', () => {
  expect(sanitizeArtifactName('run-k3v9x2ab-predictions')).toBe('run-k3v9x2ab-predictions')
  // As W&B's client made it.
  expect(sanitizeArtifactName('run-k3v9x2ab-tbl:x/y')).toBe('run-k3v9x2ab-tblxy-IYwH4w')
  expect(sanitizeArtifactName('größe table')).toBe('gretable-luWzHw')
  expect(sanitizeArtifactName('x'.repeat(300))).toHaveLength(128)
})

test('the config of a chart names the table where the page finds it', () => {
  const preset = { id: 'wandb/line/v0', fields: { x: 'a' }, texts: { title: 'T' }, isTableSplit: true }
  expect(JSON.stringify(toChartConfig('val.pr', preset))).toContain(
    '{"name":"tableKey","value":"Custom Chart Tables/val.pr_table"}',
  )
})

test('an array file has the header that NumPy reads', () => {
  const bytes = encodeNpz(
    { name: 'e', numbers: Float64Array.of(1, 2), shape: [2] },
    { deflateRaw: (content) => content, crc32 },
  )
  const content = new TextDecoder('latin1').decode(bytes)
  expect(content).toContain("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }")
  expect(content.indexOf('NUMPY')).toBe(30 + 'e.npy'.length + 1)
})

test('an array of more than the format holds is refused', () => {
  // Pages that nobody touches take no memory.
  const numbers = new Float64Array(2 ** 29)
  const encode = () => encodeNpz({ name: 'e', numbers, shape: [2 ** 29] }, { deflateRaw: deflateRawSync, crc32 })
  expect(encode).toThrow(expect.objectContaining({ code: 'too-large', message: expect.stringContaining('"e"') }))
})

describe('arrays of NumPy', () => {
  const effects = {
    inflateRaw: (bytes: Uint8Array, maxOutputLength: number) => inflateRawSync(bytes, { maxOutputLength }),
  }

  test('are read as they were written', () => {
    fc.assert(
      fc.property(fc.float64Array({ minLength: 1, maxLength: 50 }), fc.string({ maxLength: 8 }), (numbers, name) => {
        const shape = [1, numbers.length]
        const bytes = encodeNpz({ name, numbers, shape }, { deflateRaw: deflateRawSync, crc32 })
        expect(readNpzArray(bytes, name, effects)).toEqual({ numbers, shape })
      }),
    )
  })

  // Written by Python's zipfile in the way of numpy.savez and savez_compressed: sizes of the local headers are elsewhere.
  const stored = Buffer.from(
    'UEsDBC0AAAAAAAAAIQAbI9WP//////////8FABQAaS5ucHkBABAAkAAAAAAAAACQAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJzxpNCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgyLCAyKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAQAAAP7///8DAAAABAAAAFBLAwQtAAAAAAAAACEA7hm7Xf//////////BQAUAGIubnB5AQAQAIIAAAAAAAAAggAAAAAAAACTTlVNUFkBAHYAeydkZXNjcic6ICd8YjEnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgCgEAUEsDBC0AAAAAAAAAIQAvlJJS//////////8FABQAbC5ucHkBABAAiAAAAAAAAACIAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJzxpOCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgxLCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAK+/////////9QSwECLQMtAAAAAAAAACEAGyPVj5AAAACQAAAABQAAAAAAAAAAAAAAgAEAAAAAaS5ucHlQSwECLQMtAAAAAAAAACEA7hm7XYIAAACCAAAABQAAAAAAAAAAAAAAgAHHAAAAYi5ucHlQSwECLQMtAAAAAAAAACEAL5SSUogAAACIAAAABQAAAAAAAAAAAAAAgAGAAQAAbC5ucHlQSwUGAAAAAAMAAwCZAAAAPwIAAAAA',
    'base64',
  )
  const compressed = Buffer.from(
    'UEsDBC0AAAAIAAAAIQAzLLG6//////////8FABQAZi5ucHkBABAAkAAAAAAAAABTAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CkaaOgq1CmQDLgYGBnsGhgP1QAykGRoAUEsDBC0AAAAIAAAAIQAx+UKA//////////8FABQAdC5ucHkBABAAoAAAAAAAAABWAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GoY6CkZApKmjUKtAHuBiAIMP9hCawQFCcUBpAQcAUEsBAi0DLQAAAAgAAAAhADMssbpTAAAAkAAAAAUAAAAAAAAAAAAAAIABAAAAAGYubnB5UEsBAi0DLQAAAAgAAAAhADH5QoBWAAAAoAAAAAUAAAAAAAAAAAAAAIABigAAAHQubnB5UEsFBgAAAAACAAIAZgAAABcBAAAAAA==',
    'base64',
  )
  test.each([
    [stored, 'i', [1, -2, 3, 4], [2, 2]],
    [stored, 'b', [1, 0], [2]],
    [stored, 'l', [-5], [1]],
    [compressed, 'f', [0.5, Number.NaN, 1.5, -0], [2, 2]],
    [compressed, 't', [1, 2, 3, 4], [1, 2, 2]],
  ] as const)('are read as Python writes them (%#)', (bytes, name, numbers, shape) => {
    expect(readNpzArray(bytes, name, effects)).toEqual({ numbers: Float64Array.from(numbers), shape })
  })

  test('that are damaged, missing or of another kind say so', () => {
    const codeOf = (bytes: Uint8Array, name: string) => {
      try {
        return readNpzArray(bytes, name, effects)
      } catch (error) {
        return ProtocolError.isInstance(error) ? error.code : error
      }
    }
    expect(codeOf(stored, 'none')).toBe('invalid-table')
    expect(codeOf(new Uint8Array(5), 'i')).toBe('invalid-table')
    for (let length = 0; length < compressed.length; length += 7) {
      expect(codeOf(compressed.subarray(0, length), 'f')).toBe('invalid-table')
    }
    const other = Buffer.from(stored)
    other.write('>', other.indexOf('<i4'))
    expect(codeOf(other, 'i')).toBe('invalid-table')
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileContent } from './file-content.ts'
import { parseDelimited } from './parse-delimited.ts'

test('separated values come back as they were written, whatever is in them', () => {
  const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é', '1') })
  const table = fc
    .integer({ min: 2, max: 4 })
    .chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }))
  fc.assert(
    fc.property(table, fc.constantFrom('\r\n', '\n'), fc.boolean(), (rows, lineEnd, hasLastEnd) => {
      const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
      const text = rows.map((row) => row.map(quoted).join(',')).join(lineEnd) + (hasLastEnd ? lineEnd : '')
      expect(parseDelimited(text, ',')).toEqual(rows)
    }),
  )
  expect(parseDelimited('a,b\n1,\n,2\n', ',')).toEqual([
    ['a', 'b'],
    ['1', ''],
    ['', '2'],
  ])
  expect(parseDelimited('a\tb,c', '\t')).toEqual([['a', 'b,c']])
  expect(parseDelimited('a,"open', ',')).toEqual([['a', 'open']])
  expect(parseDelimited('"a"b,c\nd,e', ',')).toEqual([
    ['ab', 'c'],
    ['d', 'e'],
  ])
})

test('a file is shown as what it is, and as a text where it is not what its name promises', () => {
  expect(fileContent('a/config.json', '{"lr": 0.1}')).toEqual({ kind: 'json', value: { lr: 0.1 } })
  for (const text of ['[1, 2]', '{', '', '{}', '1']) expect(fileContent('x.json', text)).toBeUndefined()
  expect(fileContent('runs.csv', 'name,loss\nfirst,0.5\n"a, b",007\n')).toEqual({
    kind: 'table',
    table: {
      columns: ['name', 'loss'],
      rows: [
        ['first', 0.5],
        ['a, b', '007'],
      ],
    },
  })
  expect(fileContent('words.csv', 'one\ntwo\n')).toBeUndefined()
  expect(fileContent('train.py', 'a,b\n1,2')).toBeUndefined()
})

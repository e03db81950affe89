import { expect, test } from 'vitest'
import { fillSpec, placeholdersOf } from './fill-spec.ts'

const settings = { fields: { x: 'epoch', y: 'val.loss' }, texts: { title: 'Loss' } }

test('fields and texts take the place of their names, in keys and inside other text too', () => {
  const text = JSON.stringify({
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    title: '${string:title} of ${field:y}',
    encoding: { x: { field: '${field:x}' }, y: { field: '${field:y}', title: '${string:y-title:none}' } },
    params: [{ name: 'p', value: { '${field:x}': 1 } }],
  })
  expect(fillSpec(text, settings)).toEqual({
    kind: 'spec',
    language: 'vega-lite',
    spec: {
      $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
      title: 'Loss of val.loss',
      encoding: { x: { field: 'epoch' }, y: { field: 'val.loss', title: 'none' } },
      params: [{ name: 'p', value: { epoch: 1 } }],
    },
  })
  expect(placeholdersOf(text)).toEqual({ fields: ['y', 'x'], texts: ['title', 'y-title'] })
})

test('a field that nobody has set keeps its own name, and names of Object are no settings', () => {
  const filled = fillSpec('{"mark":"bar","a":"${field:toString}","b":"${field:z}"}', settings)
  expect(filled).toMatchObject({ spec: { a: 'toString', b: 'z' } })
})

test('what is no spec is said', () => {
  expect(fillSpec('{"a": nope}', settings)).toMatchObject({
    kind: 'problem',
    message: expect.stringMatching(/no JSON/),
  })
  expect(fillSpec('[1]', settings)).toEqual({ kind: 'problem', message: 'The spec is no JSON object.' })
})

test.each([
  { data: { url: 'https://example.com/a.csv' } },
  { data: [{ name: 'wandb' }, { name: 'b', url: '/api/account' }] },
  { layer: [{ data: { url: 'a.json' } }] },
  { transform: [{ lookup: 'x', from: { data: { url: 'b.json' } } }] },
])('addresses of other data are refused: %j', (spec) => {
  expect(fillSpec(JSON.stringify(spec), settings)).toMatchObject({
    kind: 'problem',
    message: expect.stringContaining('loads data from'),
  })
})

test('Vega is told from Vega-Lite', () => {
  const language = (spec: object) => {
    const filled = fillSpec(JSON.stringify(spec), settings)
    return filled.kind === 'spec' ? filled.language : filled.message
  }
  expect(language({ $schema: 'https://vega.github.io/schema/vega/v6.json' })).toBe('vega')
  expect(language({ marks: [] })).toBe('vega')
  expect(language({ mark: 'bar' })).toBe('vega-lite')
})

import { parseRunQuery, queryDepthMax, toRunFilter } from '@lossline/protocol'
import { openSqliteStore, type RunFields, type Store } from '@lossline/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseRunFilter, parseRunOrder } from './run-filters.ts'

let store: Store
const dayMs = 86_400_000

async function putRun(runId: string, day: number, fields: Partial<RunFields>): Promise<number> {
  const nowMs = Date.UTC(2026, 0, day)
  const change = { heartbeatAtMs: nowMs + dayMs / 24, ...fields }
  const [{ run }] = await store.write([{ kind: 'put-run', at: { entity: 'e', project: 'p', runId }, nowMs, change }])
  return run.id
}

beforeAll(async () => {
  store = await openSqliteStore({ path: ':memory:' })
  await putRun('small', 1, {
    state: 'finished',
    tags: ['a', 'b'],
    group: 'g',
    config:
      '{"lr":{"value":0.1},"optim":{"value":{"name":"adam"}},"a.b":{"value":1},"layers":{"value":[1,2]},"_wandb":{"value":{}}}',
    summary: '{"loss":0.5,"val/acc":0.9,"nested":{"x":3},"nan":NaN,"_wandb":{"runtime":60}}',
  })
  const large = await putRun('large', 2, {
    displayName: 'f(x)',
    config: '{"lr":{"value":1}}',
    summary: '{"loss":2}',
  })
  await putRun('bare', 3, {})
  const numbers = ['train.loss', 'train/acc'].map((key) => ({
    key,
    rowIndexes: Uint32Array.of(0),
    values: Float64Array.of(1),
  }))
  const rows = { rowCount: 1, steps: Float64Array.of(0), numbers, others: [] }
  await store.write([{ kind: 'append-rows', run: large, stream: 'history', lineOffset: 0, rows, nowMs: 0 }])
})
afterAll(() => store.close())

const select = async (filters: string | null, order: string | null): Promise<string[]> => {
  const filter = await parseRunFilter(filters)
  const query = { entity: 'e', project: 'p', order: parseRunOrder(order), ...(filter && { filter }) }
  return (await store.runs(query)).runs.map((run) => run.runId)
}

test.each([
  [{}, ['small', 'large', 'bare']],
  [{ 'config.lr': 0.1 }, ['small']],
  [{ tags: { $contains: 'b' } }, ['small']],
  [{ tags: { $all: ['a', 'b'] } }, ['small']],
  [{ tags: { $all: ['a', 'c'] } }, []],
  [{ tags: { $all: [] } }, []],
  [{ 'config.lr': { $not: { $all: [] } } }, ['small', 'large', 'bare']],
  [{ tags: { $size: 2 } }, ['small']],
  [{ tags: { $size: 0 } }, ['large', 'bare']],
  [{ tags: { $contains: 'a' } }, ['small']],
  [{ name: { $contains: 'ar' } }, ['large', 'bare']],
  [{ displayName: { $contains: '(' } }, ['large']],
  [{ 'tags.b': true }, ['small']],
  [{ 'tags.b': { $ne: true } }, ['large', 'bare']],
  [{ 'tags.b': { $exists: false } }, ['large', 'bare']],
  [{ 'tags.b': null }, ['large', 'bare']],
  [{ 'keys_info.keys.train.loss': { $exists: true } }, ['large']],
  [{ 'keys_info.keys.train/acc': { $exists: true } }, ['large']],
  [{ 'keys_info.keys._step': { $exists: false } }, ['small', 'bare']],
  [{ 'keys_info.keys.loss': null }, ['small', 'large', 'bare']],
  [{ 'config.lr.value': { $gte: 0.1 } }, ['small', 'large']],
  [{ 'config.optim.value.name': 'adam' }, ['small']],
  [{ 'config.optim.name': 'adam' }, ['small']],
  [{ 'config.optim': { name: 'adam' } }, ['small']],
  [{ 'config.a.b': 1 }, ['small']],
  [{ 'config.a.b.value': 1 }, ['small']],
  [{ 'config.layers': [1, 2] }, ['small']],
  [{ 'config.layers.value': { $in: [[1, 2.0]] } }, ['small']],
  [{ 'config._wandb': { $exists: true } }, []],
  [{ 'summary_metrics.loss': { $lt: 1 } }, ['small']],
  [{ 'summary_metrics.val/acc': { $gt: 0.5, $lte: 0.9 } }, ['small']],
  [{ 'summary_metrics.nested.x': 3 }, ['small']],
  [{ 'summary_metrics.nan': { $gte: 0 } }, []],
  [{ 'summary_metrics.nan': { $exists: true } }, ['small']],
  [{ 'summary_metrics._wandb.runtime': 60 }, ['small']],
  [{ 'summary_metrics.loss': { $ne: 2 } }, ['small', 'bare']],
  [{ 'summary_metrics.loss': { $exists: false } }, ['bare']],
  [{ 'summary_metrics.loss': null }, ['bare']],
  [{ tags: 'a' }, ['small']],
  [{ tags: { $in: ['b', 'z'] } }, ['small']],
  [{ tags: { $ne: 'a' } }, ['large', 'bare']],
  [{ tags: null }, ['large', 'bare']],
  [{ state: { $nin: ['finished'] } }, ['large', 'bare']],
  [{ $or: [{ name: 'bare' }, { group: 'g' }] }, ['small', 'bare']],
  [{ $and: [{ state: 'running' }, { 'config.lr': { $exists: true } }] }, ['large']],
  [{ $nor: [{ name: 'bare' }] }, ['small', 'large']],
  [{ name: { $not: { $in: ['bare'] } } }, ['small', 'large']],
  [{ duration: { $gte: 60 } }, ['small', 'large', 'bare']],
  [{ duration: 60 }, ['small']],
  [{ entity: 'e' }, ['small', 'large', 'bare']],
  [{ updatedAt: { $gte: '2030-01-01' } }, []],
  [{ created_at: { $gt: '2026-01-01T12:00:00' } }, ['large', 'bare']],
  [{ createdAt: { $lt: '2026-01-02T01:00:00+02:00' } }, ['small']],
  [{ createdAt: { $in: ['2026-01-02T00:00:00Z', null] } }, ['large']],
  [{ createdAt: { $gte: '2026-01-02 00:00', $lt: '2026-01-03' } }, ['large']],
  [{ state: { $gt: 5 } }, []],
  [{ name: { $regex: 'a' } }, ['small', 'large', 'bare']],
  [{ name: { $regex: '^(?i)L.*e$' } }, ['large']],
  [{ 'config.optim.name': { $regex: 'ad[am]+' } }, ['small']],
  [{ tags: { $regex: '^b$' } }, ['small']],
  [{ 'config.lr': { $regex: '0' } }, []],
  [{ group: { $not: { $regex: 'g' } } }, ['large', 'bare']],
  [{ name: { $regex: '(a+)+$' } }, []],
])('%j', async (filter, expected) => expect(await select(JSON.stringify(filter), null)).toEqual(expected))

test('NaN, which Python sends bare, finds NaN', async () => {
  expect(await select('{"summary_metrics.nan": NaN}', null)).toEqual(['small'])
  expect(await select('{"summary_metrics.loss": {"$lt": Infinity}}', null)).toEqual(['small', 'large'])
})

test('no filter is every run', async () => {
  for (const filters of [null, '', '{}', '{"$and":[]}']) expect(await select(filters, null)).toHaveLength(3)
})

test('a pattern cannot keep the server busy', async () => {
  await putRun(`${'a'.repeat(50_000)}!`, 4, { tags: ['long'] })
  expect(await select('{"tags":"long","name":{"$regex":"^(a+)+$"}}', null)).toEqual([])
  const [{ run }] = await store.write([
    { kind: 'put-run', at: { entity: 'e', project: 'p', runId: `${'a'.repeat(50_000)}!` }, nowMs: 0, change: {} },
  ])
  await store.write([{ kind: 'delete-run', run: run.id }])
})

test.each([
  ['{', 'invalid-request', 'not JSON'],
  ['[]', 'invalid-request', 'an object'],
  ['{"name":{"$regex":"(a"}}', 'invalid-request', 'missing closing'],
  ['{"\\u0024or":[{"name":{"\\u0024regex":"(a"}}]}', 'invalid-request', 'missing closing'],
  ['{"name":{"$regex":5}}', 'invalid-request', 'a text'],
  ['{"name":{"$in":"a"}}', 'invalid-request', 'a list'],
  ['{"$or":{"name":"a"}}', 'invalid-request', 'a list'],
  ['{"name":{"$exists":"false"}}', 'invalid-request', 'true or false'],
  ['{"createdAt":{"$gt":"yesterday"}}', 'invalid-request', 'yesterday'],
  ['{"createdAt":{"$gt":5}}', 'invalid-request', 'no time'],
  ['{"tags.a":"a"}', 'invalid-request', 'tags.a'],
  ['{"$where":"x"}', 'unsupported-operation', '$where'],
  ['{"name":{"$near":"x"}}', 'unsupported-operation', '$near'],
  ['{"name":{"$eq":"x","b":1}}', 'unsupported-operation', 'b is not'],
  ['{"constructor":1}', 'unsupported-operation', 'constructor'],
  ['{"inputArtifacts":1}', 'unsupported-operation', 'inputArtifacts'],
  ['{"config":1}', 'unsupported-operation', 'config'],
  [`${'{"$not":'.repeat(60)}{}${'}'.repeat(60)}`, 'invalid-request', 'deeper'],
])('%s, which nobody understands, is refused instead of matching something', async (text, code, words) => {
  await expect(parseRunFilter(text)).rejects.toMatchObject({ code, message: expect.stringContaining(words) })
})

test.each([
  ['500 comparisons', { $or: Array.from({ length: 501 }, () => ({ name: 'a' })) }],
  ['10000 values', { name: { $in: Array.from({ length: 10_001 }, String) } }],
])('more than %s are refused', async (words, filter) => {
  const refusal = { code: 'invalid-request', message: expect.stringContaining(words) }
  await expect(parseRunFilter(JSON.stringify(filter))).rejects.toMatchObject(refusal)
})

test('filters as large as may be are answered', async () => {
  const many = { name: { $in: Array.from({ length: 9_999 }, String).concat('bare') } }
  const questions = Array.from({ length: 498 }, (_, index) => ({ [`config.a.value.${index}`]: { $gte: index } }))
  expect(await select(JSON.stringify({ $and: [many, { $or: [...questions, { name: 'bare' }] }] }), null)).toEqual([
    'bare',
  ])
  const deep = `${'{"$not":'.repeat(48)}{"name":{"$regex":"^b"}}${'}'.repeat(48)}`
  expect(await select(deep, null)).toEqual(['bare'])
})

test('orders put missing values last, either way', async () => {
  const sorted = (order: string | null) => select(null, order)
  expect(await sorted(null)).toEqual(['small', 'large', 'bare'])
  expect(await sorted('')).toEqual(['small', 'large', 'bare'])
  expect(await sorted('-created_at')).toEqual(['bare', 'large', 'small'])
  expect(await sorted('+summary_metrics.loss')).toEqual(['small', 'large', 'bare'])
  expect(await sorted('-summary_metrics.loss')).toEqual(['large', 'small', 'bare'])
  expect(await sorted('config.lr.value')).toEqual(['small', 'large', 'bare'])
  expect(await sorted('-duration')).toEqual(['bare', 'large', 'small'])
})

test.each(['tags', '-tags.a', 'keys_info.keys.loss', 'constructor'])('no order is made of %s', (order) => {
  expect(() => parseRunOrder(order)).toThrow(expect.objectContaining({ code: 'unsupported-operation' }))
})

test.each(['a = 1 or b = 1 and (', 'not ('])('takes the deepest query that can be typed, of %s', async (opener) => {
  const count = opener === 'not (' ? queryDepthMax / 2 : queryDepthMax
  const query = parseRunQuery(`${opener.repeat(count)}c = 1${')'.repeat(count)}`)!
  const filter = { $and: [toRunFilter(query, { nowMs: 0 }), { group: 'g' }] }
  await expect(parseRunFilter(JSON.stringify(filter))).resolves.toBeDefined()
})

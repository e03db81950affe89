import type { RunRow } from '@lossline/store'
import { expect, test } from 'vitest'
import { parseRunFilter, parseRunOrder } from './run-filters.ts'

let lastId = 0
/** Only the fields that filters look at. */
function run(fields: object): RunRow {
  lastId += 1
  const times = { createdAtMs: Date.UTC(2026, 0, lastId), heartbeatAtMs: Date.UTC(2026, 0, lastId, 1), updatedAtMs: 0 }
  const texts = { displayName: '', group: '', jobType: '', host: '', username: 'local', sweepId: '', config: '{}' }
  const base = { id: 10_000 + lastId, number: lastId, runId: `r${lastId}`, state: 'running', tags: [], summary: '{}' }
  return { ...texts, ...times, ...base, ...fields } as unknown as RunRow
}

const small = run({
  runId: 'small',
  state: 'finished',
  tags: ['a', 'b'],
  group: 'g',
  config: '{"lr":{"value":0.1},"optim":{"value":{"name":"adam"}},"a.b":{"value":1},"_wandb":{"value":{}}}',
  summary: '{"loss":0.5,"val/acc":0.9,"nested":{"x":3},"nan":NaN,"_wandb":{"runtime":60}}',
})
const large = run({ runId: 'large', config: '{"lr":{"value":1}}', summary: '{"loss":2}' })
const bare = run({ runId: 'bare' })
const all = [small, large, bare]

const matching = async (filter: object): Promise<string[]> =>
  all.filter(await parseRunFilter(JSON.stringify(filter))).map((one) => one.runId)

test.each([
  [{}, ['small', 'large', 'bare']],
  [{ 'config.lr': 0.1 }, ['small']],
  [{ tags: { $contains: 'b' } }, ['small']],
  [{ tags: { $all: ['a', 'b'] } }, ['small']],
  [{ tags: { $all: ['a', 'c'] } }, []],
  [{ tags: { $size: 2 } }, ['small']],
  [{ tags: { $size: 0 } }, ['large', 'bare']],
  [{ name: { $contains: 'ar' } }, ['large', 'bare']],
  [{ 'config.lr.value': { $gte: 0.1 } }, ['small', 'large']],
  [{ 'config.optim.value.name': 'adam' }, ['small']],
  [{ 'config.a.b': 1 }, ['small']],
  [{ 'summary_metrics.loss': { $lt: 1 } }, ['small']],
  [{ 'summary_metrics.val/acc': { $gt: 0.5, $lte: 0.9 } }, ['small']],
  [{ 'summary_metrics.nested.x': 3 }, ['small']],
  [{ 'summary_metrics.nan': { $gte: 0 } }, []],
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
  [{ created_at: { $gt: '2026-01-01T12:00:00' } }, ['large', 'bare']],
  [{ createdAt: { $lt: '2026-01-02T01:00:00+02:00' } }, ['small']],
  [{ state: { $gt: 5 } }, []],
  [{ name: { $regex: 'a' } }, ['small', 'large', 'bare']],
  [{ name: { $regex: '^(?i)L.*e$' } }, ['large']],
  [{ 'config.optim.name': { $regex: 'ad[am]+' } }, ['small']],
  [{ tags: { $regex: '^b$' } }, ['small']],
  [{ 'config.lr': { $regex: '0' } }, []],
  [{ group: { $not: { $regex: 'g' } } }, ['large', 'bare']],
  [{ name: { $regex: '(a+)+$' } }, []],
])('%j', async (filter, expected) => expect(await matching(filter)).toEqual(expected))

test('a pattern cannot keep the server busy', async () => {
  const long = run({ runId: `${'a'.repeat(50_000)}!` })
  const isMatch = await parseRunFilter(JSON.stringify({ name: { $regex: '^(a+)+$' } }))
  expect(isMatch(long)).toBe(false)
})

test.each([
  ['{', 'invalid-request'],
  ['[]', 'invalid-request'],
  ['{"name":{"$regex":"(a"}}', 'invalid-request'],
  ['{"name":{"$regex":5}}', 'invalid-request'],
  ['{"$where":"x"}', 'unsupported-operation'],
  ['{"constructor":1}', 'unsupported-operation'],
])('%s, which nobody understands, is refused instead of matching something', async (text, code) => {
  await expect(parseRunFilter(text)).rejects.toMatchObject({ code })
})

test('orders put missing values last, either way', () => {
  const sorted = (order: string | null): string[] => [...all].sort(parseRunOrder(order)).map((one) => one.runId)
  expect(sorted(null)).toEqual(['small', 'large', 'bare'])
  expect(sorted('-created_at')).toEqual(['bare', 'large', 'small'])
  expect(sorted('+summary_metrics.loss')).toEqual(['small', 'large', 'bare'])
  expect(sorted('-summary_metrics.loss')).toEqual(['large', 'small', 'bare'])
  expect(sorted('config.lr.value')).toEqual(['small', 'large', 'bare'])
})

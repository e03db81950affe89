import { type JsonValue, stringifyJson } from '@lossline/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadPatterns } from '../patterns.ts'
import type {
  PresumedState,
  RunGroupPage,
  RunOrder,
  RunPath,
  RunPosition,
  RunPredicate,
  RunValuePath,
  ValueTest,
} from '../runs/run-selection.ts'
import type { RunFields, RunState } from '../store.ts'
import { exampleCount } from './example-count.ts'
import { toRowGroup } from './plain-rows.ts'
import { inOrder, isMatch, type PlainContext, type PlainRun, toGroups } from './plain-runs.ts'
import { at, type CreateStorePlace, nowMs, openTestStore, type TestStore } from './store-place.ts'

// Few of each, so that paths and operands meet what runs have.
const label = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('a', 'b', 'a.b', 'value') },
  fc.constantFrom('b.a', 'x/y', '', 'a\\', '_wandb', '_runtime', 'é'),
)
const scalar = fc.oneof(
  fc.constantFrom<JsonValue>(0, 1, 'a', true, null),
  fc.constantFrom<JsonValue>(
    ...[-0, 1.5, -2, 2 ** 53, 1e300, Infinity, -Infinity, Number.NaN, 5e-324, 9007199254740993n, -9007199254740993n],
    ...[false, '', 'ab', 'B', '1', 'true', 'null', 'é', '\u{1f600}', '\uffff', "it's", 'a\u0000b', '2026-01-01'],
  ),
)
const list = fc.constantFrom<JsonValue>([], [1], [1, Number.NaN], ['1'], [[true]], [2 ** 53], [9007199254740992n])
const tree: fc.Arbitrary<{ [key: string]: JsonValue }> = fc.letrec<{
  tree: { [key: string]: JsonValue }
  node: JsonValue
}>((tie) => ({
  tree: fc.dictionary(label, tie('node'), { maxKeys: 3 }),
  node: fc.oneof({ depthSize: 'small' }, { weight: 3, arbitrary: scalar }, list, { weight: 2, arbitrary: tie('tree') }),
})).tree
const value = fc.oneof({ weight: 5, arbitrary: scalar }, list, tree)
const smallTree = fc.constantFrom<JsonValue>(
  {},
  { a: 1 },
  { a: 1, b: 'a' },
  { b: 'a', a: 1 },
  { value: 1 },
  { a: { b: 1 } },
)
const node = fc.oneof({ weight: 3, arbitrary: value }, smallTree)

const config = fc
  .dictionary(label, node, { maxKeys: 4 })
  .map((members) =>
    stringifyJson(Object.fromEntries(Object.entries(members).map(([key, one]) => [key, { value: one }]))),
  )
const summary = fc
  .record({
    members: fc.dictionary(label, node, { maxKeys: 4 }),
    runtime: fc.option(fc.constantFrom<JsonValue>(3, 60.5, 2_589_000_000, Number.NaN, 'x'), { nil: undefined }),
  })
  .map(({ members, runtime }) =>
    stringifyJson({ ...members, ...(runtime === undefined ? {} : { _wandb: { runtime } }) }),
  )
const someText = fc.constantFrom('', 'a', 'ab', 'B', '1.0', 'é', '\u{1f600}', '\uffff')
const states = ['running', 'preempting', 'crashed', 'finished'] satisfies RunState[]

const fields: fc.Arbitrary<Partial<RunFields>> = fc.record(
  {
    displayName: someText,
    notes: someText,
    tags: fc.uniqueArray(fc.constantFrom('a', 'ab', 'B', 'é', '"'), { maxLength: 3 }),
    group: someText,
    jobType: someText,
    host: someText,
    username: someText,
    sweepId: someText,
    state: fc.constantFrom<RunState>(...states),
    heartbeatAtMs: fc.constantFrom(nowMs - 5, nowMs, nowMs + 1000, nowMs + 90_000),
    config,
    summary,
  },
  { requiredKeys: [] },
)

/** What happens to one run of a few. */
const action = fc.record({
  run: fc.nat(5),
  laterMs: fc.nat(3),
  change: fc.option(fields, { nil: undefined, freq: 8 }),
  metric: fc.option(fc.constantFrom('a', 'a.b', 'a\\.b'), { nil: undefined }),
})
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never

const valuePath: fc.Arbitrary<RunValuePath> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('config' as const, 'summary' as const),
    path: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('a', 'b', 'a.b', 'a.value', 'a.value.b', 'a.b.value', 'value', 'b.a') },
      fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.')),
    ),
  }),
  fc.record({
    kind: fc.constant('field' as const),
    field: fc.constantFrom(
      ...(['runId', 'displayName', 'state', 'entity', 'group', 'jobType', 'host', 'username', 'sweepId'] as const),
      ...(['createdAtMs', 'heartbeatAtMs', 'updatedAtMs', 'runtimeSeconds'] as const),
    ),
  }),
)
const path: fc.Arbitrary<RunPath> = fc.oneof(
  { weight: 6, arbitrary: valuePath },
  fc.constantFrom({ kind: 'tags' as const }, { kind: 'texts' as const }),
  fc.record({ kind: fc.constant('metric' as const), path: fc.constantFrom('a', 'a.b', '_step', 'none') }),
)
const operand = fc.oneof(
  { weight: 4, arbitrary: node },
  fc.constantFrom<JsonValue>('r1', 'r3', 'e', nowMs, nowMs + 1, 60.5, ...states),
)
const runTest: fc.Arbitrary<ValueTest<RunPath>> = fc.oneof(
  fc.record({ kind: fc.constantFrom('eq' as const, 'gt', 'gte', 'lt', 'lte'), path, value: operand }),
  fc.record({ kind: fc.constant('in' as const), path, values: fc.array(operand, { maxLength: 4 }) }),
  fc.record({ kind: fc.constant('exists' as const), path }),
  fc.record({ kind: fc.constant('size' as const), path, count: fc.nat(2) }),
  fc.record({ kind: fc.constant('regex' as const), path, pattern: fc.constantFrom('a', '^a', '(?i)b$', '', '[é\\d]') }),
)
const { predicate } = fc.letrec<{ predicate: RunPredicate }>((tie) => ({
  predicate: fc.oneof(
    { depthSize: 'small' },
    { weight: 3, arbitrary: runTest },
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const, 'nor' as const),
      of: fc.array(tie('predicate'), { maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant('not' as const), of: tie('predicate') }),
  ),
}))

const question = fc.record({
  filter: fc.option(predicate, { nil: undefined, freq: 8 }),
  orders: fc.array(fc.record({ by: valuePath, isDescending: fc.boolean() }), { maxLength: 3 }),
  groupedBy: fc.array(valuePath, { minLength: 1, maxLength: 2 }),
  columns: fc.array(valuePath, { maxLength: 2 }),
  pageSize: fc.integer({ min: 1, max: 4 }),
  presumed: fc.constantFrom<readonly PresumedState[]>(
    [],
    [
      { from: 'running', to: 'crashed', heartbeatBeforeMs: nowMs },
      { from: 'preempting', to: 'preempted', heartbeatBeforeMs: nowMs + 1000 },
    ],
    [{ from: 'running', to: 'crashed', heartbeatBeforeMs: nowMs + 1000, exceptIds: [1, 3] }],
  ),
})
type Question = typeof question extends fc.Arbitrary<infer Q> ? Q : never

/** Whatever was done to the runs, any filter and order finds those that looking at each of them finds. */
export function describeRunQueryOracle(createPlace: CreateStorePlace): void {
  describe('runs are found and put in order like plain ones', () => {
    test('for any filter and order', { timeout: 600_000 }, async () => {
      const compilePattern = await loadPatterns()
      await using test = await openTestStore(createPlace)
      let round = 0
      await fc.assert(
        fc.asyncProperty(
          fc.array(action, { maxLength: 10 }),
          fc.array(question, { minLength: 40, maxLength: 40 }),
          async (actions, questions) => {
            round += 1
            const project = `p${round}`
            for (const one of actions) await act(test, project, one)
            if (round % 20 === 0) await test.reopen()
            const runs = await readPlainRuns(test, project)
            for (const one of questions) await compare(test, project, runs, one, compilePattern)
          },
        ),
        { numRuns: exampleCount(25) },
      )
    })
  })
}

async function act({ store }: TestStore, project: string, action: Action): Promise<void> {
  const runId = `r${action.run}`
  const address = { ...at(runId), project }
  const { change } = action
  if (change === undefined) {
    const found = await store.run(address)
    if (found !== undefined) await store.write([{ kind: 'delete-run', run: found.id }])
    return
  }
  const [{ run }] = await store.write([{ kind: 'put-run', at: address, nowMs: nowMs + action.laterMs, change }])
  if (action.metric === undefined) return
  const rows = toRowGroup([{ step: 0, values: { [action.metric]: 1 } }])
  await store.write([{ kind: 'append-rows', run: run.id, stream: 'history', lineOffset: 0, rows, nowMs }])
}

/** By another way than the one under test. */
async function readPlainRuns({ store }: TestStore, project: string): Promise<PlainRun[]> {
  const runs: PlainRun[] = []
  for (let number = 0; number <= 5; number++) {
    const row = await store.run({ ...at(`r${number}`), project })
    if (row === undefined) continue
    const keys = await store.metricKeys({ entity: 'e', project, runs: [row.id] })
    runs.push({ row, metrics: keys.map(({ key }) => key.replaceAll('\\.', '.')) })
  }
  return runs
}

async function compare(
  { store }: TestStore,
  project: string,
  runs: readonly PlainRun[],
  { filter, orders, groupedBy, columns, pageSize, presumed }: Question,
  compilePattern: PlainContext['compilePattern'],
): Promise<void> {
  const context: PlainContext = { compilePattern, presumed }
  const matching = runs.filter((run) => filter === undefined || isMatch(run, filter, context))
  const expected = inOrder(matching, orders, context).map(({ row }) => row)
  const selection = { entity: 'e', project, presumed, ...(filter === undefined ? {} : { filter }) }
  const [order, ...thenBy] = orders
  const query = { ...selection, limit: pageSize, ...(order && { order }), ...(thenBy.length > 0 && { thenBy }) }

  expect(await store.runCount(selection)).toBe(expected.length)
  if (thenBy.length === 0) expect(await readAllPages(store, query, pageSize)).toEqual(expected)
  const { runs: skipped } = await store.runs({ ...query, offset: 1 })
  expect(skipped).toEqual(expected.slice(1, 1 + pageSize))
  for (const { row } of runs) {
    const index = expected.findIndex(({ id }) => id === row.id)
    const place = { index, total: expected.length, previous: expected[index - 1], next: expected[index + 1] }
    expect(await store.runNeighbours({ ...query, run: row.id })).toEqual(index < 0 ? undefined : place)
  }
  const groups = toGroups(matching, { by: groupedBy, columns }, context)
  for (const offset of [0, 1]) {
    const page = await store.runGroups({ ...selection, by: groupedBy, columns, offset, limit: pageSize })
    compareGroups(page, { groups: groups.slice(offset, offset + pageSize), total: groups.length })
  }
}

/** All alike but for rounding of mean and deviation. */
function compareGroups(actual: RunGroupPage, expected: RunGroupPage): void {
  const plain = ({ groups, total }: RunGroupPage) => ({
    total,
    groups: groups.map(({ columns, values, ...group }) => ({
      ...group,
      // Of 0 and -0 neither is less, and either stands for both.
      values: values.map((value) => (value === 0 ? 0 : value)),
      columns: columns.map(({ count, min, max }) => ({ count, min: min + 0, max: max + 0 })),
    })),
  })
  expect(plain(actual)).toEqual(plain(expected))
  for (const [index, group] of actual.groups.entries()) {
    for (const [column, { mean, standardDeviation, min, max }] of group.columns.entries()) {
      const wanted = expected.groups[index]!.columns[column]!
      const magnitude = Math.max(Math.abs(min), Math.abs(max), 1)
      if (Number.isFinite(wanted.mean)) expect(Math.abs(mean - wanted.mean)).toBeLessThanOrEqual(magnitude * 1e-12)
      else expect(mean).toBe(wanted.mean)
      if (magnitude < 1e100 && Number.isFinite(wanted.standardDeviation))
        expect(Math.abs(standardDeviation - wanted.standardDeviation)).toBeLessThanOrEqual(magnitude * 1e-7)
    }
  }
}

async function readAllPages(
  store: TestStore['store'],
  query: Parameters<TestStore['store']['runs']>[0] & { readonly order?: RunOrder },
  pageSize: number,
): Promise<unknown[]> {
  const read: unknown[] = []
  let after: RunPosition | undefined
  for (;;) {
    const page = await store.runs({ ...query, ...(after === undefined ? {} : { after }) })
    read.push(...page.runs)
    after = page.positions.at(-1)
    if (page.runs.length < pageSize) return read
  }
}

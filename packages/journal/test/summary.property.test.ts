import { createRunState, decodeRecord, type JsonObject, type MetricRecord, type WandbRecord } from '@lossline/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEngine, type Engine } from '../src/engine/engine.ts'

const startTimeMs = 1_700_000_000_000

type Action =
  | {
      readonly kind: 'numbers'
      readonly values: readonly (readonly [string, number])[]
      readonly waits: boolean
      readonly times: number
    }
  | { readonly kind: 'row'; readonly items: readonly (readonly [string, string])[]; readonly waits: boolean }
  | { readonly kind: 'define'; readonly metric: MetricRecord }
  | { readonly kind: 'set'; readonly items: readonly (readonly [string, string])[] }
  | { readonly kind: 'remove'; readonly paths: readonly string[] }
  | { readonly kind: 'tick' }
  | { readonly kind: 'commit' }

// Nested, dotted, with a leaf where others have a subtree, and one that looks like a statistic.
const paths = [
  'a',
  'b',
  'a/x',
  'a/x/y',
  'm.n',
  'val/loss',
  'a/max',
  'epoch',
  '_hidden',
  'img/_type',
  'img/path',
  'img/z',
]
const path = fc.constantFrom(...paths)
const number = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    1,
    2.5,
    -3,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    2 ** 53,
    2 ** 62,
    1e20,
    1e21,
  ),
  fc.double(),
)
const json = fc.oneof(
  number.map((value) => (Number.isFinite(value) ? JSON.stringify(value) : String(value))),
  fc.constantFrom(
    '9007199254740993',
    '-4611686018427387905',
    '"text"',
    'null',
    'true',
    '[1,NaN]',
    '{"max":9}',
    '"image-file"',
    '"\\ud800"',
  ),
)
const items = fc.uniqueArray(fc.tuple(path, json), { minLength: 1, maxLength: 4, selector: ([name]) => name })
const flags = (...names: string[]) => fc.record(Object.fromEntries(names.map((name) => [name, fc.boolean()])))
const definition = fc
  .record({
    at: fc.oneof(
      fc.constantFrom('a', 'b', 'a.x', 'm\\.n', 'val/loss', 'epoch').map((name) => ({ name })),
      fc.constantFrom('*', 'a*', 'val/*').map((globName) => ({ globName })),
    ),
    summary: fc.option(flags('min', 'max', 'mean', 'first', 'last', 'none', 'best', 'copy'), { nil: undefined }),
    stepMetric: fc.option(fc.constant('epoch'), { nil: undefined }),
    overwrite: fc.boolean(),
  })
  .map(
    ({ at, summary, stepMetric, overwrite }): MetricRecord => ({
      ...at,
      ...(summary === undefined ? {} : { summary }),
      ...(stepMetric === undefined ? {} : { stepMetric, options: { stepSync: true } }),
      ...(overwrite ? { control: { overwrite } } : {}),
    }),
  )
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('row' as const), items, waits: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('numbers' as const),
      values: fc
        .uniqueArray(fc.tuple(path, number), { minLength: 1, maxLength: 3, selector: ([name]) => name })
        // No object has a number and an object at the same key.
        .filter((values) => !values.some(([a]) => values.some(([b]) => b.startsWith(`${a}/`)))),
      times: fc.integer({ min: 1, max: 3 }),
      waits: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('define' as const), metric: definition }) },
  fc.record({ kind: fc.constant('set' as const), items }),
  fc.record({ kind: fc.constant('remove' as const), paths: fc.uniqueArray(path, { minLength: 1, maxLength: 2 }) }),
  fc.record({ kind: fc.constant('tick' as const) }),
  fc.record({ kind: fc.constant('commit' as const) }),
)

/** One run: its records so far, and what its summary was when each was written. */
function openRun(earlierRuntimeSeconds = 0) {
  const records: WandbRecord[] = []
  const summaries: JsonObject[] = []
  const engine: Engine = createEngine({
    startTimeMs,
    earlierRuntimeSeconds,
    summaryIntervalMs: 0,
    sink: {
      appendRecord(payload, length) {
        records.push(decodeRecord(payload.slice(0, length)))
        summaries.push(engine.readSummary())
      },
      canTakeRow: () => true,
      dropRow() {},
    },
  })
  return { records, summaries, engine }
}

function perform(engine: Engine, actions: readonly Action[], firstStep = 0): void {
  let step = firstStep
  const shapes: string[] = []
  for (const one of actions) {
    const timeMs = startTimeMs + step * 700
    switch (one.kind) {
      case 'numbers': {
        const labels = one.values.map(([name]) => name.split('/'))
        const signature = JSON.stringify(labels)
        if (!shapes.includes(signature)) engine.defineShape(shapes.push(signature) - 1, labels)
        for (let time = 0; time < one.times; time += 1) {
          const values = Float64Array.from(one.values, ([, value]) => value + time)
          engine.logNumbers(shapes.indexOf(signature), one.waits ? -1 - step : step, timeMs + time, values, 0)
          if (!one.waits) step += 1
        }
        break
      }
      case 'row':
        engine.logRow({
          kind: 'row',
          items: one.items.map(([name, text]) => ({ path: name.split('/'), json: text })),
          step,
          isCommitted: !one.waits,
          timeMs,
        })
        if (!one.waits) step += 1
        break
      case 'define':
        engine.defineMetric(one.metric)
        break
      case 'set':
        engine.updateSummary(
          one.items.map(([name, text]) => ({ path: name.split('/'), json: text })),
          [],
        )
        break
      case 'remove':
        engine.updateSummary(
          [],
          one.paths.map((name) => name.split('/')),
        )
        break
      case 'tick':
        engine.tick(timeMs)
        break
      case 'commit':
        engine.commit()
        step += 1
        break
      default:
        throw new Error(`unknown ${JSON.stringify(one satisfies never)}`)
    }
  }
}

/** What W&B and we keep for ourselves counts whole seconds and may be ahead of the last row. */
function withoutInternals({ _wandb: _, ...summary }: JsonObject): JsonObject {
  return summary
}

describe('the summary that a reader makes of a journal', () => {
  test('is that of its writer, wherever the journal ends', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 25 }), (actions) => {
        const { records, summaries, engine } = openRun()
        perform(engine, actions)
        engine.finish(0, startTimeMs + 60_000)
        const state = createRunState()
        for (const [index, record] of records.entries()) {
          state.apply(record)
          expect(withoutInternals(state.summary())).toEqual(withoutInternals(summaries[index] as JsonObject))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('is that of its writer where a run goes on from an earlier one, too', () => {
    const earlier = fc.record({
      definitions: fc.array(definition, { maxLength: 4 }),
      summary: items.map((list) => list.map(([name, text]) => ({ path: name.split('/'), json: text }))),
      stepValues: fc.constant({}),
    })
    fc.assert(
      fc.property(earlier, fc.array(action, { maxLength: 15 }), (before, actions) => {
        const { records, summaries, engine } = openRun(100)
        engine.restore(before)
        const begun = records.length
        perform(engine, actions, 50)
        const state = createRunState()
        for (const [index, record] of records.entries()) {
          state.apply(record)
          if (index < begun) continue
          expect(withoutInternals(state.summary())).toEqual(withoutInternals(summaries[index] as JsonObject))
        }
      }),
      { numRuns: 150 },
    )
  })

  test('is what an engine goes on from that takes over', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 15 }), fc.array(action, { maxLength: 10 }), (before, after) => {
        const first = openRun()
        perform(first.engine, [...before, { kind: 'commit' }])
        const second = openRun()
        for (const { num, ...body } of first.records) second.engine.replay(body)
        expect(withoutInternals(second.engine.readSummary())).toEqual(withoutInternals(first.engine.readSummary()))
        perform(first.engine, after, 100)
        perform(second.engine, after, 100)
        expect(withoutInternals(second.engine.readSummary())).toEqual(withoutInternals(first.engine.readSummary()))
      }),
      { numRuns: 150 },
    )
  })
})

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how metrics stand in formulas.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MetricsByName } from '../workspace/automatic-panels.ts'
import type { JsonObject } from '../workspace/json.ts'
import type { PanelInfo } from '../workspace/sections.ts'
import { type RunGrouping, readRunGrouping, withRunGrouping } from './group-keys.ts'
import { linePanel, withJoin, withLineSettings } from './line-panel.ts'
import { lineOrigins, readLineSources, withFormulas, withMetrics, withOrigin, withPattern } from './line-source.ts'
import { matchMetrics } from './match-metrics.ts'
import { toPanelValues } from './panel-values.ts'

const info = (name: string, more: Partial<PanelInfo> = {}): PanelInfo => ({
  panelId: name,
  key: name,
  stream: 'history',
  title: name,
  stepMetric: null,
  goal: null,
  description: '',
  unit: '',
  runCount: 1,
  isSingle: false,
  ...more,
})
const known = (...names: readonly string[]): MetricsByName => new Map(names.map((name) => [name, info(name)]))

const name = fc.stringMatching(/^[a-z][a-z0-9/_.]{0,8}$/)
const formula = fc.oneof(
  name.map((one) => `1 - \${${one}}`),
  fc.constantFrom('log10(x)', '${a/b} / ${config:lr}', '1 +'),
)
/** What programs may have written, words that nobody here knows among it. */
const config: fc.Arbitrary<JsonObject> = fc.record(
  {
    metrics: fc.array(name, { maxLength: 4 }),
    useMetricRegex: fc.boolean(),
    metricRegex: fc.constantFrom('', '^val/', '('),
    expressions: fc.array(formula, { maxLength: 3 }),
    xAxis: fc.constantFrom('_step', '_runtime', '_timestamp', 'epoch'),
    xExpression: fc.constantFrom('', 'x * 2'),
    groupBy: fc.constantFrom('None', '', 'lr.value', 'optimizer.value.name', 'jobType'),
    aggregate: fc.boolean(),
    fontSize: fc.constantFrom('small', 'auto'),
    lossline: fc.record(
      {
        mine: fc.nat(9),
        isOneGroup: fc.boolean(),
        groupBy: fc.constantFrom(['config.lr', 'summary.acc'], ['summary.acc'], ['run.jobType']),
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
  },
  { requiredKeys: [], noNullPrototype: true },
)

function expectForeignKept(before: JsonObject, after: JsonObject): void {
  expect(after.fontSize).toBe(before.fontSize)
  expect((after.lossline as JsonObject | undefined)?.mine).toBe((before.lossline as JsonObject | undefined)?.mine)
}

test('what the lines of a chart are of comes back as it was chosen, whatever the chart said before', () => {
  fc.assert(
    fc.property(
      config,
      fc.array(name, { maxLength: 4 }),
      name,
      fc.array(formula),
      (before, names, pattern, formulas) => {
        const withNames = withMetrics(before, names)
        expect(readLineSources(withNames)).toMatchObject({ origin: 'metrics', metrics: names })
        const found = withPattern(before, pattern)
        expect(readLineSources(found)).toMatchObject({ origin: 'pattern', pattern })
        const worked = withFormulas(before, formulas)
        if (formulas.length > 0) expect(readLineSources(worked)).toMatchObject({ origin: 'formulas', formulas })
        else expect(readLineSources(worked).origin).not.toBe('formulas')
        for (const after of [withNames, found, worked]) expectForeignKept(before, after)
      },
    ),
  )
})

test('a chart is said in another way with the same metrics drawn', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(...lineOrigins),
      (names, origin) => {
        const before = withMetrics({ lossline: { mine: 1 } }, names)
        const after = withOrigin(before, origin, names)
        const metrics = known(...names, 'other')
        expect(readLineSources(after).origin).toBe(origin)
        expect(toPanelValues(readLineSources(after), metrics, undefined).names.toSorted()).toEqual(names.toSorted())
        expect(readLineSources(withOrigin(after, 'metrics', names)).metrics).toEqual(names)
      },
    ),
  )
  // Nothing to go on with is no chart of everything.
  expect(withOrigin({ metrics: [] }, 'pattern', [])).toEqual({ metrics: [] })
})

test('how runs are put together comes back as it was chosen, in W&B’s words as far as they go', () => {
  const key = fc.oneof(
    name.map((one) => `config.${one}`),
    name.map((one) => `summary.${one}`),
    fc.constantFrom('run.jobType', 'run.state', 'run.host', 'config.lr.value', 'config.value', 'config.a\\.b.c'),
  )
  const grouping: fc.Arbitrary<RunGrouping> = fc.oneof(
    fc.constantFrom<RunGrouping>({ kind: 'as-list' }, { kind: 'alone' }, { kind: 'whole' }),
    fc.uniqueArray(key, { minLength: 1, maxLength: 4 }).map((keys): RunGrouping => ({ kind: 'keys', keys })),
  )
  fc.assert(
    fc.property(config, grouping, (before, chosen) => {
      const after = withRunGrouping(before, chosen)
      expect(readRunGrouping(after)).toEqual(chosen)
      expect(withRunGrouping(after, readRunGrouping(after))).toBe(after)
      expectForeignKept(before, after)
    }),
  )
  expect(withRunGrouping({}, { kind: 'keys', keys: ['config.optimizer.name'] })).toEqual({
    groupBy: 'optimizer.value.name',
    aggregate: true,
  })
  expect(withRunGrouping({}, { kind: 'keys', keys: ['summary.acc', 'run.jobType'] })).toEqual({
    groupBy: 'jobType',
    aggregate: true,
    lossline: { groupBy: ['summary.acc', 'run.jobType'] },
  })
  // A program that changes W&B's words is heard.
  const theirs = { ...withRunGrouping({}, { kind: 'keys', keys: ['config.a', 'config.b'] }), groupBy: 'c.value' }
  expect(readRunGrouping(theirs)).toEqual({ kind: 'keys', keys: ['config.c'] })
})

test('a formula as x axis and how metrics meet come back, and go away without a trace', () => {
  const before = { metrics: ['loss'], xAxis: 'epoch', fontSize: 'auto' }
  const after = withJoin(
    withLineSettings(before, { x: { kind: 'expression', expression: '${tokens} / 1e6' } }),
    'last-known',
  )
  expect(after).toEqual({
    ...before,
    xExpression: '${tokens} / 1e6',
    lossline: { join: 'last-known' },
  })
  expect(linePanel.parse(after)).toMatchObject({
    join: 'last-known',
    settings: { x: { kind: 'expression', expression: '${tokens} / 1e6' } },
  })
  const { lossline: _, ...back } = withJoin(
    withLineSettings(after, { x: { kind: 'metric', key: 'epoch' } }),
    'equal-step',
  )
  expect(back).toEqual(before)
})

test('a pattern finds metrics in natural order, and what it captures names their lines', () => {
  const metrics = known('layer_10/grad', 'layer_2/grad', 'loss')
  const titles = (pattern: string, of = metrics): string[] =>
    matchMetrics(pattern, of).metrics.map(({ title }) => title)
  expect(titles('grad')).toEqual(['layer_2/grad', 'layer_10/grad'])
  expect(titles('^layer_(\\d+)/(grad)$')).toEqual(['2 grad', '10 grad'])
  expect(titles('^layer_(?<layer>\\d+)/')).toEqual(['layer 2', 'layer 10'])
  // What tells nothing apart, or is not there, is no name.
  expect(titles('/(grad)')).toEqual(['layer_2/grad', 'layer_10/grad'])
  expect(titles('^(?:layer_(2)|loss)')).toEqual(['2', 'loss'])
  expect(matchMetrics('(', metrics)).toEqual({
    metrics: [],
    problem: 'This is no regular expression: unterminated group.',
  })
  const machine = new Map([...known('gpu_loss'), ['system/gpu', info('system/gpu', { stream: 'events' })] as const])
  expect(titles('gpu', machine)).toEqual(['gpu_loss'])
  expect(titles('^system/', machine)).toEqual(['system/gpu'])
})

test('a formula that cannot be read leaves the others drawn, and says where it is wrong', () => {
  const sources = { origin: 'formulas', metrics: [], pattern: '', formulas: ['1 - ${acc}', '1 +', '${acc}'] } as const
  const acc = info('acc', { stepMetric: 'epoch', goal: 'maximize' })
  const found = toPanelValues(sources, new Map([['acc', acc]]), undefined)
  expect(found.values).toEqual([
    { kind: 'expression', expression: '1 - ${acc}', title: '1 - ${acc}' },
    { kind: 'expression', expression: '${acc}', title: 'acc' },
  ])
  expect(found.first).toBe(acc)
  expect(found.problem).toBe('The formula 1 + cannot be read. Expected a number, a name or "(" (position 4).')
})

test('metrics of the machine are known to the server by other names', () => {
  const gpu = info('system/gpu', { key: 'system.gpu.0.gpu', stream: 'events' })
  const sources = { origin: 'formulas', metrics: [], pattern: '', formulas: ['${system/gpu} / 100'] } as const
  const { values, first } = toPanelValues(sources, new Map([['system/gpu', gpu]]), undefined)
  expect(values).toMatchObject([{ expression: '${system.gpu.0.gpu} / 100', title: '${system/gpu} / 100' }])
  expect(first?.stream).toBe('events')
})

test('a chart of formulas is called like them, and found by the metrics in them', () => {
  const parsed = linePanel.parse({ expressions: ['${acc}', '${train/loss} / ${val/loss}'] })
  expect(linePanel.titleOf(parsed)).toBe('acc, ${train/loss} / ${val/loss}')
  expect(linePanel.metricsOf(parsed)).toEqual(['acc', 'train/loss', 'val/loss'])
})

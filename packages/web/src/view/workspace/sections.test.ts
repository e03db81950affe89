import type { MetricInfo } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { type KnownPanels, keyTitle, searchSections, toSections, withoutGrowth } from './sections.ts'
import { type ShownPanel, showWorkspace } from './show-workspace.ts'
import { emptyWorkspace } from './workspace.ts'

function metric(key: string, more: Partial<MetricInfo> = {}): MetricInfo {
  return {
    key,
    kind: 'number',
    stream: 'history',
    runCount: 1,
    pointCount: 5,
    stepMetric: null,
    isHidden: false,
    goal: null,
    description: '',
    unit: '',
    ...more,
  }
}
const shape = (metrics: readonly MetricInfo[]): unknown =>
  toSections(metrics).map(({ name, panels }) => [name, panels.map((panel) => panel.title)])

test('the first path segment names the section, natural order, Charts first, System last', () => {
  expect(
    shape([
      metric('val/loss'),
      metric('layer10/grad'),
      metric('layer10/norm'),
      metric('layer2/grad'),
      metric('layer2/norm'),
      metric('val/acc'),
      metric('loss'),
      metric('cpu', { stream: 'events' }),
    ]),
  ).toEqual([
    ['Charts', ['loss']],
    ['layer2', ['layer2/grad', 'layer2/norm']],
    ['layer10', ['layer10/grad', 'layer10/norm']],
    ['val', ['val/acc', 'val/loss']],
    ['System', ['cpu']],
  ])
})

test('a section of one goes to Charts', () => {
  expect(shape([metric('train/loss'), metric('accuracy')])).toEqual([['Charts', ['accuracy', 'train/loss']]])
})

test('counters, by name or because others are drawn over them, come after what was measured', () => {
  const metrics = [
    metric('epoch'),
    metric('a_count'),
    metric('loss', { stepMetric: 'a_count' }),
    metric('train/global_step'),
  ]
  expect(shape([...metrics, metric('train/loss')])).toEqual([
    ['Charts', ['loss', 'a_count', 'epoch']],
    ['train', ['train/loss', 'train/global_step']],
  ])
})

test('a section of counters alone does not push the measurements down', () => {
  const measured = [metric('train/loss'), metric('train/acc')]
  expect(shape([metric('epoch'), ...measured, metric('cpu', { stream: 'events' })])).toEqual([
    ['train', ['train/acc', 'train/loss']],
    ['Charts', ['epoch']],
    ['System', ['cpu']],
  ])
})

test('only numbers that are not hidden get a panel', () => {
  expect(
    shape([
      metric('a'),
      metric('b', { kind: 'other' }),
      metric('c', { kind: 'mixed' }),
      metric('d', { isHidden: true }),
      metric('_runtime'),
    ]),
  ).toEqual([['Charts', ['a', 'c']]])
})

test('what each run has logged once is a value of its section, with its interval', () => {
  const once = { pointCount: 2, runCount: 2 }
  const sections = toSections([
    metric('eval/loss'),
    metric('eval/accuracy', once),
    metric('eval/interval/accuracy/lower', once),
    metric('eval/interval/accuracy/upper', once),
    metric('test/f1', once),
    metric('test/mcc', once),
    metric('cpu', { ...once, stream: 'events' }),
  ])
  expect(
    sections.map(({ name, panels, values }) => [
      name,
      panels.map(({ key }) => key),
      values.map(({ title, bounds }) => [title, bounds !== undefined]),
    ]),
  ).toEqual([
    ['eval', ['eval/loss'], [['eval/accuracy', true]]],
    [
      'test',
      [],
      [
        ['test/f1', false],
        ['test/mcc', false],
      ],
    ],
    ['System', ['cpu'], []],
  ])
  expect(searchSections(sections, 'mcc').map(({ name }) => name)).toEqual(['test'])
})

test('bounds of what is drawn come after it', () => {
  expect(shape([metric('eval/interval/loss/lower'), metric('eval/interval/loss/upper'), metric('eval/loss')])).toEqual([
    ['eval', ['eval/loss', 'eval/interval/loss/lower', 'eval/interval/loss/upper']],
  ])
})

test('a system metric and a logged one of the same name are two panels', () => {
  const ids = toSections([metric('cpu'), metric('cpu', { stream: 'events' })]).flatMap(({ panels }) =>
    panels.map((panel) => panel.panelId),
  )
  expect(new Set(ids).size).toBe(2)
})

test('panels are found by text, by regular expression, and by half of one', () => {
  const sections = toSections([metric('train/loss'), metric('train/acc'), metric('val/loss'), metric('val/acc')])
  const titles = (search: string): readonly string[] =>
    searchSections(sections, search).flatMap(({ panels }) => panels.map((panel) => panel.title))
  expect(titles('LOSS')).toEqual(['train/loss', 'val/loss'])
  expect(titles('/^val.*acc$/')).toEqual(['val/acc'])
  expect(titles('/(/')).toEqual([])
  expect(titles('')).toHaveLength(4)
})

test('key paths look as they were logged', () => {
  expect(keyTitle('a\\.b.c\\\\d')).toBe('a.b.c\\d')
})

test('what is the same as before stays the same object, down to its panel; what is known anew does not', () => {
  const known: KnownPanels = new Map()
  const panelsOf = (metrics: readonly MetricInfo[]): readonly ShownPanel[] =>
    showWorkspace(emptyWorkspace, toSections(metrics, 'first', [], known), ({ kind }) => kind).flatMap(
      ({ panels }) => panels,
    )
  const [loss, accuracy] = panelsOf([metric('a/loss'), metric('a/norm')])
  const later = panelsOf([metric('a/loss', { pointCount: 9 }), metric('a/norm', { goal: 'maximize' })])
  expect(later[0]).toBe(loss)
  expect(known.get('a/norm')?.goal).toBe('maximize')
  expect(later[1]).not.toBe(accuracy)
  expect(later[1]).toEqual(accuracy)
})

test('metrics without their growth make the same sections, and are the same while points are added', () => {
  const at = (pointCount: number): { readonly metrics: readonly MetricInfo[] } => ({
    metrics: [metric('loss', { runCount: 3, pointCount }), metric('eval/accuracy', { runCount: 2, pointCount: 2 })],
  })
  expect(withoutGrowth(at(100))).toEqual(withoutGrowth(at(1000)))
  for (const metrics of [at(3), at(4), at(1000)])
    expect(toSections(withoutGrowth(metrics).metrics)).toEqual(toSections(metrics.metrics))
  // From one point a run to several it becomes a line.
  expect(withoutGrowth(at(3))).not.toEqual(withoutGrowth(at(4)))
})

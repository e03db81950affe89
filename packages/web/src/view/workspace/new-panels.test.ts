import { expect, test } from 'vitest'
import { mediaPanel } from '../panels/media-panel.ts'
import { panelKinds, panelTitle } from '../panels/registry.ts'
import { byMetricName } from './automatic-panels.ts'
import { toDataKeys } from './data-keys.ts'
import { createLinePanel, createPanels } from './new-panels.ts'

const metric = (key: string, isSingle = false) =>
  ({
    panelId: key,
    key,
    stream: 'history',
    title: key,
    stepMetric: null,
    goal: null,
    description: '',
    unit: '',
    runCount: 1,
    isSingle,
  }) as const

const keys = toDataKeys(byMetricName([metric('loss'), metric('acc'), metric('seconds', true)]), [
  { key: 'a\\.b', kind: 'image', runCount: 1 },
  { key: 'sound', kind: 'audio', runCount: 1 },
  { key: 'weights', kind: 'histogram', runCount: 1 },
  { key: 'rows', kind: 'table', runCount: 1 },
  { key: 'more', kind: 'table', runCount: 1 },
])
const shown = (panels: ReturnType<typeof createPanels>) => panels.map((panel) => [panel.kind, panelTitle(panel)])

test('without a kind each key gets what suits it', () => {
  expect(shown(createPanels(undefined, keys, false))).toEqual([
    ['Run History Line Plot', 'loss'],
    ['Run History Line Plot', 'acc'],
    ['Bar Chart', 'seconds'],
    ['Media Browser', 'a.b'],
    ['Media Browser', 'sound'],
    ['Histogram', 'weights'],
    ['Weave', 'rows'],
    ['Weave', 'more'],
  ])
})

test('together there is one panel of each kind, but every table is alone', () => {
  expect(shown(createPanels(undefined, keys, true))).toEqual([
    ['Run History Line Plot', 'loss, acc'],
    ['Bar Chart', 'seconds'],
    ['Media Browser', 'a.b, sound'],
    ['Histogram', 'weights'],
    ['Weave', 'rows'],
    ['Weave', 'more'],
  ])
})

test('a kind that needs nothing is made without keys, and one that was chosen takes those of its data', () => {
  const comparer = panelKinds.find(({ kind }) => kind === 'Run Comparer')
  expect(createPanels(comparer, [], false).length).toBe(1)
  const media = keys.filter(({ is }) => is === mediaPanel.needs)
  expect(shown(createPanels(mediaPanel, media, false)).length).toBe(2)
})

test('a line chart of a formula or of a pattern, and none of nothing', () => {
  expect(createLinePanel({})).toEqual([])
  expect(shown(createLinePanel({ expressions: ['1 - acc'] }))).toEqual([['Run History Line Plot', '1 - acc']])
  expect(createLinePanel({ useMetricRegex: true, metricRegex: '^val/' })[0]?.config).toEqual({
    metrics: [],
    useMetricRegex: true,
    metricRegex: '^val/',
  })
})

import { expect, test } from 'vitest'
import { withOwnChoice } from '../workspace/panel-settings.ts'
import { toSections } from '../workspace/sections.ts'
import { showWorkspace } from '../workspace/show-workspace.ts'
import { emptyWorkspace } from '../workspace/workspace.ts'
import { histogramPanel, offerHistograms } from './histogram-panel.ts'
import { mediaPanel, offerMedia } from './media-panel.ts'
import { panelTitle } from './registry.ts'
import { offerTables, tablePanel, withTableKey } from './table-panel.ts'

const media = [
  { key: 'samples', kind: 'image', runCount: 2 },
  { key: 'a\\.b', kind: 'audio', runCount: 1 },
  { key: 'rows', kind: 'table', runCount: 2 },
  { key: 'curve_table', kind: 'table', runCount: 2 },
  { key: 'weights', kind: 'histogram', runCount: 1 },
] as const

test('what runs have besides numbers comes after their numbers, in sections of its own, and before the system', () => {
  const offered = [...offerMedia(media), ...offerHistograms(media), ...offerTables(media, new Set(['curve_table']))]
  const metric = { kind: 'number', isHidden: false, stepMetric: null, goal: null, runCount: 1, pointCount: 9 }
  const metrics = [
    { ...metric, key: 'loss', stream: 'history' },
    { ...metric, key: 'system.cpu', stream: 'events' },
  ] as never
  const shown = showWorkspace(emptyWorkspace, toSections(metrics, 'first', offered), panelTitle)
  expect(shown.map(({ name, panels }) => [name, panels.map(({ title }) => title)])).toEqual([
    ['Charts', ['loss']],
    ['Tables', ['rows']],
    ['Media', ['a.b', 'samples']],
    ['Histograms', ['weights']],
    ['System', ['system.cpu']],
  ])
})

test('a key is asked for as people wrote it', () => {
  expect(offerMedia(media).map(({ config }) => mediaPanel.parse(config).keys)).toEqual([['samples'], ['a.b']])
})

test('W&B’s panels of a summary table say which, others are kept and say nothing', () => {
  const expression = {
    panel2Config: {
      exp: {
        nodeType: 'output',
        fromOp: {
          name: 'pick',
          inputs: {
            obj: { fromOp: { name: 'run-summary', inputs: {} } },
            key: { nodeType: 'const', type: 'string', val: 'predictions' },
          },
        },
      },
    },
  }
  expect(tablePanel.parse(expression).key).toBe('predictions')
  expect(tablePanel.parse({ panel2Config: { exp: { nodeType: 'void' } } }).key).toBeUndefined()
  expect(tablePanel.parse(withTableKey(expression, 'others'))).toMatchObject({ title: undefined, key: 'others' })
  expect(withTableKey(expression, 'others')).toMatchObject(expression)
})

test('a panel of histograms is a heat map unless it says otherwise, and keeps what it does not know', () => {
  expect(histogramPanel.parse({ mediaKeys: ['w'], other: 1 })).toEqual({
    title: undefined,
    keys: ['w'],
    shape: 'heat',
    isOneRun: false,
  })
  const chosen = withOwnChoice({ mediaKeys: ['w'], other: 1 }, { shape: 'step', runs: 'one' })
  expect(histogramPanel.parse(chosen)).toMatchObject({ shape: 'step', isOneRun: true })
  expect(chosen).toMatchObject({ mediaKeys: ['w'], other: 1 })
  expect(histogramPanel.parse({ lossline: { shape: 'cake' } }).shape).toBe('heat')
})

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how metrics stand in formulas.
import { expect, test } from 'vitest'
import { groupLine, rawLine } from '../../../test/support/chart-fixtures.ts'
import { type ChartOrigin, csvNames, pictureNotes } from './export-words.ts'

const plain: ChartOrigin = {
  title: 'loss',
  x: { kind: 'step' },
  values: [{ kind: 'metric', key: 'loss', title: 'loss' }],
  join: 'equal-step',
  smoothing: { kind: 'none' },
  grouping: { statistic: 'mean', band: 'sd' },
  model: { lines: [rawLine([0, 1], [1, 2])] },
}
const formula = { kind: 'expression', expression: '1 - ${acc}' } as const

test('what was done to the values is named, and nothing where nothing was', () => {
  expect(pictureNotes(plain)).toEqual([])
  const error: ChartOrigin = {
    ...plain,
    title: 'Error',
    values: [formula],
    join: 'last-known',
    smoothing: { kind: 'gaussian', sigma: 12 },
    model: { lines: [groupLine('opt = sgd', [1, 2])] },
  }
  expect(pictureNotes(error)).toEqual([
    '1 - ${acc}',
    'metrics joined by their last known values',
    'smoothed by Gaussian, σ 12 steps',
    'mean of each group, band of ± standard deviation',
  ])
  // A title that is the formula says it.
  expect(pictureNotes({ ...plain, title: '1 - ${acc}', values: [formula] })).toEqual([])
})

test('columns of CSV name the formula and the smoothing, of groups where it was done', () => {
  expect(csvNames(plain)).toEqual({ value: 'loss', smoothed: 'smoothed' })
  const smoothed: ChartOrigin = { ...plain, smoothing: { kind: 'time-weighted-ema', weight: 0.6 } }
  expect(csvNames({ ...smoothed, title: 'Error', values: [formula] })).toEqual({
    value: 'Error = 1 - ${acc}',
    smoothed: 'smoothed by time-weighted EMA, weight 0.6',
  })
  expect(csvNames({ ...smoothed, model: { lines: [groupLine('g', [1])] } }).value).toBe(
    'loss (runs of groups smoothed by time-weighted EMA, weight 0.6)',
  )
})

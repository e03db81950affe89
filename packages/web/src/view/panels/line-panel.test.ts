import { expect, test } from 'vitest'
import { defaultViewState } from '../address/url-state.ts'
import { cascade } from '../workspace/panel-settings.ts'
import { withIncludesZero, withYRange } from './axis-limits.ts'
import { withOneGroup, withQuantileBand } from './grouping.ts'
import { withLegendPosition, withLegendTemplate } from './legend.ts'
import { lineForms, withLineForm } from './line-form.ts'
import { linePanel, withGoal, withLineSettings } from './line-panel.ts'

test('what a line chart says comes back as it was written, and what nobody here knows stays', () => {
  const theirs = { metrics: ['loss'], yAxisMin: 1, fontSize: 'auto', lossline: { mine: 1 } }
  let config = withYRange(theirs, [undefined, 5])
  config = withGoal(withIncludesZero(config, true), 'maximize')
  config = withLineSettings(config, {
    yScale: 'symlog',
    xMin: 10,
    xMax: undefined,
    showsMarks: false,
    breaksGaps: true,
    sharesYRange: false,
  })
  const { limits, goal, settings } = linePanel.parse(config)
  expect(limits).toEqual({ yMin: undefined, yMax: 5, includesZero: true })
  expect(goal).toBe('maximize')
  expect(settings).toMatchObject({
    yScale: 'symlog',
    xMin: 10,
    showsMarks: false,
    breaksGaps: true,
    sharesYRange: false,
  })
  // In W&B's words, as far as it has some.
  expect(config).toMatchObject({ yAxisMax: 5, yLogScale: true, xAxisMin: 10, fontSize: 'auto' })
  expect(config).toMatchObject({ lossline: { mine: 1, yScale: 'symlog' } })
  const back = withIncludesZero(withGoal(withYRange(withLineSettings(config, {}), [1, undefined]), undefined), false)
  expect(back).toEqual(theirs)
})

test('a program that turns the log axis off turns symlog off too', () => {
  const config = { ...withLineSettings({}, { yScale: 'symlog' }), yLogScale: false }
  expect(linePanel.parse(config).settings.yScale).toBe('linear')
})

test('settings of a panel come before those of its section and of the view, but for ends of x', () => {
  const view = cascade({ ...defaultViewState, yScale: 'log' }, { showsMarks: false, xMin: 3 }, { showsMarks: true })
  expect(view).toEqual({ ...defaultViewState, yScale: 'log', showsMarks: true })
  expect(cascade(view, {}, {})).toBe(view)
})

test('names of lines and where they stand are written in W&B’s words, and taken back without a trace', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is how templates are written.
  const template = '${run:displayName}'
  const config = withLegendPosition(withLegendTemplate({ metrics: ['loss'] }, template), 'east')
  expect(config).toEqual({ metrics: ['loss'], legendTemplate: template, legendPosition: 'east' })
  expect(linePanel.parse(config)).toMatchObject({ legendTemplate: template, legendPosition: 'east' })
  const none = withLegendPosition(config, 'none')
  expect(linePanel.parse(none).legendPosition).toBe('none')
  const { lossline: _, ...left } = withLegendTemplate(withLegendPosition(none, undefined), ' ')
  expect(left).toEqual({ metrics: ['loss'] })
  expect(linePanel.parse({ legendPosition: 'somewhere' }).legendPosition).toBeUndefined()
})

test('areas are W&B’s where it has a word for them', () => {
  const forms = lineForms.map((form) => withLineForm({ plotType: 'line' }, form))
  expect(forms.map(({ plotType }) => plotType)).toEqual(['line', 'line', 'stacked-area', 'pct-area'])
  expect(forms.map((config) => linePanel.parse(config).form)).toEqual(lineForms)
  const back = forms.map((config) => withLineForm(config, 'line'))
  expect(back.map((config) => linePanel.parse(config).form)).toEqual(['line', 'line', 'line', 'line'])
  expect(withLineForm({}, 'line')).toEqual({})
})

test('hundreds of runs become one line with the middle half of them in its band, and lines again', () => {
  const config = { metrics: ['loss'], groupBy: 'lr.value', foreign: 1 }
  const one = withQuantileBand(config)
  expect(linePanel.parse(one)).toMatchObject({ isOneGroup: true, grouping: { statistic: 'median', band: 'quartiles' } })
  const back = withOneGroup(one, false)
  expect(linePanel.parse(back)).toMatchObject({ isOneGroup: false, groupBy: ['config.lr'] })
  expect(back).toMatchObject(config)
})

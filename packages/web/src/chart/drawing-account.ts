import type { GroupStatistic, Smoothing } from '@lossline/protocol'
import { smoothingWords } from '../view/chart/smoothing.ts'
import type { LineBand, LineGrouping } from '../view/panels/grouping.ts'
import { formatCount } from '../view/text/format.ts'
import type { ChartLine, Grid } from './chart-line.ts'
import { markLegend, type PlotMark } from './plot-marks.ts'

/** One thing that was done to what was logged before it was drawn. */
export interface DrawingStep {
  readonly name: 'Smoothing' | 'Points' | 'Noise' | 'Forks' | 'Groups' | 'Marks' | 'Y range' | 'Not shown'
  readonly text: string
}

/** What a chart was made with. */
export interface DrawingFacts {
  readonly lines: readonly ChartLine[]
  readonly smoothing: Smoothing
  readonly xName: string
  /** A length of x with its unit. */
  readonly formatLength: (length: number) => string
  readonly grouping: LineGrouping
  /** What happened in its runs. */
  readonly marks: readonly Pick<PlotMark, 'shape'>[]
  readonly ignoresOutliers: boolean
  /** It has a y range in common with other charts. */
  readonly sharesYRange: boolean
  /** Lines that are drawn pale with their centre over them, because they would cover the others. */
  readonly noisyCount: number
}

/** How a chart came to look as it does, in the order in which it is made. Empty without a line. */
export function accountForDrawing(facts: DrawingFacts): DrawingStep[] {
  const { lines } = facts
  const texts: readonly (readonly [DrawingStep['name'], string | undefined])[] = [
    ['Smoothing', smoothingText(facts)],
    ['Points', pointsText(lines, facts)],
    ['Noise', noiseText(facts)],
    ['Forks', forksText(lines)],
    ['Groups', groupsText(facts)],
    ['Marks', marksText(facts)],
    ['Y range', facts.sharesYRange ? 'The same for all line charts of the section.' : undefined],
    ['Not shown', outliersText(facts)],
  ]
  if (lines.length === 0) return []
  return texts.flatMap(([name, text]) => (text === undefined ? [] : [{ name, text }]))
}

function smoothingText({ smoothing, xName, noisyCount }: DrawingFacts): string {
  if (smoothing.kind === 'none' && noisyCount > 0) return 'None.'
  if (smoothing.kind === 'none') return 'None: values are drawn as they were logged.'
  const note = smoothingWords(smoothing, undefined, xName === 'step' ? 'steps' : xName)?.long ?? ''
  const rule =
    smoothing.kind === 'time-weighted-ema' && smoothing.range === undefined
      ? ' Its length follows all runs of the view, shown or not, and never the zoom.'
      : ''
  return `Each run by itself, over all its points, before anything else (${kindNames[smoothing.kind]}, ${note}).${rule}`
}

const kindNames = {
  'time-weighted-ema': 'time-weighted EMA',
  ema: 'EMA',
  gaussian: 'Gaussian',
  'running-average': 'running average',
}

function pointsText(lines: readonly ChartLine[], facts: DrawingFacts): string | undefined {
  const ofRuns = lines.filter(({ series }) => series.kind !== 'group')
  if (ofRuns.length === 0) return undefined
  const reduced = ofRuns.filter(({ series }) => series.kind === 'buckets')
  const pointCount = (some: readonly ChartLine[]) => some.reduce((sum, { series }) => sum + series.pointCount, 0)
  if (reduced.length === 0) return `Every point is shown: ${formatCount(pointCount(ofRuns), 'point')}.`
  const others = ofRuns.length - reduced.length
  const grids = reduced.map(({ grid }) => grid)
  return [
    `${formatCount(pointCount(reduced), 'point')} of ${formatCount(reduced.length, 'line')} in ${widthText(grids, facts)}.`,
    'Each keeps its first, last, least and largest value, so that no spike is lost; zoom in for single points.',
    ...(others === 0 ? [] : [`Of ${formatCount(others, 'shorter line')} every point.`]),
  ].join(' ')
}

function widthText(grids: readonly Grid[], { formatLength }: DrawingFacts): string {
  if (grids[0]?.scale === 'log') return 'buckets of equal width on the log axis'
  const widths = new Set(grids.map(({ from, to, count }) => formatLength((to - from) / count)))
  const [width] = widths
  if (widths.size === 1) return `buckets of ${width}`
  return `buckets of at most ${formatLength(Math.max(...grids.map(({ from, to, count }) => (to - from) / count)))}`
}

function noiseText({ noisyCount }: DrawingFacts): string | undefined {
  if (noisyCount === 0) return undefined
  return [
    `${formatCount(noisyCount, 'line')} would cover what lies behind: the values are pale,`,
    'and the line over them is their mean over every 6 pixels. Single spikes keep their full strength.',
  ].join(' ')
}

function forksText(lines: readonly ChartLine[]): string | undefined {
  const count = lines.filter(({ inheritedTo }) => inheritedTo !== undefined).length
  if (count === 0) return undefined
  return `${formatCount(count, 'line')} of forked runs: dotted are the points of the run that they were forked from.`
}

function groupsText(facts: DrawingFacts): string | undefined {
  const groups = facts.lines.flatMap(({ series }) => (series.kind === 'group' ? [series.grid] : []))
  if (groups.length === 0) return undefined
  const { statistic, band } = facts.grouping
  return [
    `${statisticTexts[statistic]}, over all points of all its runs.`,
    `Runs are aligned by x in ${widthText(groups, facts)}, no narrower than the run that logs most seldom needs:`,
    'in a bucket each run counts once, by the mean of its points;',
    'a run that skips one counts by its last value before, as long as points of it follow.',
    bandTexts[band],
    'A dotted line means that fewer runs than the group has go on.',
  ].join(' ')
}

function marksText({ marks }: DrawingFacts): string | undefined {
  if (marks.length === 0) return undefined
  return `At the foot, in the colour of the run, behind the lines: ${markLegend(marks)}. A + on top: there is more at that place.`
}

const statisticTexts: Readonly<Record<GroupStatistic, string>> = {
  mean: 'A line is the mean of its runs',
  median: 'A line is the median of its runs',
  min: 'A line is the least of all values',
  max: 'A line is the largest of all values',
  sum: 'A line is the sum of its runs',
}
const bandTexts: Readonly<Record<LineBand, string>> = {
  none: 'No band is drawn.',
  members: 'The thin lines are its runs.',
  'min-max': 'The band spans the least to the largest value of all points.',
  quartiles: 'The band has the middle half of the runs in it.',
  sd: 'The band is one standard deviation (n − 1) around the mean; a single run has none.',
  'standard-error': 'The band is one standard error around the mean; a single run has none.',
  'confidence-95': 'The band is the 95 % confidence interval of the mean (Student’s t); a single run has none.',
}

function outliersText({ ignoresOutliers }: DrawingFacts): string | undefined {
  if (!ignoresOutliers) return undefined
  return 'The y axis leaves out the most extreme values in view (beyond the 2.5th and 97.5th percentile). They are marked at its edge; the data is the same.'
}

import type { MetricInfo } from '@lossline/protocol'
import { formatCount } from '../view/text/format.ts'
import { commonUnit, formatValue } from '../view/text/unit.ts'
import { type ChartLine, elementCount, elementMax, elementMin, elementX, elementY } from './chart-line.ts'

/** What the sentence is about. */
export interface SummaryOptions {
  readonly title: string
  readonly xName: string
  readonly goal: MetricInfo['goal']
  /** What somebody said of what it shows; '': nobody did. */
  readonly description: string
  readonly formatX: (x: number) => string
}

/**
 * A chart in words: what it shows, its best value and whose it is, and how many lines still move the wrong way.
 * For people who cannot see it, and for the chart's accessible name.
 */
export function summarizeChart(
  lines: readonly ChartLine[],
  { title, xName, goal, description, formatX }: SummaryOptions,
): string {
  const drawn = lines.filter(({ series }) => elementCount(series) > 0)
  const unit = commonUnit(drawn.map((line) => line.unit ?? ''))
  const what = unit === '' ? title : `${title} in ${unit}`
  const opening = `Line chart of ${what} against ${xName}, ${countOf(drawn)}.`
  const words = aboutMetric(description, goal)
  const best = bestOf(drawn, goal === 'maximize')
  if (!best) return `${opening} No points.${words}`
  const word = goal === 'maximize' ? 'Highest' : 'Lowest'
  const whose = `${nounOf(drawn, best.line)} ${best.line.label}`
  const place = `${word} ${formatValue(best.value, best.line.unit ?? '')}, ${whose}, ${xName} ${formatX(best.x)}.`
  const rising = drawn.filter((line) => isRising(line))
  const trend = rising.length > 0 ? ` ${countWithin(rising, drawn)} rising at the end.` : ''
  return `${opening} ${place}${trend}${words}`
}

/** ` Lower is better. Cross-entropy on unseen data.` */
function aboutMetric(description: string, goal: MetricInfo['goal']): string {
  const direction = goal === null ? '' : ` ${goal === 'maximize' ? 'Higher' : 'Lower'} is better.`
  const text = description.trim()
  return text === '' ? direction : `${direction} ${/[.!?…]$/.test(text) ? text : `${text}.`}`
}

/** `10 runs`, `3 groups and 1 run`, or, where there are several lines of each, `20 lines of 10 runs`. */
function countOf(lines: readonly ChartLine[]): string {
  const groups = new Set(lines.filter(isGroup).map(({ runId }) => runId)).size
  const runs = new Set(lines.filter((line) => !isGroup(line)).map(({ runId }) => runId)).size
  const subjects = [
    ...(groups > 0 ? [formatCount(groups, 'group')] : []),
    ...(runs > 0 || groups === 0 ? [formatCount(runs, 'run')] : []),
  ].join(' and ')
  return hasSeveral(lines) ? `${formatCount(lines.length, 'line')} of ${subjects}` : subjects
}

/** Some of the lines, counted by what a line is called among all. */
function countWithin(some: readonly ChartLine[], all: readonly ChartLine[]): string {
  return hasSeveral(all) ? formatCount(some.length, 'line') : countOf(some)
}

function nounOf(lines: readonly ChartLine[], line: ChartLine): string {
  if (hasSeveral(lines)) return 'line'
  return isGroup(line) ? 'group' : 'run'
}

/** Whether a run or a group has more than one line. */
function hasSeveral(lines: readonly ChartLine[]): boolean {
  return new Set(lines.map(({ runId }) => runId)).size < lines.length
}

function isGroup({ series }: ChartLine): boolean {
  return series.kind === 'group'
}

function bestOf(
  lines: readonly ChartLine[],
  isHighBest: boolean,
): { line: ChartLine; x: number; value: number } | undefined {
  const endOf = isHighBest ? elementMax : elementMin
  let best: { line: ChartLine; x: number; value: number } | undefined
  for (const line of lines) {
    for (let i = 0; i < elementCount(line.series); i++) {
      // A group is as good as its line, not as the end of its band.
      const value = isGroup(line) ? elementY(line.series, i) : endOf(line.series, i)
      if (!Number.isFinite(value)) continue
      if (!best || (isHighBest ? value > best.value : value < best.value))
        best = { line, x: elementX(line.series, i), value }
    }
  }
  return best
}

/** Whether the last tenth of a line lies above the tenth before it. */
function isRising({ series }: ChartLine): boolean {
  const count = elementCount(series)
  const tenth = Math.floor(count / 10)
  if (tenth < 1) return false
  const mean = (from: number, to: number): number => {
    let [sum, finiteCount] = [0, 0]
    for (let i = from; i < to; i++) {
      const y = elementY(series, i)
      if (!Number.isFinite(y)) continue
      sum += y
      finiteCount++
    }
    return sum / finiteCount
  }
  return mean(count - tenth, count) > mean(count - 2 * tenth, count - tenth)
}

import type { MetricInfo } from '@lossline/protocol'
import { formatCount, formatNumber } from '../view/format.ts'
import { type ChartLine, elementCount, elementMax, elementMin, elementX, elementY } from './chart-line.ts'

/** What the sentence is about. */
export interface SummaryOptions {
  readonly title: string
  readonly xName: string
  readonly goal: MetricInfo['goal']
  readonly formatX: (x: number) => string
}

/**
 * A chart in words: what it shows, its best value and whose it is, and how many runs still move the wrong way.
 * For people who cannot see it, and for the chart's accessible name.
 */
export function summarizeChart(lines: readonly ChartLine[], { title, xName, goal, formatX }: SummaryOptions): string {
  const drawn = lines.filter(({ series }) => elementCount(series) > 0)
  const opening = `Line chart of ${title} against ${xName}, ${formatCount(drawn.length, 'run')}.`
  const best = bestOf(drawn, goal === 'maximize')
  if (!best) return `${opening} No points.`
  const word = goal === 'maximize' ? 'Highest' : 'Lowest'
  const place = `${word} ${formatNumber(best.value)}, run ${best.line.label}, ${xName} ${formatX(best.x)}.`
  const rising = drawn.filter((line) => isRising(line)).length
  const trend = rising > 0 ? ` ${formatCount(rising, 'run')} rising at the end.` : ''
  return `${opening} ${place}${trend}`
}

function bestOf(
  lines: readonly ChartLine[],
  isHighBest: boolean,
): { line: ChartLine; x: number; value: number } | undefined {
  let best: { line: ChartLine; x: number; value: number } | undefined
  for (const line of lines) {
    for (let i = 0; i < elementCount(line.series); i++) {
      const value = isHighBest ? elementMax(line.series, i) : elementMin(line.series, i)
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
    let sum = 0
    for (let i = from; i < to; i++) sum += elementY(series, i)
    return sum / (to - from)
  }
  return mean(count - tenth, count) > mean(count - 2 * tenth, count - tenth)
}

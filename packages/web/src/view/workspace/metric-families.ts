import { escapePattern } from '../panels/line-source.ts'
import { lineKind } from './automatic-panels.ts'
import { textAt, textsAt } from './json.ts'
import type { ShownPanel } from './show-workspace.ts'

/** Metrics that differ by numbers in their names alone, such as those of the layers of a network. */
export interface MetricFamily {
  /** The names with a star for each number. */
  readonly label: string
  /** A regular expression that finds its metrics and no others, with a group for each number, by which the lines are told apart. */
  readonly pattern: string
  readonly count: number
}

/** Fewer are seen as well in charts of their own. */
export const familyFrom = 8

const number = /\d+/g

/** Families among the line charts of a section, the largest first. */
export function metricFamilies(panels: readonly ShownPanel[]): readonly MetricFamily[] {
  const members = new Map<string, { readonly label: string; count: number }>()
  for (const { kind, config } of panels) {
    const [metric, ...others] = kind === lineKind ? textsAt(config, 'metrics') : []
    if (metric === undefined || others.length > 0 || !/\d/.test(metric)) continue
    // The label would not do: a star may be part of the name.
    const pattern = patternOf(metric)
    const member = members.get(pattern)
    if (member) member.count++
    else members.set(pattern, { label: metric.replace(number, '*'), count: 1 })
  }
  return [...members]
    .filter(([pattern, { count }]) => count >= familyFrom && !isThere(panels, pattern))
    .map(([pattern, { label, count }]) => ({ label, pattern, count }))
    .sort((one, other) => other.count - one.count)
}

/** What W&B's line charts say of all metrics of a family. */
export function familyConfig({ label, pattern }: MetricFamily) {
  return { useMetricRegex: true, metricRegex: pattern, chartTitle: label }
}

/** One whose numbers are in no groups is of the same metrics. */
function isThere(panels: readonly ShownPanel[], pattern: string): boolean {
  const plain = pattern.replaceAll('(\\d+)', '\\d+')
  return panels.some(({ config }) => textAt(config, 'metricRegex')?.replaceAll('(\\d+)', '\\d+') === plain)
}

function patternOf(metric: string): string {
  return `^${metric.split(number).map(escapePattern).join('(\\d+)')}$`
}

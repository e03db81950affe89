import { compareNatural } from '../text/natural-order.ts'
import type { MetricsByName } from '../workspace/automatic-panels.ts'
import type { PanelInfo } from '../workspace/sections.ts'

/** A metric that a pattern finds. */
export interface MatchedMetric {
  /** As panels name it. */
  readonly name: string
  readonly info: PanelInfo
  /** What its line is called: what the groups of the pattern have found in its name, else the name. */
  readonly title: string
}

/** What a pattern finds, in natural order, or why it cannot be read. */
export interface PatternMatches {
  readonly metrics: readonly MatchedMetric[]
  readonly problem: string | undefined
}

/**
 * Metrics whose names a regular expression finds. Those of the machine have no steps and so no place beside others: they are looked at
 * only where nothing else is found. `^layer_(\d+)/grad$` names its lines `0`, `1` …; with `(?<layer>\d+)` they are `layer 0` ….
 */
export function matchMetrics(pattern: string, metrics: MetricsByName): PatternMatches {
  let expression: RegExp
  try {
    expression = new RegExp(pattern)
  } catch (error) {
    return { metrics: [], problem: problemOf(error) }
  }
  const found = [...metrics].flatMap(([name, info]) => {
    const match = expression.exec(name)
    return match === null ? [] : [{ name, info, captured: capturedName(match) }]
  })
  const logged = found.filter(({ info }) => info.stream === 'history')
  const shown = (logged.length > 0 ? logged : found).sort((a, b) => compareNatural(a.name, b.name))
  const counts = Map.groupBy(shown, ({ captured }) => captured)
  return {
    metrics: shown.map(({ name, info, captured }) => {
      // What several metrics share tells none of them from the others.
      const isOwn = captured !== '' && counts.get(captured)?.length === 1
      return { name, info, title: isOwn ? captured : info.title }
    }),
    problem: undefined,
  }
}

function capturedName(match: RegExpExecArray): string {
  const named = Object.entries(match.groups ?? {}).filter(([, part]) => part)
  if (named.length > 0) return named.map(([name, part]) => `${name} ${part}`).join(', ')
  return match.slice(1).filter(Boolean).join(' ')
}

/** Browsers put the whole expression before what is wrong with it. */
function problemOf(error: unknown): string {
  const text = error instanceof Error ? (error.message.split(': ').at(-1) ?? '') : ''
  return `This is no regular expression${text === '' ? '' : `: ${text.charAt(0).toLowerCase()}${text.slice(1)}`}.`
}

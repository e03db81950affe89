import { fromAccessor } from '../panels/axis-key.ts'

/** A piece of a name in a legend: as it stands, or a value of the run (its key as queries have it). */
export type LegendPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly key: string }

/** How lines are named: the names, and what a tooltip adds of the point. */
export interface LegendTemplate {
  readonly label: readonly LegendPart[]
  /** What stands between `[[` and `]]`; its keys are {@link PointValues}. */
  readonly point: readonly LegendPart[]
}

/** What a template may say of a point, as text; W&B's words. */
export interface PointValues {
  readonly x: string
  /** As it is drawn. */
  readonly y: string
  /** As it was logged. */
  readonly original: string
  readonly mean: string
  readonly min: string
  readonly max: string
}

/** Names of what `${metricName}` and the like are, beside keys of runs. */
export const metricNameKey = 'metricName'

/** Reads W&B's `${run:displayName} · ${config:lr} [[ ${x}: ${y} ]]`. Never throws: what it does not know stays as text. */
export function parseLegendTemplate(text: string): LegendTemplate {
  const points = [...text.matchAll(/\[\[(.*?)\]\]/gs)].map(([, inner]) => inner?.trim() ?? '')
  const label = text.replaceAll(/\s*\[\[.*?\]\]/gs, '').trim()
  return {
    label: parts(label, /\$\{([^}]+)\}/g, (name) => (name === metricNameKey ? name : (fromAccessor(name) ?? name))),
    // W&B's own examples leave the braces out here.
    point: parts(points.join(' '), /\$\{([^}]+)\}|\$([a-z]+)/g, (name) => name),
  }
}

/** Keys of runs that a template needs. */
export function legendKeys({ label }: LegendTemplate): readonly string[] {
  const keys = label.flatMap((part) => (part.kind === 'value' && part.key !== metricNameKey ? [part.key] : []))
  return [...new Set(keys)]
}

/** The text; what a run does not have is left blank. */
export function fillLegend(parts: readonly LegendPart[], textOf: (key: string) => string | undefined): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : (textOf(part.key) ?? ''))).join('')
}

function parts(text: string, pattern: RegExp, toKey: (name: string) => string): readonly LegendPart[] {
  const found: LegendPart[] = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) found.push({ kind: 'text', text: text.slice(end, match.index) })
    found.push({ kind: 'value', key: toKey((match[1] ?? match[2] ?? '').trim()) })
    end = match.index + match[0].length
  }
  if (end < text.length) found.push({ kind: 'text', text: text.slice(end) })
  return found
}

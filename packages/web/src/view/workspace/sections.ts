import { decodeKeyPath, type MetricInfo, type MetricsResponse } from '@lossline/protocol'
import { boundedKey, isSingle, type SingleValue, toSingleValues } from '../chart/single-values.ts'
import { compareNatural } from '../text/natural-order.ts'
import type { JsonObject } from './json.ts'

/** One panel: a numeric metric of a stream. */
export interface PanelInfo {
  /** Unique in a view: the key, prefixed for system metrics. */
  readonly panelId: string
  readonly key: string
  readonly stream: MetricInfo['stream']
  /** The key as people wrote it. */
  readonly title: string
  readonly stepMetric: string | null
  readonly goal: MetricInfo['goal']
  /** What somebody said of it; '': nobody did. */
  readonly description: string
  readonly unit: string
  readonly runCount: number
  /** Whether no run has more than one point of it. */
  readonly isSingle: boolean
}

/** Panels by their ids; {@link toSections} adds what it makes. */
export type KnownPanels = Map<string, PanelInfo>

/** A panel that comes by itself for what is no series of numbers: a custom chart, pictures, a table. */
export interface OfferedPanel {
  /** Begins with `auto:`. */
  readonly id: string
  readonly kind: string
  readonly config: JsonObject
  readonly title: string
  readonly sectionName: string
  /** How many runs have something for it. */
  readonly runCount: number
}

/** Panels under one heading. */
export interface Section {
  readonly name: string
  readonly panels: readonly PanelInfo[]
  /** Shown after them. */
  readonly offered: readonly OfferedPanel[]
  /** What is a number and no line. */
  readonly values: readonly SingleValue[]
  /** Most runs that any of its panels has data of. */
  readonly runCount: number
  /** Metrics of `history` in it, as the server names them. */
  readonly metricKeys: readonly string[]
  readonly isOpenByDefault: boolean
}

/** The heading for metrics without a `/`, and for those whose prefix has no other member. */
const chartsSectionName = 'Charts'
/** The heading for system metrics: last, closed until asked for. */
export const systemSectionName = 'System'

/** Headings of what is no number, after those of metrics. */
export const offeredSections = {
  tables: 'Tables',
  media: 'Media',
  histograms: 'Histograms',
  charts: 'Custom charts',
} as const
const lateSections: readonly string[] = Object.values(offeredSections)

/** What counts the training itself; a straight line that is better as an x axis than as the first chart. */
const counterPattern = /(?:^|[/.])(?:epoch|step|global_?step|iteration|batch)$/i

/**
 * Groups numeric metrics by their first path segment, or by all but the last one. Charts first, then natural order, System last. Inside a section natural order,
 * with what other metrics are drawn over (`define_metric`, or by its name a counter) and the bounds of intervals after what was
 * measured; a section of nothing else comes before System. What each run has logged once is no panel but a value.
 *
 * @param known - Panels of before, which stay the same objects while the same is known of them: what draws them sees no change.
 */
export function toSections(
  metrics: readonly MetricInfo[],
  sectionBy: 'first' | 'last' = 'first',
  offered: readonly OfferedPanel[] = [],
  known: KnownPanels = new Map(),
): readonly Section[] {
  const stepMetrics = new Set(metrics.flatMap(({ stepMetric }) => stepMetric ?? []))
  const keys = new Set(metrics.map(({ key }) => key))
  const isCounter = ({ key }: PanelInfo): boolean =>
    stepMetrics.has(key) || counterPattern.test(key) || keys.has(boundedKey(key) ?? '')
  const byName = new Map<string, PanelInfo[]>()
  for (const metric of metrics) {
    if (metric.kind === 'other' || metric.isHidden || isInternal(metric)) continue
    const name = sectionName(metric, sectionBy)
    const panel = toPanel(metric, known)
    const panels = byName.get(name)
    if (panels) panels.push(panel)
    else byName.set(name, [panel])
  }
  mergeSingles(byName)
  const offeredByName = Map.groupBy(offered, ({ sectionName }) => sectionName)
  for (const name of offeredByName.keys()) if (!byName.has(name)) byName.set(name, [])
  const rankOf = (name: string, all: readonly PanelInfo[]): number => rank(name, all.length > 0 && all.every(isCounter))
  return [...byName]
    .sort(([a, of], [b, and]) => rankOf(a, of) - rankOf(b, and) || compareNatural(a, b))
    .map(([name, all]) => {
      const others = (offeredByName.get(name) ?? []).toSorted((a, b) => compareNatural(a.title, b.title))
      const sorted = all.sort((a, b) => Number(isCounter(a)) - Number(isCounter(b)) || compareNatural(a.title, b.title))
      return {
        name,
        panels: sorted.filter((panel) => !panel.isSingle),
        values: toSingleValues(sorted.filter((panel) => panel.isSingle)),
        offered: others,
        runCount: Math.max(...[...all, ...others].map((panel) => panel.runCount)),
        metricKeys: sorted.flatMap(({ stream, key }) => (stream === 'history' ? [key] : [])),
        isOpenByDefault: name !== systemSectionName,
      }
    })
}

/** Metrics without what grows with every row: of the count of their points only whether some run has several of them. */
export function withoutGrowth({ metrics }: MetricsResponse): MetricsResponse {
  return {
    metrics: metrics.map((metric) => ({ ...metric, pointCount: Math.min(metric.pointCount, metric.runCount + 1) })),
  }
}

/** Sections with only the panels that match; empty ones disappear. Text matches anywhere, `/…/` is a regular expression. */
export function searchSections<
  S extends { readonly panels: readonly { readonly title: string }[]; readonly values: readonly SingleValue[] },
>(sections: readonly S[], search: string): readonly S[] {
  const matches = toMatcher(search)
  if (!matches) return sections
  return sections
    .map((section) => ({
      ...section,
      panels: section.panels.filter((panel) => matches(panel.title)),
      values: section.values.filter((value) => matches(value.title)),
    }))
    .filter((section) => section.panels.length > 0 || section.values.length > 0)
}

/** Keys that can be an x axis: what was logged with steps, system metrics were not. */
export function historyKeys(sections: readonly Section[]): readonly string[] {
  const panels = sections.flatMap((section) => section.panels)
  return panels.filter((panel) => panel.stream === 'history').map((panel) => panel.key)
}

/** A test for panel titles; undefined when everything matches. A regular expression that does not parse is taken as text. */
function toMatcher(search: string): ((text: string) => boolean) | undefined {
  const text = search.trim().toLowerCase()
  if (text === '') return undefined
  const pattern = /^\/(.+)\/$/.exec(search.trim())?.[1]
  if (pattern !== undefined) {
    try {
      const expression = new RegExp(pattern, 'i')
      return (title) => expression.test(title)
    } catch {
      // Half-typed expressions are common; search for them as they are.
    }
  }
  return (title) => title.toLowerCase().includes(text)
}

/** `a\.b` → `a.b`: what a key path looks like to people. */
export function keyTitle(key: string): string {
  return decodeKeyPath(key).join('.')
}

/** `_step`, `_runtime`, `_timestamp` and the like: every row has them, and the x axis shows them. */
function isInternal({ key, stream }: MetricInfo): boolean {
  return stream === 'history' && key.startsWith('_')
}

function toPanel(metric: MetricInfo, known: KnownPanels): PanelInfo {
  const { key, stream, stepMetric, goal, description, unit, runCount } = metric
  const panelId = stream === 'events' ? `events:${key}` : key
  const next: Known = { stepMetric, goal, description, unit, runCount, isSingle: isSingle(metric) }
  const before = known.get(panelId)
  if (before && isSame(before, next)) return before
  const panel = { panelId, key, stream, title: keyTitle(key), ...next }
  known.set(panelId, panel)
  return panel
}

const knownFields = ['stepMetric', 'goal', 'description', 'unit', 'runCount', 'isSingle'] as const
type Known = Pick<PanelInfo, (typeof knownFields)[number]>

function isSame(a: Known, b: Known): boolean {
  return knownFields.every((field) => a[field] === b[field])
}

function sectionName(metric: MetricInfo, sectionBy: 'first' | 'last'): string {
  if (metric.stream === 'events') return systemSectionName
  const slash = sectionBy === 'first' ? metric.key.indexOf('/') : metric.key.lastIndexOf('/')
  return slash > 0 ? keyTitle(metric.key.slice(0, slash)) : chartsSectionName
}

function mergeSingles(byName: Map<string, PanelInfo[]>): void {
  const charts = byName.get(chartsSectionName) ?? []
  for (const [name, panels] of byName) {
    if (panels.length > 1 || name === chartsSectionName || name === systemSectionName) continue
    charts.push(...panels)
    byName.delete(name)
  }
  if (charts.length > 0) byName.set(chartsSectionName, charts)
}

function rank(name: string, hasOnlyCounters: boolean): number {
  const late = lateSections.indexOf(name)
  if (name === systemSectionName) return 3 + lateSections.length
  if (late >= 0) return 3 + late
  if (hasOnlyCounters) return 2
  return name === chartsSectionName ? 0 : 1
}

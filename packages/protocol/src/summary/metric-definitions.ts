import { decodeKeyPath, encodeKeyPath } from '../key-path.ts'
import type { MetricRecord } from '../records/record-types.ts'

/** The metric definitions of a run, and what follows from them for the keys of its rows. */
export interface MetricDefinitions {
  /** Changes with every definition. */
  readonly version: number
  /** All of them, in the order of their first appearance. */
  readonly all: readonly MetricRecord[]
  /** Takes a definition in: merged with an earlier one of that name, or in its place with `overwrite`. */
  define(metric: MetricRecord): MetricRecord
  /**
   * What was defined so far comes from an earlier process: it holds until this one defines a metric of that name, or a glob
   * that matches it.
   */
  markEarlier(): void
  /** Whether a definition of that name would take the place of one of an earlier process. */
  isEarlier(metric: MetricRecord): boolean
  /** The definition of a key that a glob matches and that has none of its own yet; it is defined by the call. */
  expand(path: readonly string[]): MetricRecord | undefined
  /** The step metric that has to be in each row with this key, if any. */
  syncedStepMetric(path: readonly string[]): string | undefined
  /** Whether some metric has this one as its step metric. */
  isStepMetric(name: string): boolean
  /** Place, among {@link all}, of the glob that matches a key, or of the definition that it has itself; Infinity without any. */
  placeOf(path: readonly string[]): number
}

/** Makes an empty set of definitions. */
export function createMetricDefinitions(): MetricDefinitions {
  const metrics = new Map<string, MetricRecord>()
  const globs = new Map<string, MetricRecord>()
  const stepMetrics = new Set<string>()
  const earlierKeys = new Set<string>()
  let version = 0

  function define(metric: MetricRecord): MetricRecord {
    const key = keyOf(metric)
    const isReplaced = earlierKeys.delete(key) || metric.control?.overwrite === true
    const before = isReplaced ? undefined : metrics.get(key)
    const merged = before === undefined ? metric : mergeDefinitions(before, metric)
    metrics.set(key, merged)
    if (merged.globName) {
      globs.set(merged.globName, merged)
      forgetEarlier(merged.globName)
    }
    if (merged.stepMetric) stepMetrics.add(merged.stepMetric)
    version += 1
    return merged
  }

  function forgetEarlier(glob: string): void {
    for (const key of earlierKeys) {
      const name = metrics.get(key)?.name
      if (!name || !isMatch(glob, decodeKeyPath(name).join('.'))) continue
      metrics.delete(key)
      earlierKeys.delete(key)
    }
  }

  const isDefined = (name: string): boolean => metrics.has(keyOf({ name }))

  return {
    get version() {
      return version
    },
    get all() {
      return [...metrics.values()]
    },
    define,
    markEarlier() {
      for (const key of metrics.keys()) earlierKeys.add(key)
    },
    isEarlier: (metric) => earlierKeys.has(keyOf(metric)),
    expand(path) {
      if (globs.size === 0) return undefined
      const key = path.join('.')
      if (isDefined(key) || isDefined(encodeKeyPath(path))) return undefined
      const glob = findGlob(globs, key)
      if (glob === undefined) return undefined
      return define(expandGlob(glob, encodeKeyPath(path)))
    },
    syncedStepMetric(path) {
      const metric = metrics.get(keyOf({ name: path.join('.') })) ?? metrics.get(keyOf({ name: encodeKeyPath(path) }))
      return metric?.options?.stepSync && metric.stepMetric ? metric.stepMetric : undefined
    },
    isStepMetric: (name) => stepMetrics.has(name),
    placeOf(path) {
      const key = path.join('.')
      const own = metrics.get(keyOf({ name: key })) ?? metrics.get(keyOf({ name: encodeKeyPath(path) }))
      const place = [...metrics.values()].indexOf((findGlob(globs, key) ?? own) as MetricRecord)
      return place < 0 ? Number.POSITIVE_INFINITY : place
    },
  }
}

/** Tells globs from metrics that have a star in their names. */
function keyOf({ name, globName }: MetricRecord): string {
  return globName ? `* ${globName}` : `  ${name ?? ''}`
}

// W&B leaves open which of several matching globs wins; the longest prefix is what people mean.
function findGlob(globs: ReadonlyMap<string, MetricRecord>, key: string): MetricRecord | undefined {
  let best: MetricRecord | undefined
  let bestLength = -1
  for (const [glob, metric] of globs) {
    if (glob.length > bestLength && isMatch(glob, key)) {
      best = metric
      bestLength = glob.length
    }
  }
  return best
}

function isMatch(glob: string, key: string): boolean {
  return !key.startsWith('_') && key.startsWith(glob.endsWith('*') ? glob.slice(0, -1) : glob)
}

function expandGlob(glob: MetricRecord, name: string): MetricRecord {
  const { globName, options, ...rest } = glob
  const { defined, ...otherOptions } = options ?? {}
  return { ...rest, name, options: otherOptions, control: { overwrite: true }, expandedFromGlob: true }
}

/** Flags can be added by a later definition, never taken away; other fields are overwritten when given. */
function mergeDefinitions(earlier: MetricRecord, later: MetricRecord): MetricRecord {
  const statistics = withoutEmpty(later.summary ?? {})
  // As in W&B's client: who asks for statistics does want the metric in the summary.
  const kept = Object.keys(statistics).length > 0 ? { ...earlier.summary, none: false } : earlier.summary
  return {
    ...earlier,
    ...withoutEmpty(later),
    options: { ...earlier.options, ...withoutEmpty(later.options ?? {}) },
    summary: { ...withoutEmpty(kept ?? {}), ...statistics },
  }
}

function withoutEmpty<Fields extends object>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => Boolean(value))) as Partial<Fields>
}

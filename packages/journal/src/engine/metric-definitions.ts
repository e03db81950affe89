import { encodeKeyPath, type MetricRecord } from '@lossline/protocol'
import type { SummaryStatistics } from './summary.ts'

/** The metric definitions of a run, and what follows from them for the keys of its rows. */
export interface MetricDefinitions {
  /** Changes with every definition. */
  readonly version: number
  /** Takes a definition in: merged with an earlier one of that name, or in its place with `overwrite`. */
  define(metric: MetricRecord): MetricRecord
  /** The definition of a key that a glob matches and that has none of its own yet; it is defined by the call. */
  expand(path: readonly string[]): MetricRecord | undefined
  /** The step metric that has to be in each row with this key, if any. */
  syncedStepMetric(path: readonly string[]): string | undefined
  /** Whether some metric has this one as its step metric. */
  isStepMetric(name: string): boolean
}

/** Makes an empty set of definitions. */
export function createMetricDefinitions(): MetricDefinitions {
  const exact = new Map<string, MetricRecord>()
  const globs = new Map<string, MetricRecord>()
  const stepMetrics = new Set<string>()
  let version = 0

  function define(metric: MetricRecord): MetricRecord {
    const definitions = isGlob(metric) ? globs : exact
    const name = (isGlob(metric) ? metric.globName : metric.name) ?? ''
    const earlier = metric.control?.overwrite ? undefined : definitions.get(name)
    const merged = earlier === undefined ? metric : mergeDefinitions(earlier, metric)
    definitions.set(name, merged)
    if (merged.stepMetric) stepMetrics.add(merged.stepMetric)
    version += 1
    return merged
  }

  return {
    get version() {
      return version
    },
    define,
    expand(path) {
      const key = path.join('.')
      if (globs.size === 0 || key.startsWith('_') || exact.has(key) || exact.has(encodeKeyPath(path))) return undefined
      const glob = findGlob(globs, key)
      if (glob === undefined) return undefined
      return define(expandGlob(glob, encodeKeyPath(path)))
    },
    syncedStepMetric(path) {
      const metric = exact.get(path.join('.')) ?? exact.get(encodeKeyPath(path))
      return metric?.options?.stepSync && metric.stepMetric ? metric.stepMetric : undefined
    },
    isStepMetric: (name) => stepMetrics.has(name),
  }
}

/** The statistics that a definition selects, for the summary. */
export function toSummaryStatistics(metric: MetricRecord): SummaryStatistics {
  const { summary } = metric
  return {
    min: summary?.min ?? false,
    max: summary?.max ?? false,
    mean: summary?.mean ?? false,
    first: summary?.first ?? false,
    last: summary?.last ?? false,
    none: summary?.none ?? false,
  }
}

function isGlob(metric: MetricRecord): boolean {
  return Boolean(metric.globName)
}

// W&B leaves open which of several matching globs wins; the longest prefix is what people mean.
function findGlob(globs: ReadonlyMap<string, MetricRecord>, key: string): MetricRecord | undefined {
  let best: MetricRecord | undefined
  let bestLength = -1
  for (const [glob, metric] of globs) {
    const prefix = glob.endsWith('*') ? glob.slice(0, -1) : glob
    if (key.startsWith(prefix) && prefix.length > bestLength) {
      best = metric
      bestLength = prefix.length
    }
  }
  return best
}

function expandGlob(glob: MetricRecord, name: string): MetricRecord {
  const { globName, options, ...rest } = glob
  const { defined, ...otherOptions } = options ?? {}
  return { ...rest, name, options: otherOptions, control: { overwrite: true }, expandedFromGlob: true }
}

/** Flags can be added by a later definition, never taken away; other fields are overwritten when given. */
function mergeDefinitions(earlier: MetricRecord, later: MetricRecord): MetricRecord {
  return {
    ...earlier,
    ...withoutEmpty(later),
    options: { ...earlier.options, ...withoutEmpty(later.options ?? {}) },
    summary: { ...earlier.summary, ...withoutEmpty(later.summary ?? {}) },
  }
}

function withoutEmpty<Fields extends object>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => Boolean(value))) as Partial<Fields>
}

import { type JsonObject, type JsonValue, parseJson, stringifyNumber } from '@lossline/protocol'
import { createLeafTree } from './leaf-tree.ts'
import { type MetricHistory, toMetricHistories } from './metric-histories.ts'
import { jsonToNumber } from './number-json.ts'
import { addToTrace, createTrace, type Trace } from './trace.ts'

/** Which statistics of a metric the summary shows. All false = the latest value. */
export interface SummaryStatistics {
  readonly min: boolean
  readonly max: boolean
  readonly mean: boolean
  readonly first: boolean
  readonly last: boolean
  /** true keeps the metric out of the summary. */
  readonly none: boolean
}

/** What the summary knows of one leaf path. */
export interface SummaryLeaf {
  statistics: SummaryStatistics
  hasValue: boolean
  latestNumber: number
  /** The latest value as JSON text; undefined = it is `latestNumber`. */
  latestJson: string | undefined
  firstJson: string | undefined
  firstNumber: number
  min: number
  max: number
  total: number
  count: number
  isChanged: boolean
  /** Its course; undefined for what is not drawn at the end. */
  readonly trace: Trace | undefined
}

/** One leaf of a summary record. */
export interface SummaryChange {
  readonly path: readonly string[]
  readonly json: string
}

/** The summary of a run: per leaf the latest value and the statistics that `defineMetric` asked for. */
export interface Summary {
  /** Changes whenever a leaf that {@link leafAt} gave may no longer be the one in use. */
  readonly version: number
  /** The leaf of a path, made if there is none. */
  leafAt(path: readonly string[]): SummaryLeaf
  logJson(path: readonly string[], json: string): void
  configure(path: readonly string[], statistics: SummaryStatistics): void
  /** Sets a value by hand: cancels the statistics configured for the path. The caller records the change. */
  setExplicit(path: readonly string[], json: string): void
  /** Forgets the values at and below a path, not what is configured for them. Returns the paths that had one. */
  remove(path: readonly string[]): (readonly string[])[]
  /** As {@link remove}, for what is below a path and not kept. */
  removeBelow(path: readonly string[], isKept: (path: readonly string[]) => boolean): (readonly string[])[]
  /** The leaves changed since the last call, with the values that a summary record should carry. */
  takeChanges(): SummaryChange[]
  /** Whether there is a value at a path. */
  has(path: readonly string[]): boolean
  toJson(): JsonObject
  /** The courses of some metrics; see {@link toMetricHistories}. */
  histories(): MetricHistory[]
}

/** The latest value and nothing else. */
export const latestOnly: SummaryStatistics = {
  min: false,
  max: false,
  mean: false,
  first: false,
  last: false,
  none: false,
}

// The first so many metrics may get a picture at the end: 128 KiB in all.
const tracedMax = 128

/** Makes an empty summary. */
export function createSummary(): Summary {
  const tree = createLeafTree<SummaryLeaf>()
  let version = 0
  let tracedCount = 0

  function leafAt(path: readonly string[]): SummaryLeaf {
    const known = tree.get(path)
    if (known !== undefined) return known
    const isTraced = tracedCount < tracedMax && !path[0]?.startsWith('_')
    if (isTraced) tracedCount += 1
    const leaf = createLeaf(isTraced ? createTrace() : undefined)
    if (tree.set(path, leaf)) version += 1
    return leaf
  }

  /** Whether a value belongs to an image or another object that says what it is; its size is no metric. */
  function isInsideMedia(path: readonly string[]): boolean {
    return path.some((_label, depth) => depth > 0 && tree.get([...path.slice(0, depth), '_type']) !== undefined)
  }

  function removeBelow(path: readonly string[], isKept: (path: readonly string[]) => boolean): (readonly string[])[] {
    const removed: (readonly string[])[] = []
    tree.forEachBelow(path, (leaf, leafPath) => {
      if (!leaf.hasValue || isKept(leafPath)) return
      leaf.hasValue = false
      leaf.isChanged = false
      removed.push(leafPath)
    })
    return removed
  }

  return {
    get version() {
      return version
    },
    leafAt,
    logJson(path, json) {
      const leaf = leafAt(path)
      const value = jsonToNumber(json)
      const hadValue = leaf.hasValue
      if (value !== undefined) logNumber(leaf, value)
      leaf.latestJson = json
      if (!hadValue) leaf.firstJson = json
      leaf.hasValue = true
      leaf.isChanged = true
    },
    configure(path, statistics) {
      const leaf = leafAt(path)
      leaf.statistics = statistics
      leaf.isChanged = leaf.hasValue
    },
    setExplicit(path, json) {
      const leaf = leafAt(path)
      leaf.statistics = latestOnly
      leaf.latestJson = json
      leaf.hasValue = true
      leaf.isChanged = false
    },
    remove: (path) => removeBelow(path, () => false),
    removeBelow,
    has: (path) => tree.get(path)?.hasValue ?? false,
    takeChanges() {
      const changes: SummaryChange[] = []
      tree.forEach((leaf, path) => {
        if (!leaf.isChanged) return
        leaf.isChanged = false
        const json = leafToJson(leaf)
        if (json !== undefined) changes.push({ path, json })
      })
      return changes
    },
    toJson() {
      const root: Record<string, JsonValue> = {}
      tree.forEach((leaf, path) => {
        const json = leafToJson(leaf)
        // A null is how a value leaves the summary.
        if (json !== undefined && json !== 'null') putLeaf(root, path, parseJson(json))
      })
      return root
    },
    histories() {
      const traced: { path: readonly string[]; trace: Trace }[] = []
      tree.forEach(({ trace, statistics }, path) => {
        if (trace === undefined || statistics.none || isInsideMedia(path)) return
        traced.push({ path, trace })
      })
      return toMetricHistories(traced)
    },
  }
}

/** Counts a logged number in. */
export function logNumber(leaf: SummaryLeaf, value: number): void {
  if (!leaf.hasValue) {
    leaf.hasValue = true
    leaf.firstNumber = value
    leaf.firstJson = undefined
  }
  leaf.latestNumber = value
  leaf.latestJson = undefined
  // Math.min and Math.max let a NaN through, and it stays: W&B's client does the same.
  leaf.min = leaf.count === 0 ? value : Math.min(leaf.min, value)
  leaf.max = leaf.count === 0 ? value : Math.max(leaf.max, value)
  leaf.total += value
  leaf.count += 1
  if (leaf.trace !== undefined) addToTrace(leaf.trace, value)
}

function createLeaf(trace: Trace | undefined): SummaryLeaf {
  return {
    statistics: latestOnly,
    hasValue: false,
    latestNumber: 0,
    latestJson: undefined,
    firstJson: undefined,
    firstNumber: 0,
    // A metric that never was a number shows 0 as minimum and maximum in W&B, and NaN as mean.
    min: 0,
    max: 0,
    total: 0,
    count: 0,
    isChanged: false,
    trace,
  }
}

function leafToJson(leaf: SummaryLeaf): string | undefined {
  const { statistics } = leaf
  if (!leaf.hasValue || statistics.none) return undefined
  const latest = leaf.latestJson ?? stringifyNumber(leaf.latestNumber)
  const parts: string[] = []
  if (statistics.last) parts.push(`"last":${latest}`)
  if (statistics.first) parts.push(`"first":${leaf.firstJson ?? stringifyNumber(leaf.firstNumber)}`)
  if (statistics.max) parts.push(`"max":${stringifyNumber(leaf.max)}`)
  if (statistics.min) parts.push(`"min":${stringifyNumber(leaf.min)}`)
  if (statistics.mean) parts.push(`"mean":${stringifyNumber(leaf.total / leaf.count)}`)
  return parts.length === 0 ? latest : `{${parts.join(',')}}`
}

function putLeaf(root: Record<string, JsonValue>, path: readonly string[], value: JsonValue): void {
  let node = root
  for (const label of path.slice(0, -1)) {
    if (!Object.hasOwn(node, label)) define(node, label, {})
    node = node[label] as Record<string, JsonValue>
  }
  define(node, path[path.length - 1] as string, value)
}

/** Assignment that also works for a label named `__proto__`. */
function define(node: Record<string, JsonValue>, label: string, value: JsonValue): void {
  Object.defineProperty(node, label, { value, writable: true, enumerable: true, configurable: true })
}

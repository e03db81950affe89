import {
  fromWireMetrics,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type MetricNote,
  type MetricRecord,
  parseJson,
  readMetricNotes,
  unwrapConfig,
} from '@lossline/protocol'

/** What a server has of a run that goes on. */
export interface EarlierRun {
  readonly displayName: string
  /** Without W&B's wrappers and without `_wandb`. */
  readonly config: JsonObject
  /** Parts of `_wandb` that no process writes anew. */
  readonly configInternals: JsonObject
  /** What it says of its metrics for people to read, by name. */
  readonly metricNotes: ReadonlyMap<string, MetricNote>
  readonly summary: JsonObject
  /** Definitions of its metrics. */
  readonly metrics: readonly MetricRecord[]
  /** The last row, as far as the server says. */
  readonly lastRow: JsonObject
  readonly tags: readonly string[]
  readonly notes: string
  readonly group: string | undefined
  readonly jobType: string | undefined
  /** The last step that was logged; undefined without history. */
  readonly lastStep: number | undefined
  /** Whole seconds that the run took so far. */
  readonly runtimeSeconds: number
}

/** What W&B's client takes over of `_wandb`; all else is written by each process. */
const keptInternals = ['viz', 'visualize', 'mask/class_labels', 'bounding_box/class_labels', 'pinned_keys']

/**
 * Reads the answer to `RunResumeStatus`. A run that was only created, by a sweep or a queue, has not begun: it is none.
 *
 * @param bucket - Undefined when the server has no such run.
 */
export function toEarlierRun(
  bucket: JsonObject | undefined,
  { group, jobType }: { readonly group: string | undefined; readonly jobType: string | undefined },
): EarlierRun | undefined {
  if (bucket === undefined || !Object.hasOwn(objectOf(bucket.wandbConfig), 't')) return undefined
  const { _wandb: internals, ...config } = unwrapConfig(objectOf(bucket.config))
  const summary = objectOf(bucket.summaryMetrics)
  const historyTail = lastRow(bucket.historyTail)
  const eventsTail = lastRow(bucket.eventsTail)
  const hasHistory = typeof bucket.historyLineCount === 'number' && bucket.historyLineCount > 0
  const lastStep = hasHistory ? toInteger(historyTail._step ?? summary._step) : undefined
  const runtimes = [eventsTail._runtime, asObject(summary._wandb).runtime, summary._runtime, historyTail._runtime]
  const kept = Object.entries(asObject(internals)).filter(([key]) => keptInternals.includes(key))
  return {
    displayName: textOf(bucket.displayName),
    config,
    configInternals: Object.fromEntries(kept),
    metricNotes: readMetricNotes(asObject(internals)),
    summary,
    metrics: toEarlierMetrics(asObject(internals)),
    lastRow: historyTail,
    tags: Array.isArray(bucket.tags) ? bucket.tags.map(String) : [],
    notes: textOf(bucket.notes),
    group,
    jobType,
    lastStep,
    runtimeSeconds: Math.floor(Math.max(0, ...runtimes.filter((value) => typeof value === 'number'))),
  }
}

/**
 * What was defined, without the entries of step metrics that nobody defined. Globs come from where our own sender keeps those
 * that a server does not take.
 */
function toEarlierMetrics(internals: JsonObject): MetricRecord[] {
  const metrics = [...fromWireMetrics(internals.m), ...fromWireMetrics(asObject(internals.lossline).globs)]
  return metrics.filter(({ globName, options, stepMetric, summary = {} }) => {
    const isDefined = options?.defined === true || stepMetric !== undefined || Object.keys(summary).length > 0
    return Boolean(globName) || isDefined
  })
}

/** The last element of a text that is a list of texts that are objects. */
function lastRow(tail: JsonValue | undefined): JsonObject {
  const rows = typeof tail === 'string' ? parseOr(tail) : undefined
  return Array.isArray(rows) ? objectOf(rows.at(-1)) : {}
}

function objectOf(text: JsonValue | undefined): JsonObject {
  return asObject(typeof text === 'string' ? parseOr(text) : text)
}

function parseOr(text: string): JsonValue | undefined {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

function toInteger(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}

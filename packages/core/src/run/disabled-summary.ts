import type { RowItem } from '@lossline/journal'
import {
  createSummaryFold,
  encodeKeyPath,
  type HistoryItem,
  type JsonObject,
  type MetricRecord,
  stringifyNumber,
} from '@lossline/protocol'

/** The summary of a run that writes nothing: kept up in this thread, so that programs read what they would read otherwise. */
export interface DisabledSummary {
  /** Adds a row of numbers to the step that is open. */
  logNumbers(metrics: Readonly<Record<string, number>>): void
  /** The same for any values; media are left out, which nobody encodes. */
  log(items: readonly RowItem[]): void
  /** Counts in the step that is open, if it has values. */
  commit(step: number): void
  defineMetric(metric: MetricRecord): void
  update(update: readonly RowItem[], remove: readonly (readonly string[])[]): void
  read(): JsonObject
}

/** @param nowMs - The time, for `_timestamp` and `_runtime`. */
export function createDisabledSummary(nowMs: () => number): DisabledSummary {
  const fold = createSummaryFold()
  const startMs = nowMs()
  const open = new Map<string, HistoryItem>()

  function add(path: readonly string[], valueJson: string): void {
    // By the names that a glob stands for, as in a journal.
    const metric = fold.definitions.expand(path)
    if (metric !== undefined) fold.applyMetric(metric)
    open.set(encodeKeyPath(path), { nestedKey: [...path], valueJson })
  }

  return {
    logNumbers(metrics) {
      for (const [key, value] of Object.entries(metrics)) add([key], stringifyNumber(value))
    },
    log(items) {
      for (const item of items) if ('json' in item) add(item.path, item.json)
    },
    commit(step) {
      if (open.size === 0) return
      const timeMs = nowMs()
      const automatic = { _step: step, _timestamp: timeMs / 1000, _runtime: (timeMs - startMs) / 1000 }
      for (const [key, value] of Object.entries(automatic)) {
        open.set(key, { nestedKey: [key], valueJson: stringifyNumber(value) })
      }
      fold.applyHistory({ item: [...open.values()] })
      open.clear()
    },
    defineMetric: (metric) => fold.applyMetric({ ...metric, options: { ...metric.options, defined: true } }),
    update(update, remove) {
      const changes = update.flatMap((item) =>
        'json' in item ? [{ nestedKey: [...item.path], valueJson: item.json }] : [],
      )
      fold.applySummary({
        update: changes,
        remove: remove.map((path) => ({ nestedKey: [...path], valueJson: '' })),
      })
    },
    read: () => fold.summary.toJson(),
  }
}

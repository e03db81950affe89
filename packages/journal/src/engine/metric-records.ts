import {
  decodeKeyPath,
  type MetricDefinitions,
  type MetricRecord,
  type Summary,
  toSummaryStatistics,
} from '@lossline/protocol'
import type { RecordLog } from './record-log.ts'

/** The definitions of metrics that a process writes: what its user defines, and what follows for keys from globs. */
export interface MetricRecords {
  define(metric: MetricRecord): void
  /** Defines a key that a glob matches, if it has no definition yet. */
  expandGlobs(path: readonly string[]): void
}

export interface CreateMetricRecordsOptions {
  readonly definitions: MetricDefinitions
  readonly summary: Summary
  readonly log: RecordLog
}

/** Writes definitions into the log, and configures the summary as they say. */
export function createMetricRecords({ definitions, summary, log }: CreateMetricRecordsOptions): MetricRecords {
  return {
    define(metric) {
      const isReplacing = definitions.isEarlier(metric)
      const explicit = {
        ...metric,
        options: { ...metric.options, defined: true },
        ...(isReplacing ? { control: { ...metric.control, overwrite: true } } : {}),
      }
      const merged = definitions.define(explicit)
      if (merged.name) summary.configure(decodeKeyPath(merged.name), toSummaryStatistics(merged))
      log.append({ kind: 'metric', metric: explicit })
    },
    expandGlobs(path) {
      const metric = definitions.expand(path)
      if (metric === undefined) return
      summary.configure(path, toSummaryStatistics(metric))
      log.append({ kind: 'metric', metric })
    },
  }
}

import {
  decodeKeyPath,
  jsonToNumber,
  type MetricDefinitions,
  pathOf,
  type SummaryItem,
  stringifyNumber,
} from '@lossline/protocol'
import { lastNumberOf } from './earlier-summary.ts'
import type { MetricRecords } from './metric-records.ts'
import type { PendingRow } from './pending-row.ts'

/** The last value of each metric that is the step metric of another one. */
export interface StepValues {
  /** Of a metric that is known to be one. */
  set(name: string, value: number): void
  /** Takes a logged value in, if it is one of a step metric. */
  note(path: readonly string[], json: string): void
  /** Takes in what the summary of an earlier process shows, if it belongs to a step metric. */
  noteEarlier(item: SummaryItem): void
  /** Takes over those of an earlier process that are not known from its summary. */
  restore(values: Readonly<Record<string, number>>): void
  /** Adds the step metric of each metric that wants it beside itself: its last value, 0 if it never had one. */
  addTo(row: PendingRow): void
}

/** Begins without values. */
export function createStepValues(definitions: MetricDefinitions, { expandGlobs }: MetricRecords): StepValues {
  const values = new Map<string, number>()

  return {
    set(name, value) {
      values.set(name, value)
    },
    note(path, json) {
      const name = path.join('.')
      const value = definitions.isStepMetric(name) ? jsonToNumber(json) : undefined
      if (value !== undefined) values.set(name, value)
    },
    noteEarlier(item) {
      const name = pathOf(item).join('.')
      const value = definitions.isStepMetric(name) ? lastNumberOf(item.valueJson ?? '') : undefined
      if (value !== undefined) values.set(name, value)
    },
    restore(earlier) {
      for (const [name, value] of Object.entries(earlier)) {
        if (!values.has(name)) values.set(name, value)
      }
    },
    addTo({ leaves }) {
      const present = new Set<string>()
      const wanted = new Set<string>()
      leaves.forEach((_json, path) => {
        expandGlobs(path)
        present.add(path.join('.'))
        const stepMetric = definitions.syncedStepMetric(path)
        if (stepMetric !== undefined) wanted.add(stepMetric)
      })
      for (const name of wanted) {
        if (present.has(name)) continue
        const path = decodeKeyPath(name)
        expandGlobs(path)
        leaves.set(path, stringifyNumber(values.get(name) ?? 0))
      }
    },
  }
}

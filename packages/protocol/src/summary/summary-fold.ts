import { decodeKeyPath } from '../key-path.ts'
import type { HistoryRecord, KeyedItem, MetricRecord, SummaryRecord } from '../records/record-types.ts'
import { isJson } from '../run-state/path-tree.ts'
import { createMetricDefinitions, type MetricDefinitions } from './metric-definitions.ts'
import { jsonToNumber } from './number-json.ts'
import { type CreateSummaryOptions, createSummary, internalPath, type Summary, type SummaryChange } from './summary.ts'
import { toSummaryStatistics } from './summary-leaf.ts'

/** The summary that the records of a journal give: what its summary records say, and what later rows change of it. */
export interface SummaryFold {
  readonly summary: Summary
  readonly definitions: MetricDefinitions
  applyMetric(metric: MetricRecord): void
  applySummary(record: SummaryRecord): void
  applyHistory(record: HistoryRecord): void
}

/** Makes the summary of a journal without records. */
export function createSummaryFold(options: CreateSummaryOptions = {}): SummaryFold {
  const summary = createSummary(options)
  const definitions = createMetricDefinitions()
  // The step whose values the last automatic summary record has.
  let recordedStep = Number.NEGATIVE_INFINITY
  let recordedRuntimeSeconds: number | undefined

  /** Automatic records say how long the run took or how far it has come; the others are what the user set. */
  function applyRecorded(path: readonly string[], json: string): void {
    if (isSamePath(path, earlierMarkPath)) definitions.markEarlier()
    summary.restore(path, json)
    if (path.length === 1 && path[0] === '_step') recordedStep = jsonToNumber(json) ?? recordedStep
    if (isSamePath(path, runtimePath)) recordedRuntimeSeconds = jsonToNumber(json)
  }

  function noteRuntime(json: string): void {
    const seconds = Math.floor(jsonToNumber(json) ?? 0)
    if (recordedRuntimeSeconds === undefined || seconds <= recordedRuntimeSeconds) return
    recordedRuntimeSeconds = seconds
    summary.setLatest(runtimePath, String(seconds))
  }

  return {
    summary,
    definitions,
    applyMetric(metric) {
      const merged = definitions.define(metric)
      if (merged.name) summary.configure(decodeKeyPath(merged.name), toSummaryStatistics(merged))
    },
    applySummary({ update = [], remove = [] }) {
      const isOfWriter = update.some((item) => isAutomaticPath(pathOf(item)))
      for (const item of update) {
        const json = item.valueJson ?? ''
        if (!isJson(json)) continue
        if (isOfWriter) applyRecorded(pathOf(item), json)
        else summary.setExplicit(pathOf(item), json)
      }
      for (const item of remove) summary.remove(pathOf(item))
    },
    applyHistory(history) {
      const items: SummaryChange[] = []
      for (const item of history.item ?? []) {
        const json = item.valueJson ?? ''
        if (isJson(json)) items.push({ path: pathOf(item), json })
      }
      // W&B's client writes the summary of a row before the row.
      const isRecorded = (stepOf(history) ?? Number.POSITIVE_INFINITY) <= recordedStep
      if (!isRecorded) summary.replaceObjects(items)
      for (const { path, json } of items) {
        if (path.length === 1 && isAutomaticKey(path[0] as string)) {
          if (isRecorded) continue
          summary.setLatest(path, json)
          if (path[0] === '_runtime') noteRuntime(json)
        } else if (isRecorded) summary.logRecorded(path, json)
        else summary.logJson(path, json)
      }
    },
  }
}

/** Keys that the writer of a run adds itself. What the user logs under `_step` and `_runtime` is dropped, as in W&B. */
export function isAutomaticKey(label: string): boolean {
  return label === '_step' || label === '_runtime' || label === '_timestamp'
}

/** The labels of an item, however it was written. */
export function pathOf({ key, nestedKey }: KeyedItem): readonly string[] {
  return nestedKey !== undefined && nestedKey.length > 0 ? nestedKey : [key ?? '']
}

/** The step of a row: its item `_step`, else the hint beside the items. */
export function stepOf({ item = [], step }: HistoryRecord): number | undefined {
  for (const candidate of item) {
    const { key, nestedKey, valueJson } = candidate
    if (key === '_step' || (nestedKey?.length === 1 && nestedKey[0] === '_step')) return Number(valueJson)
  }
  return step?.num === undefined ? undefined : Number(step.num)
}

const runtimePath: readonly string[] = ['_wandb', 'runtime']

/**
 * In the summary record that a run begins with which goes on: the definitions before it and what it says come from an
 * earlier process.
 */
export const earlierMarkPath: readonly string[] = [...internalPath, 'earlier']

function isSamePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((label, depth) => label === b[depth])
}

function isAutomaticPath(path: readonly string[]): boolean {
  return path[0] === '_wandb' || (path.length === 1 && path[0] === '_step')
}

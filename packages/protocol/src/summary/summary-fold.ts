import { decodeKeyPath } from '../key-path.ts'
import type { HistoryItem, HistoryRecord, MetricRecord, SummaryRecord } from '../records/record-types.ts'
import { isJson } from '../run-state/path-tree.ts'
import { createMetricDefinitions, type MetricDefinitions } from './metric-definitions.ts'
import { jsonToNumber } from './number-json.ts'
import { createRowShape, isAutomaticKey, isSamePath, pathOf, type RowShape } from './row-shape.ts'
import { type CreateSummaryOptions, createSummary, internalPath, type Summary, type SummaryChange } from './summary.ts'
import { toSummaryStatistics } from './summary-leaf.ts'

/** The summary that the records of a journal give: what its summary records say, and what later rows change of it. */
export interface SummaryFold {
  readonly summary: Summary
  readonly definitions: MetricDefinitions
  applyMetric(metric: MetricRecord): void
  applySummary(record: SummaryRecord): void
  /** @returns the step of the row, if it says one. */
  applyHistory(record: HistoryRecord): number | undefined
}

/** Makes the summary of a journal without records. */
export function createSummaryFold(options: CreateSummaryOptions = {}): SummaryFold {
  const summary = createSummary(options)
  const definitions = createMetricDefinitions()
  // The step whose values the last automatic summary record has.
  let recordedStep = Number.NEGATIVE_INFINITY
  let recordedRuntimeSeconds: number | undefined
  let shape: RowShape | undefined

  /** Automatic records say how long the run took or how far it has come; the others are what the user set. */
  function applyRecorded(path: readonly string[], json: string): void {
    if (isSamePath(path, earlierMarkPath)) definitions.markEarlier()
    summary.restore(path, json)
    if (path.length === 1 && path[0] === '_step') recordedStep = jsonToNumber(json) ?? recordedStep
    if (isSamePath(path, runtimePath)) recordedRuntimeSeconds = jsonToNumber(json)
  }

  function noteRuntime(runtimeSeconds: number): void {
    const seconds = Math.floor(runtimeSeconds)
    // Not said again where it is the same or no number.
    if (recordedRuntimeSeconds === undefined || !(seconds > recordedRuntimeSeconds)) return
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
      const { item = [] } = history
      const values = shape?.take(item, recordedStep)
      if (shape === undefined || values === undefined) return applyRow(history, item)
      if (shape.runtimeIndex >= 0) noteRuntime(values[shape.runtimeIndex] as number)
      return shape.stepIndex >= 0 ? values[shape.stepIndex] : stepOf(history)
    },
  }

  function applyRow(history: HistoryRecord, item: readonly HistoryItem[]): number | undefined {
    const row: SummaryChange[] = []
    let isNumeric = true
    for (const one of item) {
      const json = one.valueJson ?? ''
      if (isJson(json)) row.push({ path: pathOf(one), json })
      isNumeric &&= jsonToNumber(json) !== undefined
    }
    // W&B's client writes the summary of a row before the row.
    const step = stepOf(history)
    const isRecorded = (step ?? Number.POSITIVE_INFINITY) <= recordedStep
    if (!isRecorded) summary.replaceObjects(row)
    for (const { path, json } of row) {
      if (path.length === 1 && isAutomaticKey(path[0] as string)) {
        if (isRecorded) continue
        summary.setLatest(path, json)
        if (path[0] === '_runtime') noteRuntime(jsonToNumber(json) ?? 0)
      } else if (isRecorded) summary.logRecorded(path, json)
      else summary.logJson(path, json)
    }
    if (isNumeric && !isRecorded && row.length === item.length) shape = createRowShape(item, summary)
    return step
  }
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

function isAutomaticPath(path: readonly string[]): boolean {
  return path[0] === '_wandb' || (path.length === 1 && path[0] === '_step')
}

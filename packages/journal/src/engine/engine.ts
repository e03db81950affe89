import {
  decodeKeyPath,
  encodeKeyPath,
  encodeRecord,
  type HistoryItem,
  type JsonObject,
  type MetricRecord,
  pathOf,
  type SummaryRecord,
  stringifyNumber,
  type WandbRecordBody,
} from '@lossline/protocol'
import { lineBytesMax } from '../line-limit.ts'
import type { MaterializedMedia } from '../media/materialize-media.ts'
import type { MediaItem } from '../media/media-snapshot.ts'
import { isTooLarge, toHistoryItems, toLeafItems } from './history-items.ts'
import { createLeafTree, type LeafTree } from './leaf-tree.ts'
import type { LeafItem, RowItem, RowMessage } from './messages.ts'
import { createMetricDefinitions, toSummaryStatistics } from './metric-definitions.ts'
import type { MetricHistory } from './metric-histories.ts'
import { jsonToNumber } from './number-json.ts'
import { createPendingRow, isAutomatic, mergeItems, type PendingRow } from './pending-row.ts'
import { createShapePlan, type ShapePlan } from './shape-plan.ts'
import { createSummary, logNumber } from './summary.ts'

/** What a run holds beside its rows. */
export interface RunContents {
  /** Files of the run that its records name. */
  readonly fileCount: number
  /** Versions of artifacts that it logged. */
  readonly artifactCount: number
  /** The courses of some of its metrics. */
  readonly histories: readonly MetricHistory[]
}

/** Where the engine's records go. */
export interface RecordSink {
  /** Appends a serialized record: the first `length` bytes of `payload`, which the engine uses again afterwards. */
  appendRecord(payload: Uint8Array, length: number, isRow: boolean): void
  /** Whether a row may be written now; false = there is no room for it and it has to be counted as dropped. */
  canTakeRow(): boolean
  /** Counts a row that could not be kept. */
  dropRow(reason: 'no-room' | 'too-large'): void
}

export interface CreateEngineOptions {
  readonly sink: RecordSink
  /** Writes the files of a media value; `undefined` = it could not, and the value is left out. Default: none is kept. */
  materialize?(item: MediaItem, step: number | 'summary'): MaterializedMedia | undefined
  /** Start of the run, Unix milliseconds: where `_runtime` is 0. */
  readonly startTimeMs: number
  /** Seconds that earlier parts of a resumed run took. Default 0. */
  readonly earlierRuntimeSeconds?: number
  /** Number of records already in the journal. Default 0. */
  readonly recordCount?: number
  /** Least time between two automatic summary records, milliseconds. Default 1000. */
  readonly summaryIntervalMs?: number
}

/** Turns rows and calls into the records of a journal. Runs in any thread; all of it is synchronous. */
export interface Engine {
  readonly rowCount: number
  readonly recordCount: number
  defineShape(id: number, paths: readonly (readonly string[])[]): void
  /** A numeric row, its values at `values[offset]` and after; returns how many there are. */
  logNumbers(shapeId: number, packedStep: number, timeMs: number, values: Float64Array, offset: number): number
  logRow(row: RowMessage): void
  /** Commits a pending row. */
  commit(): void
  append(body: WandbRecordBody): void
  defineMetric(metric: MetricRecord): void
  updateSummary(update: readonly RowItem[], remove: readonly (readonly string[])[]): void
  readSummary(): JsonObject
  /** What a run holds beside its rows, for the words at its end. */
  readContents(): RunContents
  /** Writes the summary record if it is due. Returns whether there are changes that wait for their time. */
  tick(nowMs: number): boolean
  /** Commits a pending row and writes the last summary and the exit record. */
  finish(exitCode: number, timeMs: number, leavesOpen?: boolean): void
  /** Takes in a record that is in the journal already, for an engine that takes over from a lost one. */
  replay(body: WandbRecordBody): void
}

interface Commit {
  step: number
  timestampSeconds: number
  runtimeSeconds: number
}

/** Makes the engine of one run. */
export function createEngine(options: CreateEngineOptions): Engine {
  const { sink, startTimeMs, earlierRuntimeSeconds = 0, summaryIntervalMs = 1000 } = options
  const definitions = createMetricDefinitions()
  const summary = createSummary()
  const plans: ShapePlan[] = []
  const changedPlans = new Set<ShapePlan>()
  const stepMetricValues = new Map<string, number>()
  const numericRow = {
    num: 0,
    step: 0,
    timestampSeconds: 0,
    runtimeSeconds: 0,
    values: new Float64Array() as Float64Array,
    valuesOffset: 0,
  }
  let scratch = new Uint8Array(16_384)
  let recordCount = options.recordCount ?? 0
  let fileCount = 0
  let artifactCount = 0
  let rowCount = 0
  let pending: PendingRow | undefined
  // A numeric row that waits for more is kept as numbers: with an explicit step every row waits, but few are merged.
  let waiting: { shapeId: number; step: number; timeMs: number } | undefined
  let waitingValues = new Float64Array(64)
  let replayedStep = -1
  let lastCommit: Commit | undefined
  let lastPlan: ShapePlan | undefined
  let hasChanges = false
  // Values of the summary that an automatic record still has to remove.
  let removedPaths: (readonly string[])[] = []
  let summaryWrittenMs = Number.NEGATIVE_INFINITY

  const toSeconds = (timeMs: number) => Math.round(timeMs * 1000) / 1e6

  function countContent(body: WandbRecordBody): void {
    if (body.kind === 'files') fileCount += body.files.files?.length ?? 0
    else if (body.kind === 'artifact') artifactCount += 1
  }

  function append(body: WandbRecordBody, isRow = false): void {
    recordCount += 1
    countContent(body)
    const payload = encodeRecord({ ...body, num: recordCount })
    sink.appendRecord(payload, payload.length, isRow)
  }

  /** Media become leaves; the records that belong to them are written at once. */
  function toLeaves(items: readonly RowItem[], step: number | 'summary'): readonly LeafItem[] {
    if (items.every((item) => 'json' in item)) return items
    return items.flatMap((item) => {
      if ('json' in item) return [item]
      const media = options.materialize?.(item, step)
      for (const body of media?.records ?? []) append(body)
      return media?.leaves.map(({ path, json }) => ({ path: [...item.path, ...path], json })) ?? []
    })
  }

  function expandGlobs(path: readonly string[]): void {
    const metric = definitions.expand(path)
    if (metric === undefined) return
    summary.configure(path, toSummaryStatistics(metric))
    append({ kind: 'metric', metric })
  }

  function currentPlan(shapeId: number): ShapePlan {
    const plan = plans[shapeId]
    if (plan === undefined) throw new Error(`Row of an unknown shape ${shapeId}.`)
    if (plan.definitionsVersion === definitions.version && plan.summaryVersion === summary.version) return plan
    for (const path of plan.paths) expandGlobs(path)
    markChanges()
    const next = createShapePlan(plan.paths, plan.encoder, definitions, summary)
    plans[shapeId] = next
    return next
  }

  function noteCommit(step: number, timestampSeconds: number, runtimeSeconds: number): void {
    lastCommit ??= { step, timestampSeconds, runtimeSeconds }
    lastCommit.step = step
    lastCommit.timestampSeconds = timestampSeconds
    lastCommit.runtimeSeconds = runtimeSeconds
    hasChanges = true
  }

  function commitNumbers(shapeId: number, step: number, timeMs: number, values: Float64Array, offset: number): void {
    const plan = currentPlan(shapeId)
    if (!plan.isPlain || plan.encoder.bytesMax > lineBytesMax) {
      const row = createPendingRow(step, timeMs)
      mergeItems(row, toLeafItems(plan.paths, values, offset))
      commitLeaves(row)
      return
    }
    const { leaves, stepMetrics } = plan
    for (let index = 0; index < leaves.length; index += 1) {
      logNumber(leaves[index] as (typeof leaves)[0], values[offset + index] as number)
    }
    for (const { position, name } of stepMetrics) stepMetricValues.set(name, values[offset + position] as number)
    if (plan !== lastPlan) {
      lastPlan = plan
      changedPlans.add(plan)
    }
    const timestampSeconds = toSeconds(timeMs)
    const runtimeSeconds = toSeconds(timeMs - startTimeMs) + earlierRuntimeSeconds
    noteCommit(step, timestampSeconds, runtimeSeconds)
    if (!sink.canTakeRow()) {
      sink.dropRow('no-room')
      return
    }
    if (scratch.length < plan.encoder.bytesMax) scratch = new Uint8Array(plan.encoder.bytesMax)
    recordCount += 1
    rowCount += 1
    numericRow.num = recordCount
    numericRow.step = step
    numericRow.timestampSeconds = timestampSeconds
    numericRow.runtimeSeconds = runtimeSeconds
    numericRow.values = values
    numericRow.valuesOffset = offset
    sink.appendRecord(scratch, plan.encoder.encodeInto(scratch, 0, numericRow), true)
  }

  function applyLeaf(path: readonly string[], json: string): void {
    expandGlobs(path)
    summary.logJson(path, json)
    const name = path.join('.')
    const value = definitions.isStepMetric(name) ? jsonToNumber(json) : undefined
    if (value !== undefined) stepMetricValues.set(name, value)
  }

  /** Objects with a `_type`, such as images, replace what the summary has of their key: nothing of an older one stays. */
  function replaceObjects(leaves: LeafTree<string>): void {
    leaves.forEach((_json, path) => {
      if (path.length < 2 || path.at(-1) !== '_type') return
      removedPaths.push(...summary.removeBelow(path.slice(0, -1), (below) => leaves.get(below) !== undefined))
    })
  }

  function commitLeaves(row: PendingRow): void {
    const { leaves, step, timeMs } = row
    addStepMetrics(row)
    replaceObjects(leaves)
    leaves.forEach((json, path) => {
      applyLeaf(path, json)
    })
    const timestampSeconds = row.userTimestampSeconds ?? toSeconds(timeMs)
    const runtimeSeconds = toSeconds(timeMs - startTimeMs) + earlierRuntimeSeconds
    noteCommit(step, timestampSeconds, runtimeSeconds)
    const item = toHistoryItems(row, timestampSeconds, runtimeSeconds)
    if (isTooLarge(item)) sink.dropRow('too-large')
    else if (!sink.canTakeRow()) sink.dropRow('no-room')
    else {
      rowCount += 1
      append({ kind: 'history', history: { item, step: { num: step } } }, true)
    }
  }

  /** Adds the step metric of each metric that wants it beside itself: its last value, 0 if it never had one. */
  function addStepMetrics({ leaves }: PendingRow): void {
    const present = new Set<string>()
    const wanted = new Set<string>()
    leaves.forEach((_json, path) => {
      expandGlobs(path)
      present.add(path.join('.'))
      const stepMetric = definitions.syncedStepMetric(path)
      if (stepMetric !== undefined) wanted.add(stepMetric)
    })
    for (const name of wanted) {
      if (!present.has(name)) leaves.set(decodeKeyPath(name), stringifyNumber(stepMetricValues.get(name) ?? 0))
    }
  }

  function commitPending(): void {
    if (waiting !== undefined) {
      const { shapeId, step, timeMs } = waiting
      waiting = undefined
      commitNumbers(shapeId, step, timeMs, waitingValues, 0)
    }
    if (pending !== undefined) {
      const row = pending
      pending = undefined
      commitLeaves(row)
    }
  }

  /** The pending row of a step, to be merged into; a pending row of another step is committed first. */
  function pendingRowAt(step: number, timeMs: number): PendingRow {
    if ((waiting ?? pending)?.step !== step) commitPending()
    const row = pending ?? createPendingRow(step, timeMs)
    if (waiting !== undefined) {
      const { paths } = plans[waiting.shapeId] as ShapePlan
      waiting = undefined
      mergeItems(row, toLeafItems(paths, waitingValues, 0))
    }
    row.timeMs = timeMs
    pending = row
    return row
  }

  function keepWaiting(shapeId: number, step: number, timeMs: number, values: Float64Array, offset: number): void {
    const count = (plans[shapeId] as ShapePlan).paths.length
    if (waitingValues.length < count) waitingValues = new Float64Array(count)
    for (let index = 0; index < count; index += 1) waitingValues[index] = values[offset + index] as number
    waiting = { shapeId, step, timeMs }
  }

  function markChanges(): void {
    for (const plan of changedPlans) {
      for (const leaf of plan.leaves) leaf.isChanged = true
    }
    changedPlans.clear()
    lastPlan = undefined
  }

  function noteAutomaticValues(runtimeSeconds: number): void {
    markChanges()
    if (lastCommit !== undefined) {
      summary.logJson(['_step'], stringifyNumber(lastCommit.step))
      summary.logJson(['_timestamp'], stringifyNumber(lastCommit.timestampSeconds))
    }
    summary.logJson(['_runtime'], stringifyNumber(lastCommit?.runtimeSeconds ?? Math.floor(runtimeSeconds)))
    summary.logJson(['_wandb', 'runtime'], stringifyNumber(Math.floor(runtimeSeconds)))
  }

  function writeSummary(runtimeSeconds: number): void {
    hasChanges = false
    noteAutomaticValues(runtimeSeconds)
    const update = summary.takeChanges().map(({ path, json }) => ({ nestedKey: path, valueJson: json }))
    const remove = removedPaths.filter((path) => !summary.has(path)).map((path) => ({ nestedKey: path, valueJson: '' }))
    removedPaths = []
    append({ kind: 'summary', summary: { update, remove } })
  }

  return {
    get rowCount() {
      return rowCount
    },
    get recordCount() {
      return recordCount
    },
    defineShape(id, paths) {
      for (const path of paths) expandGlobs(path)
      plans[id] = createShapePlan(paths, plans[id]?.encoder, definitions, summary)
    },
    logNumbers(shapeId, packedStep, timeMs, values, offset) {
      const isCommitted = packedStep >= 0
      const step = isCommitted ? packedStep : -1 - packedStep
      const { paths } = plans[shapeId] as ShapePlan
      if (step <= replayedStep) return paths.length
      const pendingStep = waiting?.step ?? pending?.step
      if (pendingStep === step) {
        mergeItems(pendingRowAt(step, timeMs), toLeafItems(paths, values, offset))
        if (isCommitted) commitPending()
        return paths.length
      }
      if (pendingStep !== undefined) commitPending()
      if (isCommitted) commitNumbers(shapeId, step, timeMs, values, offset)
      else keepWaiting(shapeId, step, timeMs, values, offset)
      return paths.length
    },
    logRow({ items, step, isCommitted, timeMs }) {
      if (step <= replayedStep) return
      const leaves = toLeaves(items, step)
      const row = pendingRowAt(step, timeMs)
      for (const item of items) if ('media' in item) row.leaves.delete(item.path)
      mergeItems(row, leaves)
      if (isCommitted) commitPending()
    },
    commit: commitPending,
    append(body) {
      append(body)
    },
    defineMetric(metric) {
      const explicit = { ...metric, options: { ...metric.options, defined: true } }
      const merged = definitions.define(explicit)
      if (merged.name) summary.configure(decodeKeyPath(merged.name), toSummaryStatistics(merged))
      append({ kind: 'metric', metric: explicit })
    },
    updateSummary(items, remove) {
      const update = toLeaves(items, 'summary')
      const stale = items.flatMap((item) => {
        if ('json' in item) return []
        const given = new Set(update.map(({ path }) => encodeKeyPath(path)))
        return summary.removeBelow(item.path, (path) => given.has(encodeKeyPath(path)))
      })
      for (const { path, json } of update) summary.setExplicit(path, json)
      const removed = [...remove.flatMap((path) => summary.remove(path)), ...stale]
      append({
        kind: 'summary',
        summary: {
          update: update.map(({ path, json }) => ({ nestedKey: path, valueJson: json })),
          remove: removed.map((path) => ({ nestedKey: path, valueJson: '' })),
        },
      })
    },
    readSummary() {
      if (lastCommit !== undefined) noteAutomaticValues(lastCommit.runtimeSeconds)
      return summary.toJson()
    },
    readContents: () => ({ fileCount, artifactCount, histories: summary.histories() }),
    tick(nowMs) {
      if (!hasChanges) return false
      if (nowMs - summaryWrittenMs < summaryIntervalMs) return true
      summaryWrittenMs = nowMs
      writeSummary(toSeconds(nowMs - startTimeMs) + earlierRuntimeSeconds)
      return false
    },
    finish(exitCode, timeMs, leavesOpen = false) {
      commitPending()
      const runtimeSeconds = toSeconds(timeMs - startTimeMs) + earlierRuntimeSeconds
      writeSummary(runtimeSeconds)
      const exit = { exitCode, runtime: Math.floor(runtimeSeconds), ...(leavesOpen ? { notComplete: true } : {}) }
      append({ kind: 'exit', exit })
    },
    replay(body) {
      recordCount += 1
      countContent(body)
      if (body.kind === 'metric') {
        const merged = definitions.define(body.metric)
        if (merged.name) summary.configure(decodeKeyPath(merged.name), toSummaryStatistics(merged))
      }
      if (body.kind === 'history') replayHistory(body.history.item ?? [])
      if (body.kind === 'summary') replaySummary(body.summary)
    },
  }

  function replayHistory(items: readonly HistoryItem[]): void {
    rowCount += 1
    const automatic = new Map<string, number>()
    const leaves = createLeafTree<string>()
    for (const item of items) {
      const path = pathOf(item)
      const json = item.valueJson ?? 'null'
      if (path.length === 1 && isAutomatic(path[0] as string)) automatic.set(path[0] as string, Number(json))
      else leaves.set(path, json)
    }
    replaceObjects(leaves)
    leaves.forEach((json, path) => {
      applyLeaf(path, json)
    })
    replayedStep = automatic.get('_step') ?? replayedStep
    noteCommit(replayedStep, automatic.get('_timestamp') ?? 0, automatic.get('_runtime') ?? 0)
  }

  /** Automatic summary records say how long the run took; the others are what the user set. */
  function replaySummary(record: SummaryRecord): void {
    const update = record.update ?? []
    if (update.some((item) => pathOf(item)[0] === '_wandb')) return
    for (const item of update) summary.setExplicit(pathOf(item), item.valueJson ?? 'null')
    for (const item of record.remove ?? []) summary.remove(pathOf(item))
  }
}

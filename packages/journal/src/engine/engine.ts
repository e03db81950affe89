import {
  createSummaryFold,
  decodeKeyPath,
  earlierMarkPath,
  encodeKeyPath,
  encodeRecord,
  type HistoryRecord,
  isAutomaticKey,
  type JsonObject,
  jsonToNumber,
  type LeafTree,
  logNumber,
  type MetricRecord,
  pathOf,
  type SummaryChange,
  type SummaryItem,
  type SummaryLeaf,
  stringifyNumber,
  toSummaryStatistics,
  type WandbRecordBody,
} from '@lossline/protocol'
import { lineBytesMax } from '../line-limit.ts'
import type { MaterializedMedia } from '../media/materialize-media.ts'
import type { MediaItem } from '../media/media-snapshot.ts'
import { lastNumberOf, toEarlierSummary } from './earlier-summary.ts'
import { isTooLarge, toHistoryItems, toLeafItems } from './history-items.ts'
import type { EarlierMetrics, LeafItem, RowItem, RowMessage } from './messages.ts'
import type { MetricHistory } from './metric-histories.ts'
import { createMetricTraces } from './metric-traces.ts'
import { createPendingRow, mergeItems, type PendingRow } from './pending-row.ts'
import { announceShape, createShapePlan, type ShapePlan } from './shape-plan.ts'
import { addToTrace } from './trace.ts'

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
  /** Goes on from what an earlier process had; called before anything else is defined or logged. */
  restore(earlier: EarlierMetrics): void
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
  const fold = createSummaryFold({ showsMeanParts: true })
  const { definitions, summary } = fold
  const traces = createMetricTraces()
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
  let writtenRuntimeSeconds = 0

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
    const next = createShapePlan(plan.paths, plan.encoder, definitions, summary, traces)
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
      const value = values[offset + index] as number
      logNumber(leaves[index] as SummaryLeaf, value)
      const trace = plan.traces[index]
      if (trace !== undefined) addToTrace(trace, value)
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
    noteValue(path, json)
  }

  /** What the summary does not keep of a logged value. */
  function noteValue(path: readonly string[], json: string): void {
    traces.add(path, json)
    const name = path.join('.')
    const value = definitions.isStepMetric(name) ? jsonToNumber(json) : undefined
    if (value !== undefined) stepMetricValues.set(name, value)
  }

  function replaceObjects(leaves: LeafTree<string>): void {
    const row: SummaryChange[] = []
    leaves.forEach((json, path) => {
      row.push({ path, json })
    })
    removedPaths.push(...summary.replaceObjects(row))
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
      if (present.has(name)) continue
      const path = decodeKeyPath(name)
      expandGlobs(path)
      leaves.set(path, stringifyNumber(stepMetricValues.get(name) ?? 0))
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
      summary.setLatest(['_step'], stringifyNumber(lastCommit.step))
      summary.setLatest(['_timestamp'], stringifyNumber(lastCommit.timestampSeconds))
    }
    summary.setLatest(['_runtime'], stringifyNumber(lastCommit?.runtimeSeconds ?? Math.floor(runtimeSeconds)))
    writtenRuntimeSeconds = Math.max(writtenRuntimeSeconds, Math.floor(runtimeSeconds))
    summary.setLatest(['_wandb', 'runtime'], stringifyNumber(writtenRuntimeSeconds))
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
      plans[id] = announceShape(paths)
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
      const isReplacing = definitions.isEarlier(metric)
      const explicit = {
        ...metric,
        options: { ...metric.options, defined: true },
        ...(isReplacing ? { control: { ...metric.control, overwrite: true } } : {}),
      }
      const merged = definitions.define(explicit)
      if (merged.name) summary.configure(decodeKeyPath(merged.name), toSummaryStatistics(merged))
      append({ kind: 'metric', metric: explicit })
    },
    restore({ definitions: metrics, summary: shown, stepValues }) {
      const bodies: WandbRecordBody[] = metrics.map((metric) => ({ kind: 'metric', metric }))
      for (const record of toEarlierSummary(metrics, shown, earlierRuntimeSeconds)) {
        bodies.push({ kind: 'summary', summary: record })
      }
      for (const body of bodies) {
        append(body)
        foldIn(body)
      }
      for (const [name, value] of Object.entries(stepValues)) {
        if (!stepMetricValues.has(name)) stepMetricValues.set(name, value)
      }
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
    readContents: () => ({ fileCount, artifactCount, histories: traces.histories(summary) }),
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
      if (body.kind === 'history') replayHistory(body.history)
      else foldIn(body)
    },
  }

  function foldIn(body: WandbRecordBody): void {
    if (body.kind === 'metric') fold.applyMetric(body.metric)
    if (body.kind !== 'summary') return
    fold.applySummary(body.summary)
    const { update = [] } = body.summary
    if (update.some((item) => encodeKeyPath(pathOf(item)) === encodeKeyPath(earlierMarkPath)))
      update.forEach(noteStepValue)
  }

  /** Of a run that goes on, the last values of its step metrics are in its summary. */
  function noteStepValue(item: SummaryItem): void {
    const name = pathOf(item).join('.')
    const value = definitions.isStepMetric(name) ? lastNumberOf(item.valueJson ?? '') : undefined
    if (value !== undefined) stepMetricValues.set(name, value)
  }

  function replayHistory(history: HistoryRecord): void {
    rowCount += 1
    fold.applyHistory(history)
    const automatic = new Map<string, number>()
    for (const item of history.item ?? []) {
      const path = pathOf(item)
      const json = item.valueJson ?? 'null'
      if (path.length === 1 && isAutomaticKey(path[0] as string)) automatic.set(path[0] as string, Number(json))
      else noteValue(path, json)
    }
    replayedStep = automatic.get('_step') ?? replayedStep
    noteCommit(replayedStep, automatic.get('_timestamp') ?? 0, automatic.get('_runtime') ?? 0)
  }
}

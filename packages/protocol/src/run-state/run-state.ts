import type { JsonObject } from '../json/json-value.ts'
import { parseJson } from '../json/parse-json.ts'
import { mergeMessages } from '../records/message-codec.ts'
import type {
  AlertRecord,
  ArtifactRecord,
  ConfigRecord,
  EnvironmentRecord,
  FilesItem,
  HeaderRecord,
  MetricRecord,
  RunExitRecord,
  RunRecord,
  TelemetryRecord,
  WandbRecordBody,
} from '../records/record-types.ts'
import { pathOf } from '../summary/row-shape.ts'
import { createSummaryFold } from '../summary/summary-fold.ts'
import { createPathTree, isJson } from './path-tree.ts'

/** What a run state keeps. */
export interface RunStateOptions {
  /** Keeps all console text. Default true. */
  readonly keepConsole?: boolean
}

/** What the records of a run say when taken together. */
export interface RunState {
  apply(record: WandbRecordBody): void
  readonly header: HeaderRecord | undefined
  /** All run records merged: the last value that is not empty, the start of the first; without config and telemetry. */
  readonly run: RunRecord | undefined
  readonly exit: RunExitRecord | undefined
  readonly isPreempting: boolean
  readonly telemetry: TelemetryRecord
  readonly environment: EnvironmentRecord | undefined
  /** Definitions by name, in the order of their first appearance; later ones of a name are merged in. */
  readonly metrics: readonly MetricRecord[]
  readonly files: readonly FilesItem[]
  readonly artifacts: readonly ArtifactRecord[]
  readonly alerts: readonly AlertRecord[]
  readonly historyRowCount: number
  readonly firstStep: number | undefined
  readonly lastStep: number | undefined
  /** Changes when something does that the server keeps with the run: names, config, metrics, telemetry, environment. */
  readonly runVersion: number
  /** Changes when the summary may have changed. */
  readonly summaryVersion: number
  /** The config as a tree, with what clients put under `_wandb`. */
  config(): JsonObject
  /**
   * The summary as a tree: what the summary records say, and what the rows after the last of them change of it. A journal
   * that ends anywhere, as after a crash, gives the summary that its writer had at its last record.
   */
  summary(): JsonObject
  /** The same as JSON text. */
  summaryJson(): string
  /** Raw terminal text. */
  consoleText(stream: 'stdout' | 'stderr'): string
}

/** Makes the state of a run of which no record has been seen. */
export function createRunState(options: RunStateOptions = {}): RunState {
  const { keepConsole = true } = options
  const config = createPathTree()
  const { summary, definitions, applyMetric, applySummary, applyHistory } = createSummaryFold()
  const files: FilesItem[] = []
  const artifacts: ArtifactRecord[] = []
  const alerts: AlertRecord[] = []
  const consoleTexts: { readonly stdout: string[]; readonly stderr: string[] } = { stdout: [], stderr: [] }
  const state = {
    header: undefined as HeaderRecord | undefined,
    run: undefined as RunRecord | undefined,
    exit: undefined as RunExitRecord | undefined,
    isPreempting: false,
    telemetry: {} as TelemetryRecord,
    environment: undefined as EnvironmentRecord | undefined,
    historyRowCount: 0,
    firstStep: undefined as number | undefined,
    lastStep: undefined as number | undefined,
    runVersion: 0,
    summaryVersion: 0,
  }

  function applyConfig({ update = [], remove = [] }: ConfigRecord): void {
    for (const item of update) {
      const json = item.valueJson ?? ''
      if (isJson(json)) config.merge(pathOf(item), parseJson(json))
    }
    for (const item of remove) config.delete(pathOf(item))
  }

  function countRow(step: number | undefined): void {
    state.historyRowCount += 1
    if (step === undefined) return
    state.firstStep ??= step
    state.lastStep = step
  }

  function applyRun(update: RunRecord): void {
    const { config: initialConfig, telemetry, ...rest } = update
    if (state.run === undefined && initialConfig !== undefined) applyConfig(initialConfig)
    if (telemetry !== undefined) state.telemetry = mergeMessages(state.telemetry, telemetry)
    const startTime = state.run?.startTime ?? rest.startTime
    const given = Object.entries(rest).filter(([, value]) => !isEmpty(value))
    state.run = { ...state.run, ...Object.fromEntries(given), ...(startTime === undefined ? {} : { startTime }) }
  }

  function apply(record: WandbRecordBody): void {
    switch (record.kind) {
      case 'header':
        state.header = record.header
        break
      case 'run':
        applyRun(record.run)
        state.runVersion += 1
        break
      case 'config':
        applyConfig(record.config)
        state.runVersion += 1
        break
      case 'telemetry':
        state.telemetry = mergeMessages(state.telemetry, record.telemetry)
        state.runVersion += 1
        break
      case 'environment':
        state.environment = mergeMessages(state.environment ?? {}, record.environment)
        state.runVersion += 1
        break
      case 'metric':
        applyMetric(record.metric)
        state.runVersion += 1
        break
      case 'summary':
        applySummary(record.summary)
        state.summaryVersion += 1
        break
      case 'history':
        countRow(applyHistory(record.history))
        state.summaryVersion += 1
        break
      case 'outputRaw':
        if (keepConsole) consoleTexts[record.outputRaw.outputType ?? 'stderr'].push(record.outputRaw.line ?? '')
        break
      case 'outputLogger':
        if (keepConsole) consoleTexts.stdout.push(`${record.outputLogger.line ?? ''}\n`)
        break
      case 'files':
        files.push(...(record.files.files ?? []))
        break
      case 'artifact':
        artifacts.push(record.artifact)
        break
      case 'alert':
        alerts.push(record.alert)
        break
      case 'preempting':
        state.isPreempting = true
        break
      case 'exit':
        state.exit = record.exit
        break
      default:
        // Types that say nothing about the run, and those that we do not know.
        break
    }
  }

  return {
    apply,
    get header() {
      return state.header
    },
    get run() {
      return state.run
    },
    get exit() {
      return state.exit
    },
    get isPreempting() {
      return state.isPreempting
    },
    get telemetry() {
      return state.telemetry
    },
    get environment() {
      return state.environment
    },
    get metrics() {
      return definitions.all
    },
    files,
    artifacts,
    alerts,
    get historyRowCount() {
      return state.historyRowCount
    },
    get firstStep() {
      return state.firstStep
    },
    get lastStep() {
      return state.lastStep
    },
    get runVersion() {
      return state.runVersion
    },
    get summaryVersion() {
      return state.summaryVersion
    },
    config: () => parseJson(config.toJson()) as JsonObject,
    summary: summary.toJson,
    summaryJson: summary.toJsonText,
    consoleText: (stream) => consoleTexts[stream].join(''),
  }
}

function isEmpty(value: unknown): boolean {
  return value === '' || value === 0 || value === false || (Array.isArray(value) && value.length === 0)
}

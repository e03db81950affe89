import type { FinishReport, RunWriter, SendingProgress } from '@lossline/journal'
import type { EnvironmentRecord, JsonObject, OutputRawRecord, WandbRecordBody } from '@lossline/protocol'
import { encodeKeyPath } from '@lossline/protocol'
import type { ArtifactDraft } from '../artifacts/artifact-draft.ts'
import type { ArtifactVersion } from '../artifacts/artifact-version.ts'
import type { CodeOptions } from '../artifacts/code-draft.ts'
import { describeUnsettled } from '../artifacts/log-draft.ts'
import type { ModelOptions } from '../artifacts/models.ts'
import {
  createRunArtifacts,
  type DistributedArtifactOptions,
  type LogArtifactOptions,
  type RunArtifacts,
} from '../artifacts/run-artifacts.ts'
import type { ConfigTree } from '../config/config-tree.ts'
import { createRunConfig, type RunConfig } from '../config/run-config.ts'
import { InvalidMetricsError, InvalidStepError, RunFinishedError } from '../errors.ts'
import { type AlertOptions, toAlertRecord } from '../life/alert.ts'
import { createClearedFields } from '../life/cleared-fields.ts'
import type { SharedWriter } from '../life/shared-writer.ts'
import type { StopRequest } from '../life/stop-request.ts'
import { type DefineMetricOptions, toMetricRecord } from '../metrics/metric-definition.ts'
import type { ConsoleStream, Platform, ProcessEndWatch } from '../platform.ts'
import type { Redactor } from '../redaction/redaction.ts'
import { tagList } from '../settings/setting-kinds.ts'
import type { Mode } from '../settings/settings.ts'
import { hasSymbolKeys } from '../values/has-symbol-keys.ts'
import type { SkippedValues } from '../values/skipped-values.ts'
import { type RowPart, toJson } from '../values/to-leaves.ts'
import { forgetRun } from './active-runs.ts'
import { describeContents } from './describe-contents.ts'
import { type FinishProgress, openFinishProgress } from './finish-progress.ts'
import { type RestoreFileOptions, restoreFile } from './restore-file.ts'
import { createRowParts, type RowParts } from './row-parts.ts'
import type { FinishOptions, LogOptions, Metrics, Run } from './run.ts'
import type { RunConnection } from './run-connection.ts'
import { toRunFiles } from './run-files.ts'
import { describeEnd, describeTrouble, type Messenger } from './run-messages.ts'
import {
  configContext,
  type RunFacts,
  toConfigRecords,
  toInternalConfig,
  toRunRecord,
  toTimestamp,
} from './run-records.ts'
import { createRunSummary, type RunSummary } from './run-summary.ts'
import { type SaveFilesOptions, saveFiles } from './save-files.ts'

/** What a run is made of. */
export interface LoggedRunParts {
  readonly platform: Platform
  readonly writer: RunWriter
  readonly facts: RunFacts
  readonly mode: Mode
  readonly directory: string
  /** For what needs a server's answer. */
  readonly connection: RunConnection
  readonly config: ConfigTree
  readonly allowValChange: boolean
  readonly isStrict: boolean
  /** The summary that an earlier process of the run left; undefined for a new run. */
  readonly earlierSummary: JsonObject | undefined
  readonly redactor: Redactor
  readonly messenger: Messenger
  readonly quietMessenger: Messenger
  readonly skipped: SkippedValues
  readonly finishTimeoutMs: number
  /** Set for one of several processes that write the run. */
  readonly shared: SharedWriter | undefined
  /** Starts to look whether somebody wants the program to end. */
  openStopRequest(): StopRequest
  /** Called after a good end: the run need not go on. */
  forgetResume(): void
  /** Whether standard output and error become part of the run. */
  readonly isConsoleCaptured: boolean
  findUrl(): string | undefined
}

/** Of a run that nobody can stop. */
const neverStopped = new AbortController().signal

// Facts about the surroundings are worth a short wait at the end of a run that was shorter than their search.
const lateFactsWaitMs = 1000
// How long Ctrl-C may wait for the server, at most.
const signalFinishTimeoutMsMax = 5000
// Rows at the start whose keys are all checked; later it is one in as many.
const rowsLookedAt = 1000

/**
 * - `running`: all calls work.
 * - `finishing`: the program has called `finish`, and what is still on its way is waited for.
 * - `ending`: a signal or the process's exit ends the run; calls that the program still makes are ignored.
 * - `finished`: over.
 */
type RunState = 'running' | 'finishing' | 'ending' | 'finished'

/** The run behind every mode. In disabled mode its writer writes nothing. */
export class LoggedRun<Config extends object> implements Run<Config> {
  readonly config: RunConfig<Config>
  readonly summary: RunSummary
  readonly #parts: LoggedRunParts
  readonly #writer: RunWriter
  readonly #artifacts: RunArtifacts
  readonly #rowParts: RowParts
  readonly #pendingFacts: Promise<unknown>[] = []
  #facts: RunFacts
  #state: RunState = 'running'
  #rowCount = 0
  #environment: EnvironmentRecord = {}
  #lastSummary: JsonObject | undefined
  #finishing: Promise<void> | undefined
  #watch: ProcessEndWatch | undefined
  #progress: FinishProgress | undefined
  #stop: StopRequest | undefined
  readonly #clearedFields = createClearedFields()
  #endConsoleCapture = (): void => {}

  constructor(parts: LoggedRunParts) {
    this.#parts = parts
    this.#writer = parts.writer
    this.#facts = parts.facts
    const onSkip = parts.skipped.count
    this.#rowParts = createRowParts({
      onSkip,
      isStrict: parts.isStrict,
      earlierSummary: parts.earlierSummary,
      appendConfig: (config) => this.#writer.append({ kind: 'config', config }),
    })
    this.config = createRunConfig<Config>({
      tree: parts.config,
      allowValChange: parts.allowValChange,
      accepts: (call) => this.#accepts(call),
      record: (changes) => {
        const records = toConfigRecords(changes, configContext(parts.redactor, onSkip))
        for (const config of records) this.#writer.append({ kind: 'config', config })
        if (records.length > 0) this.recordRedactions()
      },
    })
    this.#artifacts = createRunArtifacts({
      mode: parts.mode,
      directory: parts.directory,
      files: parts.platform.artifactFiles,
      connection: parts.connection,
      facts: () => this.#facts,
      // What was asked while the run ended comes too late, and is no error.
      append: (body) => this.record(body),
      flush: () => this.#writer.flush(),
      problems: () => this.#writer.problems,
      warn: (line) => parts.messenger.warn(line),
    })
    this.summary = createRunSummary({
      read: () => this.#lastSummary ?? this.#writer.readSummary(),
      toLeaves: this.#rowParts.toSummaryParts,
      write: (update, remove) => this.#writer.updateSummary([...update], [...remove]),
      accepts: (call) => this.#accepts(call),
    })
  }

  get id(): string {
    return this.#facts.id
  }
  get project(): string {
    return this.#facts.project
  }
  get entity(): string | undefined {
    return this.#facts.entity
  }
  get group(): string | undefined {
    return this.#facts.group
  }
  get jobType(): string | undefined {
    return this.#facts.jobType
  }
  get startedAt(): Date {
    return new Date(this.#facts.startedAt)
  }
  get mode(): Mode {
    return this.#parts.mode
  }
  get directory(): string {
    return this.#parts.directory
  }
  get url(): string | undefined {
    return this.#parts.findUrl()
  }
  get step(): number {
    return this.#writer.step
  }
  get redactions(): readonly string[] {
    return this.#parts.redactor.places
  }
  get isFinished(): boolean {
    return this.#state !== 'running'
  }
  get isResumed(): boolean {
    return this.#facts.origin.isResumed
  }
  get startingStep(): number {
    return this.#facts.origin.startingStep
  }
  get signal(): AbortSignal {
    return this.#stop?.signal ?? neverStopped
  }
  get isStopRequested(): boolean {
    return this.#stop?.isWanted ?? false
  }
  get name(): string {
    return this.#facts.name
  }
  set name(name: string) {
    this.#updateFacts('name', { name, isNameOfOthers: false })
  }
  get notes(): string | undefined {
    return this.#facts.notes
  }
  set notes(notes: string | undefined) {
    this.#updateFacts('notes', { notes })
  }
  get tags(): readonly string[] {
    return this.#facts.tags
  }
  set tags(tags: readonly string[]) {
    this.#updateFacts('tags', { tags: Object.freeze([...tagList(tags)]) })
  }

  log(metrics: Metrics, options?: LogOptions): void {
    if (!this.#accepts('log')) return
    // Numbers of plain objects, nearly all rows there are, go straight into the ring.
    if (options === undefined && this.#isOrdinary(metrics) && this.#tryLogNumbers(metrics)) return
    this.#logAny(metrics, options)
  }

  defineMetric(name: string, options?: DefineMetricOptions): void {
    if (!this.#accepts('defineMetric')) return
    this.#writer.defineMetric(toMetricRecord(name, options))
  }

  logArtifact(artifact: ArtifactDraft | string, options?: LogArtifactOptions): ArtifactVersion {
    return this.#artifactsFor('logArtifact').logArtifact(artifact, options)
  }
  upsertArtifact(artifact: ArtifactDraft | string, options?: DistributedArtifactOptions): ArtifactVersion {
    return this.#artifactsFor('upsertArtifact').upsertArtifact(artifact, options)
  }
  finishArtifact(artifact: ArtifactDraft | string, options?: DistributedArtifactOptions): ArtifactVersion {
    return this.#artifactsFor('finishArtifact').finishArtifact(artifact, options)
  }
  async useArtifact(...args: Parameters<Run['useArtifact']>): Promise<ArtifactVersion> {
    return this.#artifactsFor('useArtifact').useArtifact(...args)
  }
  async linkArtifact(...args: Parameters<Run['linkArtifact']>): Promise<ArtifactVersion> {
    return this.#artifactsFor('linkArtifact').linkArtifact(...args)
  }
  logModel(path: string, options?: ModelOptions): ArtifactVersion {
    return this.#artifactsFor('logModel').logModel(path, options)
  }
  async useModel(name: string): Promise<string> {
    return this.#artifactsFor('useModel').useModel(name)
  }
  async linkModel(...args: Parameters<Run['linkModel']>): Promise<ArtifactVersion> {
    return this.#artifactsFor('linkModel').linkModel(...args)
  }
  async logCode(root?: string, options?: CodeOptions): Promise<ArtifactVersion | undefined> {
    return this.#artifactsFor('logCode').logCode(root, options)
  }
  save(globs: string | readonly string[], options?: SaveFilesOptions): string[] {
    if (!this.#accepts('save')) return []
    const { platform, directory, mode, messenger } = this.#parts
    const append = (body: WandbRecordBody): void => this.#writer.append(body)
    return saveFiles(globs, options, { files: platform.artifactFiles, directory, mode, append, warn: messenger.warn })
  }
  async restore(name: string, options?: RestoreFileOptions): Promise<string> {
    this.#accepts('restore')
    const { platform, connection, directory } = this.#parts
    return restoreFile(name, options, { connection, facts: this.#facts, directory, files: platform.artifactFiles })
  }

  alert(options: AlertOptions): void {
    if (this.#accepts('alert')) this.record({ kind: 'alert', alert: toAlertRecord(options) })
  }

  markPreempting(): void {
    if (this.#accepts('markPreempting')) this.record({ kind: 'preempting', preempting: {} })
  }

  finish(options: FinishOptions = {}): Promise<void> {
    this.#finishing ??= this.#finishOnce(options)
    return this.#finishing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.finish()
  }

  /** Starts what listens to the process: its end, and its output. */
  attach(): void {
    const { platform, isConsoleCaptured } = this.#parts
    this.#stop = this.#parts.openStopRequest()
    this.#watch = platform.watchProcessEnd({
      onExit: (exitCode) => this.#finishNow(exitCode),
      onSignal: (exitCode) => this.#finishBySignal(exitCode),
      onUncaughtError: (text) => this.#recordOutput('stderr', text),
      onIdle: () => {
        // Only a server needs the time; everything else is written when the process exits, with its real exit code.
        if (this.#parts.mode === 'online') void this.finish()
      },
    })
    if (!isConsoleCaptured) return
    this.#endConsoleCapture = platform.captureConsole((stream, text) => this.#recordOutput(stream, text))
  }

  /** The event loop has stood still for a while, as the writer saw, or turns again. */
  noteEventLoop(state: 'stuck' | 'turning'): void {
    if (state === 'stuck') this.#watch?.letSignalsThrough()
    else this.#watch?.watchSignals()
  }

  /** Lets `finish` wait a moment for facts that are still being looked up. */
  expectFacts(pending: Promise<unknown>): void {
    this.#pendingFacts.push(pending)
  }

  /** Applies facts that were found after the start; those of a run that is over come too late. */
  recordFacts(facts: Partial<RunFacts>): void {
    if (!this.#isOpen()) return
    this.#facts = { ...this.#facts, ...facts }
    this.#writer.append({ kind: 'run', run: toRunRecord(this.#facts) })
  }

  /** Appends a record that the program did not ask for; does nothing when the run is over. */
  record(body: WandbRecordBody): void {
    if (!this.#isOpen()) return
    if (body.kind === 'environment') this.#environment = { ...this.#environment, ...body.environment }
    this.#writer.append(body)
  }

  /** Takes in facts about the machine that are in the journal already, for the file that repeats them. */
  noteEnvironment(environment: EnvironmentRecord): void {
    this.#environment = { ...this.#environment, ...environment }
  }

  /** The writer tells how the sending goes on while `finish` waits for it. */
  noteSending(progress: SendingProgress): void {
    this.#progress?.update(progress)
  }

  /** Writes what has been redacted so far, as `_wandb.lossline.redacted` of the config, which other tools ignore. */
  recordRedactions(): void {
    const { places } = this.#parts.redactor
    if (places.length > 0) this.record({ kind: 'config', config: toInternalConfig('redacted', places) })
  }

  /** Whether a row needs no closer look: a plain object without symbols for keys. */
  #isOrdinary(metrics: unknown): metrics is object {
    if (typeof metrics !== 'object' || metrics === null || Object.getPrototypeOf(metrics) !== Object.prototype)
      return false
    // The look for symbols costs as much as the rest of the fast path; a program that uses one does so soon.
    this.#rowCount += 1
    const isLookedAt = this.#rowCount <= rowsLookedAt || this.#rowCount % rowsLookedAt === 0
    return !isLookedAt || !hasSymbolKeys(metrics)
  }

  #tryLogNumbers(metrics: object, step?: number): boolean {
    try {
      return this.#writer.tryLogNumbers(metrics, step)
    } catch {
      // A getter threw: the slow path leaves that metric out.
      return false
    }
  }

  #logAny(metrics: Metrics, { step, commit }: LogOptions = {}): void {
    if (step !== undefined && !(Number.isSafeInteger(step) && step >= 0)) throw new InvalidStepError(step)
    if (!isRow(metrics)) throw new InvalidMetricsError(metrics)
    const isFast = step !== undefined && commit === undefined && this.#isOrdinary(metrics)
    if (isFast && this.#tryLogNumbers(metrics, step)) return
    // The step is the row's own; W&B too discards one that the program names itself.
    const isOwn = ({ path }: RowPart) => path.length > 1 || path[0] !== '_step'
    const outcome = this.#rowParts.logRow(
      metrics,
      (parts) =>
        this.#writer.logRow({
          items: parts.filter(isOwn),
          ...(step === undefined ? {} : { step }),
          ...(commit === undefined ? {} : { commit }),
        }),
      (result) => result === 'logged',
    )
    if (outcome === 'step-too-low') this.#parts.skipped.count('step-too-low', [])
  }

  #updateFacts(call: string, changes: Partial<RunFacts>): void {
    if (!this.#accepts(call)) return
    this.recordFacts(changes)
    const cleared = this.#clearedFields(this.#facts)
    if (cleared !== undefined) this.record({ kind: 'config', config: cleared })
  }

  #isOpen(): boolean {
    return this.#state === 'running' || this.#state === 'finishing'
  }

  #recordOutput(stream: ConsoleStream, text: string): void {
    if (!this.#isOpen()) return
    const outputRaw: OutputRawRecord = {
      outputType: stream === 'stdout' ? 'stdout' : 'stderr',
      timestamp: toTimestamp(new Date()),
      line: text,
    }
    this.#writer.append({ kind: 'outputRaw', outputRaw })
  }

  /** The run's artifacts, for a call that a run which is over refuses. A signal that ends the run does not interrupt them. */
  #artifactsFor(call: string): RunArtifacts {
    this.#accepts(call)
    return this.#artifacts
  }

  /** Whether a call does anything. A call after the end is wrong use, unless a signal ends the run under the program. */
  #accepts(call: string): boolean {
    if (this.#state === 'running') return true
    if (this.#state === 'ending') return false
    throw new RunFinishedError(this.id, call)
  }

  async #finishOnce({ exitCode, quiet }: FinishOptions): Promise<void> {
    if (this.#state !== 'running') return
    const { platform, finishTimeoutMs } = this.#parts
    const finalExitCode = exitCode ?? platform.plannedExitCode()
    this.#state = 'finishing'
    forgetRun(this)
    await this.#artifacts.settled()
    if (this.#pendingFacts.length > 0) {
      await Promise.race([Promise.allSettled(this.#pendingFacts), platform.sleep(lateFactsWaitMs)])
    }
    // A signal or process.exit may have been faster.
    if (!this.#isOpen()) return
    const summary = this.#closeDoors('finished')
    const report = await this.#awaitFinish(finalExitCode, finishTimeoutMs, quiet)
    this.#watch?.close()
    this.#parts.connection.close()
    this.#say(finalExitCode, summary, report, quiet)
  }

  #finishBySignal(exitCode: number): Promise<void> | undefined {
    if (!this.#isOpen()) {
      this.#writer.stopWaiting()
      return this.#finishing
    }
    if (this.#parts.mode !== 'online') {
      this.#finishNow(exitCode)
      return undefined
    }
    const summary = this.#closeDoors('ending')
    const timeoutMs = Math.min(this.#parts.finishTimeoutMs, signalFinishTimeoutMsMax)
    this.#finishing = this.#awaitFinish(exitCode, timeoutMs).then((report) => this.#say(exitCode, summary, report))
    return this.#finishing
  }

  /** Waits for the writer, and shows what for if it takes long. */
  async #awaitFinish(exitCode: number, timeoutMs: number, quiet = false): Promise<FinishReport> {
    const { platform, mode, messenger, quietMessenger } = this.#parts
    const { isTalkative, info } = quiet ? quietMessenger : messenger
    if (mode === 'online' && isTalkative) {
      this.#progress = openFinishProgress({
        terminal: platform.terminal(),
        every: platform.every,
        timeoutMs,
        printLine: info,
      })
    }
    try {
      const report = await this.#writer.finish({ ...this.#toEnd(exitCode), timeoutMs })
      if (exitCode === 0) this.#parts.forgetResume()
      return report
    } finally {
      this.#progress?.close()
    }
  }

  /** The end without waiting, when the process goes. */
  #finishNow(exitCode: number): void {
    const summary = this.#isOpen() ? this.#closeDoors('ending') : undefined
    const report = this.#writer.finishSync(this.#toEnd(exitCode))
    if (exitCode === 0) this.#parts.forgetResume()
    if (summary !== undefined) this.#say(exitCode, summary, report)
  }

  /** The end of the run, or only of one of the processes that write it. */
  #toEnd(exitCode: number): { exitCode: number; leavesOpen?: true } {
    return this.#parts.shared?.isPrimary === false ? { exitCode, leavesOpen: true } : { exitCode }
  }

  /** Ends what adds to the run, and writes the files that people read. Returns the last summary. */
  #closeDoors(state: 'ending' | 'finished'): JsonObject {
    this.#endConsoleCapture()
    this.#stop?.close()
    forgetRun(this)
    this.#state = state
    const { platform, directory, mode, config, redactor, skipped } = this.#parts
    if (mode === 'disabled') return {}
    for (const line of describeUnsettled(this.#artifacts.unsettledNames)) this.#parts.messenger.warn(line)
    // The row of a step that the program named waits for more until here.
    this.#writer.commit()
    const summary = this.#writer.readSummary()
    this.#lastSummary = summary
    const context = configContext(redactor, skipped.count)
    const contents = { config: toJson(config.read([]), context) as JsonObject, summary, environment: this.#environment }
    // The files of a shared run are those of the process that speaks for it.
    const files = this.#parts.shared?.isPrimary === false ? {} : toRunFiles(contents)
    for (const [path, text] of Object.entries(files)) platform.writeRunFile(directory, path, text)
    return summary
  }

  #say(exitCode: number, summary: JsonObject, report: FinishReport, quiet = false): void {
    const { platform, messenger, quietMessenger, mode, skipped } = this.#parts
    if (mode === 'disabled') return
    const { info, warn } = quiet ? quietMessenger : messenger
    const durationMs = Date.now() - this.#facts.startedAt.getTime()
    const { rowCount, contents } = report
    const described = contents.histories.map(({ path }) => encodeKeyPath(path))
    info(describeEnd({ name: this.name, id: this.id, exitCode, rowCount, durationMs, summary, described }))
    for (const line of describeContents(contents, platform.terminal()?.columns)) info(line)
    for (const line of [...skipped.totals, ...describeTrouble(report)]) warn(line)
    if (this.url !== undefined) info(`it is shown at ${this.url}`)
  }
}

/** Whether a value names metrics: any object that is not a list, a collection, a date, bytes or a promise. */
function isRow(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) return false
  return ![Map, Set, Date, Promise].some((type) => value instanceof type)
}

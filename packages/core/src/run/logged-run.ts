import type { RunWriter, SendingProgress } from '@lossline/journal'
import type { EnvironmentRecord, WandbRecordBody } from '@lossline/protocol'
import type { ArtifactDraft } from '../artifacts/artifact-draft.ts'
import type { ArtifactVersion } from '../artifacts/artifact-version.ts'
import type { CodeOptions } from '../artifacts/code-draft.ts'
import { type ConfigArtifacts, createConfigArtifacts } from '../artifacts/config-artifacts.ts'
import type { DistributedArtifactOptions, LogArtifactOptions } from '../artifacts/log-options.ts'
import type { ModelOptions } from '../artifacts/models.ts'
import { createRunArtifacts, type RunArtifacts } from '../artifacts/run-artifacts.ts'
import type { ConfigChange } from '../config/config-tree.ts'
import { createRunConfig, type RunConfig } from '../config/run-config.ts'
import { type AlertOptions, toAlertRecord } from '../life/alert.ts'
import { type DefineMetricOptions, toMetricNoteRecords, toMetricRecord } from '../metrics/metric-definition.ts'
import { tagList } from '../settings/setting-kinds.ts'
import type { Mode } from '../settings/settings.ts'
import { forgetRun } from './active-runs.ts'
import { actBeforeFinish } from './before-finish.ts'
import { createCallOptions } from './call-options.ts'
import type { LoggedRunParts } from './logged-run-parts.ts'
import { openProcessListener, type ProcessListener } from './process-listener.ts'
import { type RestoreFileOptions, restoreFile } from './restore-file.ts'
import { createRowLog, type RowLog } from './row-log.ts'
import { createRowParts } from './row-parts.ts'
import type { FinishOptions, LogOptions, Metrics, Run } from './run.ts'
import { createRunEnding, type RunEnding } from './run-ending.ts'
import { createRunRecorder, type RunRecorder } from './run-recorder.ts'
import { configContext, type RunFacts, toConfigRecords } from './run-records.ts'
import { createRunState, type RunState } from './run-state.ts'
import { createRunSummary, type RunSummary } from './run-summary.ts'
import { type SaveFilesOptions, saveFiles } from './save-files.ts'

/** Of a run that nobody can stop. */
const neverStopped = new AbortController().signal

/** The run behind every mode. In disabled mode its writer writes nothing. */
export class LoggedRun<Config extends object> implements Run<Config> {
  readonly config: RunConfig<Config>
  readonly summary: RunSummary
  readonly #parts: LoggedRunParts
  readonly #writer: RunWriter
  readonly #state: RunState
  readonly #recorder: RunRecorder
  readonly #rows: RowLog
  readonly #artifacts: RunArtifacts
  readonly #configArtifacts: ConfigArtifacts
  readonly #ending: RunEnding
  #listener: ProcessListener | undefined

  constructor(parts: LoggedRunParts) {
    const { writer, redactor, skipped } = parts
    this.#parts = parts
    this.#writer = writer
    this.#state = createRunState(parts.facts.id)
    const accepts = this.#state.accepts
    this.#recorder = createRunRecorder({ writer, facts: parts.facts, redactor, state: this.#state })
    const rowParts = createRowParts({
      onSkip: skipped.count,
      isStrict: parts.isStrict,
      earlierSummary: parts.earlierSummary,
      appendConfig: (config) => writer.append({ kind: 'config', config }),
    })
    const callOptions = createCallOptions(parts.messenger.warn)
    this.#rows = createRowLog({ writer, rowParts, skipped, callOptions })
    const recordConfig = (changes: readonly ConfigChange[]): void => {
      const records = toConfigRecords(changes, configContext(redactor, skipped.count))
      for (const config of records) this.record({ kind: 'config', config })
      if (records.length > 0) this.recordRedactions()
    }
    this.config = createRunConfig<Config>({
      tree: parts.config,
      allowValChange: parts.allowValChange,
      accepts,
      record: (changes) => recordConfig(this.#configArtifacts.takeOut(changes)),
    })
    this.#artifacts = createRunArtifacts({
      mode: parts.mode,
      directory: parts.directory,
      files: parts.platform.artifactFiles,
      connection: parts.connection,
      facts: () => this.#recorder.facts,
      // What was asked while the run ended comes too late, and is no error.
      append: this.#recorder.record,
      flush: () => writer.flush(),
      problems: () => writer.problems,
      warn: (line) => parts.messenger.warn(line),
    })
    this.#configArtifacts = createConfigArtifacts({
      tree: parts.config,
      artifacts: this.#artifacts,
      record: recordConfig,
      warn: (line) => parts.messenger.warn(line),
    })
    this.#ending = createRunEnding({
      parts,
      state: this.#state,
      recorder: this.#recorder,
      artifacts: this.#artifacts,
      callOptions,
      beforeEnd: () => actBeforeFinish(this),
      forget: () => forgetRun(this),
      endInput: () => this.#listener?.endInput(),
      endWatch: () => this.#listener?.close(),
    })
    this.summary = createRunSummary({
      read: () => this.#ending.lastSummary ?? writer.readSummary(),
      toLeaves: rowParts.toSummaryParts,
      write: (update, remove) => writer.updateSummary([...update], [...remove]),
      accepts,
    })
    // A mistyped name is an error then, and is not set without a word.
    Object.freeze(this)
  }

  get id(): string {
    return this.#recorder.facts.id
  }
  get project(): string {
    return this.#recorder.facts.project
  }
  get entity(): string | undefined {
    return this.#recorder.facts.entity
  }
  get group(): string | undefined {
    return this.#recorder.facts.group
  }
  get jobType(): string | undefined {
    return this.#recorder.facts.jobType
  }
  get startedAt(): Date {
    return new Date(this.#recorder.facts.startedAt)
  }
  get mode(): Mode {
    return this.#parts.mode
  }
  get directory(): string {
    return this.#parts.directory
  }
  get url(): string | undefined {
    return this.#parts.page.url
  }
  get step(): number {
    return this.#writer.step
  }
  get redactions(): readonly string[] {
    return this.#parts.redactor.places
  }
  get isFinished(): boolean {
    return this.#state.phase !== 'running'
  }
  get isResumed(): boolean {
    return this.#recorder.facts.origin.isResumed
  }
  get startingStep(): number {
    return this.#recorder.facts.origin.startingStep
  }
  get signal(): AbortSignal {
    return this.#listener?.stop.signal ?? neverStopped
  }
  get isStopRequested(): boolean {
    return this.#listener?.stop.isWanted ?? false
  }
  get name(): string {
    return this.#recorder.facts.name
  }
  set name(name: string) {
    this.#updateFacts('name', { name, isNameOfOthers: false })
  }
  get notes(): string | undefined {
    return this.#recorder.facts.notes
  }
  set notes(notes: string | undefined) {
    this.#updateFacts('notes', { notes })
  }
  get tags(): readonly string[] {
    return this.#recorder.facts.tags
  }
  set tags(tags: readonly string[]) {
    this.#updateFacts('tags', { tags: Object.freeze([...tagList(tags)]) })
  }

  log(metrics: Metrics, options?: LogOptions): void {
    if (this.#state.accepts('log')) this.#rows.log(metrics, options)
  }

  defineMetric(name: string, options?: DefineMetricOptions): void {
    if (!this.#state.accepts('defineMetric')) return
    const [metric, notes] = [toMetricRecord(name, options), toMetricNoteRecords(name, options)]
    this.#writer.defineMetric(metric)
    for (const config of notes) this.record({ kind: 'config', config })
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
    if (!this.#state.accepts('save')) return []
    const { platform, directory, mode, messenger } = this.#parts
    const append = (body: WandbRecordBody): void => this.#writer.append(body)
    return saveFiles(globs, options, { files: platform.artifactFiles, directory, mode, append, warn: messenger.warn })
  }
  async restore(name: string, options?: RestoreFileOptions): Promise<string> {
    this.#state.accepts('restore')
    const { platform, connection, directory } = this.#parts
    return restoreFile(name, options, {
      connection,
      facts: this.#recorder.facts,
      directory,
      files: platform.artifactFiles,
    })
  }

  alert(options: AlertOptions): void {
    if (this.#state.accepts('alert')) this.record({ kind: 'alert', alert: toAlertRecord(options) })
  }

  markPreempting(): void {
    if (this.#state.accepts('markPreempting')) this.record({ kind: 'preempting', preempting: {} })
  }

  finish(options?: FinishOptions): Promise<void> {
    return this.#ending.finish(options)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.finish()
  }

  /** Takes the artifacts that the config had from the start as input. */
  takeConfigArtifacts(): void {
    // The tree's root is an object.
    const values = Object.entries(this.#parts.config.read([]) as object)
    this.#configArtifacts.takeOut(values.map(([key, value]) => ({ kind: 'set', path: [key], value })))
  }

  /** Starts what listens to the process: its end, and its output. */
  attach(): void {
    this.#listener = openProcessListener(this.#parts, {
      finish: () => this.finish(),
      finishBySignal: this.#ending.finishBySignal,
      finishNow: this.#ending.finishNow,
      recordOutput: this.#recorder.recordOutput,
    })
  }

  /** From here on calls throw, as the program does not look itself whether it is to end. The run can still be finished. */
  interrupt(): void {
    this.#state.interrupt()
  }

  /** The event loop has stood still for a while, as the writer saw, or turns again. */
  noteEventLoop(state: 'stuck' | 'turning'): void {
    this.#listener?.noteEventLoop(state)
  }

  /** Lets `finish` wait a moment for facts that are still being looked up. */
  expectFacts(pending: Promise<unknown>): void {
    this.#ending.expectFacts(pending)
  }

  /** Applies facts that were found after the start; those of a run that is over come too late. */
  recordFacts(facts: Partial<RunFacts>): void {
    this.#recorder.recordFacts(facts)
  }

  /** Appends a record that the program did not ask for; does nothing when the run is over. */
  record(body: WandbRecordBody): void {
    this.#recorder.record(body)
  }

  /** Takes in facts about the machine that are in the journal already, for the file that repeats them. */
  noteEnvironment(environment: EnvironmentRecord): void {
    this.#recorder.noteEnvironment(environment)
  }

  /** The writer tells how the sending goes on while `finish` waits for it. */
  noteSending(progress: SendingProgress): void {
    this.#ending.noteSending(progress)
  }

  /** Writes what has been redacted so far, as `_wandb.lossline.redacted` of the config, which other tools ignore. */
  recordRedactions(): void {
    this.#recorder.recordRedactions()
  }

  #updateFacts(call: string, changes: Partial<RunFacts>): void {
    if (this.#state.accepts(call)) this.#recorder.updateFacts(changes)
  }

  /** The run's artifacts, for a call that a run which is over refuses. A signal that ends the run does not interrupt them. */
  #artifactsFor(call: string): RunArtifacts {
    this.#state.accepts(call)
    return this.#artifacts
  }
}

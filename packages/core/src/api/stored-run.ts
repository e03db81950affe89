import { isJsonObject, type JsonObject, parseJson, stringifyJson } from '@lossline/protocol'
import type { ArtifactVersion } from '../artifacts/artifact-version.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { InvalidOptionError } from '../options/invalid-option-error.ts'
import { toJson } from '../values/to-leaves.ts'
import type { ApiContext } from './api-context.ts'
import { NotFoundError, runNotFound } from './api-errors.ts'
import { type ConsoleLine, type LogLinesOptions, listConsoleLines } from './console-lines.ts'
import { type Listing, type RequestOptions, requestOptionNames } from './listing.ts'
import { parseProjectPath } from './paths.ts'
import {
  deleteRunMutation,
  moveRunsMutation,
  runQuery,
  stopRunMutation,
  systemMetricsQuery,
  updateRunMutation,
} from './run-documents.ts'
import { type RunFacts, type RunState, toRunFacts } from './run-facts.ts'
import {
  type AskAboutRun,
  type HistoryOptions,
  type HistoryRow,
  type HistoryScan,
  readLastStep,
  type ScanHistoryOptions,
  sampleHistory,
  scanHistory,
  scanHistoryOptionNames,
} from './run-history.ts'
import { type ArtifactListOptions, listRunArtifacts } from './stored-artifacts.ts'
import { type FilesOptions, listFiles, type StoredFile } from './stored-file.ts'
import { uploadRunFile } from './upload-file.ts'
import { type WaitUntilFinishedOptions, waitUntilOver } from './wait-until-over.ts'
import { maybeObjectAt, parsedAt } from './wire-values.ts'

/** What {@link StoredRun.update} changes. What is left out stays as it is. */
export interface RunChanges {
  readonly name?: string | undefined
  /** An empty text removes them. */
  readonly notes?: string | undefined
  /** An empty list removes them. */
  readonly tags?: readonly string[] | undefined
  /** An empty text takes the run out of its group. */
  readonly group?: string | undefined
  readonly jobType?: string | undefined
  /** Keys to set at the top of the config; the others stay. */
  readonly config?: Readonly<Record<string, unknown>> | undefined
  /** Keys to set at the top of the summary; the others stay. */
  readonly summary?: Readonly<Record<string, unknown>> | undefined
}

const runChangeNames: OptionNames<RunChanges> = {
  name: true,
  notes: true,
  tags: true,
  group: true,
  jobType: true,
  config: true,
  summary: true,
}

type Editable = Pick<RunChanges, 'name' | 'notes' | 'tags' | 'group' | 'jobType'>

/**
 * A run on a server, as it was when it was read. Made by {@link Api.run} and {@link Api.runs}; `reload` reads it again.
 *
 * `name`, `notes`, `tags`, `group` and `jobType` may be set; {@link StoredRun.save} sends them.
 */
export class StoredRun {
  readonly entity: string
  readonly project: string
  readonly #context: ApiContext
  readonly #askRun: AskAboutRun
  #facts: RunFacts
  #edits: { -readonly [Name in keyof Editable]: Editable[Name] } = {}

  /** @internal */
  constructor(context: ApiContext, at: { readonly entity: string; readonly project: string }, facts: RunFacts) {
    this.#context = context
    this.entity = at.entity
    this.project = at.project
    this.#facts = facts
    this.#askRun = askAbout(context, { ...at, runId: facts.id })
    // A mistyped name is an error then, and is not set without a word.
    Object.freeze(this)
  }

  /** Id, unique in the project. */
  get id(): string {
    return this.#facts.id
  }
  /** Id that the server uses for it. */
  get storageId(): string {
    return this.#facts.storageId
  }
  /** `entity/project/id`. */
  get path(): string {
    return `${this.entity}/${this.project}/${this.id}`
  }
  /** Address of its page. */
  get url(): string | undefined {
    return this.#context.pageUrl([this.entity, this.project, 'runs', this.id])
  }
  get state(): RunState {
    return this.#facts.state
  }
  get sweepId(): string | undefined {
    return this.#facts.sweepId
  }
  /** Who started it. */
  get username(): string | undefined {
    return this.#facts.username
  }
  /** Commit that the program was at. */
  get commit(): string | undefined {
    return this.#facts.commit
  }
  get createdAt(): Date {
    return new Date(this.#facts.createdAt)
  }
  /** When the server last heard of it. */
  get heartbeatAt(): Date | undefined {
    return this.#facts.heartbeatAt && new Date(this.#facts.heartbeatAt)
  }
  /** Number of rows that were logged. */
  get historyLineCount(): number {
    return this.#facts.historyLineCount
  }
  /** Config values by key, frozen; {@link StoredRun.update} changes them. */
  get config(): JsonObject {
    return this.#facts.config
  }
  /** Config as the server keeps it: each value wrapped in `{ value }`, and W&B's own things in `_wandb`. */
  get rawConfig(): JsonObject {
    return this.#facts.rawConfig
  }
  /** One value for each metric, frozen; {@link StoredRun.update} changes them. */
  get summary(): JsonObject {
    return this.#facts.summary
  }

  get name(): string {
    return this.#edits.name ?? this.#facts.name
  }
  set name(name: string) {
    this.#edits.name = name
  }
  get notes(): string | undefined {
    return (this.#edits.notes ?? this.#facts.notes) || undefined
  }
  set notes(notes: string | undefined) {
    this.#edits.notes = notes ?? ''
  }
  get tags(): readonly string[] {
    return this.#edits.tags ?? this.#facts.tags
  }
  set tags(tags: readonly string[]) {
    this.#edits.tags = Object.freeze([...tags])
  }
  get group(): string | undefined {
    return (this.#edits.group ?? this.#facts.group) || undefined
  }
  set group(group: string | undefined) {
    this.#edits.group = group ?? ''
  }
  get jobType(): string | undefined {
    return (this.#edits.jobType ?? this.#facts.jobType) || undefined
  }
  set jobType(jobType: string | undefined) {
    this.#edits.jobType = jobType ?? ''
  }

  /**
   * An even selection of its rows: at most `samples`, the first and the last among them.
   *
   * @example const rows = await run.history({ samples: 100, keys: ['train/loss'] })
   */
  history(options: HistoryOptions = {}): Promise<HistoryRow[]> {
    return sampleHistory(this.#askRun, options)
  }

  /**
   * All of its rows in the order of their steps, fetched in pages while they are read.
   *
   * @example for await (const row of run.scanHistory({ keys: ['train/loss'] })) console.log(row['train/loss'])
   */
  scanHistory(options: ScanHistoryOptions = {}): HistoryScan {
    checkOptions('scanHistory', options, scanHistoryOptionNames)
    return scanHistory(this.#askRun, options)
  }

  /** The last step that was logged; `undefined` when nothing was. */
  lastStep(options: RequestOptions = {}): Promise<number | undefined> {
    checkOptions('lastStep', options, requestOptionNames)
    return readLastStep(this.#askRun, options)
  }

  /** The last value of each system metric, such as `system.cpu`. All of them: `history({ stream: 'system' })`. */
  async systemMetrics(options: RequestOptions = {}): Promise<JsonObject> {
    checkOptions('systemMetrics', options, requestOptionNames)
    return parsedAt(await this.#askRun('RunSystemMetrics', systemMetricsQuery, {}, options), 'systemMetrics')
  }

  /** What was recorded about program and machine (`wandb-metadata.json`); `undefined` when that was switched off. */
  async metadata(options: RequestOptions = {}): Promise<JsonObject | undefined> {
    checkOptions('metadata', options, requestOptionNames)
    const file = await this.files({ names: ['wandb-metadata.json'] }).first(options)
    const metadata = file && parseJson(await file.text(options))
    return isJsonObject(metadata) ? metadata : undefined
  }

  /** Its files. */
  files(options: FilesOptions = {}): Listing<StoredFile> {
    return listFiles(this.#context, this.#askRun, options)
  }

  /** One of its files. @throws {@link NotFoundError} */
  async file(name: string, options: RequestOptions = {}): Promise<StoredFile> {
    checkOptions('file', options, requestOptionNames)
    const file = await this.files({ names: [name] }).first(options)
    if (file === undefined) throw new NotFoundError(`file "${name}" of run "${this.path}"`, this.#context.placeName)
    return file
  }

  /**
   * Uploads a file into the run, also when it is over. A file of the same name is replaced.
   *
   * @param path - Path of the file.
   * @param options.root - Folder that the name in the run is counted from. Default: the working directory.
   */
  async uploadFile(
    path: string,
    options: RequestOptions & { readonly root?: string | undefined } = {},
  ): Promise<StoredFile> {
    checkOptions('uploadFile', options, { ...requestOptionNames, root: true })
    const at = { entity: this.entity, project: this.project, runId: this.id }
    const { signal } = options
    return this.file(await uploadRunFile(this.#context, at, path, options), { signal })
  }

  /** What it printed, line by line. */
  logLines(options: LogLinesOptions = {}): Listing<ConsoleLine> {
    return listConsoleLines(this.#askRun, options)
  }

  /** Versions of artifacts that it has logged. */
  loggedArtifacts(options: ArtifactListOptions = {}): Listing<ArtifactVersion> {
    return listRunArtifacts(this.#context, this.#askRun, 'logged', options)
  }

  /** Versions of artifacts that it has used. */
  usedArtifacts(options: ArtifactListOptions = {}): Listing<ArtifactVersion> {
    return listRunArtifacts(this.#context, this.#askRun, 'used', options)
  }

  /** Changes the run on the server, and what was set before it. */
  async update(changes: RunChanges, options: RequestOptions = {}): Promise<void> {
    checkOptions('update', changes, runChangeNames)
    checkOptions('update', options, requestOptionNames)
    const { name, notes, tags, group, jobType, config, summary } = { ...this.#edits, ...definedOf(changes) }
    // The server replaces both as a whole, and the run may have changed them since they were read.
    if (config !== undefined || summary !== undefined) await this.#refresh(options)
    const wrapped = Object.entries(toJsonObject(config ?? {}, 'config')).map(
      ([key, value]) => [key, { value }] as const,
    )
    const variables = {
      id: this.storageId,
      displayName: name ?? null,
      notes: notes ?? null,
      tags: tags === undefined ? null : [...tags],
      groupName: group ?? null,
      jobType: jobType ?? null,
      config: config === undefined ? null : stringifyJson({ ...this.rawConfig, ...Object.fromEntries(wrapped) }),
      summaryMetrics:
        summary === undefined ? null : stringifyJson({ ...this.summary, ...toJsonObject(summary, 'summary') }),
    }
    const answer = await this.#context.ask('UpsertBucket', updateRunMutation, variables, options)
    const bucket = maybeObjectAt(answer, 'upsertBucket', 'bucket')
    if (bucket === undefined) throw this.#notFound()
    this.#facts = toRunFacts(bucket)
    this.#edits = {}
  }

  /** Sends what was set. Does nothing when nothing was. */
  async save(options: RequestOptions = {}): Promise<void> {
    checkOptions('save', options, requestOptionNames)
    if (Object.keys(this.#edits).length > 0) await this.update({}, options)
  }

  /** Reads the run again, and forgets what was set and not saved. @throws {@link NotFoundError} */
  async reload(options: RequestOptions = {}): Promise<void> {
    checkOptions('reload', options, requestOptionNames)
    await this.#refresh(options)
    this.#edits = {}
  }

  /** Asks the run to stop; its program sees that within seconds. Does nothing to one that is over. */
  async stop(options: RequestOptions = {}): Promise<void> {
    checkOptions('stop', options, requestOptionNames)
    await this.#context.ask('StopRun', stopRunMutation, { id: this.storageId }, options)
  }

  /**
   * Removes the run with all its rows and files.
   *
   * @param options.deleteArtifacts - Also the versions of artifacts that it made. Default: false.
   */
  async delete(options: RequestOptions & { readonly deleteArtifacts?: boolean | undefined } = {}): Promise<void> {
    checkOptions('delete', options, { ...requestOptionNames, deleteArtifacts: true })
    const { deleteArtifacts = false, ...rest } = options
    await this.#context.ask('DeleteRun', deleteRunMutation, { id: this.storageId, deleteArtifacts }, rest)
  }

  /**
   * Puts the run into another project, where the server can. It keeps its id, rows and files; artifacts stay where they are.
   * Programs that still log to it go on.
   *
   * @param project - `entity/project` or `project`; the entity is by default the run's.
   * @returns the run in its new place; this object keeps the old one.
   * @throws {@link InvalidPathError}; {@link ServerRequestError} with status 409 when the id is taken there.
   * @example const moved = await run.moveTo('archive')
   */
  async moveTo(project: string, options: RequestOptions = {}): Promise<StoredRun> {
    checkOptions('moveTo', options, requestOptionNames)
    const { entity = this.entity, project: name = this.project } = parseProjectPath(project)
    const input = {
      filters: JSON.stringify({ name: this.id }),
      sourceEntityName: this.entity,
      sourceProjectName: this.project,
      destinationEntityName: entity,
      destinationProjectName: name,
    }
    await this.#context.ask('MoveRuns', moveRunsMutation, { input }, options)
    return new StoredRun(this.#context, { entity, project: name }, this.#facts)
  }

  /**
   * Waits until the run is finished, failed, crashed or killed, and reads it again.
   *
   * @throws {@link WaitTimeoutError} when a `timeoutMs` was given and has passed.
   */
  async waitUntilFinished(options: WaitUntilFinishedOptions = {}): Promise<void> {
    await waitUntilOver(this.#askRun, `Run "${this.path}"`, options)
    await this.#refresh(options)
  }

  async #refresh(options: RequestOptions): Promise<void> {
    this.#facts = toRunFacts(await this.#askRun('Run', runQuery, {}, options))
  }

  #notFound(): NotFoundError {
    return runNotFound(this.path, this.#context.placeName)
  }
}

/** A way to ask about one run. What it returns are the members of `project.run`. @throws {@link NotFoundError} */
export function askAbout(
  context: ApiContext,
  { entity, project, runId }: { readonly entity: string; readonly project: string; readonly runId: string },
): AskAboutRun {
  return async (operationName, query, variables, { signal }) => {
    const all = { entity, project, name: runId, ...variables }
    const run = maybeObjectAt(await context.ask(operationName, query, all, { signal }), 'project', 'run')
    if (run === undefined) throw runNotFound(`${entity}/${project}/${runId}`, context.placeName)
    return run
  }
}

function definedOf(changes: RunChanges): RunChanges {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
}

/** @throws {@link InvalidOptionError} for a value that cannot be written: an edit is all or nothing. */
function toJsonObject(values: Readonly<Record<string, unknown>>, destination: 'config' | 'summary'): JsonObject {
  const json = toJson(values, {
    destination,
    onSkip: (reason, path) => {
      throw new InvalidOptionError(
        'update',
        `the value of "${path.join('.')}" cannot be written (${reason}).`,
        'Pass numbers, texts, booleans, null, Dates, and lists and objects of them.',
      )
    },
  })
  return isJsonObject(json) ? json : {}
}

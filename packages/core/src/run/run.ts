import type { ArtifactDraft } from '../artifacts/artifact-draft.ts'
import type { ArtifactVersion } from '../artifacts/artifact-version.ts'
import type { CodeOptions } from '../artifacts/code-draft.ts'
import type { LinkArtifactOptions } from '../artifacts/link-version.ts'
import type { DistributedArtifactOptions, LogArtifactOptions } from '../artifacts/log-options.ts'
import type { ModelOptions } from '../artifacts/models.ts'
import type { UseArtifactOptions } from '../artifacts/use-artifact.ts'
import type { WaitOptions } from '../artifacts/wait-for-version.ts'
import type { RunConfig } from '../config/run-config.ts'
import type { AlertOptions } from '../life/alert.ts'
import type { DefineMetricOptions } from '../metrics/metric-definition.ts'
import type { Mode } from '../settings/settings.ts'
import type { Loggable } from './loggable.ts'
import type { RestoreFileOptions } from './restore-file.ts'
import type { RunSummary } from './run-summary.ts'
import type { SaveFilesOptions } from './save-files.ts'

/** Metrics of one row by name. Values may be numbers, texts, lists, nested objects and more: see {@link Run.log}. */
export type Metrics = object

/** Which row {@link Run.log} writes to. */
export interface LogOptions {
  /**
   * Step of the row, a non-negative integer. Default: the current step. Metrics of the same step are merged into one
   * row; a higher step completes the row before it; a lower one is left out and counted.
   */
  readonly step?: number | undefined
  /** Whether the row is complete. Default: true without a step, false with one. */
  readonly commit?: boolean | undefined
}

/** How a run ends. */
export interface FinishOptions {
  /**
   * 0 for success; a whole number up to 255. Anything else counts as 1 and is said. Default: `process.exitCode`, or 0 if that
   * is not set.
   */
  readonly exitCode?: number | undefined
  /** Prints warnings only. Default: the setting `quiet`. */
  readonly quiet?: boolean | undefined
}

/**
 * A run: one execution of a program and what it logs. Made by `init`.
 *
 * After `init` nothing here throws because a disk, network or server misbehaves; wrong use does throw.
 */
export interface Run<Config extends object = Record<string, unknown>> extends AsyncDisposable {
  /** Id, unique in its project. */
  readonly id: string
  readonly project: string
  /** `undefined` when the server chooses. */
  readonly entity: string | undefined
  readonly group: string | undefined
  readonly jobType: string | undefined
  readonly mode: Mode
  /** Absolute path of the run's folder. In disabled mode it does not exist. */
  readonly directory: string
  /** Address of the run's page; `undefined` while no server is known that shows it. */
  readonly url: string | undefined
  /** When the run started. */
  readonly startedAt: Date
  /** The step that the next `log` writes to. */
  readonly step: number
  /**
   * What was hidden of what the run records, such as `args --token`, `config.hfToken` and `console`: secrets by their name,
   * and everywhere the values that are known to be secret.
   */
  readonly redactions: readonly string[]
  readonly isFinished: boolean
  /** Whether the run was there before and goes on. */
  readonly isResumed: boolean
  /** The first step of this process: 0 unless the run goes on or was forked. */
  readonly startingStep: number
  /**
   * Aborts when somebody stops the run in the page. A program that takes it ends by itself, with `finish` and what else it
   * has to do; any other ends as with Ctrl-C.
   *
   * @example for (const batch of batches) { run.signal.throwIfAborted(); await train(batch) }
   */
  readonly signal: AbortSignal
  /** The same for loops that never wait: looks at most ten times a second. */
  readonly isStopRequested: boolean
  /** Name for people. May be changed. */
  name: string
  /** Longer text. May be changed. */
  notes: string | undefined
  /** May be replaced. */
  tags: readonly string[]
  /** Settings of the program, such as the learning rate. */
  readonly config: RunConfig<Config>
  /** One value for each metric. */
  readonly summary: RunSummary

  /**
   * Appends a row, or adds to one. Returns at once; within about 5 milliseconds the row is in the file.
   *
   * Numbers (NaN and ±Infinity too), bigints, texts, booleans and null are kept as they are, and so are lists. Nested
   * objects and Maps are flattened: `{ val: { loss: 1 } }` is the metric `val.loss`. A Date becomes ISO text, a Set a
   * list, a Buffer UTF-8 text. A typed array of more than 32 elements becomes a histogram of 32
   * bins. An object with `toJSON` is what that returns. Images and other media become files, see {@link MediaValue}.
   * Anything else (`undefined`, functions, promises, tensors, symbols) is left out, counted, and said once; the other
   * metrics are logged. So are mistyped options.
   *
   * @param metrics - Read before `log` returns; it may be changed and used again. What would be left out is refused by the
   *   compiler where the types tell.
   * @throws {@link InvalidMetricsError}, {@link InvalidKeyError}, {@link InvalidStepError}, {@link CyclicValueError} or
   *   {@link RunFinishedError} for wrong use. Nothing of the row is logged then.
   * @example run.log({ 'train/loss': 0.31, epoch: 1 })
   */
  log<Row extends Metrics>(metrics: Row & Loggable<Row>, options?: LogOptions): void
  /**
   * Says how a metric is shown and what the summary holds of it.
   *
   * @param name - Name of the metric, with `.` between nested labels. A `*` at its end stands for any end.
   * @throws {@link InvalidMetricDefinitionError} or {@link RunFinishedError}.
   * @example run.defineMetric('val/*', { stepMetric: 'epoch', summary: 'max' })
   */
  defineMetric(name: string, options?: DefineMetricOptions): void
  /**
   * Logs a version of an artifact as an output of this run. Returns at once: the version is queued in the journal, and
   * uploaded beside the run. A server that has the same contents under the same name makes no new version.
   *
   * @param artifact - A draft, which cannot be changed any more after this; or the path of a file or folder.
   * @throws {@link ArtifactError}, {@link ProtocolError} for names and aliases that cannot be; {@link RunFinishedError}.
   *   When the disk is full or a file cannot be read, the version's `state` is `failed`, and its `wait` says why.
   * @example
   * const version = run.logArtifact(model, { aliases: ['best'] })
   * await version.wait()
   */
  logArtifact(artifact: ArtifactDraft | string, options?: LogArtifactOptions): ArtifactVersion
  /**
   * Adds a part to a version that several runs make together; {@link finishArtifact} of one of them completes it.
   *
   * @throws as {@link logArtifact}; {@link ArtifactError} when there is neither a `distributedId` nor a group.
   */
  upsertArtifact(artifact: ArtifactDraft | string, options?: DistributedArtifactOptions): ArtifactVersion
  /** Adds the last part to a version that several runs make together, and completes it. @throws as {@link upsertArtifact}. */
  finishArtifact(artifact: ArtifactDraft | string, options?: DistributedArtifactOptions): ArtifactVersion
  /**
   * Takes a version as an input of this run, which is noted as its lineage.
   *
   * @param artifact - `name:alias`, `name:v3`, `name:<digest>` or `name` (the latest), also with `project/` or
   *   `entity/project/` before it; a version; or a draft, which is logged without being an output of this run.
   * @throws {@link ArtifactError} `artifact-not-found`, `artifact-type-mismatch`; {@link OfflineAskError} in the modes that
   *   ask no server; {@link ServerRequestError}.
   * @example
   * const data = await run.useArtifact('digits:latest')
   * const folder = await data.download()
   */
  useArtifact(
    artifact: ArtifactDraft | ArtifactVersion | string,
    options?: UseArtifactOptions,
  ): Promise<ArtifactVersion>
  /**
   * Links a version, or a draft that is logged first, to another collection: {@link ArtifactVersion.link}.
   *
   * @throws as that.
   */
  linkArtifact(
    artifact: ArtifactDraft | ArtifactVersion,
    target: string,
    options?: LinkArtifactOptions,
  ): Promise<ArtifactVersion>
  /**
   * Logs a file or folder as a model: {@link logArtifact} with the type `model`.
   *
   * @throws as that.
   */
  logModel(path: string, options?: ModelOptions): ArtifactVersion
  /**
   * Uses and downloads a model.
   *
   * @returns the path of its only file, or of its folder if it has several.
   * @throws as {@link useArtifact} and {@link ArtifactVersion.download}; {@link ArtifactError} `artifact-invalid` when its type does not hold the word `model`.
   */
  useModel(name: string): Promise<string>
  /**
   * Logs a model and links it to a collection of the project `model-registry`.
   *
   * @returns the version as it is found there.
   * @throws as {@link useArtifact}.
   */
  linkModel(path: string, registeredName: string, options?: ModelOptions & WaitOptions): Promise<ArtifactVersion>
  /**
   * Logs source files as an artifact of the type `code`.
   *
   * @param root - Folder. Default: the working directory.
   * @returns the version; undefined when there are no such files, and in disabled mode.
   * @throws {@link ArtifactFileError}
   */
  logCode(root?: string, options?: CodeOptions): Promise<ArtifactVersion | undefined>
  /**
   * Keeps files with the run, under `files/` of its folder, and uploads them.
   *
   * @param globs - Paths or globs. Relative ones keep their folders; of absolute ones the last folder is kept.
   * @returns the absolute paths in the run's folder; empty when nothing matches.
   * @throws {@link ArtifactError} `artifact-invalid` for a name that the run uses itself, or outside `basePath`.
   * @example run.save('checkpoints/*.ckpt')
   */
  save(globs: string | readonly string[], options?: SaveFilesOptions): string[]
  /**
   * Gets a file of this or another run from the server.
   *
   * @param name - Its name in that run.
   * @returns the absolute path of the file on this machine.
   * @throws {@link NotFoundError}, {@link OfflineAskError}, {@link ServerRequestError}.
   */
  restore(name: string, options?: RestoreFileOptions): Promise<string>
  /**
   * Tells people of something: the run's page and the terminal of `lossline serve` show it.
   *
   * @throws {@link InvalidOptionError} or {@link RunFinishedError}.
   * @example run.alert({ title: 'The loss is not a number', level: 'error' })
   */
  alert(options: AlertOptions): void
  /** Says that the machine will be taken away soon: a run that then falls silent was preempted and did not crash. */
  markPreempting(): void
  /**
   * Writes everything and ends the run. In online mode waits for the server, at most `finishTimeoutMs`. A second call
   * returns the first one's promise. Never rejects.
   *
   * An exception that passes through `finally` or `await using` cannot be seen from here: to mark the run as failed,
   * catch it and pass `exitCode: 1`.
   */
  finish(options?: FinishOptions): Promise<void>
  /** The same as {@link finish} without options. */
  [Symbol.asyncDispose](): Promise<void>
}

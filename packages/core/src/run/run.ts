import type { ArtifactDraft } from '../artifacts/artifact-draft.ts'
import type { ArtifactVersion } from '../artifacts/artifact-version.ts'
import type { LogArtifactOptions } from '../artifacts/run-artifacts.ts'
import type { RunConfig } from '../config/run-config.ts'
import type { DefineMetricOptions } from '../metrics/metric-definition.ts'
import type { Mode } from '../settings/settings.ts'
import type { RunSummary } from './run-summary.ts'

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
  /** 0 for success. Default: `process.exitCode`, or 0 if that is not set. */
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
  /** Name for people. May be changed. */
  name: string
  /** Longer text. May be changed, not emptied. */
  notes: string | undefined
  /** May be replaced, not emptied. */
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
   * list, a Buffer UTF-8 text, a function its name. A typed array of more than 32 elements becomes a histogram of 32
   * bins. An object with `toJSON` is what that returns. Anything else (`undefined`, promises, tensors, symbols) is left
   * out, counted, and said once; the other metrics are logged.
   *
   * @param metrics - Read before `log` returns; it may be changed and used again.
   * @throws {@link InvalidMetricsError}, {@link InvalidKeyError}, {@link InvalidStepError}, {@link CyclicValueError} or
   *   {@link RunFinishedError} for wrong use. Nothing of the row is logged then.
   * @example run.log({ 'train/loss': 0.31, epoch: 1 })
   */
  log(metrics: Metrics, options?: LogOptions): void
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

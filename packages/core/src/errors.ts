import { LosslineError } from '@lossline/protocol'
import { isSecretName } from './redaction/redaction.ts'
import { describeValue } from './values/describe-value.ts'

/** Codes of the errors of this package. */
export type CoreErrorCode =
  | 'api-closed'
  | 'api-key-missing'
  | 'api-key-refused'
  | 'config-locked'
  | 'content-damaged'
  | 'content-refused'
  | 'credentials-file'
  | 'cyclic-value'
  | 'entity-unknown'
  | 'file-exists'
  | 'init-twice'
  | 'invalid-api-key'
  | 'invalid-cell'
  | 'invalid-key'
  | 'invalid-media'
  | 'invalid-metric-definition'
  | 'invalid-metrics'
  | 'invalid-option'
  | 'invalid-path'
  | 'invalid-plot'
  | 'invalid-setting'
  | 'invalid-step'
  | 'invalid-table'
  | 'local-server-missing'
  | 'no-active-run'
  | 'not-found'
  | 'offline-ask'
  | 'reserved-key'
  | 'resume-impossible'
  | 'run-directory'
  | 'run-finished'
  | 'run-stopped'
  | 'table-rows'
  | 'table-type'
  | 'server-request'
  | 'sweep-parameters'
  | 'sweep-state'
  | 'unsafe-file-name'
  | 'unsupported-by-server'
  | 'wait-timeout'

/** Base of all errors that `@lossline/core` throws: wrong use, or an `init` that cannot start a run. */
export class CoreError extends LosslineError {
  declare readonly code: CoreErrorCode
  override readonly name: string = 'CoreError'
}

/** `init` while a run is active, without saying what shall become of that one. Code `init-twice`. */
export class InitTwiceError extends CoreError {
  override readonly name = 'InitTwiceError'
  /** @param activeRunId - `undefined` when that run is still being started. */
  constructor(activeRunId: string | undefined) {
    const state = activeRunId === undefined ? 'A run is still being started' : `Run "${activeRunId}" is still active`
    super({
      code: 'init-twice',
      message: `${state}, and init was called again.`,
      hint: "Call finish() first, or pass reinit: 'finishPrevious', 'returnPrevious' or 'createNew'.",
    })
  }
}

/** A call on a run that has finished. Code `run-finished`. */
export class RunFinishedError extends CoreError {
  override readonly name = 'RunFinishedError'
  constructor(runId: string, call: string) {
    super({
      code: 'run-finished',
      message: `Run "${runId}" has finished: ${call} is no longer possible.`,
      hint: 'Call finish() after the last use of the run, or start another run with init().',
    })
  }
}

/** A call on a run that was to end, in a function that an agent calls. Code `run-stopped`. */
export class RunStoppedError extends CoreError {
  override readonly name = 'RunStoppedError'
  constructor(runId: string, call: string) {
    super({
      code: 'run-stopped',
      message: `Run "${runId}" was stopped: ${call} is no longer possible.`,
      hint: 'The agent goes on with the next run. Look at run.signal or run.isStopRequested to end a training in its own way.',
    })
  }
}

/** A sweep that has ended cannot be paused or ended. Code `sweep-state`. */
export class SweepStateError extends CoreError {
  override readonly name = 'SweepStateError'
  constructor(path: string, state: string, call: string) {
    super({
      code: 'sweep-state',
      message: `Sweep ${path} is ${state}: ${call} is not possible.`,
      hint: 'A sweep that has ended goes on with resume.',
    })
  }
}

/** The file in which an agent tells a program its parameters cannot be read. Code `sweep-parameters`. */
export class SweepParametersError extends CoreError {
  override readonly name = 'SweepParametersError'
  constructor(path: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    super({
      code: 'sweep-parameters',
      message: `The parameters of the sweep cannot be read from ${path}: ${reason}`,
      hint: 'Start the program by an agent, or unset LOSSLINE_SWEEP_PARAM_PATH and WANDB_SWEEP_PARAM_PATH.',
      cause,
    })
  }
}

/** A module function such as `log` without a run. Code `no-active-run`. */
export class NoActiveRunError extends CoreError {
  override readonly name = 'NoActiveRunError'
  constructor(call: string) {
    super({
      code: 'no-active-run',
      message: `${call} was called, but no run is active.`,
      hint: 'Call await init() first, and call this before finish().',
    })
  }
}

/** A step that is not a non-negative integer. Code `invalid-step`. */
export class InvalidStepError extends CoreError {
  override readonly name = 'InvalidStepError'
  constructor(step: unknown) {
    super({
      code: 'invalid-step',
      message: `A step is a non-negative integer, not ${describeValue(step)}.`,
      hint: 'Leave the step out to count rows, or log fractions as a metric and use it as the x axis (defineMetric).',
    })
  }
}

/** What was logged is not an object of metrics. Code `invalid-metrics`. */
export class InvalidMetricsError extends CoreError {
  override readonly name = 'InvalidMetricsError'
  constructor(metrics: unknown) {
    super({
      code: 'invalid-metrics',
      message: `log takes an object of metrics by name, not ${describeValue(metrics)}.`,
      hint: 'Give the value a name: run.log({ loss: 0.5 }). Turn a Map into an object with Object.fromEntries(map).',
    })
  }
}

/** A key that is not a string, such as a symbol. Code `invalid-key`. */
export class InvalidKeyError extends CoreError {
  override readonly name = 'InvalidKeyError'
  constructor(key: unknown, path: readonly string[]) {
    super({
      code: 'invalid-key',
      message: `Keys are strings, not ${describeValue(key)}${inside(path)}.`,
      hint: 'Use a string as the key, for example the description of the symbol.',
    })
  }
}

/** An image, sound or other media value that cannot be. Code `invalid-media`. */
export class InvalidMediaError extends CoreError {
  override readonly name = 'InvalidMediaError'
  constructor(message: string, hint: string, cause?: unknown) {
    super({ code: 'invalid-media', message, hint, ...(cause === undefined ? {} : { cause }) })
  }
}

/** A table that cannot be: names, rows or columns that do not go together. Code `invalid-table`. */
export class InvalidTableError extends CoreError {
  override readonly name = 'InvalidTableError'
  constructor(message: string, hint: string) {
    super({ code: 'invalid-table', message, hint })
  }
}

/** A value that does not fit the column of a table. Code `table-type`. */
export class TableTypeError extends CoreError {
  override readonly name = 'TableTypeError'
  readonly column: string
  /** Number of the row, from 0. */
  readonly row: number
  constructor({ column, row, expected, given }: { column: string; row: number; expected: string; given: string }) {
    super({
      code: 'table-type',
      message: `Column "${column}" takes ${expected}, and row ${row} has ${given}.`,
      hint: 'A column has the type of its first value. Convert the value, or make the table with allowMixedTypes: true.',
    })
    this.column = column
    this.row = row
  }
}

/** A table of more rows than an artifact holds, with the setting `strict`. Code `table-rows`. */
export class TooManyRowsError extends CoreError {
  override readonly name = 'TooManyRowsError'
  constructor(path: readonly string[]) {
    super({
      code: 'table-rows',
      message: `The table "${path.join('.')}" has more than 200,000 rows, the most that an artifact holds.`,
      hint: "Log it in parts with logMode: 'INCREMENTAL', or as a file of an artifact of its own.",
    })
  }
}

/** A value that no cell of a table can hold. Code `invalid-cell`. */
export class InvalidCellError extends CoreError {
  override readonly name = 'InvalidCellError'
  constructor(column: string, reason: string) {
    super({
      code: 'invalid-cell',
      message: `A value for column "${column}" cannot be in a table: ${reason}.`,
      hint: 'Cells hold numbers, texts, booleans, null, Dates, lists, objects, typed arrays and media.',
    })
  }
}

/** Data that a chart cannot be made of. Code `invalid-plot`. */
export class InvalidPlotError extends CoreError {
  override readonly name = 'InvalidPlotError'
  constructor(message: string, hint: string) {
    super({ code: 'invalid-plot', message, hint })
  }
}

/** A value that holds itself. Code `cyclic-value`. */
export class CyclicValueError extends CoreError {
  override readonly name = 'CyclicValueError'
  constructor(path: readonly string[]) {
    super({
      code: 'cyclic-value',
      message: `The value at "${path.join('.')}" holds itself and cannot be written.`,
      hint: 'Log the numbers and texts you need instead of the whole object.',
    })
  }
}

/** A key that W&B keeps for itself. Code `reserved-key`. */
export class ReservedKeyError extends CoreError {
  override readonly name = 'ReservedKeyError'
  constructor(key: string) {
    super({
      code: 'reserved-key',
      message: `The key "${key}" is reserved.`,
      hint: 'Choose another name.',
    })
  }
}

/** A config value was changed after it had been set. Code `config-locked`. */
export class ConfigLockedError extends CoreError {
  override readonly name = 'ConfigLockedError'
  constructor(path: readonly string[], before: unknown, after: unknown) {
    super({
      code: 'config-locked',
      // What an error says is printed and recorded.
      message: path.some(isSecretName)
        ? `Config "${path.join('.')}" is set, and would become another.`
        : `Config "${path.join('.')}" is ${describeValue(before)} and would become ${describeValue(after)}.`,
      hint: 'Pass allowValChange: true to init() or to config.update() if the change is meant.',
    })
  }
}

/** A metric definition that cannot be. Code `invalid-metric-definition`. */
export class InvalidMetricDefinitionError extends CoreError {
  override readonly name = 'InvalidMetricDefinitionError'
  constructor(message: string, hint: string) {
    super({ code: 'invalid-metric-definition', message, hint })
  }
}

/** A setting or an option of `init` with a value that it cannot have. Code `invalid-setting`. */
export class InvalidSettingError extends CoreError {
  override readonly name = 'InvalidSettingError'
  constructor(options: { setting: string; source: string; message: string; hint?: string; cause?: unknown }) {
    super({
      code: 'invalid-setting',
      message: `Setting "${options.setting}" (from ${options.source}): ${options.message}`,
      ...(options.hint === undefined ? {} : { hint: options.hint }),
      ...(options.cause === undefined ? {} : { cause: options.cause }),
    })
  }
}

/** Online mode without anything that says who is asking. Code `api-key-missing`. */
export class ApiKeyMissingError extends CoreError {
  override readonly name = 'ApiKeyMissingError'
  constructor(baseUrl: string) {
    super({
      code: 'api-key-missing',
      message: `No API key is known for ${baseUrl}.`,
      hint: 'Run lossline login, set LOSSLINE_API_KEY, or pass the key.',
    })
  }
}

/** The folder of the run cannot be made. Code `run-directory`. */
export class RunDirectoryError extends CoreError {
  override readonly name = 'RunDirectoryError'
  constructor(path: string, cause: unknown) {
    super({
      code: 'run-directory',
      message: `The run's folder cannot be made in "${path}": ${cause instanceof Error ? cause.message : String(cause)}`,
      hint: 'Make the folder writable, or choose another one with the option dir or LOSSLINE_DIR.',
      cause,
    })
  }
}

/** A run cannot go on from where it was asked to. Code `resume-impossible`. */
export class ResumeError extends CoreError {
  override readonly name = 'ResumeError'

  /** There is no such run, or it has not begun. */
  static missing({ runId, project }: { readonly runId: string; readonly project: string }): ResumeError {
    return new ResumeError(
      `There is no run "${runId}" in project "${project}" to go on from.`,
      "Check id, project and server, or take resume: 'allow', which starts a new run then.",
    )
  }

  /** There is one, and there must not be. */
  static exists({ runId, project }: { readonly runId: string; readonly project: string }): ResumeError {
    return new ResumeError(
      `Run "${runId}" is in project "${project}" already, and resume is "never".`,
      "Take another id, or resume: 'allow' to go on with it.",
    )
  }

  /** The run has not come so far. */
  static stepMissing({ runId }: { readonly runId: string }, step: number, lastStep: number | undefined): ResumeError {
    return new ResumeError(
      `Run "${runId}" has no step ${step}: ${lastStep === undefined ? 'it has no history' : `its last is ${lastStep}`}.`,
      'Name a step that it has.',
    )
  }

  private constructor(message: string, hint: string) {
    super({ code: 'resume-impossible', message, hint })
  }
}

/** A question that only a server answers, and the package with the local one is not installed. Code `local-server-missing`. */
export class LocalServerMissingError extends CoreError {
  override readonly name = 'LocalServerMissingError'
  constructor(cause: unknown) {
    super({
      code: 'local-server-missing',
      message: 'This needs an answer from a server, and the package @lossline/server is not installed.',
      hint: 'Install it (npm install @lossline/server, or lossline, which has it), or name a server with baseUrl.',
      cause,
    })
  }
}

/** A question that only a server answers, in a mode that asks none. Code `offline-ask`. */
export class OfflineAskError extends CoreError {
  override readonly name = 'OfflineAskError'
  constructor(call: string, mode: string) {
    super({
      code: 'offline-ask',
      message: `${call} needs an answer from a server, and a run in mode "${mode}" asks none.`,
      hint: "Use the mode 'local', which finds its answers on this machine, or 'online'.",
    })
  }
}

/** A server refused a question, or did not answer in time. Code `server-request`. */
export class ServerRequestError extends CoreError {
  override readonly name = 'ServerRequestError'
  /** HTTP status of a refusal, if there was one. */
  readonly status: number | undefined
  constructor(options: { message: string; hint?: string; status?: number | undefined; cause?: unknown }) {
    const { status, ...rest } = options
    super({ code: 'server-request', ...rest })
    this.status = status
  }
}

function inside(path: readonly string[]): string {
  return path.length === 0 ? '' : ` (inside "${path.join('.')}")`
}

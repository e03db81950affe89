import { checkOptions, type OptionNames, type RunLike } from '@lossline/core/adapter'
import { OnnxOptionError } from '../errors.ts'
import type { OnnxProblem } from '../problems.ts'

/** What is logged of a session, and where. */
export interface TrackSessionOptions {
  /** Default: the active run at each call. */
  readonly run?: RunLike | undefined
  /** What stands before the keys: `<name>/latency_ms`. Default `'onnx'`; a second session of the run gets `onnx-2`. */
  readonly name?: string | undefined
  /** One row for the calls of so many milliseconds; 0: one for each call. Default 1,000. */
  readonly logIntervalMs?: number | undefined
  /** First calls that do not count for the percentiles. Default 2. */
  readonly warmUpRuns?: number | undefined
  /** Is told of what keeps something from being logged. Default: a line on `console.warn`, once for each kind. */
  readonly onProblem?: ((problem: OnnxProblem) => void) | undefined
}

export const trackOptionNames: OptionNames<TrackSessionOptions> = {
  run: true,
  name: true,
  logIntervalMs: true,
  warmUpRuns: true,
  onProblem: true,
}

/** Options with their defaults. */
export interface TrackSettings {
  readonly run: RunLike | undefined
  readonly name: string
  readonly logIntervalMs: number
  readonly warmUpRuns: number
}

/**
 * @param call - The function whose options they are, for the error.
 * @throws InvalidOptionError of core for an option that there is not; OnnxOptionError for a value that cannot be.
 */
export function parseTrackOptions(options: TrackSessionOptions, call = 'trackSession'): TrackSettings {
  checkOptions(call, options, trackOptionNames)
  const { run, name = 'onnx', logIntervalMs = 1_000, warmUpRuns = 2 } = options
  if (typeof name !== 'string' || name === '') {
    throw new OnnxOptionError('The option name is no text.', "Pass what stands before the keys, such as 'onnx'.")
  }
  for (const [option, value] of Object.entries({ logIntervalMs, warmUpRuns })) {
    if (Number.isFinite(value) && value >= 0) continue
    throw new OnnxOptionError(`The option ${option} is ${value}.`, 'Pass a number from 0 on.')
  }
  return { run, name, logIntervalMs, warmUpRuns }
}

import type { ReportProblem } from '../problems.ts'
import { isRecord, type PipelineLike, type StreamerLike } from '../transformers-like.ts'
import { type CallParts, countOutputs, toCallParts } from './call-parts.ts'
import { endTokensOf } from './end-tokens.ts'
import { createGenerationRecorder, type GenerationRecorder } from './generation-recorder.ts'
import type { ParsedReportOptions } from './report-options.ts'
import type { RunReport } from './run-report.ts'
import { addRows, sampleRows } from './sampled-rows.ts'
import { samplingRateOf } from './sampling-rate.ts'
import { taskTraitsOf } from './task-traits.ts'

/** A call that is under way. */
export interface ObservedCall {
  /** The arguments that the pipeline gets: the caller's, with a streamer that measures where there is one. */
  readonly args: readonly unknown[]
  succeed(output: unknown): void
  fail(error: unknown): void
  /** Tokens of the inputs, known once the call has begun. */
  inputTokens: number | undefined
}

/** Begins calls of one pipeline. */
export interface CallObserver {
  begin(args: readonly unknown[], report: RunReport): ObservedCall
}

/** Makes the observer of one pipeline. Each call has its own clock, however many are under way. */
export function createCallObserver(
  pipe: PipelineLike,
  options: ParsedReportOptions,
  report: ReportProblem,
  nowMs: () => number = () => performance.now(),
): CallObserver {
  const { task } = pipe
  const { optionsIndex } = taskTraitsOf(task)
  let callCount = 0
  let callsUnderWay = 0

  return {
    begin(args, runReport) {
      const logging = { table: runReport.table, options, report }
      const parts = toCallParts(task, args)
      const rows = sampleRows(task, parts, logging)
      const index = callCount++
      const concurrentCalls = callsUnderWay++
      const startedAt = new Date()
      const startedAtMs = nowMs()
      const recorder = createRecorder(pipe, parts, startedAtMs, nowMs)

      const end = (output: unknown, hasFailed: boolean, error: unknown): void => {
        const latencyMs = nowMs() - startedAtMs
        callsUnderWay -= 1
        const generation = recorder?.timing()
        const { inputs } = parts
        const { inputTokens } = call
        const outputCount = hasFailed ? undefined : countOutputs(output, parts)
        const measured = { index, latencyMs, concurrentCalls, inputs, inputTokens, outputCount, generation, hasFailed }
        runReport.logCall(measured)
        const samplingRate = samplingRateOf(pipe)
        const ended = { index, parts, output, hasFailed, error, generation, samplingRate, startedAt, latencyMs }
        addRows(task, rows, ended, logging)
      }
      const call: ObservedCall = {
        args: recorder === undefined ? args : withStreamer(args, optionsIndex, recorder.streamer),
        succeed: (output) => end(output, false, undefined),
        fail: (error) => end(undefined, true, error),
        inputTokens: undefined,
      }
      return call
    },
  }
}

function createRecorder(
  pipe: PipelineLike,
  { options }: CallParts,
  startedAtMs: number,
  nowMs: () => number,
): GenerationRecorder | undefined {
  if (!taskTraitsOf(pipe.task).isGeneration) return undefined
  const userStreamer = isStreamer(options.streamer) ? options.streamer : undefined
  return createGenerationRecorder({ userStreamer, endTokens: endTokensOf(options, pipe.model), startedAtMs, nowMs })
}

/** Arguments that the pipeline would refuse stay as they are, so that it refuses them with its own words. */
function withStreamer(args: readonly unknown[], index: number, streamer: StreamerLike): readonly unknown[] {
  const options = args[index]
  if (args.length < index || !(options === undefined || isRecord(options))) return args
  return [...args.slice(0, index), { ...options, streamer }, ...args.slice(index + 1)]
}

function isStreamer(value: unknown): value is StreamerLike {
  return isRecord(value) && typeof value.put === 'function' && typeof value.end === 'function'
}

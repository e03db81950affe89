import type { ReportProblem } from '../problems.ts'
import type { TableEntry } from '../rows/prediction-table.ts'
import { toTableEntry } from '../rows/table-row.ts'
import type { SampleSlot } from '../sampling/row-sampler.ts'
import { isRecord, type PipelineLike, type StreamerLike } from '../transformers-like.ts'
import { type CallParts, countOutputs, extraOfInput, splitOutput, toCallParts } from './call-parts.ts'
import { copyInput } from './copy-input.ts'
import { endTokensOf } from './end-tokens.ts'
import { createGenerationRecorder, type GenerationRecorder, sequenceOfInput } from './generation-recorder.ts'
import type { ParsedReportOptions } from './report-options.ts'
import type { RunReport } from './run-report.ts'
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
  let callCount = 0
  let callsUnderWay = 0

  return {
    begin(args, runReport) {
      const index = callCount++
      const concurrentCalls = callsUnderWay++
      const parts = toCallParts(task, args)
      const rows = chooseRows(parts, runReport)
      const startedAt = new Date()
      const startedAtMs = nowMs()
      const recorder = createRecorder(pipe, parts, startedAtMs, nowMs)

      const end = (output: unknown, error: { readonly thrown: unknown } | undefined): void => {
        const latencyMs = nowMs() - startedAtMs
        callsUnderWay -= 1
        const generation = recorder?.timing()
        const { inputs } = parts
        const hasFailed = error !== undefined
        const { inputTokens } = call
        const outputCount = hasFailed ? undefined : countOutputs(output, parts)
        runReport.logCall({
          index,
          latencyMs,
          concurrentCalls,
          inputs,
          inputTokens,
          outputCount,
          generation,
          hasFailed,
        })
        if (rows.length === 0) return
        const outputs = hasFailed ? [] : splitOutput(task, output, parts)
        for (const { slot, item, input, extraInput } of rows) {
          const part = {
            task,
            input,
            extraInput,
            output: outputs[item],
            options: parts.options,
            samplingRate: samplingRateOf(pipe),
            sequence: sequenceOfInput(generation, item, inputs.length),
          }
          const id = parts.isBatch ? `${index}.${item}` : `${index}`
          const facts = { id, startedAt, latencyMs, batchSize: inputs.length, error: error?.thrown }
          addRow(slot, () => toTableEntry(part, facts, options), runReport)
        }
      }
      const call: ObservedCall = {
        args: recorder === undefined ? args : withStreamer(args, taskTraitsOf(task).optionsIndex, recorder.streamer),
        succeed: (output) => end(output, undefined),
        fail: (thrown) => end(undefined, { thrown }),
        inputTokens: undefined,
      }
      return call
    },
  }

  function chooseRows(parts: CallParts, { table }: RunReport) {
    return parts.inputs.flatMap((input, item) => {
      const slot = table.next()
      if (slot === undefined) return []
      return [{ slot, item, input: copyInput(input), extraInput: copyInput(extraOfInput(task, parts, item)) }]
    })
  }

  function addRow(slot: SampleSlot<TableEntry>, make: () => TableEntry | undefined, { table }: RunReport): void {
    try {
      const entry = make()
      if (entry !== undefined) table.add(slot, entry)
    } catch (cause) {
      report({
        code: 'transformers-row-failed',
        message: `A row for a call of ${task} could not be made, and is left out: ${String(cause)}`,
        hint: 'If it is toRow or redact that throws, correct it; else pass a toRow that knows this output.',
        cause,
      })
    }
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

import { isRawAudioLike, isRawImageLike, isRecord, isTensorLike } from '../transformers-like.ts'
import type { GenerationTiming } from './generation-recorder.ts'

/** What was measured of one call. */
export interface CallMeasurement {
  readonly index: number
  readonly latencyMs: number
  /** Other calls of this pipeline that were under way when this one began: its latency includes waiting for them. */
  readonly concurrentCalls: number
  readonly inputs: readonly unknown[]
  readonly inputTokens: number | undefined
  readonly outputs: readonly unknown[]
  readonly generation: GenerationTiming | undefined
  readonly hasFailed: boolean
}

/** The numbers of a call, by key below the pipeline's name. What does not apply is left out. */
export function toCallMetrics(call: CallMeasurement): Record<string, number> {
  const { latencyMs, inputs, generation } = call
  const metrics: Record<string, number | undefined> = {
    call: call.index,
    latency_ms: latencyMs,
    batch_size: inputs.length,
    concurrent_calls: call.concurrentCalls,
    error: call.hasFailed ? 1 : 0,
    input_tokens: call.inputTokens ?? generation?.promptTokens,
    input_characters: sum(inputs, charactersOf),
    input_pixels: sum(inputs, pixelsOf),
    input_samples: sum(inputs, samplesOf),
    output_count: call.hasFailed ? undefined : sum(call.outputs, countOf),
    inputs_per_second: call.hasFailed || latencyMs === 0 ? undefined : (inputs.length * 1000) / latencyMs,
  }
  if (generation !== undefined) {
    metrics.output_tokens = generation.outputTokens
    metrics.time_to_first_token_ms = generation.timeToFirstTokenMs
    metrics.tokens_per_second = generation.tokensPerSecond
    metrics.prompt_tokens_per_second =
      generation.timeToFirstTokenMs > 0
        ? ((call.inputTokens ?? generation.promptTokens) * 1000) / generation.timeToFirstTokenMs
        : undefined
  }
  return Object.fromEntries(
    Object.entries(metrics).filter((entry): entry is [string, number] => entry[1] !== undefined),
  )
}

/** `undefined` when it applies to none of them. */
function sum(values: readonly unknown[], measure: (value: unknown) => number | undefined): number | undefined {
  let total: number | undefined
  for (const value of values) {
    const size = measure(value)
    if (size !== undefined) total = (total ?? 0) + size
  }
  return total
}

function charactersOf(value: unknown): number | undefined {
  if (typeof value === 'string') return value.length
  if (!Array.isArray(value)) return undefined
  return sum(value, (message) => (isRecord(message) ? charactersOf(message.content) : undefined))
}

function pixelsOf(value: unknown): number | undefined {
  return isRawImageLike(value) ? value.width * value.height : undefined
}

function samplesOf(value: unknown): number | undefined {
  if (value instanceof Float32Array || value instanceof Float64Array) return value.length
  return isRawAudioLike(value) ? value.audio.length : undefined
}

function countOf(value: unknown): number | undefined {
  if (value === undefined) return undefined
  return Array.isArray(value) && !isTensorLike(value) ? value.length : 1
}

import { isRawAudioLike, isRawImageLike, isRecord } from '../transformers-like.ts'
import type { GenerationTiming } from './generation-recorder.ts'

/** What was measured of one call. */
export interface CallMeasurement {
  readonly index: number
  readonly latencyMs: number
  /** Other calls of this pipeline that were under way when this one began: its latency includes waiting for them. */
  readonly concurrentCalls: number
  readonly inputs: readonly unknown[]
  readonly inputTokens: number | undefined
  /** Results of all inputs together; `undefined` for a call that failed. */
  readonly outputCount: number | undefined
  readonly generation: GenerationTiming | undefined
  readonly hasFailed: boolean
}

/** Keys of what is logged of each call, below the pipeline's name. */
const metricNames = [
  ...['call', 'latency_ms', 'batch_size', 'concurrent_calls', 'error', 'inputs_per_second'],
  ...['input_tokens', 'input_characters', 'input_pixels', 'input_samples', 'output_count'],
  ...['output_tokens', 'time_to_first_token_ms', 'tokens_per_second', 'prompt_tokens_per_second'],
] as const

type MetricName = (typeof metricNames)[number]

/** Makes rows of calls. Keys are made once, so that all calls of a kind have the same ones. */
export function createCallRows(name: string): (call: CallMeasurement) => Record<string, number> {
  const keys = metricNames.map((metric) => [metric, `${name}/${metric}`] as const)
  return (call) => {
    const metrics = toCallMetrics(call)
    const row: Record<string, number> = {}
    for (const [metric, key] of keys) {
      const value = metrics[metric]
      if (value !== undefined) row[key] = value
    }
    return row
  }
}

/** The numbers of a call. What does not apply is left out. */
function toCallMetrics(call: CallMeasurement): Readonly<Partial<Record<MetricName, number | undefined>>> {
  const { latencyMs, inputs, generation, hasFailed } = call
  const inputTokens = call.inputTokens ?? generation?.promptTokens
  const isTimed = generation !== undefined && generation.timeToFirstTokenMs > 0
  return {
    call: call.index,
    latency_ms: latencyMs,
    batch_size: inputs.length,
    concurrent_calls: call.concurrentCalls,
    error: hasFailed ? 1 : 0,
    inputs_per_second: hasFailed || latencyMs === 0 ? undefined : (inputs.length * 1000) / latencyMs,
    input_tokens: inputTokens,
    input_characters: sum(inputs, charactersOf),
    input_pixels: sum(inputs, pixelsOf),
    input_samples: sum(inputs, samplesOf),
    output_count: call.outputCount,
    output_tokens: generation?.outputTokens,
    time_to_first_token_ms: generation?.timeToFirstTokenMs,
    tokens_per_second: generation?.tokensPerSecond,
    prompt_tokens_per_second: isTimed ? ((inputTokens ?? 0) * 1000) / generation.timeToFirstTokenMs : undefined,
  }
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

import type { StreamerLike } from '../transformers-like.ts'

/** One of the texts that a call has written. */
export interface GeneratedSequence {
  /** Tokens up to and with the one that ended it. */
  readonly outputTokens: number
  /** `stop`: the model ended it; `length`: the limit did. `null` where the model's end tokens are not known. */
  readonly finishReason: 'stop' | 'length' | null
}

/** What is known of a call that writes token by token. */
export interface GenerationTiming {
  /** Tokens of the prompts, with the padding of a batch; of a model with an encoder, those that the decoder began with. */
  readonly promptTokens: number
  /** Tokens of all sequences. */
  readonly outputTokens: number
  /** From the call to the first token: tokenizing, reading the prompt, one step. */
  readonly timeToFirstTokenMs: number
  /** Of one sequence after its first token; `undefined` for fewer than two tokens. */
  readonly tokensPerSecond: number | undefined
  readonly sequences: readonly GeneratedSequence[]
}

/** Watches one call. */
export interface GenerationRecorder {
  readonly streamer: StreamerLike
  /** `undefined` when no token came. */
  timing(): GenerationTiming | undefined
}

/** Settings of {@link createGenerationRecorder}. */
export interface GenerationRecorderOptions {
  /** The streamer that the caller gave; it gets all that it would get alone, first. */
  readonly userStreamer: StreamerLike | undefined
  readonly endTokens: ReadonlySet<bigint>
  readonly startedAtMs: number
  readonly nowMs: () => number
}

/**
 * Makes a streamer that measures, for batches too. Errors of the caller's streamer end the generation as they would
 * without this one. A call may generate several times, as for the pieces of a long sound: each time begins with a prompt.
 */
export function createGenerationRecorder(options: GenerationRecorderOptions): GenerationRecorder {
  const { userStreamer, endTokens, startedAtMs, nowMs } = options
  let isPromptNext = true
  let promptTokens = 0
  let stepCount = 0
  let firstMs = 0
  let lastMs = 0
  let stepsSinceFirst = 0
  let counters: SequenceCounter[] = []
  const finished: GeneratedSequence[] = []

  const count = (tokens: readonly (readonly bigint[])[]): void => {
    if (isPromptNext) {
      isPromptNext = false
      promptTokens += tokens.reduce((sum, sequence) => sum + sequence.length, 0)
      counters = tokens.map(() => createSequenceCounter(endTokens))
      return
    }
    lastMs = nowMs()
    if (stepCount === 0) firstMs = lastMs
    else stepsSinceFirst += 1
    stepCount += 1
    for (const [index, sequence] of tokens.entries()) for (const token of sequence) counters[index]?.add(token)
  }
  const endSequences = (): void => {
    finished.push(...counters.map((counter) => counter.result()))
    counters = []
    isPromptNext = true
  }

  return {
    streamer: {
      put(tokens) {
        try {
          // What comes is the list that grows on: it is counted now.
          count(tokens)
        } catch {
          // Tokens of another form than is known: the generation goes on, and its numbers are missing.
        }
        userStreamer?.put(tokens)
      },
      end() {
        endSequences()
        userStreamer?.end()
      },
    },
    timing() {
      if (stepCount === 0) return undefined
      const sequences = [...finished, ...counters.map((counter) => counter.result())]
      const secondsOn = (lastMs - firstMs) / 1000
      return {
        promptTokens,
        outputTokens: sequences.reduce((sum, { outputTokens }) => sum + outputTokens, 0),
        timeToFirstTokenMs: firstMs - startedAtMs,
        tokensPerSecond: secondsOn > 0 ? stepsSinceFirst / secondsOn : undefined,
        sequences,
      }
    },
  }
}

/**
 * What was written for one of the inputs of a call. A long sound is written in pieces, which are one text for one input, and
 * cannot be told apart for several.
 */
export function sequenceOfInput(
  timing: GenerationTiming | undefined,
  index: number,
  inputCount: number,
): GeneratedSequence | undefined {
  if (timing === undefined) return undefined
  const { sequences, outputTokens } = timing
  if (sequences.length === inputCount) return sequences[index]
  const last = sequences.at(-1)
  return inputCount === 1 && last !== undefined ? { outputTokens, finishReason: last.finishReason } : undefined
}

interface SequenceCounter {
  add(token: bigint): void
  result(): GeneratedSequence
}

/** In a batch a sequence that has ended gets tokens until all have: they are no output. */
function createSequenceCounter(endTokens: ReadonlySet<bigint>): SequenceCounter {
  let outputTokens = 0
  let hasEnded = false
  return {
    add(token) {
      if (hasEnded) return
      outputTokens += 1
      hasEnded = endTokens.has(token)
    },
    result: () => ({ outputTokens, finishReason: endTokens.size === 0 ? null : hasEnded ? 'stop' : 'length' }),
  }
}

import { describe, expect, test } from 'vitest'
import { createGenerationRecorder, sequenceOfInput } from './generation-recorder.ts'

/** A recorder whose clock the test moves. */
function openRecorder({ endTokens = [0n], startedAtMs = 100 } = {}) {
  const clock = { nowMs: startedAtMs }
  const seen: unknown[] = []
  const userStreamer = {
    put: (tokens: readonly (readonly bigint[])[]) => void seen.push(structuredClone(tokens)),
    end: () => void seen.push('end'),
  }
  const recorder = createGenerationRecorder({
    userStreamer,
    endTokens: new Set(endTokens),
    startedAtMs,
    nowMs: () => clock.nowMs,
  })
  const putAt = (ms: number, ...tokens: bigint[][]) => {
    clock.nowMs = ms
    recorder.streamer.put(tokens)
  }
  return { recorder, putAt, seen }
}

describe('a generation', () => {
  test('is timed from its call to the first token, and by the steps after it', () => {
    const { recorder, putAt, seen } = openRecorder()
    putAt(110, [7n, 8n, 9n])
    expect(recorder.timing()).toBeUndefined()
    putAt(150, [5n])
    expect(recorder.timing()).toMatchObject({ timeToFirstTokenMs: 50, tokensPerSecond: undefined, outputTokens: 1 })
    putAt(200, [6n])
    putAt(250, [0n])
    recorder.streamer.end()
    expect(recorder.timing()).toEqual({
      promptTokens: 3,
      outputTokens: 3,
      timeToFirstTokenMs: 50,
      tokensPerSecond: 20,
      sequences: [{ outputTokens: 3, finishReason: 'stop' }],
    })
    expect(seen).toEqual([[[7n, 8n, 9n]], [[5n]], [[6n]], [[0n]], 'end'])
  })

  test('of a batch ends for each sequence where its own end is', () => {
    const { recorder, putAt } = openRecorder()
    putAt(100, [1n, 1n], [1n, 1n])
    putAt(110, [5n], [0n])
    putAt(120, [5n], [9n])
    putAt(130, [5n], [9n])
    expect(recorder.timing()).toMatchObject({
      promptTokens: 4,
      outputTokens: 4,
      tokensPerSecond: 100,
      sequences: [
        { outputTokens: 3, finishReason: 'length' },
        { outputTokens: 1, finishReason: 'stop' },
      ],
    })
  })

  test('in several parts, as of a long sound, begins each with a prompt', () => {
    const { recorder, putAt } = openRecorder()
    for (const start of [100, 200]) {
      putAt(start, [1n, 2n])
      putAt(start + 10, [5n])
      putAt(start + 20, [0n])
      recorder.streamer.end()
    }
    expect(recorder.timing()).toMatchObject({ promptTokens: 4, outputTokens: 4, timeToFirstTokenMs: 10 })
    const timing = recorder.timing()
    expect(sequenceOfInput(timing, 0, 1)).toEqual({ outputTokens: 4, finishReason: 'stop' })
    expect(sequenceOfInput(timing, 1, 2)).toEqual({ outputTokens: 2, finishReason: 'stop' })
    expect(sequenceOfInput(timing, 1, 3)).toBeUndefined()
    expect(sequenceOfInput(undefined, 0, 1)).toBeUndefined()
  })

  test('without known end tokens says nothing of why it ended', () => {
    const { recorder, putAt } = openRecorder({ endTokens: [] })
    putAt(100, [1n])
    putAt(101, [0n])
    expect(recorder.timing()?.sequences).toEqual([{ outputTokens: 1, finishReason: null }])
  })

  test('goes on when its tokens have another form than is known', () => {
    const { recorder, seen } = openRecorder()
    recorder.streamer.put(7 as never)
    recorder.streamer.put([7n] as never)
    recorder.streamer.end()
    expect(seen).toEqual([7, [7n], 'end'])
  })
})

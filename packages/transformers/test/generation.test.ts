import { describe, expect, test } from 'vitest'
import { reportTo } from '../src/index.ts'
import { transformers } from './local-models.ts'
import { callsOf, openTrackedRun } from './tracked-run.ts'

// Greedy texts of the model as its training framework wrote them.
const greedy = [
  ['I was charged', 3, 23, ' $120 twice in June for the student plan. Any update would be great.'],
  ['The dashboard', 2, 18, ' has been broken for a week, it shows a blank screen when two people edit.'],
  ['Please add', 2, 11, ' keyboard shortcuts for every project.'],
  ['How do I', 3, 13, ' transfer ownership of the workspace to an external partner? Thanks!'],
] as const

const settings = { max_new_tokens: 24, do_sample: false }

describe('text generation', () => {
  test('is timed token by token, and writes what it wrote before', async () => {
    await using tracked = await openTrackedRun()
    const pipe = reportTo(await transformers.pipeline('text-generation', 'tiny-lm'), { run: tracked.run })
    for (const [prompt, , , text] of greedy) {
      expect(await pipe(prompt, settings)).toEqual([{ generated_text: prompt + text }])
    }
    const written = await tracked.finishAndRead()
    const calls = callsOf(written, 'text-generation') as Record<string, number>[]
    expect(calls.map((call) => [call.input_tokens, call.output_tokens])).toEqual(
      greedy.map(([, promptTokens, newTokens]) => [promptTokens, newTokens]),
    )
    for (const { latency_ms: latency = 0, time_to_first_token_ms: first = 0, ...call } of calls) {
      expect(first).toBeGreaterThan(0)
      expect(first).toBeLessThan(latency)
      // All tokens but the first came between that one and the end of the call.
      const least = (((call.output_tokens ?? 0) - 1) * 1000) / (latency - first)
      expect(call.tokens_per_second).toBeGreaterThanOrEqual(least)
    }
    const rows = await written.readTable('text-generation/predictions')
    expect(rows).toMatchObject(
      greedy.map(([prompt, , newTokens, output]) => ({
        prompt,
        output,
        output_tokens: newTokens,
        finish_reason: 'stop',
      })),
    )
    expect(written.summary).toMatchObject({ 'text-generation/tokens_per_second_mean': expect.any(Number) })
  })

  test('in a batch ends each text where the model does', async () => {
    await using tracked = await openTrackedRun()
    const pipe = reportTo(await transformers.pipeline('text-generation', 'tiny-lm'), { run: tracked.run })
    await pipe(['I was charged', 'The dark theme of the mobile app'], { ...settings, max_new_tokens: 40 })
    await pipe(['I was charged'], { ...settings, max_new_tokens: 5 })
    const written = await tracked.finishAndRead()
    const rows = await written.readTable('text-generation/predictions')
    expect(rows[0]).toMatchObject({ output_tokens: 23, finish_reason: 'stop' })
    expect(rows[2]).toMatchObject({ output_tokens: 5, finish_reason: 'length' })
    const [batch] = callsOf(written, 'text-generation')
    expect(batch?.output_tokens).toBe(Number(rows[0]?.output_tokens) + Number(rows[1]?.output_tokens))
  })

  test("leaves the caller's streamer what it gets, and its errors what they do", async () => {
    await using tracked = await openTrackedRun()
    const pipe = await transformers.pipeline('text-generation', 'tiny-lm')
    const collect = async () => {
      const seen: unknown[] = []
      const streamer = {
        put: (tokens: bigint[][]) => void seen.push(structuredClone(tokens)),
        end: () => void seen.push('end'),
      }
      await pipe('I was charged', { ...settings, streamer: streamer as never })
      return seen
    }
    const alone = await collect()
    reportTo(pipe, { run: tracked.run })
    expect(await collect()).toEqual(alone)

    const texts: string[] = []
    const streamer = new transformers.TextStreamer(pipe.tokenizer, {
      skip_prompt: true,
      callback_function: (text: string) => void texts.push(text),
    })
    await pipe('I was charged', { ...settings, streamer })
    expect(texts.join('')).toContain('twice in June')

    const error = new Error('stop')
    const failing = {
      put() {
        throw error
      },
      end() {},
    }
    await expect(pipe('I was charged', { ...settings, streamer: failing as never })).rejects.toBe(error)
    const calls = callsOf(await tracked.finishAndRead(), 'text-generation')
    expect(calls.map((call) => [call.output_tokens, call.error])).toEqual([
      [23, 0],
      [23, 0],
      [undefined, 1],
    ])
  })

  test('takes no notice of arguments that the pipeline refuses', async () => {
    await using tracked = await openTrackedRun()
    const pipe = await transformers.pipeline('text-generation', 'tiny-lm')
    const messageOf = (call: Promise<unknown>) => call.then(String, (error: Error) => error.message)
    const alone = await messageOf(pipe(7 as never))
    reportTo(pipe, { run: tracked.run })
    expect(await messageOf(pipe(7 as never))).toBe(alone)
    expect(await messageOf(pipe('I', null as never))).toContain('null')
  })

  test('calls at the same time keep their own tokens', async () => {
    await using tracked = await openTrackedRun()
    const pipe = reportTo(await transformers.pipeline('text-generation', 'tiny-lm'), { run: tracked.run })
    const counts = [4, 9, 2]
    await Promise.all(counts.map((count) => pipe('I was charged', { ...settings, max_new_tokens: count })))
    await pipe('I was charged', { ...settings, max_new_tokens: 1 })
    const calls = callsOf(await tracked.finishAndRead(), 'text-generation')
    const byCall = calls.toSorted((one, other) => Number(one.call) - Number(other.call))
    expect(byCall.map((call) => [call.input_tokens, call.output_tokens, call.concurrent_calls])).toEqual([
      [3, 4, 0],
      [3, 9, 1],
      [3, 2, 2],
      [3, 1, 0],
    ])
  })
})

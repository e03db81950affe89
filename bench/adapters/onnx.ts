import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { init } from '@lossline/core'
import { classification, evaluate, trackSession } from '@lossline/onnx'
import * as ort from 'onnxruntime-node'
import { type Digit, digitNames, loadDigits } from '../../examples/onnx-digits/digits.ts'
import type { AdapterScenario, AdapterScenarios } from './scenario.ts'

const batchSize = 64

/**
 * The small network of the example, on one core: the smaller a model, the more a call costs that is logged.
 *
 * Measurements of a millisecond, and many of them: most fit between two of the times when a busy machine takes the core away, so
 * that their median is not about other programs.
 */
export async function openOnnxScenarios(): Promise<AdapterScenarios> {
  const folder = mkdtempSync(join(tmpdir(), 'lossline-bench-'))
  const run = await init({ project: 'bench', dir: folder, mode: 'local', silent: true, console: 'off' })
  const path = fileURLToPath(new URL('../../examples/onnx-digits/models/digits-cnn.onnx', import.meta.url))
  const open = () => ort.InferenceSession.create(path, { intraOpNumThreads: 1 })
  const { test, training } = loadDigits()
  const digits = [...test, ...training]
  const toFeeds = (some: readonly Digit[]) => ({
    image: new ort.Tensor('float32', Float32Array.from(some.flatMap(({ pixels }) => [...pixels])), [
      some.length,
      1,
      8,
      8,
    ]),
  })
  const callsOf = async (session: ort.InferenceSession, feeds: ReturnType<typeof toFeeds>, count: number) => {
    for (let call = 0; call < count; call += 1) await session.run(feeds)
  }
  const trackScenario = async (
    name: string,
    [count, size]: readonly [number, number],
    logIntervalMs?: number,
  ): Promise<AdapterScenario> => {
    const [plain, tracked] = [await open(), trackSession(await open(), { run, name, logIntervalMs })]
    const feeds = toFeeds(digits.slice(0, size))
    const isDefault = logIntervalMs === undefined
    return {
      ...{ name, isDefault, rounds: isDefault ? 1_001 : 301 },
      plain: () => callsOf(plain, feeds, count),
      tracked: () => callsOf(tracked, feeds, count),
    }
  }

  const session = await open()
  /** What one writes who wants to know the accuracy and nothing else. */
  const countByHand = async () => {
    let correct = 0
    for (let start = 0; start < digits.length; start += batchSize) {
      const batch = digits.slice(start, start + batchSize)
      const { logits } = await session.run(toFeeds(batch))
      const scores = logits?.data as Float32Array
      for (const [index, { label }] of batch.entries()) {
        const row = scores.subarray(10 * index, 10 * (index + 1))
        if (row.indexOf(Math.max(...row)) === label) correct += 1
      }
    }
    return correct / digits.length
  }
  const evaluateAll = (confidence?: false) =>
    evaluate({
      session,
      data: digits,
      batchSize,
      feeds: ({ pixels }) => ({ image: new ort.Tensor('float32', pixels, [1, 1, 8, 8]) }),
      decode: ({ logits }, { label }) => ({ label, scores: logits?.numbers }),
      task: classification({ labels: digitNames, scores: 'logits' }),
      warmUpRuns: 0,
      confidence,
      run,
    })
  const evaluateScenario = (name: string, confidence?: false): AdapterScenario => ({
    ...{ name, isDefault: false },
    plain: countByHand,
    tracked: () => evaluateAll(confidence),
  })
  return {
    scenarios: [
      await trackScenario('10 calls of 64 images', [10, 64]),
      await trackScenario('100 calls of one image', [100, 1]),
      await trackScenario('100 calls of one image, each a row', [100, 1], 0),
      // Metrics, tables and curves, beside a loop that only counts; then with intervals, from 1,000 samples of the rows.
      evaluateScenario(`evaluate ${digits.length} images, no intervals`, false),
      evaluateScenario(`evaluate ${digits.length} images`),
    ],
    async [Symbol.asyncDispose]() {
      await run.finish()
      rmSync(folder, { recursive: true })
    },
  }
}

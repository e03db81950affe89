import { setTimeout } from 'node:timers/promises'
import * as lossline from '@lossline/core'
import * as ort from 'onnxruntime-node'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type OnnxProblem, type SessionLike, trackingOf, trackSession } from '../src/index.ts'
import { digitsModel } from './digits.ts'
import { openTrackedRun } from './tracked-run.ts'

const feedsOf = (count: number) => ({
  image: new ort.Tensor('float32', new Float32Array(64 * count), [count, 1, 8, 8]),
})

test('every call can be a row, and the summary has their percentiles', async () => {
  await using tracked = await openTrackedRun()
  const session = await ort.InferenceSession.create(digitsModel)
  expect(trackSession(session, { run: tracked.run, logIntervalMs: 0 })).toBe(session)
  for (const count of [1, 4, 4]) await session.run(feedsOf(count))
  const { rows, summary, config, definitions, readTable } = await tracked.finishAndRead()
  const calls = rows.filter((row) => 'onnx/latency_ms' in row)
  expect(calls.map((row) => [row['onnx/calls'], row['onnx/batch_size'], row['onnx/errors']])).toEqual([
    [1, 1, 0],
    [2, 4, 0],
    [3, 4, 0],
  ])
  for (const row of calls) expect(row['onnx/latency_ms']).toBeGreaterThan(0)
  expect(definitions['onnx/*']).toBe('onnx/calls')
  expect(summary).toMatchObject({ 'onnx/calls': 3, 'onnx/rows': 9, 'onnx/errors': 0 })
  expect(summary['onnx/memory_peak_bytes']).toBeGreaterThan(0)
  // Two calls warm up.
  expect(summary['onnx/latency_ms_p50']).toBe(calls[2]?.['onnx/latency_ms'])
  expect(config).toMatchObject({
    sessions: { onnx: { inputs: { image: 'float32[batch,1,8,8]' }, outputs: { logits: 'float32[batch,10]' } } },
  })
  expect((await readTable('onnx/shapes')).map(({ input_shapes, calls }) => [input_shapes, calls])).toEqual([
    ['image[1,1,8,8]', 1],
    ['image[4,1,8,8]', 2],
  ])
})

test('calls of an interval are one row, the last of which comes with the end of the run', async () => {
  await using tracked = await openTrackedRun()
  const session = await ort.InferenceSession.create(digitsModel)
  trackSession(session, { run: tracked.run, name: 'digits', logIntervalMs: 60_000 })
  for (let count = 0; count < 50; count += 1) await session.run(feedsOf(2))
  const { rows, summary } = await tracked.finishAndRead()
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ 'digits/calls': 50, 'digits/batch_size': 2, 'digits/concurrent_calls': 0 })
  expect(summary['digits/memory_peak_bytes']).toBeGreaterThan(0)
})

test('of many shapes the first two hundred have a row each', async () => {
  await using tracked = await openTrackedRun()
  const session = trackSession(
    { inputNames: ['in'], outputNames: [], run: async (_feeds: object) => ({}) },
    { run: tracked.run },
  )
  for (let length = 1; length <= 205; length += 1) await session.run({ in: { dims: [1, length] } })
  const rows = await (await tracked.finishAndRead()).readTable('onnx/shapes')
  expect(rows).toHaveLength(201)
  expect(rows.at(-1)).toMatchObject({ input_shapes: 'others', calls: 5 })
})

test('results, errors, this and identity are those of the session alone', async () => {
  await using tracked = await openTrackedRun()
  const bare = await ort.InferenceSession.create(digitsModel)
  const expected = await bare.run(feedsOf(3))
  const session = trackSession(await ort.InferenceSession.create(digitsModel), { run: tracked.run })
  expect(session).toBeInstanceOf(ort.InferenceSession)
  expect(session.inputNames).toEqual(['image'])
  expect(await session.run(feedsOf(3))).toEqual(expected)
  expect(Object.keys(await session.run(feedsOf(3), ['logits'], { tag: 'x' }))).toEqual(['logits'])

  const wrong = { image: new ort.Tensor('float32', [1], [1]) }
  const reason = await bare.run(wrong).catch((error: Error) => error.message)
  await expect(session.run(wrong)).rejects.toThrow(String(reason))
  await expect((async () => session.run({} as never))()).rejects.toThrow(/image/)
  const { summary } = await tracked.finishAndRead()
  expect(summary).toMatchObject({ 'onnx/calls': 4, 'onnx/errors': 2 })
  expect(summary['onnx/last_error']).toMatch(/image/)
})

test('a rejection that nobody handles stays one', async () => {
  await using tracked = await openTrackedRun()
  const failure = new Error('out of memory')
  const session = trackSession(
    { inputNames: ['in'], outputNames: [], run: (): Promise<never> => Promise.reject(failure) },
    { run: tracked.run },
  )
  const seen: unknown[] = []
  const listeners = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', (reason) => seen.push(reason))
  void session.run()
  await setTimeout(20)
  process.removeAllListeners('unhandledRejection')
  for (const listener of listeners) process.on('unhandledRejection', listener)
  expect(seen).toEqual([failure])
})

test('calls that overlap say so', async () => {
  await using tracked = await openTrackedRun()
  const session = trackSession(await ort.InferenceSession.create(digitsModel), { run: tracked.run, logIntervalMs: 0 })
  await Promise.all([1, 2, 3].map((count) => session.run(feedsOf(count))))
  const { rows } = await tracked.finishAndRead()
  const calls = rows.filter((row) => 'onnx/latency_ms' in row)
  expect(calls.map((row) => row['onnx/concurrent_calls'])).toEqual([0, 1, 2])
})

test('the throughput of calls that overlap is that of the session', async () => {
  await using tracked = await openTrackedRun()
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const session = trackSession(
    {
      inputNames: [],
      outputNames: [],
      run: (ms: number) => new Promise((resolve) => globalThis.setTimeout(resolve, ms)),
    },
    { run: tracked.run, logIntervalMs: 60_000 },
  )
  // Four calls of one row in a second, most of them at the same time, and one a second later.
  const calls = Promise.all([1_000, 250, 500, 750].map((ms) => session.run(ms)))
  await vi.advanceTimersByTimeAsync(2_000)
  await calls
  const last = session.run(1_000)
  await vi.advanceTimersByTimeAsync(1_000)
  await last
  vi.useRealTimers()
  const { rows, summary } = await tracked.finishAndRead()
  expect(rows[0]).toMatchObject({ 'onnx/latency_ms': 700, 'onnx/rows_per_second': 2.5 })
  expect(summary['onnx/rows_per_second']).toBe(2.5)
})

test('tracking is undone without a trace, and twice is once', async () => {
  await using tracked = await openTrackedRun()
  const problems: OnnxProblem[] = []
  const session = await ort.InferenceSession.create(digitsModel)
  const options = { run: tracked.run, onProblem: (problem: OnnxProblem) => problems.push(problem) }
  trackSession(trackSession(session, options), options)
  expect(problems.map(({ code }) => code)).toEqual(['onnx-already-tracked'])
  await session.run(feedsOf(1))
  trackingOf(session)?.undo()
  expect([Object.hasOwn(session, 'run'), Object.hasOwn(session, 'release')]).toEqual([false, false])
  expect(trackingOf(session)).toBeUndefined()
  await session.run(feedsOf(1))
  expect((await tracked.finishAndRead()).summary['onnx/calls']).toBe(1)
})

test('a session that cannot be changed works, and says that it is not seen', async () => {
  await using tracked = await openTrackedRun()
  const problems: OnnxProblem[] = []
  const session = Object.freeze({ inputNames: [], outputNames: [], run: async () => ({}) })
  trackSession(session, { run: tracked.run, onProblem: (problem) => problems.push(problem) })
  expect(await session.run()).toEqual({})
  expect(trackingOf(session)).toBeUndefined()
  expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('frozen')])
})

test('two sessions of a run have rows of their own, and release flushes', async () => {
  await using tracked = await openTrackedRun()
  const [one, other] = [await ort.InferenceSession.create(digitsModel), await ort.InferenceSession.create(digitsModel)]
  for (const session of [one, other]) trackSession(session, { run: tracked.run })
  await one.run(feedsOf(1))
  await other.run(feedsOf(2))
  await one.release()
  expect(tracked.run.summary.get('onnx/rows')).toBe(1)
  expect(tracked.run.summary.get('onnx-2/rows')).toBeUndefined()
  await expect(one.run(feedsOf(1))).rejects.toThrow(/disposed/)
  expect((await tracked.finishAndRead()).summary).toMatchObject({ 'onnx-2/rows': 2 })
})

test('the active run at a call gets it; without one the session works, with one warning', async () => {
  const problems: OnnxProblem[] = []
  const session = trackSession(await ort.InferenceSession.create(digitsModel), {
    onProblem: (problem) => problems.push(problem),
  })
  await session.run(feedsOf(1))
  await session.run(feedsOf(1))
  expect(problems.map(({ code }) => code)).toEqual(['onnx-no-run'])
  await using tracked = await openTrackedRun({ reinit: 'finishPrevious' })
  expect(lossline.activeRun()).toBe(tracked.run)
  await session.run(feedsOf(5))
  expect((await tracked.finishAndRead()).summary['onnx/rows']).toBe(5)
  await expect(session.run(feedsOf(1))).resolves.toBeDefined()
})

test('a run that fails leaves the session as it is', async () => {
  const problems: OnnxProblem[] = []
  const broken = {
    log: () => {
      throw new Error('no')
    },
    defineMetric: () => {
      throw new Error('no run')
    },
    config: { update: () => {} },
    summary: { update: () => {} },
    isFinished: false,
  }
  const session = trackSession(await ort.InferenceSession.create(digitsModel), {
    run: broken,
    onProblem: (problem) => problems.push(problem),
  })
  for (let count = 0; count < 3; count += 1) expect((await session.run(feedsOf(1))).logits?.dims).toEqual([1, 10])
  expect(problems.map(({ code, message }) => [code, message])).toEqual([
    ['onnx-observer-failed', 'Something could not be logged: no run'],
  ])
})

test.each([
  [undefined, {}],
  [{}, {}],
  [{ inputNames: [], outputNames: [], run: async () => ({}) }, { name: '' }],
  [{ inputNames: [], outputNames: [], run: async () => ({}) }, { logIntervalMs: -1 }],
])('%o with %o is refused', (session, options) => {
  expect(() => trackSession(session as SessionLike, options)).toThrow(expect.objectContaining({ code: 'onnx-option' }))
})

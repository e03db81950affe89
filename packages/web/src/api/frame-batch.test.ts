import type { SeriesFrame, SeriesRequest } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { ApiError, ServerUnreachableError } from './client.ts'
import { createFrameBatch } from './frame-batch.ts'

const requestOf = (key: string, more: Partial<SeriesRequest> = {}): SeriesRequest => ({
  entity: 'e',
  project: 'p',
  runIds: ['a'],
  key,
  x: { kind: 'step' },
  buckets: 64,
  ...more,
})
/** A frame that says whose answer it is by its grid. */
const frameOf = ({ key }: SeriesRequest): SeriesFrame => ({
  grid: { from: 0, to: Number(key), count: 16, scale: 'linear' },
  series: [],
})
const never = new AbortController().signal

function createServer({ isBroken = () => false }: { readonly isBroken?: (key: string) => boolean } = {}) {
  const alone: string[] = []
  const together: string[][] = []
  const signals: AbortSignal[] = []
  const batch = createFrameBatch(
    async (request) => {
      alone.push(request.key as string)
      if (isBroken(request.key as string)) throw new Error(`${request.key} is broken`)
      return frameOf(request)
    },
    async (requests, signal) => {
      signals.push(signal)
      together.push(requests.map(({ key }) => key as string))
      await Promise.resolve()
      if (requests.some(({ key }) => isBroken(key as string))) throw new ApiError(404, {})
      return requests.map(frameOf)
    },
  )
  return { alone, together, signals, batch }
}

test('what is asked for in one task is one request, and each gets its answer', async () => {
  const { alone, together, batch } = createServer()
  const frames = await Promise.all(['1', '2', '3'].map((key) => batch(requestOf(key), never)))
  expect(frames.map(({ grid }) => grid.to)).toEqual([1, 2, 3])
  expect([alone, together]).toEqual([[], [['1', '2', '3']]])
  await batch(requestOf('4'), never)
  expect(alone).toEqual(['4'])
})

test('one that fails does not take the others with it', async () => {
  const { batch } = createServer({ isBroken: (key) => key === '2' })
  const results = await Promise.allSettled(['1', '2', '3'].map((key) => batch(requestOf(key), never)))
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test.each([new ApiError(429, {}), new ApiError(503, {}), new ServerUnreachableError(new TypeError('refused'))])(
  'a server that cannot answer is not asked again for each: %s',
  async (error) => {
    const alone: string[] = []
    const batch = createFrameBatch(
      async (request) => {
        alone.push(request.key as string)
        return frameOf(request)
      },
      () => Promise.reject(error),
    )
    const results = await Promise.allSettled(['1', '2', '3'].map((key) => batch(requestOf(key), never)))
    expect(results).toEqual(Array(3).fill({ status: 'rejected', reason: error }))
    expect(alone).toEqual([])
  },
)

test('what nobody waits for any more is left out; when that is all, the request is given up', async () => {
  const { together, signals, batch } = createServer()
  const early = new AbortController()
  const late = [new AbortController(), new AbortController()]
  const results = Promise.allSettled([
    batch(requestOf('1'), early.signal),
    ...late.map(({ signal }, i) => batch(requestOf(String(i + 2)), signal)),
  ])
  early.abort(new Error('scrolled away'))
  await Promise.resolve()
  late[0]?.abort()
  expect(signals.map(({ aborted }) => aborted)).toEqual([false])
  late[1]?.abort()
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(together).toEqual([['2', '3']])
})

test('no request is larger than the server takes, or answered with more than fits', async () => {
  const { alone, together, batch } = createServer()
  const manyRuns = Array.from({ length: 1000 }, (_, i) => `r${i}`)
  await Promise.all(Array.from({ length: 250 }, (_, i) => batch(requestOf(String(i)), never)))
  expect(together.splice(0).map(({ length }) => length)).toEqual([100, 100, 50])
  await Promise.all(
    ['1', '2', '3', '4', '5'].map((key) => batch(requestOf(key, { runIds: manyRuns, buckets: 192 }), never)),
  )
  expect(together.splice(0).map(({ length }) => length)).toEqual([2, 2])
  expect(alone).toEqual(['5'])
})

import { afterEach, expect, test, vi } from 'vitest'
import type { SoundSamples, Spectrogram } from './spectrogram.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

const soundOf = (sampleRate: number): SoundSamples => ({ samples: new Float32Array(4), sampleRate })
const spectrogramOf = (columnCount: number): Spectrogram => ({
  columnCount,
  rowCount: 1,
  levels: new Uint8Array(columnCount),
  lowHz: 30,
  highHz: 8000,
  loudestHz: undefined,
})
const never = new AbortController().signal

/** A thread that says which sounds it was sent, by their sample rates, and answers when it is told to. */
async function startThread() {
  const sent: number[] = []
  const threads: FakeWorker[] = []
  class FakeWorker {
    onmessage: ((event: { readonly data: Spectrogram }) => void) | undefined
    onerror: (() => void) | undefined
    constructor() {
      threads.push(this)
    }
    postMessage({ sampleRate }: SoundSamples): void {
      sent.push(sampleRate)
    }
    terminate(): void {}
  }
  vi.stubGlobal('Worker', FakeWorker)
  const { spectrogramBeside } = await import('./spectrogram-thread.ts')
  return { sent, threads, spectrogramBeside, answer: (data: Spectrogram) => threads.at(-1)?.onmessage?.({ data }) }
}

test('sounds are sent one after the other, and each gets its own spectrogram', async () => {
  const { sent, spectrogramBeside, answer } = await startThread()
  const all = Promise.all([1, 2].map((rate) => spectrogramBeside(soundOf(rate), never)))
  expect(sent).toEqual([1])
  answer(spectrogramOf(10))
  expect(sent).toEqual([1, 2])
  answer(spectrogramOf(20))
  expect((await all).map(({ columnCount }) => columnCount)).toEqual([10, 20])
})

test('a sound that nobody waits for any more is not sent, and does not hold up the next', async () => {
  const { sent, spectrogramBeside, answer } = await startThread()
  const given = [1, 2].map(() => new AbortController())
  const results = Promise.allSettled([
    ...given.map(({ signal }, i) => spectrogramBeside(soundOf(i + 1), signal)),
    spectrogramBeside(soundOf(3), never),
  ])
  for (const one of given) one.abort()
  answer(spectrogramOf(10))
  answer(spectrogramOf(30))
  expect(sent).toEqual([1, 3])
  const [first, second, third] = await results
  expect([first?.status, second?.status]).toEqual(['rejected', 'rejected'])
  expect(third).toMatchObject({ status: 'fulfilled', value: { columnCount: 30 } })
})

test('a thread that fails tells all who wait, and the next sound gets a new one', async () => {
  const { threads, spectrogramBeside, answer } = await startThread()
  const results = Promise.allSettled([1, 2].map((rate) => spectrogramBeside(soundOf(rate), never)))
  threads[0]?.onerror?.()
  expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const next = spectrogramBeside(soundOf(3), never)
  answer(spectrogramOf(30))
  expect((await next).columnCount).toBe(30)
  expect(threads).toHaveLength(2)
})

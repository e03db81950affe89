import { type Histogram, type IntervalHistogram, monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import type { Readings } from './readings.ts'

/** What the training thread shares about itself; can be sent to another thread. */
export interface SharedThreadFacts {
  /** See {@link word}. Only the training thread writes, except that the reader sets `longestStandstillMs` back to 0. */
  readonly words: Float64Array
  /** Delays of the event loop in nanoseconds, counted by Node itself without any JavaScript. */
  readonly delays: Histogram
}

/** The training thread's end. */
export interface ThreadFacts {
  readonly shared: SharedThreadFacts
  /** Called when the event loop turns, every {@link turnIntervalMs} unless it stands still. Publishes too. */
  noteTurn(timeMs: number): void
  /** Looks at heap and use of the loop; a few microseconds. */
  publish(): void
  close(): void
}

/** The training thread shows this often that its event loop turns. */
export const turnIntervalMs = 250

// The histogram counts how long it is from one tick of its timer to the next; longer ones cost less and see less.
const resolutionMs = 20
const mebibyte = 2 ** 20

const word = {
  lastTurnMs: 0,
  /** Longest time without a turn since the reader looked. */
  longestStandstillMs: 1,
  heapUsedBytes: 2,
  heapTotalBytes: 3,
  heapLimitBytes: 4,
  externalBytes: 5,
  loopIdleMs: 6,
  loopActiveMs: 7,
} as const

const wordCount = 8

/** Starts to measure the calling thread. Costs it about 50 native timer ticks a second. */
export function createThreadFacts(nowMs: () => number): ThreadFacts {
  const words = new Float64Array(new SharedArrayBuffer(wordCount * Float64Array.BYTES_PER_ELEMENT))
  const delays: IntervalHistogram = monitorEventLoopDelay({ resolution: resolutionMs })
  delays.enable()
  words[word.lastTurnMs] = nowMs()

  function publish(): void {
    const heap = getHeapStatistics()
    const { idle, active } = performance.eventLoopUtilization()
    words[word.heapUsedBytes] = heap.used_heap_size
    words[word.heapTotalBytes] = heap.total_heap_size
    words[word.heapLimitBytes] = heap.heap_size_limit
    words[word.externalBytes] = heap.external_memory
    words[word.loopIdleMs] = idle
    words[word.loopActiveMs] = active
  }
  publish()

  return {
    shared: { words, delays },
    noteTurn(timeMs) {
      const standstillMs = timeMs - (words[word.lastTurnMs] as number) - turnIntervalMs
      words[word.lastTurnMs] = timeMs
      if (standstillMs > (words[word.longestStandstillMs] as number)) words[word.longestStandstillMs] = standstillMs
      publish()
    },
    publish,
    close() {
      delays.disable()
    },
  }
}

/** Reads the facts, in any thread. The delays are those since the last call. */
export function createThreadFactsReader({ words, delays }: SharedThreadFacts): {
  read(readings: Readings, timeMs: number): void
} {
  let before = { idleMs: 0, activeMs: 0 }

  function readDelays(readings: Readings, timeMs: number): void {
    const standstillMs = Math.max(
      words[word.longestStandstillMs] as number,
      timeMs - (words[word.lastTurnMs] as number) - turnIntervalMs,
    )
    words[word.longestStandstillMs] = 0
    // A loop that has not turned at all has no ticks either: then the standstill is all there is to say.
    const toDelayMs = (tickNs: number): number =>
      delays.count === 0 ? Math.max(0, standstillMs) : Math.max(0, tickNs / 1e6 - resolutionMs)
    readings.set('proc.node.eventLoopDelay.meanMs', toDelayMs(delays.mean))
    readings.set('proc.node.eventLoopDelay.p99Ms', toDelayMs(delays.percentile(99)))
    readings.set('proc.node.eventLoopDelay.maxMs', Math.max(toDelayMs(delays.max), standstillMs, 0))
    delays.reset()
  }

  function readUtilization(readings: Readings): void {
    const now = { idleMs: words[word.loopIdleMs] as number, activeMs: words[word.loopActiveMs] as number }
    const activeMs = now.activeMs - before.activeMs
    const wholeMs = activeMs + now.idleMs - before.idleMs
    before = now
    if (wholeMs > 0) readings.set('proc.node.eventLoopUtilizationPercent', (100 * activeMs) / wholeMs)
  }

  return {
    read(readings, timeMs) {
      readDelays(readings, timeMs)
      readUtilization(readings)
      readings.set('proc.node.heapUsedMB', (words[word.heapUsedBytes] as number) / mebibyte)
      readings.set('proc.node.heapTotalMB', (words[word.heapTotalBytes] as number) / mebibyte)
      readings.set('proc.node.heapLimitMB', (words[word.heapLimitBytes] as number) / mebibyte)
      readings.set('proc.node.externalMB', (words[word.externalBytes] as number) / mebibyte)
    },
  }
}

import { median } from '../lib/measure.ts'
import type { AdapterScenario } from './scenario.ts'

/** What an adapter costs. */
export interface Overhead {
  /** Median of the ratios of neighbouring measurements, less one: 0.02 for 2 %. */
  readonly share: number
  /** Middle half of these. */
  readonly spread: readonly [number, number]
  /** Median time of the work without the adapter. */
  readonly plainMs: number
}

// The code of an adapter runs with each call, a thousandth of the time: the engine compiles it late.
const warmUpMs = 4_000

/**
 * Measures both in turns, first one and then the other first. Each measurement is compared with its neighbour only, so that
 * a machine that becomes slower does not count as a cost of the adapter.
 */
export async function measureOverhead({ plain, tracked, rounds = 15 }: AdapterScenario): Promise<Overhead> {
  const ratios: number[] = []
  const plainTimesMs: number[] = []
  const warmAtMs = performance.now() + warmUpMs
  while (performance.now() < warmAtMs) {
    await plain()
    await tracked()
  }
  for (let round = 0; round < rounds; round += 1) {
    const isPlainFirst = round % 2 === 0
    const firstMs = await timeOf(isPlainFirst ? plain : tracked)
    const secondMs = await timeOf(isPlainFirst ? tracked : plain)
    ratios.push(isPlainFirst ? secondMs / firstMs : firstMs / secondMs)
    plainTimesMs.push(isPlainFirst ? firstMs : secondMs)
  }
  const sorted = ratios.toSorted((a, b) => a - b).map((ratio) => ratio - 1)
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
  return { share: median(ratios) - 1, spread: [at(0.25), at(0.75)], plainMs: median(plainTimesMs) }
}

async function timeOf(work: () => unknown): Promise<number> {
  const startMs = performance.now()
  await work()
  return performance.now() - startMs
}

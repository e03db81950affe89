import type { RandomSource } from './random-source.ts'

/**
 * Points that fill a cube evenly, however many are taken: the additive sequence of Martin Roberts (2018) by the generalised golden
 * ratio, moved as a whole by the seed.
 *
 * @param skip - How many points from the start on were taken before.
 */
export function quasiRandomPoints(
  dimensionCount: number,
  count: number,
  { random, skip = 0 }: { readonly random: RandomSource; readonly skip?: number },
): readonly (readonly number[])[] {
  const ratio = generalGoldenRatio(dimensionCount)
  const axes = Array.from({ length: dimensionCount }, (_, axis) => ({
    start: random.uniform(),
    // The remainder first: powers of the ratio are small, and products with a count lose digits.
    step: ratio ** -(axis + 1) % 1,
  }))
  return Array.from({ length: count }, (_, i) => axes.map(({ start, step }) => (start + (skip + i + 1) * step) % 1))
}

/** The positive root of x^(d + 1) = x + 1. */
function generalGoldenRatio(dimensionCount: number): number {
  let ratio = 2
  for (let i = 0; i < 60; i++) ratio = (1 + ratio) ** (1 / (dimensionCount + 1))
  return ratio
}

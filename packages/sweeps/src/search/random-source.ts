/** Numbers that look random, all told by a seed. */
export interface RandomSource {
  /** Evenly distributed in [0, 1), with 32 random bits. */
  uniform(): number
  /** Of the standard normal distribution. */
  normal(): number
  /** An integer in [0, count). */
  index(count: number): number
}

/** A source by the generator sfc32 (Chris Doty-Humphrey's PractRand), whose state is filled from the seed. */
export function createRandomSource(seed: number): RandomSource {
  let a = 0x9e3779b9 | 0
  let b = seed | 0
  let c = Math.floor(seed / 2 ** 32) | 0
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  // Seeds that differ little lead to states that differ little at first.
  for (let i = 0; i < 15; i++) next()
  return {
    uniform: next,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    index: (count) => Math.floor(next() * count),
  }
}

/**
 * Random numbers from 0 to below 1 that depend on the seed alone: xoshiro128** (Blackman and Vigna 2018), whose state splitmix32
 * fills. Not for secrets.
 *
 * @param seed - An integer; its lowest 32 bits count.
 */
export function createSeededRandom(seed: number): () => number {
  const state = new Uint32Array(4)
  let mixed = seed >>> 0
  for (let index = 0; index < state.length; index += 1) {
    mixed = (mixed + 0x9e3779b9) >>> 0
    let word = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97)
    state[index] = word ^ (word >>> 15)
  }
  return () => {
    const result = Math.imul(rotate(Math.imul(state[1]!, 5), 7), 9) >>> 0
    const shifted = state[1]! << 9
    state[2]! ^= state[0]!
    state[3]! ^= state[1]!
    state[1]! ^= state[2]!
    state[0]! ^= state[3]!
    state[2]! ^= shifted
    state[3] = rotate(state[3]!, 11)
    return result / 2 ** 32
  }
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}

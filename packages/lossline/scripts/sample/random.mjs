/** Numbers in [0, 1) that a seed decides (mulberry32). */
export function createRandom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A number around 0 with a standard deviation of 1, near enough to a normal one for pictures and curves. */
export function around0(random) {
  return (random() + random() + random() + random() - 2) * Math.sqrt(3)
}

/** With so many significant digits: what nobody sees costs bytes. */
export function round(value, digits = 4) {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : value
}

/** The regularised incomplete beta function and its inverse: the distribution function and quantiles of a beta distribution. */

const termsMax = 400
const stepsMax = 200
const tiny = 1e-300

/**
 * I(x; a, b). Continued fraction of Abramowitz and Stegun 26.5.8, by Lentz's method; a or b of 0 puts all weight on that end.
 *
 * @param x - In [0, 1]; clamped to it.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (a === 0) return 1
  if (b === 0) return 0
  // The fraction converges quickly on this side of the mean.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a
  return Math.min(1, front * continuedFraction(x, a, b))
}

function continuedFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m <= termsMax; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / nonZero(1 + even * d)
    c = nonZero(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonZero(1 + odd * d)
    c = nonZero(1 + odd / c)
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return fraction
}

const nonZero = (value: number): number => (Math.abs(value) < tiny ? tiny : value)

/** The x with I(x; a, b) = p, by halving and Newton's method in turns. */
export function inverseIncompleteBeta(p: number, a: number, b: number): number {
  if (p <= 0) return 0
  if (p >= 1) return 1
  if (a === 0) return 0
  if (b === 0) return 1
  let low = 0
  let high = 1
  let x = a / (a + b)
  for (let i = 0; i < stepsMax; i++) {
    const error = incompleteBeta(x, a, b) - p
    if (error > 0) high = x
    else low = x
    const density = Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logBeta(a, b))
    const newton = x - error / density
    const next = newton > low && newton < high ? newton : between(low, high)
    if (Math.abs(next - x) <= 1e-16 * Math.max(x, 1e-300)) return next
    x = next
  }
  return x
}

/** Halves the interval, or its orders of magnitude where it has many: a beta distribution may lie at 1e-200. */
function between(low: number, high: number): number {
  return high > 100 * low && high < 0.5 ? Math.sqrt(Math.max(low, tiny) * high) : (low + high) / 2
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b)
}

/** ln Γ(x) for x > 0, by Stirling's series (Abramowitz and Stegun 6.1.41) from 12 on and the recurrence below it. */
function logGamma(x: number): number {
  let shift = 0
  let z = x
  while (z < 12) {
    shift += Math.log(z)
    z++
  }
  const square = 1 / (z * z)
  const series =
    (1 / 12 -
      square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - (square * 691) / 360360))))) /
    z
  return (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + series - shift
}

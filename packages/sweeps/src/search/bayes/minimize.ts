/** A function to make small, which also fills in its gradient. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number

/** The smallest value that was found, and where. */
export interface Minimum {
  readonly x: Float64Array
  readonly value: number
}

const memory = 6
const halvingsMax = 12
/** Armijo's condition: a step must bring this share of what the slope promises. */
const sufficientShare = 1e-4

/**
 * Walks downhill inside a box: limited-memory BFGS (Nocedal and Wright, algorithm 7.4) on the coordinates that no bound holds, with
 * steps that are cut off at the bounds and halved until they help.
 *
 * @param start - Moved into the box.
 */
export function minimize(
  objective: Objective,
  start: ArrayLike<number>,
  box: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> },
  { iterationsMax, tolerance = 1e-6 }: { readonly iterationsMax: number; readonly tolerance?: number },
): Minimum {
  const size = start.length
  const inBox = (value: number, i: number): number => Math.min(box.high[i]!, Math.max(box.low[i]!, value))
  let x = Float64Array.from(start, inBox)
  let gradient = new Float64Array(size)
  let value = objective(x, gradient)
  const pairs: Pair[] = []
  for (let iteration = 0; iteration < iterationsMax; iteration++) {
    const isHeld = (i: number): boolean =>
      (x[i]! <= box.low[i]! && gradient[i]! > 0) || (x[i]! >= box.high[i]! && gradient[i]! < 0)
    const free = gradient.map((slope, i) => (isHeld(i) ? 0 : slope))
    if (largest(free) < tolerance) break
    let direction = descent(free, pairs).map((step, i) => (free[i] === 0 ? 0 : step))
    if (!(dot(direction, gradient) < 0)) {
      pairs.length = 0
      direction = free.map((slope) => -slope)
    }
    // Without curvature known the first step is short.
    let scale = pairs.length === 0 ? Math.min(1, 0.2 / largest(direction)) : 1
    const before = value
    const nextGradient = new Float64Array(size)
    let next = x
    let nextValue = Number.POSITIVE_INFINITY
    for (let i = 0; i < halvingsMax; i++, scale /= 2) {
      next = x.map((at, j) => inBox(at + scale * direction[j]!, j))
      nextValue = objective(next, nextGradient)
      let promised = 0
      for (let j = 0; j < size; j++) promised += gradient[j]! * (next[j]! - x[j]!)
      if (nextValue <= value + sufficientShare * promised) break
    }
    if (!(nextValue < before)) break
    remember(pairs, x, next, gradient, nextGradient)
    x = next
    gradient = nextGradient
    value = nextValue
    if (before - value < tolerance * 1e-3 * Math.max(1, Math.abs(value))) break
  }
  return { x, value }
}

/** How the gradient changed along a step. */
interface Pair {
  readonly step: Float64Array
  readonly change: Float64Array
  readonly rho: number
}

function remember(pairs: Pair[], x: Float64Array, next: Float64Array, before: Float64Array, after: Float64Array): void {
  const step = next.map((at, i) => at - x[i]!)
  const change = after.map((slope, i) => slope - before[i]!)
  const curvature = dot(step, change)
  if (curvature <= 1e-10 * dot(change, change)) return
  pairs.push({ step, change, rho: 1 / curvature })
  if (pairs.length > memory) pairs.shift()
}

/** Two loops over what is remembered turn a slope into a step. */
function descent(slope: Float64Array, pairs: readonly Pair[]): Float64Array {
  const direction = slope.map((one) => -one)
  const alphas: number[] = []
  for (const { step, change, rho } of pairs.toReversed()) {
    const alpha = rho * dot(step, direction)
    alphas.unshift(alpha)
    add(direction, -alpha, change)
  }
  const last = pairs.at(-1)
  if (last !== undefined) {
    const shrink = 1 / (last.rho * dot(last.change, last.change))
    for (let i = 0; i < direction.length; i++) direction[i]! *= shrink
  }
  for (const [i, { step, change, rho }] of pairs.entries())
    add(direction, alphas[i]! - rho * dot(change, direction), step)
  return direction
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let i = 0; i < one.length; i++) sum += one[i]! * other[i]!
  return sum
}

function add(to: Float64Array, factor: number, what: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * what[i]!
}

function largest(values: Float64Array): number {
  let most = 0
  for (const value of values) most = Math.max(most, Math.abs(value))
  return most
}

/** A part of the cube: bounds along each axis. */
export interface Box {
  readonly low: readonly number[]
  readonly high: readonly number[]
}

/** All of a cube. */
export function wholeCube(axisCount: number): Box {
  return { low: Array.from({ length: axisCount }, () => 0), high: Array.from({ length: axisCount }, () => 1) }
}

/** The point of a box that is nearest to a point. */
export function moveInto({ low, high }: Box, point: readonly number[]): readonly number[] {
  return point.map((share, axis) => Math.min(high[axis]!, Math.max(low[axis]!, share)))
}

/** The point at a share of each side of a box. */
export function pointIn({ low, high }: Box, shares: readonly number[]): readonly number[] {
  return shares.map((share, axis) => low[axis]! + share * (high[axis]! - low[axis]!))
}

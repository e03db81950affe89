const top = 34
const bottom = 26
const side = 60

/** Where the axes of parallel coordinates and places on them are, in CSS pixels. */
export interface ParallelLayout {
  readonly width: number
  readonly height: number
  /** Of the upper ends of all axes. */
  readonly top: number
  /** How long all axes are. */
  readonly innerHeight: number
  /** Of an axis, by its number from 0. */
  readonly leftOf: (index: number) => number
  /** Of a place on an axis, 0 at its lower end and 1 at its upper one. */
  readonly topOf: (place: number) => number
}

/** Axes side by side, with room for their names, and for what is missing below them. */
export function layOutAxes(
  { width, height }: { readonly width: number; readonly height: number },
  axisCount: number,
): ParallelLayout {
  const innerHeight = Math.max(0, height - top - bottom)
  const distance = Math.max(0, width - 2 * side) / (axisCount - 1)
  return {
    width,
    height,
    top,
    innerHeight,
    leftOf: (index) => (axisCount < 2 ? width / 2 : side + index * distance),
    topOf: (place) => top + (1 - place) * innerHeight,
  }
}

/** Below the axes: for half a tick's text, and for the slot of what is missing. */
const [bottom, bottomWithMissing] = [10, 26]
/** From one tick's text to the next, so that both can be read. */
const tickDistance = 12
const side = 60
/** Between the names of axes and what they name: half a tick's text. */
const belowNames = 20
const nameHeight = 14
/** Of a letter of small text, about. */
const letterWidth = 6.3
const letterCountMax = 18
/** Names below one another at most; more would leave the lines little room. */
const nameRowsMax = 3
const betweenNames = 8

/** The name of an axis where it has room. */
export interface AxisName {
  /** Cut where it is too long. */
  readonly text: string
  /** Where its letters stand, in CSS pixels from the top. */
  readonly baseline: number
}

/** Where the axes of parallel coordinates and places on them are, in CSS pixels. */
export interface ParallelLayout {
  readonly width: number
  readonly height: number
  /** Of the axes, in their order. Where they are close together, names next to each other stand at different heights. */
  readonly names: readonly AxisName[]
  /** Of the upper ends of all axes. */
  readonly top: number
  /** How long all axes are. */
  readonly innerHeight: number
  /** Of an axis, by its number from 0. */
  readonly leftOf: (index: number) => number
  /** Of a place on an axis, 0 at its lower end and 1 at its upper one. */
  readonly topOf: (place: number) => number
}

/** Axes side by side, with room for their names, and below them for what is missing, where something is. */
export function layOutAxes(
  { width, height }: { readonly width: number; readonly height: number },
  names: readonly string[],
  hasMissing: boolean,
): ParallelLayout {
  const distance = names.length < 2 ? width : Math.max(0, width - 2 * side) / (names.length - 1)
  const lettersIn = (rows: number): number => Math.max(1, Math.floor((rows * distance - betweenNames) / letterWidth))
  const longest = Math.min(letterCountMax, Math.max(0, ...names.map(({ length }) => length)))
  let rowCount = 1
  while (rowCount < Math.min(nameRowsMax, names.length) && lettersIn(rowCount) < longest) rowCount += 1
  const letterCount = Math.min(letterCountMax, lettersIn(rowCount))
  const top = belowNames + rowCount * nameHeight
  const innerHeight = Math.max(0, height - top - (hasMissing ? bottomWithMissing : bottom))
  return {
    width,
    height,
    names: names.map((name, index) => ({
      text: name.length > letterCount ? `${name.slice(0, letterCount - 1)}…` : name,
      baseline: nameHeight * (1 + (index % rowCount)),
    })),
    top,
    innerHeight,
    leftOf: (index) => (names.length < 2 ? width / 2 : side + index * distance),
    topOf: (place) => top + (1 - place) * innerHeight,
  }
}

/** Ticks whose texts do not cover each other on an axis of this length: from its lower end on. */
export function ticksThatFit<Tick extends { readonly at: number }>(
  ticks: readonly Tick[],
  { innerHeight }: Pick<ParallelLayout, 'innerHeight'>,
): readonly Tick[] {
  const kept: Tick[] = []
  for (const tick of ticks.toSorted((a, b) => a.at - b.at)) {
    const last = kept.at(-1)
    if (last === undefined || (tick.at - last.at) * innerHeight >= tickDistance) kept.push(tick)
  }
  return kept
}

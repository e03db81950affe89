import type { RunSummary, StrictJson } from '@lossline/protocol'
import { formatNumber } from '../text/format.ts'
import type { ParallelColumn } from './parallel-panel.ts'

/** An axis with the places of what runs have on it: 0 at the bottom, 1 at the top. */
export interface ParallelAxis {
  readonly column: ParallelColumn
  /** Undefined: numbers. */
  readonly categories: readonly string[] | undefined
  readonly low: number
  readonly high: number
  readonly ticks: readonly { readonly at: number; readonly text: string }[]
  /** Undefined: the value is missing, and has a slot of its own. */
  placeOf(value: StrictJson | undefined): number | undefined
  /** What stands at a place, rounded; of names the nearest one. */
  textAt(place: number): string
}

/** A run with its place on every axis. */
export interface ParallelLine {
  readonly run: RunSummary
  readonly values: readonly (StrictJson | undefined)[]
  readonly places: readonly (number | undefined)[]
}

/** A part of an axis that was chosen, bottom and top. */
export type Brush = readonly [from: number, to: number]

const tickCount = 5
const everything = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const
/** How clients write numbers that JSON has none for. */
const nonFiniteNames: ReadonlySet<string> = new Set(['NaN', 'Infinity', '-Infinity'])

/** The axis of a column over the values that runs have. */
export function toParallelAxis(column: ParallelColumn, values: readonly (StrictJson | undefined)[]): ParallelAxis {
  const said = values.filter((value) => value !== undefined && value !== null && typeof value !== 'object')
  // Among numbers, what is none has no place, as a value that is missing.
  const finite = said.filter((value) => typeof value === 'number' || !nonFiniteNames.has(String(value)))
  const there = finite.length > 0 ? finite : said
  const flip = (place: number): number => (column.isInverted ? 1 - place : place)
  if (there.some((value) => typeof value !== 'number')) {
    const categories = [...new Set(there.map(String))].sort()
    const at = (index: number): number => flip(categories.length < 2 ? 0.5 : index / (categories.length - 1))
    return {
      column,
      categories,
      low: 0,
      high: categories.length - 1,
      ticks: categories.map((text, index) => ({ at: at(index), text })),
      placeOf: (value) => {
        const index = value === undefined || value === null ? -1 : categories.indexOf(String(value))
        return index < 0 ? undefined : at(index)
      },
      textAt: (place) => categories[Math.round(flip(place) * (categories.length - 1))] ?? '',
    }
  }
  const [least, most] = column.ends ?? everything
  const within = (value: number): number => Math.max(least, Math.min(most, value))
  const all = there.filter((value): value is number => typeof value === 'number')
  const numbers = all.map(within)
  const isLog = column.isLog && numbers.every((value) => value > 0)
  const to = isLog ? Math.log10 : (value: number) => value
  const from = isLog ? (value: number) => 10 ** value : (value: number) => value
  let low = numbers.reduce((a, b) => Math.min(a, to(b)), Number.POSITIVE_INFINITY)
  let high = numbers.reduce((a, b) => Math.max(a, to(b)), Number.NEGATIVE_INFINITY)
  if (!(low < high)) [low, high] = Number.isFinite(low) ? [low - 0.5, low + 0.5] : [0, 1]
  const signOf = (share: number): string => {
    if (share === 0 && all.some((value) => value < least)) return '≤ '
    return share === 1 && all.some((value) => value > most) ? '≥ ' : ''
  }
  const textAt = (share: number): string =>
    `${signOf(share)}${formatNumber(Number(from(low + (high - low) * share).toPrecision(3)))}`
  return {
    column,
    categories: undefined,
    low: from(low),
    high: from(high),
    ticks: tickShares(low, high, !isLog && all.every(Number.isInteger)).map((share) => ({
      at: flip(share),
      text: textAt(share),
    })),
    textAt: (place) => textAt(flip(place)),
    placeOf: (value) =>
      typeof value === 'number' && Number.isFinite(value) ? flip((to(within(value)) - low) / (high - low)) : undefined,
  }
}

/** Where an axis is marked, as shares of it: evenly, or at the whole numbers that are nearest to that. */
function tickShares(low: number, high: number, isWhole: boolean): readonly number[] {
  const shares = Array.from({ length: tickCount }, (_, index) => index / (tickCount - 1))
  if (!isWhole || !Number.isInteger(low)) return shares
  return [...new Set(shares.map((share) => (Math.round(low + (high - low) * share) - low) / (high - low)))]
}

/** Lines of runs over axes. */
export function toParallelLines(
  runs: readonly RunSummary[],
  axes: readonly ParallelAxis[],
  values: ReadonlyMap<string, readonly StrictJson[]>,
): readonly ParallelLine[] {
  return runs.map((run) => {
    const own = values.get(run.runId) ?? []
    return { run, values: own, places: axes.map((axis, index) => axis.placeOf(own[index])) }
  })
}

/** Whether a line goes through all parts that were chosen; a missing value goes through none. */
export function isChosen({ places }: ParallelLine, brushes: ReadonlyMap<number, Brush>): boolean {
  return [...brushes].every(([index, [from, to]]) => {
    const place = places[index]
    return place !== undefined && place >= from && place <= to
  })
}

/** The query that finds the runs whose values lie in the chosen parts. */
export function toQuery(
  axes: readonly ParallelAxis[],
  lines: readonly ParallelLine[],
  brushes: ReadonlyMap<number, Brush>,
): string {
  return [...brushes]
    .flatMap(([index, brush]) => {
      const axis = axes[index]
      if (axis === undefined) return []
      const alone = new Map([[index, brush]])
      const chosen = lines.filter((line) => isChosen(line, alone))
      const values = chosen.map((line) => line.values[index])
      const { key } = axis.column
      if (axis.categories) {
        const names = [...new Set(values.map(String))].map((name) => JSON.stringify(name))
        return names.length > 0 ? [`${key} in [${names.join(', ')}]`] : []
      }
      const numbers = values.filter((value): value is number => typeof value === 'number')
      return numbers.length > 0 ? [`${key} >= ${Math.min(...numbers)} and ${key} <= ${Math.max(...numbers)}`] : []
    })
    .join(' and ')
}

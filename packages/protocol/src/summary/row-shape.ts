import type { HistoryItem, KeyedItem } from '../records/record-types.ts'
import { isWideInteger, jsonToNumber } from './number-json.ts'
import type { Summary } from './summary.ts'
import { logNumber, type SummaryLeaf, setLatest } from './summary-leaf.ts'

/** Rows of numbers under the same keys, as nearly all are: their leaves are looked up once. */
export interface RowShape {
  /**
   * Counts a row in, if it is one of this shape.
   *
   * @param recordedStep - A row up to this step is in the summary already, and is not taken.
   * @returns its values in the order of its items, valid until the next call; undefined = nothing was done.
   */
  take(items: readonly HistoryItem[], recordedStep: number): Float64Array | undefined
  /** Where the step and the runtime are among the values; -1 = nowhere. */
  readonly stepIndex: number
  readonly runtimeIndex: number
}

/** What the keys of a row are to the summary. */
export function createRowShape(items: readonly HistoryItem[], summary: Summary): RowShape {
  // A row whose own keys push each other out is none of any shape.
  const { version } = summary
  const paths = items.map(pathOf)
  const leaves: SummaryLeaf[] = paths.map(summary.leafAt)
  const automatic = paths.map((path) => path.length === 1 && isAutomaticKey(path[0] as string))
  const stepIndex = paths.findIndex((path) => path.length === 1 && path[0] === '_step')
  const values = new Float64Array(items.length)

  function readValues(given: readonly HistoryItem[]): boolean {
    if (given.length !== paths.length || summary.version !== version) return false
    for (let index = 0; index < given.length; index += 1) {
      const item = given[index] as HistoryItem
      if (!isSamePath(pathOf(item), paths[index] as readonly string[])) return false
      const json = item.valueJson ?? ''
      const value = numberPattern.test(json) ? Number(json) : jsonToNumberStrictly(json)
      if (value === undefined || isWideInteger(json, value)) return false
      values[index] = value
    }
    return true
  }

  return {
    stepIndex,
    runtimeIndex: paths.findIndex((path) => path.length === 1 && path[0] === '_runtime'),
    take(given, recordedStep) {
      if (!readValues(given) || (stepIndex >= 0 && (values[stepIndex] as number) <= recordedStep)) return undefined
      for (let index = 0; index < leaves.length; index += 1) {
        const leaf = leaves[index] as SummaryLeaf
        if (automatic[index]) setLatest(leaf, given[index]?.valueJson as string)
        else logNumber(leaf, values[index] as number)
      }
      return values
    },
  }
}

/** Keys that the writer of a run adds itself. What the user logs under `_step` and `_runtime` is dropped, as in W&B. */
export function isAutomaticKey(label: string): boolean {
  return label === '_step' || label === '_runtime' || label === '_timestamp'
}

/** The labels of an item, however it was written. */
export function pathOf({ key, nestedKey }: KeyedItem): readonly string[] {
  return nestedKey !== undefined && nestedKey.length > 0 ? nestedKey : [key ?? '']
}

/** Whether two paths are the same. */
export function isSamePath(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  for (let depth = 0; depth < a.length; depth += 1) if (a[depth] !== b[depth]) return false
  return true
}

const numberPattern = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/

/** NaN and infinities; what only looks like a number goes the way where it is checked. */
function jsonToNumberStrictly(json: string): number | undefined {
  return json === 'NaN' || json.endsWith('Infinity') ? jsonToNumber(json) : undefined
}

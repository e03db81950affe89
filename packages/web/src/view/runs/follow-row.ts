import { keyOfRow, type TableRows } from './table-rows.ts'

/** A row that is meant, which others may come before or after. */
export interface RowPlace {
  /** -1: none. */
  readonly index: number
  /** What {@link keyOfRow} says of it; undefined: not known yet. */
  readonly key: string | undefined
}

/** Where a row is by now. One that is gone leaves its place to the row that is there instead. The same object: nothing has changed. */
export function followRow(rows: TableRows, place: RowPlace): RowPlace {
  const { index, key } = place
  if (index < 0 || rows.count === 0) return place
  const keyAt = (at: number): string | undefined => keyOfRow(rows.at(at))
  const last = Math.min(index, rows.count - 1)
  const there = keyAt(last)
  // What is not loaded yet may be the same one.
  if (there === undefined || there === key) return last === index ? place : { index: last, key }
  if (key === undefined) return { index: last, key: there }
  for (let at = 0; at < rows.count; at++) if (keyAt(at) === key) return { index: at, key }
  return { index: last, key: there }
}

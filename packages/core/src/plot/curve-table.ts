import { runTableRowCountMax } from '@lossline/protocol'
import { Table } from '../table/table.ts'
import { roundTo3 } from './binary-curve.ts'
import type { ClassLabel } from './classes.ts'

/** The points of one class. */
export interface CurvePoints {
  readonly name: ClassLabel
  readonly first: readonly number[]
  readonly second: readonly number[]
}

/**
 * The table of a chart of curves: the class and two numbers, rounded to three decimals. Beyond the 10,000 rows that the
 * page shows, evenly spaced points of each class stay, both ends among them; W&B's client draws lots there.
 *
 * @param names - What the two numbers are called.
 */
export function toCurveTable(curves: readonly CurvePoints[], names: readonly [string, string]): Table {
  const rowCount = curves.reduce((count, { first }) => count + first.length, 0)
  const share = Math.min(1, runTableRowCountMax / rowCount)
  const kept = curves.map((curve) => thin(curve, Math.max(2, Math.floor(curve.first.length * share))))
  const column = (read: (curve: CurvePoints) => readonly number[]) =>
    Float64Array.from(kept.flatMap((curve) => read(curve).map(roundTo3)))
  return new Table({ columns: [] })
    .addColumn(
      'class',
      kept.flatMap(({ name, first }) => first.map(() => name)),
      { optional: true },
    )
    .addColumn(
      names[0],
      column(({ first }) => first),
      { optional: true },
    )
    .addColumn(
      names[1],
      column(({ second }) => second),
      { optional: true },
    )
}

function thin({ name, first, second }: CurvePoints, count: number): CurvePoints {
  if (count >= first.length) return { name, first, second }
  const step = (first.length - 1) / (count - 1)
  const pick = (numbers: readonly number[]) =>
    Array.from({ length: count }, (_, index) => numbers[Math.round(index * step)] as number)
  return { name, first: pick(first), second: pick(second) }
}

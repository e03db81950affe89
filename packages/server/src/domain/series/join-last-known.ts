import type { Column } from '@lossline/store'

/** Columns of one run, row by row. */
export interface JoinedRows {
  readonly steps: Float64Array
  readonly columns: ReadonlyMap<string, Float64Array>
}

/** Every step at which one of the keys was logged, from where all of them have a value, each with its last. */
export function joinLastKnown(keys: readonly string[], columns: readonly Column[]): JoinedRows {
  if (columns.some(({ steps }) => steps.length === 0)) {
    return { steps: new Float64Array(), columns: new Map(keys.map((key) => [key, new Float64Array()])) }
  }
  const start = Math.max(...columns.map(({ steps }) => steps[0]!))
  const all = new Set(columns.flatMap(({ steps }) => Array.from(steps).filter((step) => step >= start)))
  const steps = Float64Array.from(all).sort()
  return {
    steps,
    columns: new Map(keys.map((key, i) => [key, lastKnown(columns[i]!, steps)])),
  }
}

function lastKnown(column: Column, steps: Float64Array): Float64Array {
  let at = 0
  return steps.map((step) => {
    while (at + 1 < column.steps.length && column.steps[at + 1]! <= step) at += 1
    return column.values[at]!
  })
}

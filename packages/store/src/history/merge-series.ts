import { lowerBound, upperBound } from '@lossline/protocol'
import type { Column } from '../store.ts'

const emptyColumn: Column = { steps: new Float64Array(0), values: new Float64Array(0) }

/**
 * Puts pieces of one series together: steps ascending, one value a step, the one that arrived last.
 *
 * @param parts - In order of arrival; the points inside a part too. Steps may be in any order and repeat.
 * @returns New arrays, never those of a part.
 */
export function mergeSeries(parts: readonly Column[]): Column {
  const filled = parts.filter((part) => part.steps.length > 0)
  if (isAscending(filled)) return concatenate(filled)
  return mergeNeighbours(filled.map(toAscending))
}

/** The points of a column with steps in [`fromStep`, `toStep`]: views of its arrays. */
export function trimColumn(column: Column, fromStep: number, toStep: number): Column {
  const from = lowerBound(column.steps, fromStep)
  const to = upperBound(column.steps, toStep)
  return { steps: column.steps.subarray(from, to), values: column.values.subarray(from, to) }
}

/** All steps of the lists, ascending, each once. The lists ascend. */
export function joinSteps(lists: readonly Float64Array[]): Float64Array {
  // Mostly the longest of them has them all.
  const [longest = new Float64Array(0), ...others] = [...lists].sort((a, b) => b.length - a.length)
  return others.reduce((joined, list) => (isSubset(list, joined) ? joined : joinTwo(joined, list)), longest)
}

/** Joins columns on step: only steps that all of them have. `columns[i]` belongs to `series[i]`. */
export function joinSeries(series: readonly Column[]): { steps: Float64Array; columns: Float64Array[] } {
  const [shortest] = [...series].sort((a, b) => a.steps.length - b.steps.length)
  if (shortest === undefined) return { steps: new Float64Array(0), columns: [] }
  const steps = new Float64Array(shortest.steps.length)
  const columns = series.map(() => new Float64Array(shortest.steps.length))
  const cursors = series.map(() => 0)
  let count = 0
  for (const step of shortest.steps) {
    let isEverywhere = true
    for (let index = 0; index < series.length && isEverywhere; index++) {
      const one = series[index]!
      let cursor = cursors[index]!
      while (cursor < one.steps.length && one.steps[cursor]! < step) cursor += 1
      cursors[index] = cursor
      isEverywhere = one.steps[cursor] === step
    }
    if (!isEverywhere) continue
    steps[count] = step
    for (let index = 0; index < series.length; index++) columns[index]![count] = series[index]!.values[cursors[index]!]!
    count += 1
  }
  return { steps: steps.slice(0, count), columns: columns.map((column) => column.slice(0, count)) }
}

function isSubset(part: Float64Array, whole: Float64Array): boolean {
  let cursor = 0
  for (let index = 0; index < part.length; index++) {
    const step = part[index]!
    while (cursor < whole.length && whole[cursor]! < step) cursor += 1
    if (whole[cursor] !== step) return false
  }
  return true
}

function joinTwo(a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const joined = new Float64Array(a.length + b.length)
  let count = 0
  for (let i = 0, j = 0; i < a.length || j < b.length; count++) {
    const step = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY)
    joined[count] = step
    if (a[i] === step) i += 1
    if (b[j] === step) j += 1
  }
  return joined.slice(0, count)
}

function isAscending(parts: readonly Column[]): boolean {
  let previous = Number.NEGATIVE_INFINITY
  for (const { steps } of parts) {
    for (let point = 0; point < steps.length; point++) {
      if (steps[point]! <= previous) return false
      previous = steps[point]!
    }
  }
  return true
}

function concatenate(parts: readonly Column[]): Column {
  const length = parts.reduce((total, part) => total + part.steps.length, 0)
  const steps = new Float64Array(length)
  const values = new Float64Array(length)
  let offset = 0
  for (const part of parts) {
    steps.set(part.steps, offset)
    values.set(part.values, offset)
    offset += part.steps.length
  }
  return { steps, values }
}

function toAscending(part: Column): Column {
  if (isAscending([part])) return part
  // Stable: of equal steps the last one of a run of equals arrived last.
  const order = Uint32Array.from(part.steps.keys()).sort((a, b) => part.steps[a]! - part.steps[b]! || a - b)
  const kept = order.filter((point, index) => {
    const next = order[index + 1]
    return next === undefined || part.steps[next] !== part.steps[point]
  })
  return {
    steps: Float64Array.from(kept, (point) => part.steps[point]!),
    values: Float64Array.from(kept, (point) => part.values[point]!),
  }
}

/** Merges neighbours pairwise until one is left, so that "later" keeps its meaning and each point moves log(parts) times. */
function mergeNeighbours(parts: readonly Column[]): Column {
  let round = parts
  while (round.length > 1) {
    const next: Column[] = []
    for (let index = 0; index < round.length; index += 2) {
      const later = round[index + 1]
      next.push(later === undefined ? round[index]! : mergeTwo(round[index]!, later))
    }
    round = next
  }
  const merged = round[0] ?? emptyColumn
  return { steps: merged.steps.slice(), values: merged.values.slice() }
}

function mergeTwo(earlier: Column, later: Column): Column {
  const steps = new Float64Array(earlier.steps.length + later.steps.length)
  const values = new Float64Array(steps.length)
  let count = 0
  let a = 0
  let b = 0
  while (a < earlier.steps.length || b < later.steps.length) {
    const stepA = a < earlier.steps.length ? earlier.steps[a]! : Number.POSITIVE_INFINITY
    const stepB = b < later.steps.length ? later.steps[b]! : Number.POSITIVE_INFINITY
    if (stepB <= stepA) {
      steps[count] = stepB
      values[count] = later.values[b]!
      b += 1
      if (stepA === stepB) a += 1
    } else {
      steps[count] = stepA
      values[count] = earlier.values[a]!
      a += 1
    }
    count += 1
  }
  return { steps: steps.subarray(0, count), values: values.subarray(0, count) }
}

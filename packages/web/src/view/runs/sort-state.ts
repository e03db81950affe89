import type { RunsSort } from '@lossline/protocol'

/**
 * What a click on a column's head makes of the order: descending first (the best or newest are wanted more often), then ascending,
 * then not at all.
 *
 * @param isAdded - Whether the column joins those that sort already, as with Shift.
 */
export function toggleSort(sort: readonly RunsSort[], key: string, isAdded: boolean): readonly RunsSort[] {
  const at = sort.findIndex((one) => one.key === key)
  const next = at < 0 ? { key, isDescending: true } : sort[at]!.isDescending ? { key, isDescending: false } : undefined
  if (!isAdded) return next === undefined ? [] : [next]
  if (at < 0) return [...sort, { key, isDescending: true }]
  return next === undefined ? sort.toSpliced(at, 1) : sort.toSpliced(at, 1, next)
}

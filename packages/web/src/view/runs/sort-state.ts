import type { RunsSort } from '@lossline/protocol'
import { nextDirection } from '../text/sort-rule.ts'

/**
 * What a click on a column's head makes of the order, by the rule of {@link nextDirection}.
 *
 * @param options.isAdded - Whether the column joins those that sort already, as with Shift.
 */
export function toggleSort(
  sort: readonly RunsSort[],
  key: string,
  { isAdded, isText }: { readonly isAdded: boolean; readonly isText: boolean },
): readonly RunsSort[] {
  const at = sort.findIndex((one) => one.key === key)
  const isDescending = nextDirection(sort[at]?.isDescending, isText)
  const next = isDescending === undefined ? undefined : { key, isDescending }
  if (!isAdded) return next === undefined ? [] : [next]
  if (at < 0) return next === undefined ? sort : [...sort, next]
  return next === undefined ? sort.toSpliced(at, 1) : sort.toSpliced(at, 1, next)
}

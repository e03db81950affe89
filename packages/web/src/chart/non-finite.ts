import type { Series } from '@lossline/protocol'
import type { Range } from '../view/address/url-state.ts'
import { formatCount } from '../view/text/format.ts'

/** How many values of a chart have no place between the others: they are marked at its lower (NaN, −∞) or upper edge (+∞). */
export interface NonFiniteCounts {
  readonly nan: number
  readonly above: number
  readonly below: number
}

/** Of all series together, in `x`. Default: of all that they have. */
export function countNonFinite(all: readonly Series[], x?: Range): NonFiniteCounts {
  let [nan, above, below] = [0, 0, 0]
  for (const { nonFinite } of all) {
    nonFinite.value.forEach((value, i) => {
      const at = nonFinite.x[i] as number
      if (x && (at < x[0] || at > x[1])) return
      if (Number.isNaN(value)) nan++
      else if (value > 0) above++
      else below++
    })
  }
  return { nan, above, below }
}

/** `2 NaN, 1 +∞`; empty where there is none. */
export function nonFiniteText({ nan, above, below }: NonFiniteCounts): string {
  const counts: readonly (readonly [number, string])[] = [
    [nan, 'NaN'],
    [above, '+∞'],
    [below, '−∞'],
  ]
  return counts.flatMap(([count, name]) => (count === 0 ? [] : formatCount(count, name, name))).join(', ')
}

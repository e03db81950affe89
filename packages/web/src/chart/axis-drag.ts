import type { Range } from '../view/address/url-state.ts'
import type { YScale } from '../view/chart/y-scale.ts'
import { createAxis } from './projection.ts'

/** What is dragged: the middle of an axis moves all of it, an end only that end. */
export type AxisGrip = 'from' | 'middle' | 'to'

/** From an end of an axis so much of its length is that end. */
const endShare = 0.25

/** Which part of an axis a place is, as a share of its length from its lower end. */
export function gripAt(share: number): AxisGrip {
  if (share < endShare) return 'from'
  return share > 1 - endShare ? 'to' : 'middle'
}

/**
 * The range of an axis whose grip was dragged. Shares are of its length from its lower end; a grip moves with the pointer. The end
 * of an axis stops before the other one.
 */
export function draggedRange(
  range: Range,
  scale: YScale,
  { grip, from, to }: { readonly grip: AxisGrip; readonly from: number; readonly to: number },
): Range {
  const axis = createAxis(range, scale, 0, 1)
  if (grip === 'middle') return [axis.from(from - to), axis.from(1 + from - to)]
  // What was under the pointer stays under it, while the other end stays where it is.
  if (grip === 'to') return [range[0], axis.from(from / Math.max(0.05, to))]
  return [axis.from(1 - (1 - from) / Math.max(0.05, 1 - to)), range[1]]
}

/** The range under two fingers: what lay between them stays between them, and their distance zooms. Shares are of the length of x. */
export function pinchedRange(
  range: Range,
  isLog: boolean,
  { from, to, factor }: { readonly from: number; readonly to: number; readonly factor: number },
): Range {
  const axis = createAxis(range, isLog ? 'log' : 'linear', 0, 1)
  return [axis.from(from - to * factor), axis.from(from + (1 - to) * factor)]
}

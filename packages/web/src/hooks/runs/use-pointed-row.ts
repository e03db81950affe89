import { type RefObject, useRef } from 'react'

/** The row under the pointer, as long as the pointer was moved last. */
export interface PointedRow {
  /** Its place; undefined: no row is pointed at, or keys have gone on since. */
  readonly index: () => number | undefined
  /** Keys mean another row from now on. */
  readonly forget: () => void
  /** Of the element that scrolls. */
  readonly onPointerMove: () => void
}

/**
 * Lets keys mean the row that somebody points at, without drawing anything anew.
 *
 * @param attribute - What each row says of its place, from 1 on.
 * @param first - What the first row says.
 */
export function usePointedRow(
  scroller: RefObject<HTMLElement | null>,
  attribute: 'aria-posinset' | 'aria-rowindex',
  first: number,
): PointedRow {
  const isPointing = useRef(false)
  return {
    index() {
      const row = isPointing.current ? scroller.current?.querySelector(`[${attribute}]:hover`) : undefined
      const place = row ? Number(row.getAttribute(attribute)) - first : -1
      return place >= 0 ? place : undefined
    },
    forget() {
      isPointing.current = false
    },
    onPointerMove() {
      isPointing.current = true
    },
  }
}

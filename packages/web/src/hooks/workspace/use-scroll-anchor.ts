import { useLayoutEffect, useRef } from 'react'
import { type GridRow, rowKey } from '../../view/workspace/grid-rows.ts'

/** Keeps the row at the top of the screen where it is when rows come or go above it. */
export function useScrollAnchor(
  scroller: { readonly current: HTMLElement | null },
  rows: readonly GridRow[],
  heights: readonly number[],
  headHeight: number,
): void {
  const last = useRef<{ readonly keys: readonly string[]; readonly starts: readonly number[] }>(undefined)
  useLayoutEffect(() => {
    const element = scroller.current
    const keys = rows.map(rowKey)
    const starts: number[] = []
    let start = headHeight
    for (const height of heights) {
      starts.push(start)
      start += height
    }
    const before = last.current
    last.current = { keys, starts }
    if (!element || !before || element.scrollTop <= headHeight) return
    const top = before.starts.findLastIndex((at) => at <= element.scrollTop)
    const now = keys.indexOf(before.keys[top] ?? '')
    if (top >= 0 && now >= 0) element.scrollTop += starts[now]! - before.starts[top]!
  }, [scroller, rows, heights, headHeight])
}

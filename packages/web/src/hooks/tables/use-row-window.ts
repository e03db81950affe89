import { type RefObject, useLayoutEffect, useState } from 'react'
import { type RowWindow, rowWindow, scrollTopFor } from '../../view/tables/row-window.ts'

/** Which rows of a scrolling element are on screen. */
export interface ScrolledRows extends RowWindow {
  scrollToRow(row: number): void
}

/** Follows how far an element is scrolled. @param headHeight - Pixels at its top that stay in sight. */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  rows: { readonly rowCount: number; readonly rowHeight: number },
  sizes: { readonly height: number; readonly headHeight: number },
): ScrolledRows {
  const [scrollTop, setScrollTop] = useState(0)
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const follow = (): void => setScrollTop(element.scrollTop)
    follow()
    element.addEventListener('scroll', follow, { passive: true })
    return () => element.removeEventListener('scroll', follow)
  }, [scroller])
  const list = { ...rows, viewHeight: Math.max(0, sizes.height - sizes.headHeight), scrollTop }
  return {
    ...rowWindow(list),
    scrollToRow(row) {
      const element = scroller.current
      if (element) element.scrollTop = scrollTopFor(row, { ...list, scrollTop: element.scrollTop })
    },
  }
}

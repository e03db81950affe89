import { type RefObject, useEffect } from 'react'
import { wheelPixels } from '../view/browser/wheel-pixels.ts'

/**
 * Lets a plain wheel scroll the page over something that scrolls itself, unless somebody has turned to it by a click or by the
 * keyboard. Its scroll bar, fingers and arrow keys scroll it as ever.
 */
export function usePageWheel(inner: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = inner.current
    const onWheel = (event: WheelEvent): void => {
      const isMeant = element?.contains(document.activeElement) || event.ctrlKey || event.altKey || event.shiftKey
      const page = isMeant ? undefined : scrollerAround(element)
      if (page === undefined) return
      event.preventDefault()
      page.scrollBy({ top: wheelPixels(event, page.clientHeight) })
    }
    // React listens to wheels passively, where they cannot be kept from what is below them.
    element?.addEventListener('wheel', onWheel, { passive: false })
    return () => element?.removeEventListener('wheel', onWheel)
  }, [inner])
}

/** What scrolls around an element; undefined: nothing does. */
function scrollerAround(element: HTMLElement | null): HTMLElement | undefined {
  for (let outer = element?.parentElement; outer; outer = outer.parentElement) {
    if (outer.scrollHeight > outer.clientHeight && /auto|scroll/.test(getComputedStyle(outer).overflowY)) return outer
  }
  return undefined
}

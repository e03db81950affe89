import { type RefObject, useEffect, useState } from 'react'
import { usePrinting } from '../use-store.ts'

/** So far off the screen that a turn of the wheel brings it into view, CSS pixels. */
const nearMargin = '300px'

/** Whether an element is on screen or close to it, or everything is printed. False until that is known, a frame after it is there. */
export function useNear(ref: RefObject<Element | null>): boolean {
  const [isNear, setIsNear] = useState(false)
  const isPrinting = usePrinting()
  useEffect(() => {
    const element = ref.current
    if (!element) return
    // Panels lie in a box that scrolls, which a margin of the window alone would say nothing of.
    const margins = { rootMargin: nearMargin, scrollMargin: nearMargin }
    const observer = new IntersectionObserver((entries) => {
      const last = entries.at(-1)
      if (last) setIsNear(last.isIntersecting)
    }, margins)
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return isPrinting || isNear
}

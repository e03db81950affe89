import { type RefObject, useEffect, useState } from 'react'
import { usePrinting } from './use-store.ts'

/** True once an element is on screen or within a screen of it, or everything is printed, so that only what can be seen asks for its data. */
export function useSeen(ref: RefObject<Element | null>): boolean {
  const [isSeen, setIsSeen] = useState(false)
  const isPrinting = usePrinting()
  useEffect(() => {
    const element = ref.current
    if (!element || isSeen) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setIsSeen(true)
      },
      { rootMargin: '600px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref, isSeen])
  return isPrinting || isSeen
}

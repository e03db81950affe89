import { type RefObject, useLayoutEffect, useState } from 'react'

/** Whether an element has more in it than it shows at a time, kept current. */
export function useOverflow(ref: RefObject<HTMLElement | null>): boolean {
  const [isOverflowing, setIsOverflowing] = useState(false)
  // After every render: what is in it may be another element by then.
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      setIsOverflowing(element.scrollHeight > element.clientHeight || element.scrollWidth > element.clientWidth)
    })
    for (const one of [element, ...element.children]) observer.observe(one)
    return () => observer.disconnect()
  })
  return isOverflowing
}

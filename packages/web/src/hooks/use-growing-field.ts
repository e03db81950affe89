import { type RefObject, useLayoutEffect, useRef } from 'react'

/** CSS pixels that are left free at the edge of the window. */
const edge = 12

/**
 * Lets what holds a field grow with its text over what is at its right, up to the edge of the window.
 *
 * @param isGrowing - False: it has its usual width.
 * @returns for what holds the field
 */
export function useGrowingField(
  input: RefObject<HTMLInputElement | null>,
  text: string,
  isGrowing: boolean,
): RefObject<HTMLDivElement | null> {
  const frame = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text needs another width.
  useLayoutEffect(() => {
    const element = frame.current
    if (!isGrowing || !element || !input.current) return
    const { left, width } = element.getBoundingClientRect()
    const missing = input.current.scrollWidth - input.current.clientWidth
    if (missing <= 0) return
    const wide = Math.max(width, Math.min(width + missing, innerWidth - left - edge))
    Object.assign(element.style, {
      flex: 'none',
      width: `${wide}px`,
      maxWidth: 'none',
      marginRight: `${width - wide}px`,
    })
    Object.assign(element.style, { position: 'relative', zIndex: '40', background: 'var(--panel)' })
    return () => element.removeAttribute('style')
  }, [input, text, isGrowing])
  return frame
}

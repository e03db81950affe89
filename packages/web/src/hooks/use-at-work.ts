import { type FocusEvent, type UIEvent, useState } from 'react'

/** Whether somebody is at work in a list that scrolls. */
export interface AtWork {
  readonly isAtWork: boolean
  /** Of the list with all that lies over it. */
  readonly area: {
    readonly onPointerEnter: () => void
    readonly onPointerLeave: () => void
  }
  /** Of the element in it that scrolls. */
  readonly scroller: {
    readonly onFocus: () => void
    readonly onBlur: (event: FocusEvent) => void
    readonly onScroll: (event: UIEvent) => void
  }
}

/** Tells who points at a list, has the focus in it, or is not at its top. */
export function useAtWork(): AtWork {
  const [isPointed, setIsPointed] = useState(false)
  const [isFocused, setIsFocused] = useState(false)
  const [isScrolled, setIsScrolled] = useState(false)
  return {
    isAtWork: isPointed || isFocused || isScrolled,
    area: {
      onPointerEnter: () => setIsPointed(true),
      onPointerLeave: () => setIsPointed(false),
    },
    scroller: {
      onFocus: () => setIsFocused(true),
      onBlur: ({ currentTarget, relatedTarget }) => setIsFocused(currentTarget.contains(relatedTarget)),
      onScroll: ({ currentTarget }) => setIsScrolled(currentTarget.scrollTop > 0),
    },
  }
}

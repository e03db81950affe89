import { type PointerEvent, useMemo, useRef, useState } from 'react'

/** Keeps what is under the pointer where it is while new data arrive. */
export interface PointerHold {
  /** The pointer is on something that says or does something, or drags. */
  readonly isHeld: boolean
  /** For the element around it all. */
  readonly handlers: {
    readonly onPointerOver: (event: PointerEvent) => void
    readonly onPointerLeave: () => void
    readonly onPointerDown: () => void
    readonly onPointerUp: (event: PointerEvent) => void
    readonly onPointerCancel: () => void
  }
}

/** Watches the pointer over an element: links, buttons and rows in it, and drags that begin there. A finger holds while it is down. */
export function usePointerHold(): PointerHold {
  const [isOver, setIsOver] = useState(false)
  const [isDown, setIsDown] = useState(false)
  const handlers = useMemo(() => {
    const look = ({ target, pointerType }: PointerEvent): void =>
      setIsOver(pointerType !== 'touch' && target instanceof Element && target.closest('a, button, tbody tr') !== null)
    return {
      onPointerOver: look,
      onPointerLeave: () => {
        setIsOver(false)
        setIsDown(false)
      },
      onPointerDown: () => setIsDown(true),
      onPointerUp: (event: PointerEvent) => {
        setIsDown(false)
        look(event)
      },
      onPointerCancel: () => setIsDown(false),
    }
  }, [])
  return { isHeld: isOver || isDown, handlers }
}

/** A value as it was when it began to be held. */
export function useHeld<T>(value: T, isHeld: boolean): T {
  const last = useRef(value)
  if (!isHeld) last.current = value
  return last.current
}

import { type ReactElement, type ReactNode, useId, useRef, useState } from 'react'

/** Space between a button and what it opens, and at the edge of the screen. */
const gap = 6

/**
 * A button that opens a small window beside it. The browser closes it with Escape and with a click elsewhere.
 *
 * @param props.children - What is in the window; it is made when the window opens. `close` shuts it again.
 */
export function PopoverButton(props: {
  readonly label: string
  readonly title?: string
  readonly className: string
  readonly face: ReactNode
  readonly children: (close: () => void) => ReactNode
  readonly panelClassName?: string
  /** Lets a shortcut open it too. */
  readonly openRef?: { current: (() => void) | null }
}): ReactElement {
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const [isOpen, setIsOpen] = useState(false)
  const id = useId()
  const place = (): void => {
    if (!button.current || !panel.current) return
    const { left, right, bottom } = button.current.getBoundingClientRect()
    const { style, offsetWidth } = panel.current
    const isLeftHalf = left + right < innerWidth
    const wanted = isLeftHalf ? left : right - offsetWidth
    style.left = `${Math.max(gap, Math.min(wanted, innerWidth - offsetWidth - gap))}px`
    style.top = `${bottom + gap}px`
    style.maxHeight = `calc(100dvh - ${bottom + 2 * gap}px)`
  }
  if (props.openRef) props.openRef.current = () => panel.current?.showPopover()
  return (
    <>
      <button
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        aria-label={props.label}
        className={props.className}
        popoverTarget={id}
        ref={button}
        title={props.title ?? props.label}
        type="button"
      >
        {props.face}
      </button>
      <div
        aria-label={props.label}
        className={`fixed m-0 overflow-y-auto rounded-lg border border-line bg-raised text-text shadow-pop ${props.panelClassName ?? 'w-64 p-1'}`}
        id={id}
        onToggle={(event) => {
          setIsOpen(event.newState === 'open')
          if (event.newState === 'open') place()
        }}
        popover="auto"
        ref={(element) => {
          panel.current = element
        }}
        role="dialog"
      >
        {isOpen && props.children(() => panel.current?.hidePopover())}
      </div>
    </>
  )
}

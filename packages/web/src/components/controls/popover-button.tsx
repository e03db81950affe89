import { type ButtonHTMLAttributes, type ReactElement, type ReactNode, useId, useRef, useState } from 'react'
import { placePanel } from '../../view/browser/place-panel.ts'

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
  /** What else the button has, such as its place among others that arrow keys go through. */
  readonly buttonProps?: ButtonHTMLAttributes<HTMLButtonElement> & { readonly [name: `data-${string}`]: string }
  /** Called when the window has closed, in whatever way. */
  readonly onClose?: () => void
}): ReactElement {
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const [isOpen, setIsOpen] = useState(false)
  const id = useId()
  const place = (): void => {
    if (button.current && panel.current) placePanel(button.current, panel.current)
  }
  if (props.openRef) {
    props.openRef.current = () => {
      // Where the focus goes back to when the window closes.
      button.current?.focus()
      panel.current?.showPopover()
    }
  }
  return (
    <>
      <button
        {...props.buttonProps}
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
          else props.onClose?.()
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

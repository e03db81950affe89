import { type ReactElement, type ReactNode, useLayoutEffect, useRef } from 'react'
import { placePanel } from '../../view/browser/place-panel.ts'

/** A small window below what it stands in, above everything else; its first field has the focus. Escape and a click elsewhere close it. */
export function AnchoredPanel(props: {
  readonly label: string
  readonly className?: string
  readonly onClose: () => void
  readonly children: ReactNode
}): ReactElement {
  const panel = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = panel.current
    if (!element?.parentElement) return
    element.showPopover()
    placePanel(element.parentElement, element)
    // What is not shown yet cannot have it.
    element.querySelector<HTMLElement>('input, textarea')?.focus()
  }, [])
  return (
    <div
      aria-label={props.label}
      className={`fixed m-0 overflow-y-auto rounded-lg border border-line bg-raised p-3 text-text shadow-pop ${props.className ?? 'w-72'}`}
      onToggle={(event) => event.newState === 'closed' && props.onClose()}
      popover="auto"
      ref={panel}
      role="dialog"
    >
      {props.children}
    </div>
  )
}

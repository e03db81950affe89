import { type ReactElement, type ReactNode, useEffect, useId, useRef } from 'react'
import { placePanel } from '../../view/browser/place-panel.ts'

/** A pointer on its way from the button into the note is outside of both for a moment. */
const leaveDelayMs = 150

/** A button that shows a note while it is pointed at or has the focus; Escape hides the note. */
export function HoverNote(props: {
  readonly note: ReactNode
  readonly className: string
  readonly onClick: () => void
  readonly children: ReactNode
}): ReactElement {
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined)
  const id = useId()
  const isShown = (): boolean => panel.current?.matches(':popover-open') ?? false
  const show = (): void => {
    clearTimeout(leaving.current)
    if (!button.current || !panel.current || isShown()) return
    panel.current.showPopover()
    placePanel(button.current, panel.current)
  }
  const hide = (): void => {
    clearTimeout(leaving.current)
    if (isShown()) panel.current?.hidePopover()
  }
  const leave = (): void => {
    clearTimeout(leaving.current)
    leaving.current = setTimeout(hide, leaveDelayMs)
  }
  useEffect(() => () => clearTimeout(leaving.current), [])
  return (
    <>
      <button
        aria-describedby={id}
        className={props.className}
        onBlur={hide}
        onClick={() => {
          hide()
          props.onClick()
        }}
        onFocus={show}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !isShown()) return
          event.stopPropagation()
          hide()
        }}
        onPointerEnter={show}
        onPointerLeave={leave}
        ref={button}
        type="button"
      >
        {props.children}
      </button>
      <div
        className="fixed m-0 max-w-80 overflow-y-auto whitespace-pre-line rounded-lg border border-line bg-raised px-3 py-2 font-normal text-sm text-text shadow-pop"
        id={id}
        onPointerEnter={() => clearTimeout(leaving.current)}
        onPointerLeave={leave}
        popover="manual"
        ref={panel}
        role="tooltip"
      >
        {props.note}
      </div>
    </>
  )
}

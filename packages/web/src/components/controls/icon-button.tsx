import type { ReactElement, ReactNode } from 'react'

/** A button that is a picture: its name is read out, and shown when it is pointed at. */
export function IconButton(props: {
  readonly label: string
  /** What is shown when it is pointed at. Default: its name. */
  readonly title?: string
  /** Undefined: it does something instead of being on or off. */
  readonly isPressed?: boolean
  readonly isDisabled?: boolean
  /** A click leaves the focus where it is. */
  readonly keepsFocus?: boolean
  readonly id?: string
  readonly className?: string
  readonly onClick: () => void
  readonly children: ReactNode
}): ReactElement {
  return (
    <button
      aria-label={props.label}
      aria-pressed={props.isPressed}
      className={`icon-button ${props.className ?? ''}`}
      disabled={props.isDisabled}
      id={props.id}
      onClick={props.onClick}
      onMouseDown={props.keepsFocus ? (event) => event.preventDefault() : undefined}
      title={props.title ?? props.label}
      type="button"
    >
      {props.children}
    </button>
  )
}

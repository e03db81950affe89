import type { ComponentProps, ReactElement } from 'react'
import { IconButton } from '../controls/icon-button.tsx'

/** A button of a row in a list of runs: there while the row is pointed at or has the focus, or while it is pressed. */
export function RowButton({
  isOnTouch = false,
  isOnNarrow = true,
  ...props
}: Omit<ComponentProps<typeof IconButton>, 'className'> & {
  /** Where there is no pointer that could hover it is always there. */
  readonly isOnTouch?: boolean
  /** False: on narrow screens it leaves its place to the name, unless it is pressed. Default: as on others. */
  readonly isOnNarrow?: boolean
}): ReactElement {
  return (
    <IconButton
      {...props}
      className={`hidden aria-pressed:inline-flex aria-pressed:text-accent group-focus-within:inline-flex group-hover:inline-flex ${isOnTouch ? 'pointer-coarse:inline-flex' : ''} ${isOnNarrow ? '' : 'max-sm:not-aria-pressed:hidden!'}`}
    />
  )
}

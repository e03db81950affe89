import { X } from 'lucide-react'
import type { ReactElement } from 'react'

/** What stands at the end of a field: how to clear it, or while it is empty the key that leads to it. */
export function FieldEnd(props: {
  /** Of the field. */
  readonly label: string
  readonly isEmpty: boolean
  readonly hint: string | undefined
  readonly onClear: () => void
}): ReactElement | null {
  const { label, isEmpty, hint } = props
  if (!isEmpty) {
    return (
      <button
        aria-label={`Clear: ${label}`}
        className="icon-button absolute top-[calc((var(--control)-26px)/2)] right-px"
        onClick={props.onClear}
        // The field keeps the focus, and its width if it has grown.
        onMouseDown={(event) => event.preventDefault()}
        type="button"
      >
        <X size={14} />
      </button>
    )
  }
  if (!hint) return null
  return (
    <kbd className="pointer-events-none absolute top-[calc((var(--control)-16px)/2)] right-2 rounded border border-line px-1 font-sans text-muted text-xs leading-[14px] max-sm:hidden">
      {hint}
    </kbd>
  )
}

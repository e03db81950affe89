import type { ReactElement } from 'react'

/** Shorter texts have room in most places, or lose little at their end. */
const cutFrom = 16
/** Signs at the end that stay: of versions the number and a little before it. */
const endLength = 7

/** A text that loses its middle where there is no room for it: names of one kind differ at their ends. */
export function MiddleCut({ text }: { readonly text: string }): ReactElement {
  if (text.length < cutFrom) return <span className="truncate">{text}</span>
  return (
    <>
      <span className="sr-only">{text}</span>
      <span aria-hidden="true" className="flex min-w-0 whitespace-pre">
        <span className="truncate">{text.slice(0, -endLength)}</span>
        <span className="shrink-0">{text.slice(-endLength)}</span>
      </span>
    </>
  )
}

import { type ReactElement, type RefObject, useLayoutEffect, useRef } from 'react'

/** A line under what is wrong with the text of a field: the same text over it, of which nothing but the line is seen. */
export function ProblemMark(props: {
  readonly field: RefObject<HTMLInputElement | null>
  readonly text: string
  /** What is wrong; empty at the end of the text, where something is missing. */
  readonly span: { readonly from: number; readonly to: number }
  /** Where the text stands in the field, and its font. Default: as in a field with an icon at either end. */
  readonly className?: string
}): ReactElement {
  const { field, text } = props
  const mirror = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    const input = field.current
    const follow = (): void => {
      if (input && mirror.current) mirror.current.style.translate = `${-input.scrollLeft}px`
    }
    follow()
    input?.addEventListener('scroll', follow)
    return () => input?.removeEventListener('scroll', follow)
  })
  const { from, to } = props.span
  return (
    <div
      aria-hidden="true"
      className={`pointer-events-none absolute inset-y-px ${props.className ?? 'right-7 left-7'} flex items-center overflow-hidden whitespace-pre text-transparent`}
    >
      <span ref={mirror}>
        {text.slice(0, from)}
        <span className="underline decoration-2 decoration-bad decoration-wavy underline-offset-4" data-problem="">
          {from === to ? '\u00a0\u00a0' : text.slice(from, to)}
        </span>
      </span>
    </div>
  )
}

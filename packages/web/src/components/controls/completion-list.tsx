import { type ReactElement, useEffect, useRef } from 'react'
import type { Completion } from '../../hooks/use-completion.ts'

/** What can stand where the cursor is, below a field that takes the keys. Nothing where there is nothing. */
export function CompletionList(props: {
  readonly completion: Completion
  /** What is wrong with the text, where the list would cover it. */
  readonly problem?: string | undefined
  /** Stands below the last one. */
  readonly note?: string | undefined
}): ReactElement | null {
  const { completions, chosen, listId, take } = props.completion
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (chosen >= 0) list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  if (completions.length === 0) return null
  return (
    // Below what is wrong with the text, which it must not cover.
    <div className="absolute top-full right-0 left-0 z-40 mt-0.5 min-w-64 overflow-hidden rounded-md bg-raised py-1 shadow-pop">
      {props.problem !== undefined && (
        <p aria-hidden="true" className="px-3 py-1 text-bad text-sm">
          {props.problem}
        </p>
      )}
      <div aria-label="Completions" className="max-h-72 overflow-y-auto" id={listId} ref={list} role="listbox">
        {completions.map((completion, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys, as in any combobox.
          <div
            aria-selected={index === chosen}
            className="flex cursor-pointer items-baseline gap-3 px-3 py-1 hover:bg-hover aria-selected:bg-selected"
            id={`${listId}-${index}`}
            key={completion.text}
            onClick={() => take(completion)}
            onMouseDown={(event) => event.preventDefault()}
            role="option"
            // The field keeps the focus; the arrow keys move through the list.
            tabIndex={-1}
          >
            <span className="min-w-0 truncate font-mono text-sm">{completion.text}</span>
            <span className="ml-auto shrink-0 text-muted text-xs">{completion.detail}</span>
          </div>
        ))}
      </div>
      {props.note !== undefined && (
        <p aria-hidden="true" className="border-line border-t px-3 pt-1 text-muted text-xs">
          {props.note}
        </p>
      )}
    </div>
  )
}

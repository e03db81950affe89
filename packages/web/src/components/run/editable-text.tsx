import { Pencil } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, type ReactElement, type ReactNode, useState } from 'react'
import { useRefusal } from '../../hooks/shell/use-refusal.ts'
import { useShortcut } from '../../hooks/use-store.ts'
import type { ShortcutId } from '../../keyboard/registry.ts'

/** A text that a button turns into a field: Enter keeps what was typed, Escape does not. */
export function EditableText(props: {
  /** What is edited, such as `name`. */
  readonly label: string
  readonly value: string
  readonly onSave: (value: string) => void
  readonly isLong?: boolean
  /** What begins it by key. Default: nothing. */
  readonly shortcut?: ShortcutId
  /** What is shown while nobody edits it. */
  readonly children: ReactNode
}): ReactElement {
  const { label, value } = props
  const [draft, setDraft] = useState<string>()
  const refusal = useRefusal()
  useShortcut(refusal === undefined ? props.shortcut : undefined, () => setDraft(value))
  if (refusal !== undefined) return <span className="flex min-w-0 items-start gap-1">{props.children}</span>
  if (draft === undefined) {
    return (
      <span className="group/edit flex min-w-0 items-start gap-1">
        {props.children}
        <button
          aria-label={`Edit ${label}`}
          className="icon-button opacity-0 focus-visible:opacity-100 group-hover/edit:opacity-100 pointer-coarse:opacity-100"
          onClick={() => setDraft(value)}
          title={`Edit ${label}`}
          type="button"
        >
          <Pencil size={14} />
        </button>
      </span>
    )
  }
  const save = (event: FormEvent): void => {
    event.preventDefault()
    setDraft(undefined)
    if (draft.trim() !== value) props.onSave(draft.trim())
  }
  const field = {
    'aria-label': `Edit ${label}`,
    // The field takes the place of what was clicked.
    autoFocus: true,
    onChange: (event: { readonly target: { readonly value: string } }) => setDraft(event.target.value),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Escape') setDraft(undefined)
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save(event)
    },
    value: draft,
  }
  return (
    <form className="flex min-w-0 flex-1 flex-wrap items-start gap-2" onSubmit={save}>
      {props.isLong ? (
        <textarea className="control h-28 w-full max-w-2xl py-1" {...field} />
      ) : (
        <input className="control w-[min(320px,100%)] font-normal" required {...field} />
      )}
      <button className="button" type="submit">
        Save
      </button>
      <button className="button" onClick={() => setDraft(undefined)} type="button">
        Cancel
      </button>
    </form>
  )
}

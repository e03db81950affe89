import { type FormEvent, type ReactElement, useState } from 'react'
import { Dialog } from '../controls/dialog.tsx'

/** Asks for a name. */
export function NameDialog(props: {
  readonly title: string
  readonly label: string
  readonly action: string
  readonly initial: string
  /** Why a name cannot be had; undefined: it can. */
  readonly problemOf?: (name: string) => string | undefined
  readonly onDone: (name: string) => void
  readonly onClose: () => void
}): ReactElement {
  const [name, setName] = useState(props.initial)
  const trimmed = name.trim()
  const problem = trimmed === '' || trimmed === props.initial ? undefined : props.problemOf?.(trimmed)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (trimmed === '' || problem !== undefined) return
    props.onClose()
    if (trimmed !== props.initial) props.onDone(trimmed)
  }
  return (
    <Dialog onClose={props.onClose} title={props.title}>
      <form onSubmit={submit}>
        <label className="flex flex-col gap-1">
          {props.label}
          <input
            autoFocus
            className="control"
            maxLength={200}
            onChange={({ target }) => setName(target.value)}
            value={name}
          />
        </label>
        <p className="mt-1 min-h-5 text-bad text-sm" role="status">
          {problem}
        </p>
        <div className="mt-3 flex justify-end">
          <button className="button" disabled={trimmed === '' || problem !== undefined} type="submit">
            {props.action}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

import { type FormEvent, type ReactElement, useState } from 'react'

/** What a name is asked for. */
export type AskedName = 'tag' | 'group' | 'project'

const words: Readonly<Record<AskedName, { readonly label: string; readonly hint: string; readonly action: string }>> = {
  tag: { label: 'Tag to add or remove', hint: 'Tag', action: 'Add tag' },
  group: { label: 'Group', hint: 'Group, or nothing for none', action: 'Set group' },
  project: { label: 'Project to move to', hint: 'Project, new or not', action: 'Move' },
}

/** Asks for the name that an action with many runs needs. */
export function BulkNameForm(props: {
  readonly kind: AskedName
  /** @param isRemoved - Of tags: it is taken away instead. */
  readonly onName: (name: string, isRemoved: boolean) => void
  readonly onCancel: () => void
}): ReactElement {
  const { kind } = props
  const [name, setName] = useState('')
  const { label, hint, action } = words[kind]
  const give = (isRemoved: boolean): void => {
    if (kind === 'group' || name.trim() !== '') props.onName(name.trim(), isRemoved)
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    give(false)
  }
  return (
    <form className="flex flex-wrap items-center gap-2" onSubmit={submit}>
      <input
        aria-label={label}
        // The form appears because somebody asked for it.
        // biome-ignore lint/a11y/noAutofocus: the next thing to do is to type.
        autoFocus
        className="control w-44"
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && props.onCancel()}
        placeholder={hint}
        value={name}
      />
      <button className="button" type="submit">
        {action}
      </button>
      {kind === 'tag' && (
        <button className="button" onClick={() => give(true)} type="button">
          Remove tag
        </button>
      )}
      <button className="button" onClick={props.onCancel} type="button">
        Cancel
      </button>
    </form>
  )
}

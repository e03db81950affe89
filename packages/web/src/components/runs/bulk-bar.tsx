import type { RunsChangeRequest } from '@lossline/protocol'
import { Columns2, FolderInput, Octagon, Tag, Trash2, X } from 'lucide-react'
import { type FormEvent, type ReactElement, useState } from 'react'
import { formatCount } from '../../view/format.ts'

/** What can be done with the runs that are marked. */
export function BulkBar(props: {
  readonly count: number
  readonly onChange: (change: Omit<RunsChangeRequest, 'of'>, done: string) => void
  readonly onClear: () => void
  /** Undefined: fewer than two are marked. */
  readonly onCompare: (() => void) | undefined
}): ReactElement {
  const { count, onChange } = props
  const [asked, setAsked] = useState<'tag' | 'group'>()
  return (
    <section
      aria-label="Selected runs"
      className="flex shrink-0 flex-wrap items-center gap-2 border-line border-t bg-selected px-3 py-2"
    >
      <span className="mr-2 font-medium">{formatCount(count, 'run')} selected</span>
      {asked === undefined ? (
        <>
          {props.onCompare && (
            <button className="button" onClick={props.onCompare} title="Compare (C)" type="button">
              <Columns2 size={14} /> Compare
            </button>
          )}
          <button className="button" onClick={() => setAsked('tag')} type="button">
            <Tag size={14} /> Tag
          </button>
          <button className="button" onClick={() => setAsked('group')} type="button">
            <FolderInput size={14} /> Group
          </button>
          <button className="button" onClick={() => onChange({ action: 'stop' }, 'asked to stop')} type="button">
            <Octagon size={14} /> Stop
          </button>
          <button
            className="button"
            onClick={() => onChange({ action: 'trash' }, 'moved to trash')}
            title="They can be restored for 30 days"
            type="button"
          >
            <Trash2 size={14} /> Move to trash
          </button>
        </>
      ) : (
        <NameForm
          kind={asked}
          onCancel={() => setAsked(undefined)}
          onName={(name) => {
            setAsked(undefined)
            if (asked === 'tag') onChange({ addTags: [name] }, `tagged ${name}`)
            else onChange({ group: name }, name === '' ? 'taken out of their groups' : `put into group ${name}`)
          }}
        />
      )}
      <button
        aria-label="Select none"
        className="icon-button ml-auto"
        onClick={props.onClear}
        title="Select none"
        type="button"
      >
        <X size={15} />
      </button>
    </section>
  )
}

function NameForm(props: {
  readonly kind: 'tag' | 'group'
  readonly onName: (name: string) => void
  readonly onCancel: () => void
}): ReactElement {
  const [name, setName] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (props.kind === 'group' || name.trim() !== '') props.onName(name.trim())
  }
  return (
    <form className="flex items-center gap-2" onSubmit={submit}>
      <input
        aria-label={props.kind === 'tag' ? 'Tag to add' : 'Group'}
        // The form appears because somebody asked for it.
        // biome-ignore lint/a11y/noAutofocus: the next thing to do is to type.
        autoFocus
        className="control w-44"
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && props.onCancel()}
        placeholder={props.kind === 'tag' ? 'Tag to add' : 'Group, or nothing for none'}
        value={name}
      />
      <button className="button" type="submit">
        {props.kind === 'tag' ? 'Add tag' : 'Set group'}
      </button>
      <button className="button" onClick={props.onCancel} type="button">
        Cancel
      </button>
    </form>
  )
}

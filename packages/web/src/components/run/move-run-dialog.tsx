import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useId, useState } from 'react'
import { type ProjectAddress, projectsQuery } from '../../api/queries.ts'
import { Dialog } from '../controls/dialog.tsx'

/** Asks into which project a run goes, one that is there or a new one. */
export function MoveRunDialog(props: {
  readonly address: ProjectAddress
  readonly name: string
  readonly onMove: (project: string) => void
  readonly onClose: () => void
}): ReactElement {
  const { entity, project } = props.address
  const { data } = useQuery(projectsQuery)
  const [target, setTarget] = useState('')
  const listId = useId()
  const trimmed = target.trim()
  const others = data?.projects.filter((one) => one.entity === entity && one.project !== project) ?? []
  const isNew = trimmed !== '' && trimmed !== project && !others.some((one) => one.project === trimmed)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    props.onClose()
    props.onMove(trimmed)
  }
  return (
    <Dialog onClose={props.onClose} title={`Move ${props.name}`}>
      <form onSubmit={submit}>
        <label className="flex flex-col gap-1">
          Project of {entity}
          <input
            autoFocus
            className="control"
            list={listId}
            maxLength={128}
            onChange={({ target: field }) => setTarget(field.value)}
            required
            spellCheck={false}
            value={target}
          />
        </label>
        <datalist id={listId}>
          {others.map((one) => (
            <option key={one.project} value={one.project} />
          ))}
        </datalist>
        <p className="mt-1 min-h-5 text-muted text-sm" role="status">
          {trimmed === project && 'It is there already.'}
          {isNew && `The project ${trimmed} is made.`}
        </p>
        <p className="text-muted text-sm">Programs and links that know its old address are led to the new one.</p>
        <div className="mt-3 flex justify-end">
          <button className="button" disabled={trimmed === '' || trimmed === project} type="submit">
            Move
          </button>
        </div>
      </form>
    </Dialog>
  )
}

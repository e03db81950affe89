import type { EntityRole } from '@lossline/protocol'
import { type FormEvent, type ReactElement, useState } from 'react'
import { NameField } from '../controls/name-field.tsx'
import { RoleSelect } from './role-select.tsx'

/** Takes somebody who has an account into a team. */
export function AddMember(props: {
  /** Those who belong to it. */
  readonly known: readonly string[]
  /** @returns whether it was done. */
  readonly onAdd: (user: string, role: EntityRole) => Promise<boolean>
}): ReactElement {
  const [name, setName] = useState('')
  const [role, setRole] = useState<EntityRole>('member')
  const trimmed = name.trim()
  const isKnown = props.known.includes(trimmed)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (await props.onAdd(trimmed, role)) setName('')
  }
  return (
    <form className="mt-3 flex flex-wrap items-end gap-2" onSubmit={(event) => void submit(event)}>
      <NameField label="Name of a user" onChange={setName} value={name} />
      <RoleSelect label="Role of the new member" onChange={setRole} value={role} />
      <button className="button" disabled={trimmed === '' || isKnown} type="submit">
        Add member
      </button>
      <span className="min-h-5 text-muted text-sm" role="status">
        {isKnown && `${trimmed} is a member already.`}
      </span>
    </form>
  )
}

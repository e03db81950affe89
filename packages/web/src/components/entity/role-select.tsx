import type { EntityRole } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { roleChoices } from '../../view/home/roles.ts'

/** One of the roles. */
export function RoleSelect(props: {
  readonly label: string
  readonly value: EntityRole
  readonly onChange: (role: EntityRole) => void
}): ReactElement {
  return (
    <select
      aria-label={props.label}
      className="control"
      // The choices are all that it can be.
      onChange={({ target }) => props.onChange(target.value as EntityRole)}
      value={props.value}
    >
      {roleChoices.map(({ role, label }) => (
        <option key={role} value={role}>
          {label}
        </option>
      ))}
    </select>
  )
}

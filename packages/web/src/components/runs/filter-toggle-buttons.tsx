import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { sessionQuery } from '../../api/queries.ts'
import { filterToggles, isToggleOn, withToggle } from '../../view/runs/filter-toggles.ts'

/** Buttons for conditions that are wanted often. They are conditions of the filter like any other. */
export function FilterToggleButtons(props: {
  readonly query: string
  readonly onChange: (query: string) => void
}): ReactElement {
  const { query, onChange } = props
  const { data: session } = useQuery(sessionQuery)
  const user = session?.mode === 'keys' && session.sharedKind === undefined ? session.user?.name : undefined
  return (
    <>
      {filterToggles(user).map((toggle) => {
        const isOn = isToggleOn(query, toggle)
        return (
          <button
            aria-pressed={isOn === true}
            className="button"
            disabled={isOn === undefined}
            key={toggle.label}
            onClick={() => onChange(withToggle(query, toggle))}
            title={isOn === undefined ? 'The filter cannot be read: correct it first' : undefined}
            type="button"
          >
            {toggle.label}
          </button>
        )
      })}
    </>
  )
}

import type { ReactElement } from 'react'

/** A name that somebody has to write, below what it is of. */
export function NameField(props: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}): ReactElement {
  return (
    <label className="flex flex-col gap-1">
      {props.label}
      <input
        autoComplete="off"
        className="control w-56"
        onChange={({ target }) => props.onChange(target.value)}
        required
        spellCheck={false}
        type="text"
        value={props.value}
      />
    </label>
  )
}

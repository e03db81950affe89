import { sharePasswordLengthMax, sharePasswordLengthMin } from '@lossline/protocol'
import { type ReactElement, useId } from 'react'

/** A password that a link asks for, or none; what is to be said of it stands below all of the form, which wraps. */
export function PasswordField(props: {
  readonly value: string
  readonly onChange: (value: string) => void
  /** Everybody sees everything without a link. */
  readonly isUseless: boolean
}): ReactElement {
  const { value, isUseless } = props
  const id = useId()
  return (
    <>
      <div className="flex w-52 flex-col gap-1">
        <label htmlFor={id}>Password (optional)</label>
        {/* One that is too long is for the server to refuse: cut off while it is pasted, it would be another one, unseen. */}
        <input
          aria-describedby={`${id}-hint`}
          autoComplete="new-password"
          className="control"
          disabled={isUseless}
          id={id}
          minLength={sharePasswordLengthMin}
          onChange={({ target }) => props.onChange(target.value)}
          type="password"
          value={value}
        />
      </div>
      <p className="order-last w-full text-muted text-sm" id={`${id}-hint`}>
        {isUseless
          ? 'This server asks nobody who they are, so a password would protect nothing.'
          : `A password has ${sharePasswordLengthMin} to ${sharePasswordLengthMax} characters.`}
      </p>
    </>
  )
}

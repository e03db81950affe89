import { type ReactElement, useEffect, useRef, useState } from 'react'
import { isApple, keyName, keyText } from '../../keyboard/key-press.ts'

/** A second key within this time makes a sequence of the two. */
const sequenceMs = 900

/** Takes the next key, or two in a row, that somebody presses. Escape and leaving the field change nothing. */
export function KeyField(props: {
  readonly label: string
  readonly onKeys: (keys: string) => void
  readonly onCancel: () => void
}): ReactElement {
  const [keys, setKeys] = useState('')
  const latest = useRef(props)
  latest.current = props
  useEffect(() => {
    if (keys === '') return
    if (keys.includes(' ')) return latest.current.onKeys(keys)
    const timer = setTimeout(() => latest.current.onKeys(keys), sequenceMs)
    return () => clearTimeout(timer)
  }, [keys])
  return (
    <input
      aria-label={props.label}
      // biome-ignore lint/a11y/noAutofocus: it appears because somebody wants to press a key now.
      autoFocus
      className="control w-44"
      onBlur={props.onCancel}
      onKeyDown={(event) => {
        // Tab leads on, as everywhere.
        if (event.key === 'Tab') return
        event.preventDefault()
        event.stopPropagation()
        if (event.key === 'Escape') return props.onCancel()
        const name = keyName(event, isApple())
        if (name !== undefined) setKeys(keys === '' ? name : `${keys} ${name}`)
      }}
      placeholder="Press a key, or two in a row"
      readOnly
      value={keys === '' ? '' : keyText(keys, isApple())}
    />
  )
}

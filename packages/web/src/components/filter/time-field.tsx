import type { ReactElement } from 'react'
import { fromLocalTime, toLocalTime } from '../../view/filter/local-time.ts'

/** A point in time by calendar and clock, for who does not want to write how long ago it was. */
export function TimeField(props: { readonly text: string; readonly onChange: (text: string) => void }): ReactElement {
  return (
    <label className="flex items-center gap-2 text-muted text-sm">
      or at
      <input
        className="control min-w-0 flex-1 text-text"
        onChange={({ target }) => {
          const text = fromLocalTime(target.value)
          if (text !== undefined) props.onChange(text)
        }}
        type="datetime-local"
        value={toLocalTime(props.text)}
      />
    </label>
  )
}

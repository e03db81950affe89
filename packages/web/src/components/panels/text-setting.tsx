import { type ReactElement, useEffect, useId, useState } from 'react'
import { splitKeys } from '../../view/text/split-keys.ts'

/** A text that is taken over when its field is left or Enter is pressed, so that half a word changes nothing. */
export function TextSetting(props: {
  readonly label: string
  readonly help?: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Offered while somebody types. */
  readonly options?: readonly string[]
  readonly isLong?: boolean
}): ReactElement {
  const { label, help, value, onChange, options, isLong = false } = props
  const [draft, setDraft] = useState(value)
  useEffect(() => setDraft(value), [value])
  const commit = (): void => {
    if (draft !== value) onChange(draft)
  }
  const id = useId()
  const shared = {
    id,
    value: draft,
    onBlur: commit,
    onChange: ({ target }: { readonly target: { readonly value: string } }) => setDraft(target.value),
  }
  return (
    <div className="mb-3 flex flex-col gap-1">
      <label className="font-medium" htmlFor={id}>
        {label}
      </label>
      {isLong ? (
        <textarea className="control min-h-40 py-1.5" {...shared} />
      ) : (
        <input
          className="control"
          list={options && `${id}-options`}
          onKeyDown={({ key }) => key === 'Enter' && commit()}
          {...shared}
        />
      )}
      {options && (
        <datalist id={`${id}-options`}>
          {options.map((option) => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
      {help !== undefined && <span className="text-muted text-sm">{help}</span>}
    </div>
  )
}

/** Several keys with commas between them. */
export function KeysSetting(props: {
  readonly label: string
  readonly help: string
  readonly value: readonly string[]
  readonly onChange: (keys: string[]) => void
}): ReactElement {
  const { label, help, value, onChange } = props
  return (
    <TextSetting help={help} label={label} onChange={(text) => onChange(splitKeys(text))} value={value.join(', ')} />
  )
}

/** A choice of a few. */
export function ChoiceSetting<T extends string>(props: {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly id: T; readonly label: string }[]
  readonly onChange: (value: T) => void
}): ReactElement {
  return (
    <label className="mb-3 flex flex-col gap-1">
      <span className="font-medium">{props.label}</span>
      <select
        className="control"
        // One of the options: they are all there are.
        onChange={({ target }) => props.onChange(target.value as T)}
        value={props.value}
      >
        {props.options.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}

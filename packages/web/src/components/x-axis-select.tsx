import type { ReactElement } from 'react'
import { keyTitle } from '../view/sections.ts'
import type { XChoice } from '../view/url-state.ts'

/** The x axis of all charts. */
export function XAxisSelect(props: {
  readonly value: XChoice
  readonly xKeys: readonly string[]
  readonly onChange: (x: XChoice) => void
}): ReactElement {
  const { value, xKeys, onChange } = props
  const text = value.kind === 'metric' ? `metric:${value.key}` : value.kind
  const isListed = value.kind !== 'metric' || xKeys.includes(value.key)
  return (
    <label className="flex items-center gap-1.5">
      <span className="text-muted">X axis</span>
      <select
        className="control max-w-44"
        onChange={({ target }) => onChange(parse(target.value))}
        title="What charts are drawn against. Automatic: what define_metric says, else the step."
        value={text}
      >
        <option value="auto">Automatic</option>
        <option value="step">Step</option>
        <option value="relative">Relative time</option>
        <option value="wall">Wall time</option>
        {!isListed && value.kind === 'metric' && <option value={text}>{keyTitle(value.key)}</option>}
        {xKeys.length > 0 && (
          <optgroup label="Metrics">
            {xKeys.map((key) => (
              <option key={key} value={`metric:${key}`}>
                {keyTitle(key)}
              </option>
            ))}
          </optgroup>
        )}
      </select>
    </label>
  )
}

function parse(text: string): XChoice {
  if (text === 'step' || text === 'relative' || text === 'wall') return { kind: text }
  return text.startsWith('metric:') ? { kind: 'metric', key: text.slice('metric:'.length) } : { kind: 'auto' }
}

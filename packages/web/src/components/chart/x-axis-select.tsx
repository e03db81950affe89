import type { ReactElement } from 'react'
import { plainXKinds, type XChoice } from '../../view/address/url-state.ts'
import { shortXChoiceNames, xChoiceNames } from '../../view/chart/x-axis.ts'
import { keyTitle } from '../../view/workspace/sections.ts'

/** The x axis of all charts. */
export function XAxisSelect(props: {
  readonly value: XChoice
  readonly xKeys: readonly string[]
  /** Says beside it what it is. Default: true. */
  readonly hasWords?: boolean
  /** Offers a formula, which is typed elsewhere. Default: only where there is one already. */
  readonly hasFormula?: boolean
  readonly onChange: (x: XChoice) => void
}): ReactElement {
  const { value, xKeys, onChange, hasWords = true, hasFormula = false } = props
  const text = value.kind === 'metric' ? `metric:${value.key}` : value.kind
  const isListed = value.kind !== 'metric' || xKeys.includes(value.key)
  return (
    <label className="flex shrink-0 items-center gap-1.5">
      <span className={hasWords ? 'text-muted' : 'sr-only'}>X axis</span>
      {!hasWords && (
        <span aria-hidden="true" className="text-muted">
          x
        </span>
      )}
      <select
        className="control field-sizing-content max-w-56"
        onChange={({ target }) => onChange(parse(target.value, value))}
        title="What charts are drawn against. Automatic: what define_metric says, else the step. Process: time at work, without pauses. Wall: time since the run was created."
        value={text}
      >
        {Object.entries(hasWords ? xChoiceNames : shortXChoiceNames).map(([kind, name]) => (
          <option key={kind} value={kind}>
            {name}
          </option>
        ))}
        {(hasFormula || value.kind === 'expression') && (
          <option value="expression">
            {value.kind === 'expression' && !hasFormula ? value.expression : 'Formula'}
          </option>
        )}
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

function parse(text: string, before: XChoice): XChoice {
  const plain = plainXKinds.find((kind) => kind === text)
  if (plain) return { kind: plain }
  // In a formula for x, `x` is the step.
  if (text === 'expression') return before.kind === 'expression' ? before : { kind: 'expression', expression: 'x' }
  return text.startsWith('metric:') ? { kind: 'metric', key: text.slice('metric:'.length) } : { kind: 'auto' }
}

import type { Smoothing } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { smoothingKinds, smoothingNote, weightMax } from '../view/smoothing.ts'

/** Kind and amount of smoothing. The server smooths the full history, so what a curve looks like does not depend on the zoom. */
export function SmoothingControl(props: {
  readonly value: Smoothing
  readonly onChange: (smoothing: Smoothing) => void
  readonly xExtent: number | undefined
  readonly unit: string
}): ReactElement {
  const { value, onChange } = props
  const note = smoothingNote(value, props.xExtent, props.unit)
  return (
    <div className="flex items-center gap-2">
      <select
        aria-label="Smoothing"
        className="control"
        onChange={({ target }) =>
          onChange(smoothingKinds.find(({ kind }) => kind === target.value)?.start ?? { kind: 'none' })
        }
        value={value.kind}
      >
        {smoothingKinds.map(({ kind, label }) => (
          <option key={kind} value={kind}>
            {label}
          </option>
        ))}
      </select>
      <Amount onChange={onChange} unit={props.unit} value={value} />
      {note !== '' && <span className="whitespace-nowrap text-muted text-sm">{note}</span>}
    </div>
  )
}

function Amount({
  value,
  onChange,
  unit,
}: {
  readonly value: Smoothing
  readonly onChange: (smoothing: Smoothing) => void
  readonly unit: string
}): ReactElement | null {
  switch (value.kind) {
    case 'none':
      return null
    case 'time-weighted-ema':
    case 'ema':
      return (
        <input
          aria-label="Smoothing weight"
          className="w-28 accent-accent"
          max={weightMax}
          min={0}
          onChange={({ target }) => onChange({ kind: value.kind, weight: Number(target.value) })}
          step={0.001}
          type="range"
          value={value.weight}
        />
      )
    case 'gaussian':
      return (
        <NumberField
          label={`Sigma in ${unit}`}
          onChange={(sigma) => onChange({ kind: 'gaussian', sigma })}
          value={value.sigma}
        />
      )
    case 'running-average':
      return (
        <NumberField
          label={`Window in ${unit}`}
          onChange={(window) => onChange({ kind: 'running-average', window })}
          value={value.window}
        />
      )
  }
}

function NumberField(props: {
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
}): ReactElement {
  return (
    <input
      aria-label={props.label}
      className="control w-20"
      min={0}
      onChange={({ target }) =>
        target.value !== '' && target.valueAsNumber >= 0 && props.onChange(target.valueAsNumber)
      }
      step="any"
      type="number"
      value={props.value}
    />
  )
}

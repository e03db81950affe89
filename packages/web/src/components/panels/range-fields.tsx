import { type ReactElement, useEffect, useState } from 'react'

/** Ends of an axis; undefined: as the data has it. */
export type RangeEnds = readonly [from: number | undefined, to: number | undefined]

/** Two fields for the ends of an axis. They are taken over when they are left or Enter is pressed. */
export function RangeFields(props: {
  readonly label: string
  readonly value: RangeEnds
  readonly onChange: (value: RangeEnds) => void
}): ReactElement {
  const { label, value, onChange } = props
  const [from, to] = value
  const isReversed = from !== undefined && to !== undefined && from >= to
  return (
    <div>
      <div className="flex items-center gap-2">
        <EndField label={`${label}, from`} onChange={(end) => onChange([end, to])} value={from} />
        <span className="text-muted">to</span>
        <EndField label={`${label}, to`} onChange={(end) => onChange([from, end])} value={to} />
      </div>
      {isReversed && (
        <p className="mt-1 text-bad text-sm" role="status">
          The first must be less than the second; until then the axis follows the data.
        </p>
      )}
    </div>
  )
}

function EndField(props: {
  readonly label: string
  readonly value: number | undefined
  readonly onChange: (end: number | undefined) => void
}): ReactElement {
  const { label, value, onChange } = props
  const stored = value === undefined ? '' : String(value)
  const [draft, setDraft] = useState(stored)
  useEffect(() => setDraft(stored), [stored])
  const isWrong = draft.trim() !== '' && !Number.isFinite(Number(draft))
  const commit = (): void => {
    if (draft === stored || isWrong) return
    onChange(draft.trim() === '' ? undefined : Number(draft))
  }
  return (
    <input
      aria-invalid={isWrong || undefined}
      aria-label={label}
      className="control w-full min-w-0 aria-invalid:border-bad"
      inputMode="decimal"
      onBlur={commit}
      onChange={({ target }) => setDraft(target.value)}
      onKeyDown={({ key }) => key === 'Enter' && commit()}
      placeholder="Auto"
      value={draft}
    />
  )
}

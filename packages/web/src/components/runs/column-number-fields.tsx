import type { ReactElement } from 'react'
import type { ColumnActions } from '../../hooks/runs/use-table-columns.ts'
import { digitRanges, type NumberFormat, numberFormatNames } from '../../view/runs/number-format.ts'
import type { TableColumn } from '../../view/runs/table-columns.ts'

/** Digits that a format begins with. */
const initialDigits = { fixed: 3, significant: 4, scientific: 2, percent: 1 } as const

/** How the numbers of a column are written, and which of them are good. */
export function ColumnNumberFields(props: {
  readonly column: TableColumn
  readonly actions: ColumnActions
}): ReactElement {
  const { column, actions } = props
  const { key, format, better } = column
  const set = (next: NumberFormat | undefined): void => actions.set(key, 'Number format', { format: next })
  const choose = (kind: string): void => {
    const known = Object.keys(numberFormatNames).find((one) => one === kind) as NumberFormat['kind'] | undefined
    if (known === undefined) set(undefined)
    else if (known === 'si' || known === 'duration' || known === 'bytes') set({ kind: known })
    else set({ kind: known, digits: initialDigits[known] })
  }
  return (
    <div className="mt-1 grid gap-2 border-line border-t px-2 pt-2 pb-1">
      <label className="grid gap-0.5 text-muted text-sm">
        Numbers
        <select
          className="control text-text"
          onChange={({ target }) => choose(target.value)}
          value={format?.kind ?? 'auto'}
        >
          <option value="auto">Automatic</option>
          {Object.entries(numberFormatNames).map(([kind, name]) => (
            <option key={kind} value={kind}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {format !== undefined && 'digits' in format && (
        <label className="flex items-center justify-between gap-2 text-muted text-sm">
          Digits
          <input
            className="control w-20 text-text"
            max={digitRanges[format.kind][1]}
            min={digitRanges[format.kind][0]}
            onChange={({ target }) => {
              const [least, most] = digitRanges[format.kind]
              const digits = target.valueAsNumber
              if (Number.isInteger(digits) && digits >= least && digits <= most) set({ ...format, digits })
            }}
            type="number"
            value={format.digits}
          />
        </label>
      )}
      <label className="grid gap-0.5 text-muted text-sm">
        Better is
        <select
          className="control text-text"
          onChange={({ target }) => {
            const chosen = target.value as 'higher' | 'lower' | 'none'
            actions.set(key, 'Better values', { better: chosen })
          }}
          value={better ?? 'none'}
        >
          <option value="none">Not said</option>
          <option value="higher">Higher</option>
          <option value="lower">Lower</option>
        </select>
      </label>
    </div>
  )
}

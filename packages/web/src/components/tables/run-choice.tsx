import type { RunSummary } from '@lossline/protocol'
import type { ReactElement } from 'react'
import type { TableMode } from '../../view/panels/table-panel.ts'
import { formatCount } from '../../view/text/format.ts'

const several: readonly { readonly mode: TableMode; readonly label: string }[] = [
  { mode: 'concat', label: 'Behind each other' },
  { mode: 'compare', label: 'Side by side' },
  { mode: 'separate', label: 'In separate tables' },
]
const modePrefix = 'mode '

/** In the heading of a table panel: whose table it shows, or how it shows those of several runs. */
export function TableRunChoice(props: {
  /** Title of the panel. */
  readonly title: string
  readonly runs: readonly RunSummary[]
  readonly chosenId: string | undefined
  readonly mode: TableMode
  readonly onChoose: (choice: { readonly mode: TableMode; readonly runId?: string }) => void
}): ReactElement | null {
  const { runs, mode, onChoose } = props
  if (runs.length < 2) return null
  const choose = (value: string): void => {
    const found = several.find((one) => `${modePrefix}${one.mode}` === value)
    onChoose(found === undefined ? { mode: 'one', runId: value } : { mode: found.mode })
  }
  return (
    <select
      aria-label={`Run of ${props.title}`}
      className="control h-6 max-w-44 py-0 text-sm"
      onChange={({ target }) => choose(target.value)}
      value={mode === 'one' ? props.chosenId : `${modePrefix}${mode}`}
    >
      <optgroup label="One run">
        {runs.map(({ runId, displayName }) => (
          <option key={runId} value={runId}>
            {displayName}
          </option>
        ))}
      </optgroup>
      <optgroup label={formatCount(runs.length, 'run')}>
        {several.map((one) => (
          <option key={one.mode} value={`${modePrefix}${one.mode}`}>
            {one.label}
          </option>
        ))}
      </optgroup>
    </select>
  )
}

import type { RunSummary } from '@lossline/protocol'
import type { ReactElement } from 'react'

/** In the heading of a panel that shows one run at a time: which. Nothing where there is no choice. */
export function RunChoice(props: {
  /** Title of the panel. */
  readonly title: string
  readonly runs: readonly RunSummary[]
  readonly chosenId: string | undefined
  readonly onChoose: (runId: string) => void
}): ReactElement | null {
  const { title, runs, chosenId, onChoose } = props
  if (runs.length < 2) return null
  return (
    <select
      aria-label={`Run of ${title}`}
      className="control h-6 max-w-40 py-0 text-sm"
      onChange={({ target }) => onChoose(target.value)}
      value={chosenId}
    >
      {runs.map(({ runId, displayName }) => (
        <option key={runId} value={runId}>
          {displayName}
        </option>
      ))}
    </select>
  )
}

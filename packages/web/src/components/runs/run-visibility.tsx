import type { ReactElement } from 'react'
import type { RunsState } from '../../hooks/runs/use-runs.ts'
import { moreRunCounts } from '../../view/runs/run-cap.ts'
import {
  defaultRunSelection,
  firstRunCount,
  invertSelection,
  type RunSelection,
} from '../../view/runs/run-selection.ts'
import { formatNumber } from '../../view/text/format.ts'

/** "10 of 183", and how to change it. */
export function RunVisibility(props: {
  readonly runs: RunsState
  readonly selection: RunSelection
  readonly onSelect: (selection: RunSelection) => void
}): ReactElement {
  const { runs, selection, onSelect } = props
  const total = runs.total ?? 0
  const choose = (base: RunSelection['base']) => (): void => onSelect({ base, shown: [], hidden: [] })
  return (
    <div className="flex flex-wrap items-center gap-y-0.5 px-3 pb-1.5 text-muted text-sm">
      <span aria-live="off" className="mr-auto" title="Runs drawn in charts, of all that match">
        {formatNumber(runs.visibleRuns.length)} of {formatNumber(total)} shown
      </span>
      <Choice
        isOn={isFirst(selection, firstRunCount)}
        label={`First ${firstRunCount}`}
        onClick={() => onSelect(defaultRunSelection)}
      />
      {moreRunCounts
        .filter((count) => count < total)
        .map((count) => (
          <Choice
            isOn={isFirst(selection, count)}
            key={count}
            label={`${count}`}
            onClick={choose({ kind: 'first', count })}
            title={`First ${count}`}
          />
        ))}
      <Choice isOn={isPlain(selection, 'all')} label="All" onClick={choose({ kind: 'all' })} />
      <Choice isOn={isPlain(selection, 'running')} label="Running" onClick={choose({ kind: 'running' })} />
      <Choice isOn={isPlain(selection, 'none')} label="None" onClick={choose({ kind: 'none' })} />
      <button
        aria-label="Invert which runs are shown"
        className="h-6 rounded px-[5px] hover:bg-hover hover:text-text"
        onClick={() =>
          onSelect(
            invertSelection(
              selection,
              runs.visibleRuns.map(({ runId }) => runId),
            ),
          )
        }
        title="Show the runs that are hidden, and hide the others"
        type="button"
      >
        Invert
      </button>
    </div>
  )
}

function Choice(props: {
  readonly label: string
  /** What it is called in full. Default: as its label. */
  readonly title?: string
  readonly isOn: boolean
  readonly onClick: () => void
}): ReactElement {
  return (
    <button
      aria-label={`Show ${(props.title ?? props.label).toLowerCase()}`}
      aria-pressed={props.isOn}
      className="h-6 rounded px-[5px] hover:bg-hover hover:text-text aria-pressed:text-accent"
      onClick={props.onClick}
      type="button"
    >
      {props.label}
    </button>
  )
}

function isFirst(selection: RunSelection, count: number): boolean {
  return isPlain(selection, 'first') && selection.base.kind === 'first' && selection.base.count === count
}

function isPlain({ base, shown, hidden, groups }: RunSelection, kind: RunSelection['base']['kind']): boolean {
  return base.kind === kind && shown.length === 0 && hidden.length === 0 && groups === undefined
}

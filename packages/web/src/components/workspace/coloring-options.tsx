import type { ReactElement } from 'react'
import { useColoringActions } from '../../hooks/workspace/use-coloring-actions.ts'
import type { WorkspacePage } from '../../hooks/workspace/use-workspace-page.ts'
import { shortKey } from '../../view/panels/axis-key.ts'
import { bucketCounts } from '../../view/runs/run-coloring.ts'
import type { TableColumn } from '../../view/runs/table-columns.ts'
import { findRunSet } from '../../view/workspace/workspace-address.ts'

const groupsOption = 'groups'

/** By what the runs of the chosen set are coloured; a button that tells those apart which are drawn, and one that takes it back. */
export function ColoringOptions(props: {
  readonly page: WorkspacePage
  readonly columns: readonly TableColumn[]
}): ReactElement {
  const { page } = props
  const { state, view, drawn, chosenId } = page
  const actions = useColoringActions(page)
  const { separated, runColors } = state.workspace
  const { coloring } = findRunSet(state.workspace, chosenId)
  const columns = props.columns.filter(
    ({ isSortable, kind, isOfMedia }) => isSortable && kind !== 'time' && kind !== 'other' && !isOfMedia,
  )
  const isByGroups =
    coloring.kind === 'values' && coloring.keys.join() === view.groupBy.join() && view.groupBy.length > 0
  const key = coloring.kind === 'scale' ? coloring.key : coloring.kind === 'values' ? coloring.keys[0]! : ''
  const bucketCount = coloring.kind === 'scale' ? coloring.edges.length + 1 : bucketCounts.usual
  const isOwn = coloring.kind === 'own' && separated.length === 0 && runColors.size === 0
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="float-left mb-1 font-medium">Colours</legend>
      <div className="clear-both flex items-center gap-2">
        <label className="flex min-w-0 flex-1 items-center gap-1.5 whitespace-nowrap text-muted">
          Colour by
          <select
            className="control min-w-0 flex-1 text-text"
            onChange={({ target }) => {
              if (target.value === '') actions.reset()
              else if (target.value === groupsOption) void actions.byGroups(view.groupBy)
              else void actions.byKey(target.value, bucketCount)
            }}
            value={isByGroups ? groupsOption : key}
          >
            <option value="">Run</option>
            {view.groupBy.length > 0 && (
              <option value={groupsOption}>Groups: {view.groupBy.map((one) => shortKey(one)).join(', ')}</option>
            )}
            {key !== '' && !isByGroups && !columns.some((column) => column.key === key) && (
              <option value={key}>{key}</option>
            )}
            {columns.map((column) => (
              <option key={column.key} value={column.key}>
                {column.namespace === undefined ? column.title : `${column.namespace} ${column.title}`}
              </option>
            ))}
          </select>
        </label>
        {coloring.kind === 'scale' && (
          <label className="flex items-center gap-1.5 text-muted">
            Steps
            <select
              className="control text-text"
              onChange={({ target }) => void actions.byKey(coloring.key, Number(target.value))}
              value={bucketCount}
            >
              {bucketChoices.map((count) => (
                <option key={count}>{count}</option>
              ))}
            </select>
          </label>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <button
          className="button"
          disabled={drawn.runs.length === 0}
          onClick={actions.separate}
          title="Gives the runs that are drawn now the colours that differ most, in this view alone"
          type="button"
        >
          Separate visible runs
        </button>
        <button className="button" disabled={isOwn} onClick={actions.reset} type="button">
          Reset
        </button>
      </div>
    </fieldset>
  )
}

const bucketChoices: readonly number[] = Array.from(
  { length: bucketCounts.most - bucketCounts.least + 1 },
  (_, i) => bucketCounts.least + i,
)

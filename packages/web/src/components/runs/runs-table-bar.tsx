import type { RunKeysResponse } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { Columns3 } from 'lucide-react'
import { type ReactElement, type ReactNode, useCallback, useRef } from 'react'
import { type ProjectAddress, runCountQuery } from '../../api/queries.ts'
import { useShortcut } from '../../hooks/use-store.ts'
import type { ViewState } from '../../view/address/url-state.ts'
import type { ViewStore } from '../../view/address/view-store.ts'
import type { RunFilterState } from '../../view/runs/run-filter.ts'
import type { TableColumn } from '../../view/runs/table-columns.ts'
import { formatCount } from '../../view/text/format.ts'
import type { FilterBarHandle } from '../filter/filter-bar.tsx'
import { FilterToggleButtons } from './filter-toggle-buttons.tsx'
import { GroupBySelect } from './group-by-select.tsx'
import { RunFilterField } from './run-filter-field.tsx'

/** Above a table of runs: which runs there are, which columns, how they are put together, and how many. */
export function RunsTableBar(props: {
  readonly address: ProjectAddress
  readonly view: ViewState
  readonly store: ViewStore
  readonly filterState: RunFilterState
  /** What the project's runs have; undefined: not known yet. */
  readonly known: RunKeysResponse | undefined
  /** Every column that there can be. */
  readonly all: readonly TableColumn[]
  /** Undefined: not known yet. */
  readonly runCount: number | undefined
  readonly groupCount: number | undefined
  /** Which of several sets of runs it is. */
  readonly setSelect: ReactNode
  readonly onChooseColumns: () => void
  /** Leads from the filter to the rows. */
  readonly onLeaveFilter: () => void
  /** The menu that saves what is listed. */
  readonly exportMenu: ReactNode
  /** What is done with the view as a whole. */
  readonly children: ReactNode
}): ReactElement {
  const { view, store, all, runCount, groupCount } = props
  const allCount = useQuery({ ...runCountQuery(props.address), enabled: view.query.trim() !== '' })
  const filterField = useRef<FilterBarHandle>(null)
  useShortcut(
    'filter-runs',
    useCallback(() => filterField.current?.focus(), []),
  )
  return (
    <div className="flex flex-wrap items-start gap-2 border-line border-b bg-panel px-3 py-2">
      {props.setSelect}
      <RunFilterField
        className="min-w-[min(260px,100%)] max-w-[480px] flex-1"
        known={props.known}
        onChange={(query) => store.update({ query })}
        onLeave={props.onLeaveFilter}
        ref={filterField}
        state={props.filterState}
        value={view.query}
      />
      <FilterToggleButtons onChange={(query) => store.update({ query })} query={view.query} />
      <button className="button" onClick={props.onChooseColumns} type="button">
        <Columns3 size={15} /> Columns
      </button>
      {props.exportMenu}
      <GroupBySelect columns={all} groupBy={view.groupBy} onChange={(groupBy) => store.update({ groupBy })} />
      <div className="ml-auto flex flex-wrap items-center justify-end gap-2">
        <p aria-live="polite" className="py-1 text-muted">
          {runCount !== undefined && countOf(runCount, allCount.data)}
          {groupCount !== undefined && ` in ${formatCount(groupCount, 'group')}`}
        </p>
        <div aria-label="View" className="flex shrink-0 items-center gap-1.5" role="toolbar">
          {props.children}
        </div>
      </div>
    </div>
  )
}

/** `12 of 60 runs`; `60 runs` where no run is left out, or nobody knows how many. */
function countOf(matching: number, all: number | undefined): string {
  if (all === undefined || all <= matching) return formatCount(matching, 'run')
  return `${matching.toLocaleString('en-US')} of ${formatCount(all, 'run')}`
}

import { useQuery } from '@tanstack/react-query'
import {
  lazy,
  type ReactElement,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { type ProjectAddress, runKeysQuery } from '../../api/queries.ts'
import { useHeldRuns } from '../../hooks/runs/use-held-runs.ts'
import { useListCursor } from '../../hooks/runs/use-list-cursor.ts'
import { moveByArrows } from '../../hooks/runs/use-meant-row.ts'
import type { RunsState } from '../../hooks/runs/use-runs.ts'
import { useAtWork } from '../../hooks/use-at-work.ts'
import { useRows } from '../../hooks/use-rows.ts'
import { useShortcut } from '../../hooks/use-store.ts'
import type { ListGroups } from '../../hooks/workspace/use-list-groups.ts'
import { noRows } from '../../view/runs/row-selection.ts'
import { isStale, type RunFilterState } from '../../view/runs/run-filter.ts'
import type { RunSelection } from '../../view/runs/run-selection.ts'
import { keyOfRow, toFlatRows } from '../../view/runs/table-rows.ts'
import { Failure } from '../controls/failure.tsx'
import type { FilterBarHandle } from '../filter/filter-bar.tsx'
import { NewRunsBar } from './new-runs-bar.tsx'
import { RunFilterField } from './run-filter-field.tsx'
import { RunVisibility } from './run-visibility.tsx'
import { RunsListItem } from './runs-list-item.tsx'

const MarkedRunsBar = lazy(() => import('./marked-runs-bar.tsx').then((module) => ({ default: module.MarkedRunsBar })))
const NoMatch = lazy(() => import('./no-match.tsx').then((module) => ({ default: module.NoMatch })))
const RunPreview = lazy(() => import('./run-preview.tsx').then((module) => ({ default: module.RunPreview })))

/** What the list shows and reports. */
export interface RunsListProps {
  /** Where the runs are. */
  readonly address: ProjectAddress
  /** By which keys charts know them. */
  readonly keyOf: (runId: string) => string
  readonly runs: RunsState
  readonly query: string
  readonly filterState: RunFilterState
  readonly selection: RunSelection
  /** Undefined: runs are listed one by one. */
  readonly groups: ListGroups | undefined
  readonly baseline: string | undefined
  readonly pins: readonly string[]
  readonly onQuery: (query: string) => void
  readonly onSelect: (selection: RunSelection) => void
  readonly onToggle: (runId: string, isVisible: boolean) => void
  readonly onOnly: (runId: string) => void
  readonly onBaseline: (runId: string) => void
  readonly onPin: (runId: string) => void
  /** Beside the filter. */
  readonly options?: ReactNode
  /** Above the runs. */
  readonly legend?: ReactNode
}

/** Runs of the project: which there are, which are drawn, in which colour. */
export function RunsList(props: RunsListProps): ReactElement {
  const { address, runs, selection, query, groups } = props
  const keys = useQuery(runKeysQuery(address))
  const searchField = useRef<FilterBarHandle>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const [marked, setMarked] = useState(noRows)
  const work = useAtWork()
  const held = useHeldRuns(address, runs, work.isAtWork)
  const rows = useMemo(
    () => groups?.rows ?? toFlatRows({ total: held.total, runs: held.runs, ensure: runs.ensure }),
    [groups?.rows, held.total, held.runs, runs.ensure],
  )
  const drawnIds = useMemo(() => new Set(runs.visibleRuns.map(({ runId }) => runId)), [runs.visibleRuns])
  const [virtualizer, rowHeight] = useRows(32, {
    count: rows.count,
    getScrollElement: () => scroller.current,
    overscan: 8,
  })
  const items = virtualizer.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0
  useEffect(() => rows.ensure(0, lastIndex), [rows, lastIndex])

  const toggle = (runId: string): void => props.onToggle(runId, drawnIds.has(runId))
  const cursor = useListCursor(address, rows, {
    groups,
    scroller,
    marked,
    onMark: setMarked,
    reveal: (index) => virtualizer.scrollToIndex(index),
    onRun: { ...props, onToggle: toggle },
  })
  useShortcut(
    'filter-runs',
    useCallback(() => searchField.current?.focus(), []),
  )

  return (
    <div className="relative flex h-full min-h-0 flex-col">
      <div className="flex items-start gap-1 px-3 pt-2 pb-1.5">
        <RunFilterField
          className="min-w-0 flex-1"
          known={keys.data}
          onChange={props.onQuery}
          onLeave={cursor.enter}
          ref={searchField}
          state={props.filterState}
          value={query}
        />
        {props.options}
      </div>
      <RunVisibility onSelect={props.onSelect} runs={runs} selection={selection} />
      {props.legend}
      <div className="relative flex min-h-0 flex-1 flex-col" {...work.area}>
        <div
          className="min-h-0 flex-1 overflow-y-auto"
          onPointerMove={cursor.onPointerMove}
          ref={scroller}
          {...work.scroller}
        >
          {runs.total === 0 && query !== '' && (
            <p className="px-4 py-6 text-center text-muted">
              <Suspense>
                <NoMatch known={keys.data} query={query} />
              </Suspense>{' '}
              <button className="link-text" onClick={() => props.onQuery('')} type="button">
                Clear filter
              </button>
            </p>
          )}
          {groups?.error && <Failure className="px-4 py-6 text-center" error={groups.error} onRetry={groups.retry} />}
          {rows.count > 0 && (
            <ul
              aria-label="Runs"
              className={`relative transition-opacity ${isStale(props.filterState, runs) ? 'opacity-60 delay-200' : ''}`}
              onKeyDown={(event) => moveByArrows(event, cursor.move)}
              style={{ height: virtualizer.getTotalSize() }}
            >
              {items.map((item) => {
                const row = rows.at(item.index)
                return (
                  <li
                    aria-posinset={item.index + 1}
                    aria-setsize={rows.count}
                    className="absolute inset-x-0 top-0 px-1.5"
                    data-row={keyOfRow(row)}
                    key={keyOfRow(row) ?? item.key}
                    style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
                  >
                    <RunsListItem
                      actions={cursor.actions}
                      address={address}
                      baseline={props.baseline}
                      drawnIds={drawnIds}
                      groups={groups}
                      index={item.index}
                      isCurrent={item.index === cursor.current}
                      markedIds={marked.ids}
                      keyOf={props.keyOf}
                      pins={props.pins}
                      row={row}
                    />
                  </li>
                )
              })}
            </ul>
          )}
        </div>
        {!groups && <NewRunsBar news={held.news} />}
      </div>
      {marked.ids.size > 0 && (
        <Suspense>
          <MarkedRunsBar address={address} onClear={() => setMarked(noRows)} runIds={[...marked.ids]} />
        </Suspense>
      )}
      {cursor.previewed && (
        <Suspense>
          <RunPreview
            address={address}
            className="top-2 left-full ml-2 max-h-[calc(100%-16px)] w-96 max-lg:right-2 max-lg:left-2 max-lg:ml-0 max-lg:w-auto"
            onClose={cursor.closePreview}
            listed={cursor.previewed}
          />
        </Suspense>
      )}
    </div>
  )
}

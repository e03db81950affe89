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
import { useFocusFollows } from '../../hooks/runs/use-focus-follows.ts'
import { useHeldRuns } from '../../hooks/runs/use-held-runs.ts'
import { useRunKeys } from '../../hooks/runs/use-run-keys.ts'
import type { RunsState } from '../../hooks/runs/use-runs.ts'
import { useAtWork } from '../../hooks/use-at-work.ts'
import { useRows } from '../../hooks/use-rows.ts'
import { useShortcut } from '../../hooks/use-store.ts'
import type { ListGroups } from '../../hooks/workspace/use-list-groups.ts'
import { leaveFocus } from '../../view/browser/leave-focus.ts'
import { explainNoMatch } from '../../view/runs/no-match.ts'
import { isStale, type RunFilterState } from '../../view/runs/run-filter.ts'
import type { RunSelection } from '../../view/runs/run-selection.ts'
import { toFlatRows } from '../../view/runs/table-rows.ts'
import { Failure } from '../controls/failure.tsx'
import type { FilterBarHandle } from '../filter/filter-bar.tsx'
import { NewRunsBar } from './new-runs-bar.tsx'
import { RunFilterField } from './run-filter-field.tsx'
import { RunVisibility } from './run-visibility.tsx'
import { RunsListItem } from './runs-list-item.tsx'
import type { RunsListActions } from './runs-list-row.tsx'
import { keyOfRow } from './runs-table-row-at.tsx'

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
  const [current, setCurrent] = useState(-1)
  const [isPreviewing, setIsPreviewing] = useState(false)
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

  const goTo = (index: number): void => {
    setCurrent(index)
    virtualizer.scrollToIndex(index)
  }
  const move = (by: number): void => goTo(Math.max(0, Math.min(rows.count - 1, current + by)))
  /** From the filter to the first that it finds. */
  const [entries, setEntries] = useState(0)
  const enter = (): void => {
    leaveFocus()
    goTo(0)
    setEntries(entries + 1)
  }
  const toggle = (runId: string): void => props.onToggle(runId, drawnIds.has(runId))
  const latest = useRef({ props, isPreviewing, current, toggle })
  latest.current = { props, isPreviewing, current, toggle }
  const [actions] = useState(
    (): RunsListActions => ({
      focus: setCurrent,
      preview(index) {
        const { isPreviewing, current } = latest.current
        setIsPreviewing(!isPreviewing || index !== current)
        setCurrent(index)
      },
      toggle: (runId) => latest.current.toggle(runId),
      only: (runId) => latest.current.props.onOnly(runId),
      pin: (runId) => latest.current.props.onPin(runId),
    }),
  )
  const currentRow = current >= 0 && current < rows.count ? rows.at(current) : undefined
  const currentRun = currentRow?.kind === 'run' ? currentRow.run : undefined
  useShortcut(
    'filter-runs',
    useCallback(() => searchField.current?.focus(), []),
  )
  useRunKeys(address, currentRun, {
    onMove: move,
    onToggle: toggle,
    onOnly: props.onOnly,
    onBaseline: props.onBaseline,
    onPin: props.onPin,
    onPreview: () => setIsPreviewing(!isPreviewing),
  })
  useShortcut('toggle-eye', () => {
    if (currentRow?.kind !== 'group' || !groups) return false
    groups.show(currentRow.group, groups.inCharts(currentRow.group).drawnCount < currentRow.group.runCount)
  })
  useFocusFollows(scroller, current < 0 ? undefined : currentRow && keyOfRow(currentRow), entries)

  return (
    <div className="relative flex h-full min-h-0 flex-col">
      <div className="flex items-start gap-1 px-3 pt-2 pb-1.5">
        <RunFilterField
          className="min-w-0 flex-1"
          known={keys.data}
          onChange={props.onQuery}
          onLeave={enter}
          ref={searchField}
          state={props.filterState}
          value={query}
        />
        {props.options}
      </div>
      <RunVisibility onSelect={props.onSelect} runs={runs} selection={selection} />
      {props.legend}
      <div className="relative flex min-h-0 flex-1 flex-col" {...work.area}>
        <div className="min-h-0 flex-1 overflow-y-auto" ref={scroller} {...work.scroller}>
          {runs.total === 0 && query !== '' && (
            <p className="px-4 py-6 text-center text-muted">
              No run matches <code className="font-mono text-text">{query}</code>.{' '}
              {explainNoMatch(query, keys.data?.keys ?? [])}{' '}
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
              onKeyDown={(event) => {
                const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
                if (by === 0) return
                move(by)
                event.preventDefault()
              }}
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
                      actions={actions}
                      address={address}
                      baseline={props.baseline}
                      drawnIds={drawnIds}
                      groups={groups}
                      index={item.index}
                      isCurrent={item.index === current}
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
      {isPreviewing && currentRun && (
        <Suspense>
          <RunPreview
            address={address}
            className="top-2 left-full ml-2 max-h-[calc(100%-16px)] w-96 max-lg:right-2 max-lg:left-2 max-lg:ml-0 max-lg:w-auto"
            onClose={() => setIsPreviewing(false)}
            listed={currentRun}
          />
        </Suspense>
      )}
    </div>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactElement, useCallback, useEffect, useRef, useState } from 'react'
import { type ProjectAddress, runKeysQuery } from '../../api/queries.ts'
import type { RunsState } from '../../hooks/use-runs.ts'
import { useShortcut } from '../../hooks/use-store.ts'
import { formatNumber } from '../../view/format.ts'
import { toRunSet } from '../../view/run/run-set.ts'
import { defaultRunSelection, firstRunCount, isRunVisible, type RunSelection } from '../../view/run-selection.ts'
import type { RunFilterState } from '../../view/runs/run-filter.ts'
import { RunFilterField } from './run-filter-field.tsx'
import { RunsListRow } from './runs-list-row.tsx'

const rowHeight = 32

/** What the list shows and reports. */
export interface RunsListProps {
  readonly address: ProjectAddress
  readonly runs: RunsState
  readonly query: string
  readonly filterState: RunFilterState
  readonly selection: RunSelection
  readonly onQuery: (query: string) => void
  readonly onSelect: (selection: RunSelection) => void
  readonly onToggle: (runId: string, index: number) => void
  readonly onOnly: (runId: string) => void
}

/** Runs of the project: which there are, which are drawn, in which colour. */
export function RunsList(props: RunsListProps): ReactElement {
  const { address, runs, selection, query } = props
  const keys = useQuery(runKeysQuery(address))
  const searchField = useRef<HTMLInputElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(-1)
  const navigate = useNavigate()
  const { ensure } = runs
  const virtualizer = useVirtualizer({
    count: runs.total ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  })
  const items = virtualizer.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0
  useEffect(() => ensure(0, lastIndex), [ensure, lastIndex])

  const move = (by: number): void => {
    const next = Math.max(0, Math.min((runs.total ?? 0) - 1, current + by))
    setCurrent(next)
    virtualizer.scrollToIndex(next)
  }
  const currentRun = runs.runs[current]
  useShortcut(
    'filter-runs',
    useCallback(() => searchField.current?.focus(), []),
  )
  useShortcut('next-run', () => move(1))
  useShortcut('previous-run', () => move(-1))
  useShortcut('toggle-eye', () => currentRun && props.onToggle(currentRun.runId, current))
  useShortcut('only-this-run', () => currentRun && props.onOnly(currentRun.runId))
  useShortcut('open-run', () => {
    if (!currentRun) return false
    void navigate({
      to: '/$entity/$project/runs/$runId',
      params: { ...address, runId: currentRun.runId },
      search: toRunSet as never,
    })
  })

  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="px-3 pt-2 pb-1.5">
        <RunFilterField
          keys={keys.data?.keys ?? []}
          onChange={props.onQuery}
          ref={searchField}
          state={props.filterState}
          value={query}
        />
      </div>
      <Visibility {...props} />
      <div className="min-h-0 flex-1 overflow-y-auto" ref={scroller}>
        {runs.total === 0 && query !== '' && (
          <p className="px-4 py-6 text-center text-muted">
            No run matches <code className="font-mono text-text">{query}</code>.{' '}
            <button className="link-text" onClick={() => props.onQuery('')} type="button">
              Clear filter
            </button>
          </p>
        )}
        {(runs.total ?? 0) > 0 && (
          <ul aria-label="Runs" className="relative" style={{ height: virtualizer.getTotalSize() }}>
            {items.map((item) => {
              const run = runs.runs[item.index]
              return (
                <li
                  aria-posinset={item.index + 1}
                  aria-setsize={runs.total}
                  className="absolute inset-x-0 top-0 px-1.5"
                  key={run?.runId ?? item.key}
                  style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
                >
                  {run ? (
                    <RunsListRow
                      address={address}
                      isCurrent={item.index === current}
                      isVisible={isRunVisible(selection, run.runId, item.index)}
                      onOnly={() => props.onOnly(run.runId)}
                      onToggle={() => props.onToggle(run.runId, item.index)}
                      run={run}
                    />
                  ) : (
                    <div className="skeleton m-1.5 h-5" />
                  )}
                </li>
              )
            })}
          </ul>
        )}
      </div>
    </div>
  )
}

/** "10 of 183", and how to change it. */
function Visibility({ runs, selection, onSelect }: RunsListProps): ReactElement {
  const total = runs.total ?? 0
  const choose = (base: RunSelection['base']) => (): void => onSelect({ base, shown: [], hidden: [] })
  return (
    <div className="flex flex-wrap items-center gap-y-0.5 px-3 pb-1.5 text-muted text-sm">
      <span aria-live="off" className="mr-auto" title="Runs drawn in charts, of all that match">
        {formatNumber(runs.visibleRuns.length)} of {formatNumber(total)} shown
      </span>
      <Choice
        isOn={isPlain(selection, 'first')}
        label={`First ${firstRunCount}`}
        onClick={() => onSelect(defaultRunSelection)}
      />
      <Choice isOn={isPlain(selection, 'all')} label="All" onClick={choose({ kind: 'all' })} />
      <Choice isOn={isPlain(selection, 'none')} label="None" onClick={choose({ kind: 'none' })} />
    </div>
  )
}

function Choice(props: { readonly label: string; readonly isOn: boolean; readonly onClick: () => void }): ReactElement {
  return (
    <button
      aria-label={`Show ${props.label.toLowerCase()}`}
      aria-pressed={props.isOn}
      className="h-6 rounded px-[5px] hover:bg-hover hover:text-text aria-pressed:text-accent"
      onClick={props.onClick}
      type="button"
    >
      {props.label}
    </button>
  )
}

function isPlain({ base, shown, hidden }: RunSelection, kind: RunSelection['base']['kind']): boolean {
  return base.kind === kind && shown.length === 0 && hidden.length === 0
}

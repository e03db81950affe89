import type { RunDetail, StrictJson } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactElement, useMemo, useRef, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useTheme } from '../../hooks/use-store.ts'
import {
  type ComparedRow,
  comparedText,
  compareRuns,
  filterComparison,
  percentDelta,
} from '../../view/compare/compare-runs.ts'
import { formatCount } from '../../view/format.ts'
import { formatLeaf } from '../../view/json-tree.ts'
import { runStyle } from '../../view/palette.ts'
import { CopyButton } from '../copy-button.tsx'
import { SearchField } from '../search-field.tsx'
import { Swatch } from '../swatch.tsx'

const rowHeight = 28
const headHeight = 34
const nameWidth = 200
const runWidth = 170

/** Runs as columns, what they have as rows; at first only what they differ in. */
export function RunComparison(props: {
  readonly address: ProjectAddress
  readonly runs: readonly RunDetail[]
  readonly isDifferentOnly: boolean
  readonly onDifferentOnly: (isDifferentOnly: boolean) => void
  /** The run that the others are compared with. Default: the first. */
  readonly baselineId?: string | undefined
}): ReactElement {
  const { address, runs, isDifferentOnly } = props
  const [search, setSearch] = useState('')
  const theme = useTheme()
  const scroller = useRef<HTMLDivElement>(null)
  const all = useMemo(() => compareRuns(runs), [runs])
  const rows = useMemo(() => filterComparison(all, { search, isDifferentOnly }), [all, search, isDifferentOnly])
  const baseline = Math.max(
    0,
    runs.findIndex(({ runId }) => runId === props.baselineId),
  )
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    scrollMargin: headHeight,
    overscan: 10,
  })
  const width = nameWidth + runs.length * runWidth
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-wrap items-center gap-3 px-3 pb-2">
        <label className="inline-flex items-center gap-2">
          <input
            checked={isDifferentOnly}
            className="size-4 accent-accent"
            onChange={({ target }) => props.onDifferentOnly(target.checked)}
            type="checkbox"
          />
          Differences only
        </label>
        <SearchField className="w-44" label="Find in the comparison" onChange={setSearch} value={search} />
        <span className="text-muted text-sm">{formatCount(rows.length, 'row')}</span>
      </div>
      <div
        aria-colcount={runs.length + 1}
        aria-label="Comparison of runs"
        aria-rowcount={rows.length + 1}
        className="min-h-0 flex-1 overflow-auto border-line border-t"
        ref={scroller}
        role="table"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard.
        tabIndex={0}
      >
        <div className="relative" style={{ height: headHeight + virtualizer.getTotalSize(), width }}>
          <div className="sticky top-0 z-10 flex bg-panel" role="row" style={{ height: headHeight, width }}>
            <span
              className="sticky left-0 bg-panel px-3 py-2 text-muted text-sm"
              role="columnheader"
              style={{ width: nameWidth }}
            >
              {rows.length === 0 ? '' : 'Value'}
            </span>
            {runs.map((run, index) => (
              <span
                className="flex items-center gap-1.5 truncate px-2"
                key={run.runId}
                role="columnheader"
                style={{ width: runWidth }}
              >
                <Swatch style={runStyle(run.number, theme)} width={14} />
                <Link
                  className="truncate font-medium hover:underline"
                  params={{ ...address, runId: run.runId }}
                  to="/$entity/$project/runs/$runId"
                >
                  {run.displayName}
                </Link>
                {index === baseline && runs.length > 1 && <span className="text-muted text-sm">baseline</span>}
              </span>
            ))}
          </div>
          {virtualizer.getVirtualItems().map((item) => (
            <Row
              baseline={baseline}
              index={item.index}
              isFirstOfPart={rows[item.index - 1]?.part !== rows[item.index]!.part}
              key={item.key}
              row={rows[item.index]!}
              top={item.start}
              width={width}
            />
          ))}
        </div>
        {rows.length === 0 && (
          <p className="p-4 text-muted">
            {search === '' ? 'The runs differ in nothing that is compared here.' : `Nothing here matches “${search}”.`}
          </p>
        )}
      </div>
    </div>
  )
}

function Row(props: {
  readonly row: ComparedRow
  readonly index: number
  readonly top: number
  readonly width: number
  readonly baseline: number
  readonly isFirstOfPart: boolean
}): ReactElement {
  const { row, baseline } = props
  return (
    <div
      aria-rowindex={props.index + 2}
      className="group absolute left-0 flex border-line border-t hover:bg-hover"
      role="row"
      style={{ top: props.top, height: rowHeight, width: props.width }}
    >
      <span
        className="sticky left-0 truncate bg-panel px-3 py-1 group-hover:bg-hover"
        role="rowheader"
        style={{ width: nameWidth }}
        title={`${row.part}: ${row.name}`}
      >
        {props.isFirstOfPart && <span className="mr-1.5 text-muted text-xs uppercase">{row.part}</span>}
        {row.name}
      </span>
      {row.values.map((value, index) => (
        <Cell
          delta={index === baseline ? undefined : percentDelta(value, row.values[baseline])}
          isOther={row.isDifferent && index !== baseline && !isSame(value, row.values[baseline])}
          // Runs have no other order, and their columns do not move.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={index}
          value={value}
        />
      ))}
    </div>
  )
}

function Cell(props: {
  readonly value: StrictJson | undefined
  readonly isOther: boolean
  readonly delta: string | undefined
}): ReactElement {
  const { value, isOther, delta } = props
  const text = comparedText(value)
  return (
    <span className="group/cell flex items-center gap-1.5 overflow-hidden px-2" role="cell" style={{ width: runWidth }}>
      <span
        className={`truncate font-mono text-sm ${isOther ? 'font-semibold' : ''}`}
        title={value === undefined ? 'None' : formatLeaf(value)}
      >
        {text}
      </span>
      {delta !== undefined && <span className="shrink-0 text-muted text-xs">{delta}</span>}
      {value !== undefined && (
        <span className="ml-auto shrink-0 opacity-0 group-focus-within/cell:opacity-100 group-hover/cell:opacity-100">
          <CopyButton label={`Copy ${text}`} text={formatLeaf(value)} />
        </span>
      )}
    </span>
  )
}

function isSame(one: StrictJson | undefined, other: StrictJson | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

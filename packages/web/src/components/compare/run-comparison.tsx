import type { RunDetail } from '@lossline/protocol'
import { type ReactElement, useMemo, useRef, useState } from 'react'
import type { RunAddress } from '../../api/media-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { useColumnMetrics } from '../../hooks/runs/use-column-metrics.ts'
import { useMetricDirections } from '../../hooks/runs/use-metric-directions.ts'
import { useRows } from '../../hooks/use-rows.ts'
import {
  type ComparedPart,
  type ComparedRun,
  compareRuns,
  filterComparison,
  isInternal,
} from '../../view/compare/compare-runs.ts'
import { type ComparisonLine, toComparisonLines } from '../../view/compare/comparison-lines.ts'
import { codeTitle } from '../../view/run/run-code.ts'
import { runKeyOf } from '../../view/run/run-key.ts'
import { formatCount } from '../../view/text/format.ts'
import { Dialog } from '../controls/dialog.tsx'
import { SearchField } from '../controls/search-field.tsx'
import { RunFileDiff } from '../files/run-file-diff.tsx'
import { ComparedRunHead } from './compared-run-head.tsx'
import { ComparisonFold, ComparisonRow, nameWidth, runWidth } from './comparison-row.tsx'

const headHeight = 48

/** Runs as columns, what they have as rows; at first only what they differ in. */
export function RunComparison(props: {
  readonly address: ProjectAddress
  readonly runs: readonly ComparedRun[]
  /** Why some of what is compared is missing. */
  readonly problem?: string | undefined
  readonly isDifferentOnly: boolean
  readonly onDifferentOnly: (isDifferentOnly: boolean) => void
  /** The key of the run that the others are compared with. Default: the first. */
  readonly baselineId?: string | undefined
  readonly onBaseline: (key: string) => void
}): ReactElement {
  const { address, isDifferentOnly } = props
  const runs = useMemo(() => props.runs.map(({ run }) => run), [props.runs])
  const better = useMetricDirections(address)
  const metricOf = useColumnMetrics(address)
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const [shownFile, setShownFile] = useState<{ readonly name: string; readonly index: number }>()
  const [search, setSearch] = useState('')
  const scroller = useRef<HTMLDivElement>(null)
  const all = useMemo(() => compareRuns(props.runs), [props.runs])
  const [hasInternal, setHasInternal] = useState(false)
  const found = useMemo(() => filterComparison(all, { search, isDifferentOnly }), [all, search, isDifferentOnly])
  // What somebody looks for is not hidden.
  const isWhole = hasInternal || search.trim() !== ''
  const rows = useMemo(() => (isWhole ? found : found.filter((row) => !isInternal(row))), [found, isWhole])
  const hiddenCount = found.length - rows.length
  // What somebody looks for, and what differs, is not hidden.
  const isOpenAtFirst = isDifferentOnly || search.trim() !== ''
  const lines = useMemo(() => toComparisonLines(rows, { isOpenAtFirst, toggled }), [rows, isOpenAtFirst, toggled])
  const toggle = (id: string): void => {
    const next = new Set(toggled)
    if (!next.delete(id)) next.add(id)
    setToggled(next)
  }
  const baseline = Math.max(
    0,
    runs.findIndex((run) => runKeyOf(run, address) === props.baselineId),
  )
  const [virtualizer, rowHeight] = useRows(28, {
    count: lines.length,
    getScrollElement: () => scroller.current,
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
        {(hiddenCount > 0 || hasInternal) && (
          <button
            className="link-text text-sm"
            onClick={() => setHasInternal(!hasInternal)}
            title="Keys that begin with _, which clients keep for themselves"
            type="button"
          >
            {hasInternal ? 'Hide internal keys' : `Show all: ${formatCount(hiddenCount, 'internal key')} hidden`}
          </button>
        )}
        {props.problem !== undefined && (
          <span className="text-bad text-sm" role="alert">
            Files or artifacts are missing here: {props.problem}
          </span>
        )}
      </div>
      <div
        aria-colcount={runs.length + 1}
        aria-label="Comparison of runs"
        aria-rowcount={lines.length + 1}
        className="min-h-0 flex-1 overflow-auto border-line border-t"
        ref={scroller}
        role="table"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard.
        tabIndex={0}
      >
        <div className="relative" style={{ height: headHeight + virtualizer.getTotalSize(), minWidth: width }}>
          <div className="sticky top-0 z-10 flex bg-panel" role="row" style={{ height: headHeight, minWidth: width }}>
            <span
              className="sticky left-0 flex shrink-0 items-center bg-panel px-3 text-muted text-sm"
              role="columnheader"
              style={{ width: nameWidth }}
            >
              Value
            </span>
            {runs.map((run, index) => (
              <ComparedRunHead
                isBaseline={index === baseline && runs.length > 1}
                key={runKeyOf(run, address)}
                onBaseline={() => props.onBaseline(runKeyOf(run, address))}
                run={run}
              />
            ))}
          </div>
          {virtualizer.getVirtualItems().map((item) => {
            const line = lines[item.index]!
            const place = {
              index: item.index,
              isFirstOfPart: partOfLine(lines[item.index - 1]) !== partOfLine(line),
              top: item.start,
              height: rowHeight,
              width,
            }
            return line.kind === 'fold' ? (
              <ComparisonFold fold={line} key={item.key} onToggle={() => toggle(line.id)} place={place} />
            ) : (
              <ComparisonRow
                baseline={baseline}
                unit={(line.row.part === 'Summary' && metricOf(`summary.${line.row.name}`)?.unit) || ''}
                better={line.row.part === 'Summary' ? better.get(`summary.${line.row.name}`) : undefined}
                isNested={line.isNested}
                key={item.key}
                onFile={(name, index) => setShownFile({ name, index })}
                place={place}
                row={line.row}
              />
            )
          })}
        </div>
        {rows.length === 0 && (
          <p className="p-4 text-muted">
            {search !== ''
              ? `Nothing here matches “${search}”.`
              : runs.length > 1
                ? 'The runs differ in nothing that is compared here.'
                : 'One run alone differs from nothing.'}
          </p>
        )}
      </div>
      {shownFile !== undefined && runs[shownFile.index] && runs[baseline] && (
        <Dialog
          onClose={() => setShownFile(undefined)}
          title={`${codeTitle(shownFile.name)}: ${runs[baseline].displayName} → ${runs[shownFile.index]!.displayName}`}
        >
          <RunFileDiff
            after={addressOf(runs[shownFile.index]!)}
            before={addressOf(runs[baseline])}
            layout="unified"
            name={shownFile.name}
          />
        </Dialog>
      )}
    </div>
  )
}

function partOfLine(line: ComparisonLine | undefined): ComparedPart | undefined {
  return line?.kind === 'row' ? line.row.part : line?.part
}

function addressOf({ entity, project, runId }: RunDetail): RunAddress {
  return { entity, project, runId }
}

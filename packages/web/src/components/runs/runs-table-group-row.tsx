import type { NumberFigures, RunGroup } from '@lossline/protocol'
import { ChevronRight } from 'lucide-react'
import type { ReactElement } from 'react'
import { formatCount, formatNumber } from '../../view/format.ts'
import type { RunRowContext } from './runs-table-row.tsx'

/** A group of runs: what they have in common, and figures of what they differ in. */
export function RunsTableGroupRow(props: {
  readonly context: RunRowContext
  readonly group: RunGroup
  readonly name: string
  readonly isOpen: boolean
  readonly onToggle: () => void
}): ReactElement {
  const { context, group, name, isOpen } = props
  return (
    <>
      <div
        className="sticky left-0 z-10 flex h-full items-center border-line border-r bg-panel px-2 group-hover:bg-hover"
        role="rowheader"
        style={{ width: context.nameWidth }}
      >
        <button
          aria-expanded={isOpen}
          className="flex min-w-0 items-center gap-1 rounded font-medium"
          onClick={props.onToggle}
          title={name}
          type="button"
        >
          <ChevronRight aria-hidden="true" className={`shrink-0 ${isOpen ? 'rotate-90' : ''}`} size={15} />
          <span className="truncate">{name}</span>
          <span className="shrink-0 font-normal text-muted">{formatCount(group.runCount, 'run')}</span>
        </button>
      </div>
      {context.columns.map(({ column, index, left }) => (
        <div
          aria-colindex={index + 2}
          className="absolute inset-y-0 flex items-center justify-end px-2"
          key={column.key}
          role="gridcell"
          style={{ left, width: column.width }}
        >
          <Figures figures={group.columns[context.asked.indexOf(column.key)]} />
        </div>
      ))}
    </>
  )
}

function Figures({ figures }: { readonly figures: NumberFigures | undefined }): ReactElement | null {
  if (figures === undefined || figures.mean === null) return null
  const { mean, standardDeviation, count, min, max } = figures
  const range = min === null || max === null ? '' : `, ${formatNumber(min)} … ${formatNumber(max)}`
  return (
    <span className="truncate" title={`Mean of ${formatCount(count, 'run')}${range}`}>
      {formatNumber(mean)}
      {standardDeviation !== null && (
        <span className="text-muted text-xs"> ± {formatNumber(Number(standardDeviation.toPrecision(2)))}</span>
      )}
    </span>
  )
}

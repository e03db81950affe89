import type { StrictJson } from '@lossline/protocol'
import { ChevronDown, ChevronRight } from 'lucide-react'
import type { ReactElement } from 'react'
import { type ComparedRow, comparedText, isBetter, percentDelta } from '../../view/compare/compare-runs.ts'
import type { ComparisonLine } from '../../view/compare/comparison-lines.ts'
import { formatLeaf } from '../../view/run/json-tree.ts'
import type { Direction } from '../../view/runs/column-settings.ts'
import { formatCount } from '../../view/text/format.ts'
import { CopyButton } from '../controls/copy-button.tsx'

/** CSS pixels. */
export const nameWidth = 200
/** At least, which is enough for a time: columns share what is left. CSS pixels. */
export const runWidth = 190

/** Where a line of the comparison stands. */
export interface LinePlace {
  readonly index: number
  /** CSS pixels, as the others. */
  readonly top: number
  readonly height: number
  readonly width: number
  readonly isFirstOfPart: boolean
}

const lineClass = 'group absolute right-0 left-0 flex border-line border-t hover:bg-hover'
const nameClass = 'sticky left-0 flex shrink-0 items-center gap-1.5 truncate bg-panel px-3 py-1 group-hover:bg-hover'

function PartMark({ part, place }: { readonly part: string; readonly place: LinePlace }): ReactElement | null {
  return place.isFirstOfPart ? <span className="shrink-0 text-muted text-xs uppercase">{part}</span> : null
}

/** The heading of nested rows, which shows and hides them. */
export function ComparisonFold(props: {
  readonly fold: Extract<ComparisonLine, { readonly kind: 'fold' }>
  readonly place: LinePlace
  readonly onToggle: () => void
}): ReactElement {
  const { fold, place } = props
  const { top, height, width } = place
  return (
    <div aria-rowindex={place.index + 2} className={lineClass} role="row" style={{ top, height, minWidth: width }}>
      <span className={nameClass} role="rowheader" style={{ width: nameWidth }}>
        <PartMark part={fold.part} place={place} />
        <button
          aria-expanded={fold.isOpen}
          className="inline-flex min-h-6 min-w-0 items-center gap-1 hover:underline"
          onClick={props.onToggle}
          type="button"
        >
          {fold.isOpen ? <ChevronDown size={14} /> : <ChevronRight size={14} />}
          <span className="truncate">{fold.name}</span>
        </button>
      </span>
      <span className="flex items-center px-2 text-muted text-sm" role="cell">
        {formatCount(fold.rowCount, 'value')},{' '}
        {fold.differentCount === 0 ? 'all equal' : `${fold.differentCount} different`}
      </span>
    </div>
  )
}

/** One thing that runs have: a cell for each. */
export function ComparisonRow(props: {
  readonly row: ComparedRow
  readonly place: LinePlace
  readonly isNested: boolean
  /** Which of the runs the others are compared with. */
  readonly baseline: number
  /** Which of its numbers are good, where anybody said. */
  readonly better: Direction | undefined
  /** Of its numbers, where anybody said. */
  readonly unit: string
  /** Shows how the file of a run differs from the baseline's. */
  readonly onFile: (name: string, index: number) => void
}): ReactElement {
  const { row, place, baseline } = props
  const { top, height, width } = place
  return (
    <div aria-rowindex={place.index + 2} className={lineClass} role="row" style={{ top, height, minWidth: width }}>
      <span
        className={`${nameClass} ${props.isNested ? 'pl-8' : ''}`}
        role="rowheader"
        style={{ width: nameWidth }}
        title={`${row.part}: ${row.name}`}
      >
        <PartMark part={row.part} place={place} />
        <span className="truncate">{props.isNested ? row.path.slice(1).join('.') : row.name}</span>
        {props.unit !== '' && (
          <span className="shrink-0 text-muted">
            <span className="sr-only">in </span>
            {props.unit}
          </span>
        )}
      </span>
      {row.values.map((value, index) => {
        const base = row.values[baseline]
        const isOther = row.isDifferent && index !== baseline && !isSame(value, base)
        const { file } = row
        return (
          <Cell
            delta={index === baseline ? undefined : percentDelta(value, base)}
            isBetter={isBetter(value, base, props.better)}
            isOther={isOther}
            // Runs have no other order, and their columns do not move.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            onDiff={
              file !== undefined && isOther && value !== undefined && base !== undefined
                ? () => props.onFile(file, index)
                : undefined
            }
            title={row.name}
            value={value}
          />
        )
      })}
    </div>
  )
}

function Cell(props: {
  readonly title: string
  readonly value: StrictJson | undefined
  readonly isOther: boolean
  readonly delta: string | undefined
  /** Undefined: nobody knows. */
  readonly isBetter: boolean | undefined
  readonly onDiff: (() => void) | undefined
}): ReactElement {
  const { value, isOther, delta, isBetter, onDiff } = props
  const text = comparedText(value)
  return (
    <span
      className="group/cell relative flex shrink-0 grow items-center gap-1.5 overflow-hidden px-2"
      role="cell"
      style={{ flexBasis: runWidth }}
    >
      <span
        className={`truncate font-mono text-sm ${isOther ? 'font-semibold' : ''}`}
        title={value === undefined ? 'None' : formatLeaf(value)}
      >
        {text}
      </span>
      {delta !== undefined && (
        <span
          className={`shrink-0 text-xs ${isBetter === undefined ? 'text-muted' : isBetter ? 'text-good' : 'text-bad'}`}
        >
          {delta}
          {isBetter !== undefined && <span className="sr-only">{isBetter ? ', better' : ', worse'}</span>}
        </span>
      )}
      {onDiff && (
        <button
          aria-label={`Show the changes of ${props.title}`}
          className="link-text ml-auto min-h-6 shrink-0 text-sm"
          onClick={onDiff}
          type="button"
        >
          Diff
        </button>
      )}
      {value !== undefined && !onDiff && (
        <span className="absolute right-1 rounded bg-panel opacity-0 group-focus-within/cell:opacity-100 group-hover/cell:opacity-100">
          <CopyButton label={`Copy ${text}`} text={formatLeaf(value)} />
        </span>
      )}
    </span>
  )
}

function isSame(one: StrictJson | undefined, other: StrictJson | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

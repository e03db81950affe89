// biome-ignore-all lint/a11y/noStaticElementInteractions: what dragging does, the menu of the column does too.
import type { TableColumnSummary, TableSort } from '@lossline/protocol'
import { ArrowDown, ArrowUp, Group, Pin } from 'lucide-react'
import type { DragEvent, MouseEvent, ReactElement } from 'react'
import type { RunStyle } from '../../view/chart/palette.ts'
import { isNumberColumn, typeName } from '../../view/tables/cell-text.ts'
import { moveColumn, type ShownColumn } from '../../view/tables/shown-columns.ts'
import { nextSort, type TableState } from '../../view/tables/table-state.ts'
import { isTextKind, sortHint } from '../../view/text/sort-rule.ts'
import { Swatch } from '../chart/swatch.tsx'
import { ColumnMenu } from './column-menu.tsx'
import { ColumnSummary } from './column-summary.tsx'

/** Where a column of tables side by side is from. */
export interface TableOrigin {
  readonly name: string
  /** Of the run that logged it. */
  readonly style?: RunStyle | undefined
}

/** What heads of columns share. */
export interface HeadContext {
  readonly shown: readonly ShownColumn[]
  readonly state: TableState
  readonly onChange: (patch: Partial<TableState>) => void
  readonly summaries: ReadonlyMap<string, TableColumnSummary>
  /** Heads have room for names only. */
  readonly isCompact: boolean
  /** Of tables side by side: what each is called. */
  readonly sources: readonly TableOrigin[]
}

const dragType = 'application/x-lossline-column'

/** The head of a column: its name and type, how it is sorted, what its cells are like, and a menu. It can be dragged to another place. */
export function GridHeadCell(props: { readonly column: ShownColumn; readonly context: HeadContext }): ReactElement {
  const { column, context } = props
  const { shown, state, onChange, summaries, sources } = context
  const { name, type, source, base } = column.info
  const place = state.sort.findIndex((one) => one.column === name)
  const sort = state.sort[place]
  const isNumber = isNumberColumn(column.info)
  const drop = (event: DragEvent): void => {
    const dragged = event.dataTransfer.getData(dragType)
    if (dragged === '' || dragged === name) return
    event.preventDefault()
    onChange({ order: moveColumn(shown, dragged, shown.indexOf(column), state) })
  }
  return (
    <div
      className="group/head flex h-full min-w-0 flex-col px-2 pt-1 pb-1.5"
      draggable
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(dragType)) event.preventDefault()
      }}
      onDragStart={(event) => event.dataTransfer.setData(dragType, name)}
      onDrop={drop}
      role="presentation"
    >
      <div className={`flex min-w-0 items-center ${isNumber ? 'justify-end' : ''}`}>
        <button
          className="flex min-h-6 min-w-0 items-center gap-1 rounded font-medium hover:text-accent"
          onClick={(event: MouseEvent) =>
            onChange({ sort: nextSort(state.sort, column.info, event.shiftKey), row: undefined })
          }
          tabIndex={-1}
          title={`${name} (${typeName(type)}): ${sortHint(isTextKind(type))}. With Shift: sort equal ones by it.`}
          type="button"
        >
          {column.isKey && <Group aria-label="Grouped by" className="shrink-0 text-muted" size={13} />}
          {column.isPinned && !column.isKey && <Pin aria-label="Pinned" className="shrink-0 text-muted" size={12} />}
          <span className="truncate">{base ?? (name === '' ? 'Column without a name' : name)}</span>
          {sort !== undefined && <SortMark isAlone={state.sort.length === 1} place={place} sort={sort} />}
        </button>
        <ColumnMenu column={column} onChange={onChange} shown={shown} state={state} />
      </div>
      {source !== undefined ? (
        <Origin isAtEnd={isNumber} of={sources[source] ?? { name: `Table ${source + 1}` }} />
      ) : (
        !context.isCompact && <div className="truncate text-muted text-xs">{typeName(type)}</div>
      )}
      {!context.isCompact && (
        <div className="mt-0.5 h-9">{!column.isKey && <ColumnSummary summary={summaries.get(name)} />}</div>
      )}
    </div>
  )
}

/** The name of a run, or of another table, with the colour of its lines. */
function Origin({ of, isAtEnd }: { readonly of: TableOrigin; readonly isAtEnd: boolean }): ReactElement {
  return (
    <div
      className={`flex min-w-0 items-center gap-1 text-muted text-xs ${isAtEnd ? 'justify-end' : ''}`}
      title={of.name}
    >
      {of.style && <Swatch style={of.style} width={10} />}
      <span className="truncate">{of.name}</span>
    </div>
  )
}

function SortMark(props: {
  readonly sort: TableSort
  readonly place: number
  readonly isAlone: boolean
}): ReactElement {
  const Arrow = props.sort.isDescending ? ArrowDown : ArrowUp
  return (
    <span className="flex shrink-0 items-center text-accent">
      <Arrow aria-hidden="true" size={13} />
      {!props.isAlone && <span className="text-xs">{props.place + 1}</span>}
    </span>
  )
}

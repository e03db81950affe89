import { useMemo, useState } from 'react'
import type { EditedField } from '../../components/runs/cell-editor.tsx'
import type { ColumnHeadContext } from '../../components/runs/runs-column-menu.tsx'
import type { TableColumn } from '../../view/runs/table-columns.ts'
import { type PinnedColumn, type PlacedColumn, usePlacedColumns } from './use-placed-columns.ts'
import type { ColumnActions } from './use-table-columns.ts'

const narrowBelow = 640
const usualNameWidth = 300
const narrowNameWidth = 210
/** Pinned columns may take so much of the width; else none is pinned. */
const pinnedShareMax = 0.6

/** Where the columns of a table of runs lie. */
export interface RunsTableLayout {
  readonly pinned: readonly PinnedColumn<TableColumn>[]
  readonly columns: readonly PlacedColumn<TableColumn>[]
  readonly nameWidth: number
  readonly leftWidth: number
  readonly totalWidth: number
  /** Brings a column into sight, by its number among all. */
  readonly scrollTo: (index: number) => void
  /** While an edge is dragged; nothing is saved. */
  readonly dragWidth: (key: string, width: number) => void
  readonly endDrag: () => void
}

/** @param width - Of the table on screen, in CSS pixels. */
export function useRunsTableLayout(
  all: readonly TableColumn[],
  scroller: { readonly current: HTMLDivElement | null },
  { width, nameWidth: chosenNameWidth }: { readonly width: number; readonly nameWidth: number | undefined },
): RunsTableLayout {
  const [dragged, setDragged] = useState<{ readonly key: string; readonly width: number }>()
  const isNarrow = width < narrowBelow
  const draggedName = dragged?.key === 'run.name' ? dragged.width : undefined
  const nameWidth = draggedName ?? (isNarrow ? narrowNameWidth : (chosenNameWidth ?? usualNameWidth))
  const { pinned, others, leftWidth } = useMemo(() => {
    const sized = all.map((column) => (column.key === dragged?.key ? { ...column, width: dragged.width } : column))
    const wanted = sized.filter(({ isPinned }) => isPinned)
    const pinnedWidth = wanted.reduce((sum, column) => sum + column.width, 0)
    const arePinned = width === 0 || nameWidth + pinnedWidth <= width * pinnedShareMax
    return arePinned
      ? {
          pinned: wanted.map((column, index) => ({ column, index })),
          others: sized.slice(wanted.length),
          leftWidth: nameWidth + pinnedWidth,
        }
      : { pinned: [], others: sized, leftWidth: nameWidth }
  }, [all, dragged, width, nameWidth])
  const { placed, placesWidth, scrollToColumn } = usePlacedColumns(others, scroller, leftWidth)
  const columns = useMemo(
    () => placed.map((place) => ({ ...place, index: place.index + pinned.length })),
    [placed, pinned],
  )
  return {
    pinned,
    columns,
    nameWidth,
    leftWidth,
    totalWidth: leftWidth + placesWidth,
    scrollTo: (index) => index >= pinned.length && scrollToColumn(index - pinned.length),
    dragWidth: (key, next) => setDragged({ key, width: next }),
    endDrag: () => setDragged(undefined),
  }
}

/** A width that is saved is no longer one that is dragged. */
export function withDragEnd(head: ColumnHeadContext, { endDrag }: Pick<RunsTableLayout, 'endDrag'>): ColumnHeadContext {
  const { menu } = head
  if (menu === undefined) return head
  const actions: ColumnActions = {
    ...menu.actions,
    set(key, label, settings) {
      endDrag()
      menu.actions.set(key, label, settings)
    },
  }
  return { ...head, menu: { ...menu, actions } }
}

/** Brings the column of what is edited into sight. @returns whether there is one; the name always is. */
export function showEditedColumn(
  field: EditedField,
  columns: readonly TableColumn[],
  { scrollTo }: Pick<RunsTableLayout, 'scrollTo'>,
): boolean {
  const index = columns.findIndex(({ key }) => key === `run.${field}`)
  if (index >= 0) scrollTo(index)
  return field === 'name' || index >= 0
}

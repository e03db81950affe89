import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useMemo, useRef } from 'react'

/** A column and where it lies. */
export interface PlacedColumn<Column> {
  readonly column: Column
  /** Number among all columns, from 0. */
  readonly index: number
  /** Pixels from the left edge of all columns. */
  readonly left: number
}

/** A column that does not scroll. */
export type PinnedColumn<Column> = Pick<PlacedColumn<Column>, 'column' | 'index'>

/** Columns in sight, how wide all are together, and how to bring one into sight. */
export interface PlacedColumns<Column> {
  readonly placed: readonly PlacedColumn<Column>[]
  readonly placesWidth: number
  readonly scrollToColumn: (index: number) => void
}

/** @param leftWidth - Pixels before them, of what stays in sight. */
export function usePlacedColumns<Column extends { readonly key: string; readonly width: number }>(
  columns: readonly Column[],
  scroller: { readonly current: HTMLDivElement | null },
  leftWidth: number,
): PlacedColumns<Column> {
  // A new function would have all columns measured anew.
  const getItemKey = useCallback((index: number) => columns[index]?.key ?? index, [columns])
  const horizontal = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => columns[index]?.width ?? 100,
    getItemKey,
    scrollMargin: leftWidth,
    scrollPaddingStart: leftWidth,
    overscan: 4,
  })
  // Sizes depend on the columns; the virtualizer caches them.
  const widths = columns.map((column) => column.width).join()
  const lastWidths = useRef(widths)
  if (lastWidths.current !== widths) {
    lastWidths.current = widths
    horizontal.measure()
  }
  // The same list for as long as the same columns are in sight, so that rows see no change when they go by.
  const items = horizontal.getVirtualItems()
  const placed = useMemo(
    () =>
      items.flatMap(({ index, start }) => {
        const column = columns[index]
        return column === undefined ? [] : [{ column, index, left: start }]
      }),
    [items, columns],
  )
  return {
    placed,
    placesWidth: horizontal.getTotalSize(),
    scrollToColumn: (index) => horizontal.scrollToIndex(index),
  }
}

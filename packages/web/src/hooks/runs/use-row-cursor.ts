import { useCallback, useState } from 'react'
import { followRow, type RowPlace } from '../../view/runs/follow-row.ts'
import { type RowSelection, selectRange, toggleRow } from '../../view/runs/row-selection.ts'
import { keyOfRow, type TableRows } from '../../view/runs/table-rows.ts'

const noRow: RowPlace = { index: -1, key: undefined }

/** The row that keys mean, and what is marked from there. */
export interface RowCursor {
  /** -1: none yet. */
  readonly current: number
  readonly setCurrent: (index: number) => void
  /** Goes up or down, and stops at the ends. */
  readonly move: (by: number) => void
  /** @param isRange - Also all between this row and the one that was marked last. */
  readonly select: (index: number, isRange: boolean) => void
}

/** Keeps which row is meant, also where it moves. @param options.reveal - Scrolls to a row. */
export function useRowCursor(
  rows: TableRows,
  options: {
    readonly selection: RowSelection
    readonly onSelect: (selection: RowSelection) => void
    readonly reveal: (index: number) => void
  },
): RowCursor {
  const { selection, onSelect, reveal } = options
  const [kept, setKept] = useState(noRow)
  const [anchor, setAnchor] = useState(noRow)
  const place = followRow(rows, kept)
  if (place !== kept) setKept(place)
  const current = place.index
  const setCurrent = useCallback((index: number) => setKept({ index, key: undefined }), [])
  return {
    current,
    setCurrent,
    move(by) {
      const next = Math.max(0, Math.min(rows.count - 1, current + by))
      setCurrent(next)
      reveal(next)
    },
    select(index, isRange) {
      const row = rows.at(index)
      if (row.kind !== 'run') return
      const from = followRow(rows, anchor).index
      const first = Math.min(from, index)
      const between = Array.from({ length: Math.abs(index - from) + 1 }, (_, i) => rows.at(first + i))
      const ids = between.flatMap((one) => (one.kind === 'run' ? [one.run.runId] : []))
      onSelect(isRange && from >= 0 ? selectRange(selection, ids) : toggleRow(selection, row.run.runId))
      setAnchor({ index, key: keyOfRow(row) })
      setCurrent(index)
    },
  }
}

import type { RunWithValues } from '@lossline/protocol'
import { type RefObject, useState } from 'react'
import type { TableRow, TableRows } from '../../view/runs/table-rows.ts'
import { type PointedRow, usePointedRow } from './use-pointed-row.ts'
import { type RowCursor, useRowCursor } from './use-row-cursor.ts'

/** The row that keys mean: the one under the pointer where that was moved last, else the current one. */
export interface MeantRow extends Omit<RowCursor, 'select'> {
  /** Marks it. @param isRange - Also all between it and the one that was marked last. */
  readonly select: (isRange: boolean) => void
  readonly selectAt: RowCursor['select']
  /** The current one, wherever the pointer is. */
  readonly currentRow: TableRow | undefined
  readonly row: () => TableRow | undefined
  readonly run: () => RunWithValues | undefined
  /** The pointer means none until it moves. */
  readonly forgetPointer: () => void
  readonly onPointerMove: PointedRow['onPointerMove']
  /** The run that is previewed: the current one. */
  readonly previewed: RunWithValues | undefined
  /** Previews a row, or no longer. Default: the meant one. */
  readonly preview: (index?: number) => void
  readonly closePreview: () => void
}

/** Lets keys and pointer agree on a row. @param options.pointed - As in `usePointedRow`. */
export function useMeantRow(
  rows: TableRows,
  options: Parameters<typeof useRowCursor>[1] & {
    readonly scroller: RefObject<HTMLElement | null>
    readonly pointed: { readonly attribute: Parameters<typeof usePointedRow>[1]; readonly first: number }
  },
): MeantRow {
  const { scroller, pointed: places } = options
  const cursor = useRowCursor(rows, options)
  const { current, setCurrent } = cursor
  const pointed = usePointedRow(scroller, places.attribute, places.first)
  const [isPreviewing, setIsPreviewing] = useState(false)
  const place = (): number => pointed.index() ?? current
  const rowAt = (index: number): TableRow | undefined => (index >= 0 && index < rows.count ? rows.at(index) : undefined)
  const runAt = (index: number): RunWithValues | undefined => {
    const row = rowAt(index)
    return row?.kind === 'run' ? row.run : undefined
  }
  return {
    current,
    setCurrent,
    move(by) {
      pointed.forget()
      cursor.move(by)
    },
    select: (isRange) => place() >= 0 && cursor.select(place(), isRange),
    selectAt: cursor.select,
    currentRow: rowAt(current),
    row: () => rowAt(place()),
    run: () => runAt(place()),
    forgetPointer: pointed.forget,
    onPointerMove: pointed.onPointerMove,
    previewed: isPreviewing ? runAt(current) : undefined,
    preview(index = place()) {
      setIsPreviewing(!isPreviewing || index !== current)
      setCurrent(index)
    },
    closePreview: () => setIsPreviewing(false),
  }
}

/** Moves by the keys ↑ and ↓; others do what they usually do. */
export function moveByArrows(
  event: { readonly key: string; preventDefault(): void },
  move: (by: number) => void,
): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (by === 0) return
  move(by)
  event.preventDefault()
}

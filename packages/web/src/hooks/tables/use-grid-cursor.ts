import { type KeyboardEvent, useState } from 'react'

/** A cell of a grid: row −1 is its head. */
export interface GridCursor {
  readonly row: number
  readonly column: number
}

/** What the keys of a grid do beside moving. */
export interface GridKeys {
  readonly rowCount: number
  readonly columnCount: number
  /** Rows that fit on the screen. */
  readonly pageRows: number
  readonly onMove: (to: GridCursor) => void
  /** Enter: on a head with Shift something else. */
  readonly onEnter: (at: GridCursor, isShift: boolean) => void
  readonly onSpace: (at: GridCursor) => void
}

/** Moves through a grid as the ARIA pattern has it: arrows, Home and End, with Ctrl to the corners, Page Up and Page Down. */
export function useGridCursor(keys: GridKeys): {
  readonly cursor: GridCursor | undefined
  readonly setCursor: (cursor: GridCursor) => void
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
} {
  const [cursor, setCursor] = useState<GridCursor>()
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target !== event.currentTarget || event.altKey) return
    const at = cursor ?? { row: -1, column: 0 }
    if (event.key === 'Enter') keys.onEnter(at, event.shiftKey)
    else if (event.key === ' ') keys.onSpace(at)
    else {
      const to = nextCell(event.key, event.ctrlKey || event.metaKey, at, keys)
      if (to === undefined) return
      setCursor(to)
      keys.onMove(to)
    }
    event.preventDefault()
  }
  return { cursor, setCursor, onKeyDown }
}

/** Where a key leads; undefined for one that leads nowhere. */
export function nextCell(
  key: string,
  isFar: boolean,
  { row, column }: GridCursor,
  { rowCount, columnCount, pageRows }: Pick<GridKeys, 'rowCount' | 'columnCount' | 'pageRows'>,
): GridCursor | undefined {
  const to = (nextRow: number, nextColumn: number): GridCursor => ({
    row: Math.max(-1, Math.min(rowCount - 1, nextRow)),
    column: Math.max(0, Math.min(columnCount - 1, nextColumn)),
  })
  switch (key) {
    case 'ArrowDown':
      return to(isFar ? rowCount - 1 : row + 1, column)
    case 'ArrowUp':
      return to(isFar ? 0 : row - 1, column)
    case 'ArrowRight':
      return to(row, isFar ? columnCount - 1 : column + 1)
    case 'ArrowLeft':
      return to(row, isFar ? 0 : column - 1)
    case 'Home':
      return to(isFar ? 0 : row, 0)
    case 'End':
      return to(isFar ? rowCount - 1 : row, columnCount - 1)
    case 'PageDown':
      return to(row + pageRows, column)
    case 'PageUp':
      return to(Math.max(0, row - pageRows), column)
    default:
      return undefined
  }
}

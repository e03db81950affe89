/** Browsers draw by single-precision numbers, which tell pixels apart up to 16,777,216; what is lower down is smeared. */
const heightMax = 16_000_000
/** Rows beyond the edges, which are there before they are scrolled to. */
const overscan = 6

/** A list of rows of one height, however many, and how far it is scrolled. */
export interface RowList {
  readonly rowCount: number
  /** Pixels, as all below. */
  readonly rowHeight: number
  /** Of what is seen of the rows at a time. */
  readonly viewHeight: number
  readonly scrollTop: number
}

/** The rows that are on screen, and where. */
export interface RowWindow {
  readonly first: number
  /** Less than `first` where there are no rows. */
  readonly last: number
  /** Of all rows; of very many less than their heights together, so that scrolling goes faster than the pointer. */
  readonly height: number
  /** From the top of all rows. */
  topOf(row: number): number
}

/** Works out which rows are on screen. */
export function rowWindow(list: RowList): RowWindow {
  const { rowCount, rowHeight, viewHeight, scrollTop } = list
  const speed = speedOf(list)
  const offset = scrollTop * speed
  const first = Math.max(0, Math.floor(offset / rowHeight) - overscan)
  const last = Math.min(rowCount - 1, Math.ceil((offset + viewHeight) / rowHeight) + overscan)
  return {
    first: Math.min(first, Math.max(0, rowCount - 1)),
    last,
    height: Math.min(heightMax, rowCount * rowHeight),
    topOf: (row) => (speed === 1 ? row * rowHeight : scrollTop + row * rowHeight - offset),
  }
}

/** How far to scroll so that a row is seen whole; where it is already, it is as far as it was. */
export function scrollTopFor(row: number, list: RowList): number {
  const { rowHeight, viewHeight, scrollTop } = list
  const speed = speedOf(list)
  const offset = scrollTop * speed
  const [top, bottom] = [row * rowHeight, (row + 1) * rowHeight]
  if (top < offset) return top / speed
  return bottom > offset + viewHeight ? Math.max(0, bottom - viewHeight) / speed : scrollTop
}

/** Pixels of rows that go by for each pixel that is scrolled. */
function speedOf({ rowCount, rowHeight, viewHeight }: RowList): number {
  const total = rowCount * rowHeight
  return total <= heightMax ? 1 : (total - viewHeight) / (heightMax - viewHeight)
}

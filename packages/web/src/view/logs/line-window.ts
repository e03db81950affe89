/** A window on rows, by whole and partial rows, whatever their number. Lengths in CSS pixels. */
export interface LineWindowSize {
  readonly rowCount: number
  readonly rowHeight: number
  readonly viewHeight: number
}

/** Browsers lay out no more than about 33 million pixels; a scroll bar over more rows stands for them in proportion. */
const scrollHeightMax = 8_000_000

/** Height of what is scrolled. */
export function scrollHeight({ rowCount, rowHeight }: LineWindowSize): number {
  return Math.min(rowCount * rowHeight, scrollHeightMax)
}

/** Whether the scroll bar stands for more than it can hold, so that a pixel of it is more than a pixel of rows. */
export function isScaled({ rowCount, rowHeight }: LineWindowSize): boolean {
  return rowCount * rowHeight > scrollHeightMax
}

/** The first row in view when the last one is just in view. */
export function topMax({ rowCount, rowHeight, viewHeight }: LineWindowSize): number {
  return Math.max(0, rowCount - viewHeight / rowHeight)
}

/** The first row in view (with the part of it that is above) at a place of the scroll bar. */
export function toTop(size: LineWindowSize, scrollTop: number): number {
  const range = scrollHeight(size) - size.viewHeight
  if (range <= 0) return 0
  return clampTop(size, (scrollTop / range) * topMax(size))
}

/** The way back. */
export function toScrollTop(size: LineWindowSize, top: number): number {
  const most = topMax(size)
  return most === 0 ? 0 : (clampTop(size, top) / most) * (scrollHeight(size) - size.viewHeight)
}

/** The nearest place that there is. */
export function clampTop(size: LineWindowSize, top: number): number {
  return Math.min(Math.max(0, top), topMax(size))
}

/** Where a key of the keyboard leads; undefined for one that scrolls nothing. */
export function topAfterKey(size: LineWindowSize, top: number, key: string): number | undefined {
  const page = Math.max(1, Math.floor(size.viewHeight / size.rowHeight) - 1)
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: top + 1,
    ArrowUp: top - 1,
    PageDown: top + page,
    PageUp: top - page,
    ' ': top + page,
    Home: 0,
    End: topMax(size),
  }
  const next = steps[key]
  return next === undefined ? undefined : clampTop(size, next)
}

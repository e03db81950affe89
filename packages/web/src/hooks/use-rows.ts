import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect } from 'react'
import { useDensity } from './use-store.ts'

/** CSS pixels that a row gets more where text is comfortable. */
const comfortableRoom = 4

/** Height of a row in CSS pixels. @param dense - Where text is dense. */
export function useRowHeight(dense: number): number {
  return useDensity() === 'comfortable' ? dense + comfortableRoom : dense
}

/** Rows of one height, of which those on screen are made, and that height, see {@link useRowHeight}. */
export function useRows<Scroller extends Element>(
  dense: number,
  options: Omit<Parameters<typeof useVirtualizer<Scroller, Element>>[0], 'estimateSize'>,
): readonly [rows: Virtualizer<Scroller, Element>, rowHeight: number] {
  const rowHeight = useRowHeight(dense)
  const rows = useVirtualizer<Scroller, Element>({ ...options, estimateSize: () => rowHeight })
  // biome-ignore lint/correctness/useExhaustiveDependencies: it keeps the height that rows had.
  useLayoutEffect(() => rows.measure(), [rows, rowHeight])
  return [rows, rowHeight]
}

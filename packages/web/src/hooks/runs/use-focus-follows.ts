import { useLayoutEffect } from 'react'

/**
 * Lets the focus go with the row of a list that keys mean, unless somebody is at work elsewhere.
 *
 * @param rowKey - What the row has as `data-row`; undefined: none is meant.
 * @param entries - So often somebody came into the list, who may mean the same row again.
 */
export function useFocusFollows(
  list: { readonly current: HTMLElement | null },
  rowKey: string | undefined,
  entries: number,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever comes in anew gets the focus anew.
  useLayoutEffect(() => {
    const focused = document.activeElement
    const isFree = focused === null || focused === document.body || list.current?.contains(focused)
    if (rowKey === undefined || !isFree) return
    const row = `[data-row="${CSS.escape(rowKey)}"]`
    const face = list.current?.querySelector<HTMLElement>(`${row} a, ${row} [aria-expanded]`)
    face?.focus({ preventScroll: true })
  }, [list, rowKey, entries])
}

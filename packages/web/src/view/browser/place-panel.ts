/** Space between what a panel belongs to and the panel, and at the edge of the screen. */
const gap = 6

/**
 * Puts a panel of the top layer below what it belongs to, or above where there is more room; its height is bounded so that it fits.
 *
 * @param panel - On screen already, with `position: fixed`.
 */
export function placePanel(anchor: Element, panel: HTMLElement): void {
  const { left, right, top, bottom } = anchor.getBoundingClientRect()
  const { style, offsetWidth } = panel
  const isLeftHalf = left + right < innerWidth
  const wanted = isLeftHalf ? left : right - offsetWidth
  style.left = `${Math.max(gap, Math.min(wanted, innerWidth - offsetWidth - gap))}px`
  const isAbove = top > innerHeight / 2 && panel.scrollHeight > innerHeight - bottom - 2 * gap
  style.top = isAbove ? 'auto' : `${bottom + gap}px`
  style.bottom = isAbove ? `${innerHeight - top + gap}px` : 'auto'
  style.maxHeight = isAbove ? `${top - 2 * gap}px` : `calc(100dvh - ${bottom + 2 * gap}px)`
}

/** How bars are laid into a panel. */
export interface BarRows {
  readonly rowHeight: number
  /** The first of them; fewer than there are leave room for a line that says so. */
  readonly shownCount: number
}

/**
 * Makes bars thinner so that all are in sight, down to where they and their names can still be read; then only the first are
 * shown.
 *
 * @param sizes - All in CSS pixels. `usual`: of a row where there is room enough. `least`: of the thinnest row. `line`: of the line that
 *   says how many are shown.
 */
export function fitBars(
  count: number,
  height: number,
  sizes: { readonly usual: number; readonly least: number; readonly line: number },
): BarRows {
  const { usual, least, line } = sizes
  if (count * least > height) return { rowHeight: least, shownCount: Math.max(1, Math.floor((height - line) / least)) }
  return { rowHeight: Math.min(usual, Math.floor(height / Math.max(1, count))), shownCount: count }
}

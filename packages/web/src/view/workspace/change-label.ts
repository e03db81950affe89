import type { ViewState } from '../address/url-state.ts'

/** What of an address can be undone, in words. */
const labels: Readonly<Partial<Record<keyof ViewState, string>>> = {
  x: 'X axis',
  smoothing: 'Smoothing',
  isLogX: 'Log x axis',
  yScale: 'Y scale',
  showsMarks: 'Moments of runs',
  showsBest: 'Best points',
  breaksGaps: 'Gaps',
  joinsAsLogged: 'Order of points',
  showsOriginal: 'Original values',
  drawsEveryStroke: 'Noisy lines',
  sharesYRange: 'Shared y range',
  syncsZoom: 'Zoom of all panels',
  query: 'Filter of runs',
  sort: 'Order of runs',
  groupBy: 'Grouping',
  columns: 'Columns',
  baseline: 'Baseline',
  pins: 'Pinned runs',
  runs: 'Visible runs',
}

/** What a change of the address is called where it can be undone; undefined: it cannot, as of a zoom. */
export function changeLabel(patch: Partial<ViewState>): string | undefined {
  const [key] = Object.keys(patch) as (keyof ViewState)[]
  return key && labels[key]
}

import type { ViewState } from '../address/url-state.ts'

/** What of an address can be undone, in words; what is of the moment cannot. */
const labels: Readonly<Record<keyof ViewState, string | undefined>> = {
  x: 'X axis',
  smoothing: 'Smoothing',
  isLogX: 'Log x axis',
  yScale: 'Y scale',
  ignoresOutliers: 'Outliers',
  showsMarks: 'Moments of runs',
  showsBest: 'Best points',
  breaksGaps: 'Gaps',
  joinsAsLogged: 'Order of points',
  showsOriginal: 'Original values',
  drawsEveryStroke: 'Noisy lines',
  sharesYRange: 'Shared y range',
  syncsZoom: 'Zoom of all panels',
  tooltipOrder: 'Order in tooltips',
  query: 'Filter of runs',
  sort: 'Order of runs',
  groupBy: 'Grouping',
  columns: 'Columns',
  baseline: 'Baseline',
  pins: 'Pinned runs',
  runs: 'Visible runs',
  runSet: undefined,
  zoom: undefined,
  xZooms: undefined,
  yZooms: undefined,
  panelSearch: undefined,
  tables: undefined,
  toggledSections: undefined,
}

/** What a change of the address is called where it can be undone; undefined: it cannot, as of a zoom. */
export function changeLabel(patch: Partial<ViewState>): string | undefined {
  const keys = Object.keys(patch) as (keyof ViewState)[]
  return keys.map((key) => labels[key]).find((label) => label !== undefined)
}

import { parseViewState, type SearchParams, toSearchParams } from '../address/url-state.ts'
import { showOnly } from '../runs/run-selection.ts'
import { runLayoutParams } from '../workspace/view-names.ts'

/**
 * Where a run's charts lead in the workspace: that run alone is drawn, with the layout, axes, smoothing, zooms, search and sections
 * of its own page. The list is the one that the run was opened from, so that it can be put among others there.
 */
export function toWorkspaceSearch(params: SearchParams, runId: string): SearchParams {
  const { rq, rs, q: _query, s: _sort, ...own } = params
  const view = parseViewState({
    ...own,
    ...(rq === undefined ? {} : { q: rq }),
    ...(rs === undefined ? {} : { s: rs }),
  })
  return { ...toSearchParams({ ...view, runs: showOnly(view.runs, runId, undefined) }), ...runLayoutParams }
}

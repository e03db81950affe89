import type { ReactElement } from 'react'
import type { WorkspacePage } from '../../hooks/workspace/use-workspace-page.ts'
import { defaultRunSelection } from '../../view/runs/run-selection.ts'
import { formatCount } from '../../view/text/format.ts'
import { changeRunSet } from '../../view/workspace/edit-run-sets.ts'
import { findRunSet } from '../../view/workspace/workspace-address.ts'
import { GuideLink } from '../guide/guide-link.tsx'
import { PageMessage } from '../shell/page-message.tsx'

/** Why no panel has anything to draw, and what helps; undefined: some run is drawn, or it is not known yet. */
export function nothingDrawn({ view, store, runs, drawn, state, chosenId }: WorkspacePage): ReactElement | undefined {
  if (drawn.runs.length > 0) return undefined
  const { runSets } = state.workspace
  if (!runSets.some(({ isEnabled }) => isEnabled)) {
    const turnOn = (): void =>
      store.editRunSets('Turn run set on', (sets) => changeRunSet(sets, chosenId, { isEnabled: true }))
    return (
      <PageMessage title={runSets.length === 1 ? 'The run set of this view is off' : 'All run sets are off'}>
        <button className="button" onClick={turnOn} type="button">
          Turn on {findRunSet(state.workspace, chosenId).name}
        </button>
        <GuideLink to="page#workspace">Run sets and eyes</GuideLink>
      </PageMessage>
    )
  }
  if (runs.total !== undefined && runs.total > 0 && runs.visibleRuns.length === 0) {
    return (
      <PageMessage title={`${formatCount(runs.total, 'run')} match, none is visible`}>
        <button className="button" onClick={() => store.view.update({ runs: defaultRunSelection })} type="button">
          Show first 10
        </button>
        <GuideLink to="page#workspace">Run sets and eyes</GuideLink>
      </PageMessage>
    )
  }
  if (runs.total === 0 && view.query !== '') {
    return (
      <PageMessage title="No run matches this filter">
        <p>
          <code className="break-words font-mono text-text">{view.query}</code>
        </p>
        <button className="button mt-4" onClick={() => store.view.update({ query: '' })} type="button">
          Clear the filter
        </button>
        <GuideLink to="page#filter-of-runs">Filters of runs</GuideLink>
      </PageMessage>
    )
  }
  const isKnown = runSets.every(({ id, isEnabled }) => {
    const found = id === chosenId ? runs : drawn.others.get(id)
    return !isEnabled || found?.total !== undefined || (found?.error ?? null) !== null
  })
  if (drawn.sets === undefined || !isKnown) return undefined
  return (
    <PageMessage title="No run is drawn">
      <p>The run sets that are on have no visible run.</p>
      <GuideLink to="page#workspace">Run sets and eyes</GuideLink>
    </PageMessage>
  )
}

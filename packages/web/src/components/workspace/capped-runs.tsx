import type { ReactElement } from 'react'
import type { WorkspacePage } from '../../hooks/workspace/use-workspace-page.ts'
import { baseOf, capChoices, capText, runCapOf } from '../../view/runs/run-cap.ts'

/** Says that charts draw fewer runs than there are, while nobody has chosen which. */
export function CappedRuns({ page }: { readonly page: WorkspacePage }): ReactElement | null {
  const { view, store, runs } = page
  const cap = runCapOf(view.runs, runs.visibleRuns.length, runs.total ?? 0)
  if (cap === undefined) return null
  return (
    <p className="flex flex-wrap gap-x-3 px-1 pt-1 text-muted text-sm">
      {capText(cap)}
      {capChoices(cap).map((choice) => (
        <button
          className="link-text"
          key={choice}
          onClick={() => store.view.update({ runs: { base: baseOf(choice), shown: [], hidden: [] } })}
          type="button"
        >
          Show {choice}
        </button>
      ))}
    </p>
  )
}

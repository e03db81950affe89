import type { SweepDetail } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useChosenRuns } from '../../hooks/sweeps/use-chosen-runs.ts'
import { onlyThese, stringifyRunSelection } from '../../view/runs/run-selection.ts'
import { formatCount } from '../../view/text/format.ts'

/** How many runs were chosen in a chart of a sweep, and what to do with them; nothing where none were. */
export function ChosenRuns(props: {
  readonly address: ProjectAddress
  readonly sweep: Pick<SweepDetail, 'name' | 'runCount'>
}): ReactElement | null {
  const { address, sweep } = props
  const [chosen, choose] = useChosenRuns()
  if (chosen === undefined) return null
  return (
    <p
      className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-lg border border-line bg-panel px-3 py-1.5"
      role="status"
    >
      <span>
        {chosen.size} of {formatCount(sweep.runCount, 'run')} chosen
      </span>
      <button className="link-text" onClick={() => choose(undefined)} type="button">
        Choose all
      </button>
      <Link
        className="link-text"
        params={address}
        search={
          { q: `run.sweep = ${JSON.stringify(sweep.name)}`, r: stringifyRunSelection(onlyThese([...chosen])) } as never
        }
        to="/$entity/$project/workspace"
      >
        Open in the workspace
      </Link>
    </p>
  )
}

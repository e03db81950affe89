import type { SweepDetail } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useChosenRuns } from '../../hooks/sweeps/use-chosen-runs.ts'
import { onlyThese, stringifyRunSelection } from '../../view/runs/run-selection.ts'
import { formatCount } from '../../view/text/format.ts'

/**
 * How many runs were chosen in a chart of a sweep, and what to do with them: at the lower edge of what is in sight. Its room below
 * the charts is there before anything is chosen, so that nothing moves.
 */
export function ChosenRuns(props: {
  readonly address: ProjectAddress
  readonly sweep: Pick<SweepDetail, 'name' | 'runCount'>
}): ReactElement {
  const { address, sweep } = props
  const [chosen, choose] = useChosenRuns()
  return (
    <div className="pointer-events-none sticky bottom-0 z-10 flex min-h-10 items-end" role="status">
      {chosen && <Chosen address={address} choose={choose} chosen={chosen} sweep={sweep} />}
    </div>
  )
}

function Chosen(props: {
  readonly address: ProjectAddress
  readonly sweep: Pick<SweepDetail, 'name' | 'runCount'>
  readonly chosen: ReadonlySet<string>
  readonly choose: (runIds: undefined) => void
}): ReactElement {
  const { address, sweep, chosen, choose } = props
  return (
    <p className="pointer-events-auto flex flex-wrap items-center gap-x-4 gap-y-1 rounded-lg border border-line-strong bg-panel px-3 py-1.5 shadow-lg">
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

import type { ProjectSummary, RunsQueryResponse } from '@lossline/protocol'
import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { runsQuery } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { useNow, useTheme } from '../../hooks/use-store.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import { latestRuns, recentProjects } from '../../view/home/recent-runs.ts'
import { formatAgo, formatDateTime, formatDuration } from '../../view/text/format.ts'
import { Swatch } from '../chart/swatch.tsx'
import { StateBadge } from '../run/state-badge.tsx'

/** Projects that are asked, and runs that are listed. */
const [projectCountMax, listedMax] = [5, 8]

/** The runs that ended last, in all of the projects. */
export function RecentRuns({ projects }: { readonly projects: readonly ProjectSummary[] }): ReactElement | null {
  const theme = useTheme()
  const now = useNow(serverNowMs, 5000)
  const asked = recentProjects(projects, projectCountMax)
  const queries = useQueries({
    queries: asked.map((project) => ({
      ...runsQuery(project, {}, 0, 20),
      select: ({ runs }: RunsQueryResponse) => runs.map((run) => ({ project, run })),
    })),
  })
  const runs = latestRuns(
    queries.flatMap(({ data }) => data ?? []),
    listedMax,
  )
  if (runs.length === 0) return null
  return (
    <section aria-labelledby="recent-runs" className="mt-8">
      <h2 className="mb-2 font-semibold text-lg" id="recent-runs">
        Recent runs
      </h2>
      <ul className="rounded-lg border border-line bg-panel">
        {runs.map(({ project: { entity, project }, run }) => (
          <li
            className="relative flex flex-wrap sm:grid items-center gap-x-4 gap-y-1 border-line sm:grid-cols-[minmax(0,1fr)_6rem_6rem_7rem] border-t px-4 py-2 first:border-t-0 hover:bg-hover"
            key={`${entity}/${project}/${run.runId}`}
          >
            <span className="flex min-w-48 flex-1 items-center gap-2">
              <Swatch style={styleOfRun(run, theme)} />
              <Link
                className="truncate font-medium after:absolute after:inset-0"
                params={{ entity, project, runId: run.runId }}
                to="/$entity/$project/runs/$runId"
              >
                {run.displayName}
                <span className="font-normal text-muted"> · {project}</span>
              </Link>
            </span>
            <StateBadge state={run.state} />
            <span className="text-muted sm:text-right">{formatDuration(run.runtimeSeconds)}</span>
            <span className="whitespace-nowrap text-muted sm:text-right" title={formatDateTime(run.heartbeatAtMs)}>
              {formatAgo(run.heartbeatAtMs, now)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

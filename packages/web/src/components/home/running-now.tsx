import type { ProjectSummary, RunWithValues } from '@lossline/protocol'
import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { runsQuery } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { useNow, useTheme } from '../../hooks/use-store.ts'
import { formatAgo, formatCount, formatDateTime, formatNumber } from '../../view/format.ts'
import { progressOf } from '../../view/home/project-order.ts'
import { runStyle } from '../../view/palette.ts'
import { Swatch } from '../swatch.tsx'

/** Where programs say how many steps they will take. */
const limitKeys = ['config.max_steps', 'config.maxSteps', 'config.total_steps', 'config.totalSteps']
/** Projects whose running runs are looked up, and runs that are listed. */
const projectCountMax = 10
const listedMax = 8

/** What goes on at this moment, in all projects. */
export function RunningNow({ projects }: { readonly projects: readonly ProjectSummary[] }): ReactElement | null {
  const active = projects.filter(({ runningCount }) => runningCount > 0)
  const queries = useQueries({
    queries: active.slice(0, projectCountMax).map((project) => ({
      ...runsQuery(project, { filter: { state: 'running' }, columns: limitKeys }, 0, 200),
      select: (data: { readonly runs: readonly RunWithValues[] }) => data.runs.map((run) => ({ project, run })),
    })),
  })
  const runs = queries.flatMap(({ data }) => data ?? []).toSorted((a, b) => b.run.createdAtMs - a.run.createdAtMs)
  if (runs.length === 0) return null
  const total = active.reduce((sum, { runningCount }) => sum + runningCount, 0)
  return (
    <section aria-labelledby="running-now" className="mb-8">
      <h2 className="mb-2 font-semibold text-lg" id="running-now">
        Running now
      </h2>
      <ul className="rounded-lg border border-line bg-panel">
        {runs.slice(0, listedMax).map(({ project, run }) => (
          <RunLine key={`${project.entity}/${project.project}/${run.runId}`} project={project} run={run} />
        ))}
      </ul>
      {total > listedMax && (
        <p className="mt-2 text-muted text-sm">
          The latest {listedMax} of {formatCount(total, 'running run')}; the others are in their projects.
        </p>
      )}
    </section>
  )
}

function RunLine({ project, run }: { readonly project: ProjectSummary; readonly run: RunWithValues }): ReactElement {
  const theme = useTheme()
  const now = useNow(serverNowMs, 2000)
  const progress = progressOf(run.lastStep, run.values)
  return (
    <li className="relative flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-t px-4 py-2 first:border-t-0 hover:bg-hover">
      <span className="flex min-w-48 flex-1 items-center gap-2">
        <Swatch style={runStyle(run.number, theme)} />
        <Link
          className="truncate font-medium after:absolute after:inset-0"
          params={{ entity: project.entity, project: project.project, runId: run.runId }}
          to="/$entity/$project/runs/$runId"
        >
          {run.displayName}
          <span className="font-normal text-muted"> · {project.project}</span>
        </Link>
      </span>
      <span className="text-muted">{run.lastStep === null ? 'no step yet' : `step ${formatNumber(run.lastStep)}`}</span>
      {progress !== undefined && (
        <span className="flex items-center gap-2">
          <progress aria-label={`Progress of ${run.displayName}`} className="w-24 accent-accent" value={progress} />
          {Math.round(progress * 100)}%
        </span>
      )}
      <span className="whitespace-nowrap text-muted" title={formatDateTime(run.heartbeatAtMs)}>
        last data {formatAgo(run.heartbeatAtMs, now)}
      </span>
    </li>
  )
}

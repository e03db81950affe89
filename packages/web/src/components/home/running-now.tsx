import type { ProjectSummary, RunWithValues } from '@lossline/protocol'
import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { metricsQuery, runsQuery } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { useNow, useTheme } from '../../hooks/use-store.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import { gpuUseKeys } from '../../view/home/gpu-keys.ts'
import { type KeyMetric, keyMetricOf, keyValueOf } from '../../view/home/key-metric.ts'
import { progressOf } from '../../view/home/project-order.ts'
import { formatAgo, formatCount, formatDateTime, formatNumber } from '../../view/text/format.ts'
import { keyTitle } from '../../view/workspace/sections.ts'
import { Swatch } from '../chart/swatch.tsx'
import { GpuUse } from './gpu-use.tsx'

/** Where programs say how many steps they will take. */
const limitKeys = ['config.max_steps', 'config.maxSteps', 'config.total_steps', 'config.totalSteps']
/** Projects whose running runs are looked up, and runs that are listed. */
const projectCountMax = 10
const listedMax = 8

/** What goes on at this moment, in all projects. */
export function RunningNow({ projects }: { readonly projects: readonly ProjectSummary[] }): ReactElement | null {
  // While the sample is loaded, its runs look as if they went on.
  const active = projects.filter(({ runningCount, isSample }) => runningCount > 0 && !isSample)
  const asked = active.slice(0, projectCountMax)
  const metrics = useQueries({ queries: asked.map((project) => metricsQuery(project)) })
  const queries = useQueries({
    queries: asked.map((project, index) => {
      const { data, isPending } = metrics[index]!
      const metric = data && keyMetricOf(data.metrics)
      const columns = [...limitKeys, ...(metric === undefined ? [] : [`summary.${metric.key}`])]
      return {
        ...runsQuery(project, { filter: { state: 'running' }, columns }, 0, 200),
        // Without the metric they are better than not at all.
        enabled: !isPending,
        select: (found: { readonly runs: readonly RunWithValues[] }) =>
          found.runs.map((run) => ({ project, run, metric })),
      }
    }),
  })
  const runs = queries.flatMap(({ data }) => data ?? []).toSorted((a, b) => b.run.createdAtMs - a.run.createdAtMs)
  if (runs.length === 0) return null
  const shown = runs.slice(0, listedMax)
  const gpuKeysOf = (project: ProjectSummary): readonly string[] =>
    gpuUseKeys(metrics[asked.indexOf(project)]?.data?.metrics ?? [])
  const total = active.reduce((sum, { runningCount }) => sum + runningCount, 0)
  return (
    <section aria-labelledby="running-now" className="mb-8">
      <h2 className="mb-2 font-semibold text-lg" id="running-now">
        Running now
      </h2>
      <ul className="rounded-lg border border-line bg-panel">
        {shown.map((one) => (
          <RunLine
            key={`${one.project.entity}/${one.project.project}/${one.run.runId}`}
            {...one}
            gpuKeys={gpuKeysOf(one.project)}
            runIds={shown.filter(({ project }) => project === one.project).map(({ run }) => run.runId)}
          />
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

function RunLine({
  project,
  run,
  metric,
  gpuKeys,
  runIds,
}: {
  readonly project: ProjectSummary
  readonly run: RunWithValues
  /** Its key metric; what the run keeps of it is the last of the run's values. */
  readonly metric: KeyMetric | undefined
  readonly gpuKeys: readonly string[]
  /** Of those that are listed of its project. */
  readonly runIds: readonly string[]
}): ReactElement {
  const theme = useTheme()
  const now = useNow(serverNowMs, 2000)
  const progress = progressOf(run.lastStep, run.values.slice(0, limitKeys.length))
  const found = metric && keyValueOf(run.values[limitKeys.length], metric.goal)
  return (
    <li className="relative flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-t px-4 py-2 first:border-t-0 hover:bg-hover">
      <span className="flex min-w-48 flex-1 items-center gap-2">
        <Swatch style={styleOfRun(run, theme)} />
        <Link
          className="truncate font-medium after:absolute after:inset-0"
          params={{ entity: project.entity, project: project.project, runId: run.runId }}
          to="/$entity/$project/runs/$runId"
        >
          {run.displayName}
          <span className="font-normal text-muted"> · {project.project}</span>
        </Link>
      </span>
      {metric && found && (
        <span className="max-w-60 truncate" title={`The ${found.word} value of ${keyTitle(metric.key)}`}>
          <span className="text-muted">
            {found.word === 'last' ? '' : `${found.word} `}
            {keyTitle(metric.key)}
          </span>{' '}
          {formatNumber(found.value)}
        </span>
      )}
      {gpuKeys.length > 0 && <GpuUse keys={gpuKeys} project={project} runId={run.runId} runIds={runIds} />}
      <span className="text-muted">{run.lastStep === null ? 'no step yet' : `step ${formatNumber(run.lastStep)}`}</span>
      {progress !== undefined && (
        <span className="flex items-center gap-2">
          <progress aria-label={`Progress of ${run.displayName}`} className="progress-bar w-24" value={progress} />
          {Math.round(progress * 100)}%
        </span>
      )}
      <span className="whitespace-nowrap text-muted" title={formatDateTime(run.heartbeatAtMs)}>
        last data {formatAgo(run.heartbeatAtMs, now)}
      </span>
    </li>
  )
}

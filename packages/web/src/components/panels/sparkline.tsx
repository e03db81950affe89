import type { RunSummary } from '@lossline/protocol'
import { type ReactElement, useMemo } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { usePanelFeed } from '../../hooks/chart/use-panel-feed.ts'
import { useTheme } from '../../hooks/use-store.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import { seriesId } from '../../view/chart/panel-feed.ts'
import { sparklinePaths } from '../../view/chart/sparkline.ts'
import { toSeriesQueries } from '../../view/panels/line-queries.ts'
import type { ValueSource } from '../../view/panels/value-source.ts'

/** More lines than this are a blot. */
const runCountMax = 10
const buckets = 64

/** How a metric came to its value, run by run: lines without axes, which say nothing to those who do not see them. */
export function Sparkline(props: {
  readonly address: ProjectAddress
  readonly runs: readonly RunSummary[]
  readonly metric: Extract<ValueSource, { kind: 'metric' }>
}): ReactElement {
  const { address, metric } = props
  const { entity, project } = address
  const theme = useTheme()
  const runs = useMemo(() => props.runs.slice(0, runCountMax), [props.runs])
  const queries = useMemo(
    () =>
      toSeriesQueries(
        { values: [{ kind: 'metric', key: metric.key, title: metric.key }], runs, groups: undefined },
        { entity, project, stream: metric.stream, x: { kind: metric.stream === 'events' ? 'wall' : 'step' }, buckets },
        { statistic: 'mean', band: 'none' },
      ),
    [entity, project, metric.key, metric.stream, runs],
  )
  const [{ series }] = usePanelFeed(queries)
  const lines = useMemo(() => {
    const [query] = queries
    const found = runs.flatMap((run) => {
      const entry = query && series.get(seriesId(query, run.runId))
      return entry ? [{ run, series: entry.series }] : []
    })
    const paths = sparklinePaths(found.map((one) => one.series))
    return found.map(({ run }, index) => ({ run, path: paths[index]! }))
  }, [queries, runs, series])
  return (
    <svg
      aria-hidden="true"
      className="h-10 w-full max-w-60 shrink-0 overflow-visible"
      preserveAspectRatio="none"
      viewBox="0 0 1 1"
    >
      {lines.map(({ run, path }) => (
        <path
          d={path}
          fill="none"
          key={run.runId}
          stroke={styleOfRun(run, theme).color}
          strokeLinecap="round"
          strokeWidth={1.5}
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  )
}

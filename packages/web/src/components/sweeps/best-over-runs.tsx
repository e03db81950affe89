import type { SweepMetricInfo } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useRef } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { fitLabels } from '../../chart/fit-labels.ts'
import { formatTicks } from '../../chart/ticks.ts'
import { useSweepAxis } from '../../hooks/sweeps/use-sweep-axis.ts'
import { useElementSize } from '../../hooks/use-element-size.ts'
import { useTheme } from '../../hooks/use-store.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import { alongAxis, xyAxes } from '../../view/chart/xy-frame.ts'
import { bestSteps, markWords, runTicks, type SweepPoint } from '../../view/sweeps/best-so-far.ts'
import { formatCount, formatNumber } from '../../view/text/format.ts'
import { PlotGrid } from '../chart/plot-grid.tsx'
import { BeyondAxis } from './beyond-axis.tsx'
import { BestRing, beyondOf, MarkLegend, RunMark } from './run-mark.tsx'

const left = 70
const right = 12
const top = 8
const bottom = 34
const everything = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const

/** The metric of each run in the order in which they began, and the best so far. */
export function BestOverRuns(props: {
  readonly address: ProjectAddress
  readonly metric: SweepMetricInfo
  readonly points: readonly SweepPoint[]
  readonly missingCount: number
  /** The best run; undefined: there is none yet. */
  readonly bestId: string | undefined
  /** Runs that are not pale; undefined: all. */
  readonly chosen: ReadonlySet<string> | undefined
}): ReactElement {
  const { address, metric, points, missingCount, bestId, chosen } = props
  const box = useRef<HTMLDivElement>(null)
  const { width, height } = useElementSize(box)
  const theme = useTheme()
  const axis = useSweepAxis(points, metric)
  const [least, most] = axis.range ?? everything
  const shown = (value: number): number => Math.max(least, Math.min(most, value))
  const series = [{ name: '', points: points.map(({ order, value }) => [order, shown(value)] as const) }]
  const { x, y } = xyAxes(series)
  const toX = (value: number): number => left + alongAxis(x, value) * Math.max(0, width - left - right)
  const toY = (value: number): number => top + (1 - alongAxis(y, value)) * Math.max(0, height - top - bottom)
  /** What lies beyond the axis stands at its end. */
  const placeOf = (value: number): number => {
    const beyond = beyondOf(value, axis.range)
    return toY(beyond === undefined ? value : beyond === 'above' ? y.high : y.low)
  }
  const yLabels = formatTicks(y.ticks)
  const last = points.at(-1)
  const xTicks = runTicks(x.ticks, last?.order ?? 0)
  const xLabels = fitLabels(xTicks.map(String), xTicks.map(toX))
  const marks = [...new Set(points.map(({ mark }) => mark))]
  return (
    <figure
      aria-label={`${metric.name} of ${formatCount(points.length, 'run')} in the order in which they began. Best ${last?.best === undefined ? 'not known' : formatNumber(last.best)}.`}
      className="flex h-full min-h-0 flex-col"
    >
      <div className="relative min-h-0 flex-1" ref={box}>
        {width > 0 && (
          <svg className="absolute inset-0 text-xs" height={height} role="presentation" width={width}>
            <PlotGrid from={left} labels={yLabels} ticks={y.ticks} to={width - right} toY={toY} />
            {xTicks.map((tick, index) => (
              <text className="fill-muted" key={tick} textAnchor="middle" x={toX(tick)} y={height - bottom + 14}>
                {xLabels[index]}
              </text>
            ))}
            <text className="fill-muted" textAnchor="middle" x={(left + width - right) / 2} y={height - 4}>
              Run
            </text>
            <text
              className="fill-muted"
              textAnchor="middle"
              transform={`translate(12 ${(top + height - bottom) / 2}) rotate(-90)`}
            >
              {metric.name.length > 40 ? `${metric.name.slice(0, 39)}…` : metric.name}
            </text>
            <polyline
              className="fill-none stroke-accent"
              points={bestSteps(points)
                .map(([order, best]) => `${toX(order)},${toY(shown(best))}`)
                .join(' ')}
              strokeWidth={1.75}
            />
            {points.map(({ run, order, value, mark }) => (
              <Link key={run.runId} params={{ ...address, runId: run.runId }} to="/$entity/$project/runs/$runId">
                <title>{`${run.displayName}: ${formatNumber(value)}, ${markWords[mark]}`}</title>
                <g opacity={chosen === undefined || chosen.has(run.runId) ? 1 : 0.25}>
                  <RunMark
                    beyond={beyondOf(value, axis.range)}
                    color={styleOfRun(run, theme).color}
                    mark={mark}
                    x={toX(order)}
                    y={placeOf(value)}
                  />
                  {run.runId === bestId && <BestRing x={toX(order)} y={placeOf(value)} />}
                </g>
              </Link>
            ))}
          </svg>
        )}
      </div>
      <figcaption className="flex flex-wrap gap-x-4 pt-1 text-muted text-sm">
        <span>Line: best so far ({metric.goal})</span>
        <MarkLegend hasBest={bestId !== undefined} marks={marks} />
        <BeyondAxis axis={axis} />
        {missingCount > 0 && <span>{formatCount(missingCount, 'run')} without a value</span>}
      </figcaption>
    </figure>
  )
}

import type { SweepMetricInfo } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useMemo, useRef } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { formatTicks } from '../../chart/ticks.ts'
import { useElementSize } from '../../hooks/use-element-size.ts'
import { useTheme } from '../../hooks/use-store.ts'
import { formatCount, formatNumber } from '../../view/format.ts'
import { runStyle } from '../../view/palette.ts'
import type { SweepPoint } from '../../view/sweeps/best-so-far.ts'
import { alongAxis, xyAxes } from '../../view/xy-frame.ts'

const left = 56
const right = 12
const top = 8
const bottom = 34
/** Half the size of a mark, pixels. */
const size = 4.5

const markWords: Readonly<Record<SweepPoint['mark'], string>> = {
  ended: 'finished',
  live: 'goes on',
  failed: 'failed',
  stopped: 'stopped early',
}

/** The metric of each run in the order in which they began, and the best so far. */
export function BestOverRuns(props: {
  readonly address: ProjectAddress
  readonly metric: SweepMetricInfo
  readonly points: readonly SweepPoint[]
  readonly missingCount: number
}): ReactElement {
  const { address, metric, points, missingCount } = props
  const box = useRef<HTMLDivElement>(null)
  const { width, height } = useElementSize(box)
  const theme = useTheme()
  const series = useMemo(
    () => [{ name: '', points: points.map(({ order, value }) => [order, value] as const) }],
    [points],
  )
  const { x, y } = xyAxes(series)
  const toX = (value: number): number => left + alongAxis(x, value) * Math.max(0, width - left - right)
  const toY = (value: number): number => top + (1 - alongAxis(y, value)) * Math.max(0, height - top - bottom)
  const [xLabels, yLabels] = [formatTicks(x.ticks), formatTicks(y.ticks)]
  const last = points.at(-1)
  const marks = [...new Set(points.map(({ mark }) => mark))]
  return (
    <figure
      aria-label={`${metric.name} of ${formatCount(points.length, 'run')} in the order in which they began. Best ${last ? formatNumber(last.best) : 'not known'}.`}
      className="flex h-full min-h-0 flex-col"
    >
      <div className="relative min-h-0 flex-1" ref={box}>
        {width > 0 && (
          <svg className="absolute inset-0 text-xs" height={height} role="presentation" width={width}>
            {y.ticks.map((tick, index) => (
              <g key={tick}>
                <line className="stroke-(--grid)" x1={left} x2={width - right} y1={toY(tick)} y2={toY(tick)} />
                <text className="fill-muted" dominantBaseline="middle" textAnchor="end" x={left - 6} y={toY(tick)}>
                  {yLabels[index]}
                </text>
              </g>
            ))}
            {x.ticks.map((tick, index) =>
              Number.isInteger(tick) ? (
                <text className="fill-muted" key={tick} textAnchor="middle" x={toX(tick)} y={height - bottom + 14}>
                  {xLabels[index]}
                </text>
              ) : null,
            )}
            <text className="fill-muted" textAnchor="middle" x={(left + width - right) / 2} y={height - 4}>
              Run
            </text>
            <polyline
              className="fill-none stroke-accent"
              points={toSteps(points)
                .map(([order, best]) => `${toX(order)},${toY(best)}`)
                .join(' ')}
              strokeWidth={1.75}
            />
            {points.map(({ run, order, value, mark }) => (
              <Link key={run.runId} params={{ ...address, runId: run.runId }} to="/$entity/$project/runs/$runId">
                <title>{`${run.displayName}: ${formatNumber(value)}, ${markWords[mark]}`}</title>
                <Mark color={runStyle(run.number, theme).color} mark={mark} x={toX(order)} y={toY(value)} />
              </Link>
            ))}
          </svg>
        )}
      </div>
      <figcaption className="flex flex-wrap gap-x-4 pt-1 text-muted text-sm">
        <span>Line: best so far ({metric.goal})</span>
        {marks.map((mark) => (
          <span className="inline-flex items-center gap-1" key={mark}>
            <svg aria-hidden="true" height="12" width="12">
              <Mark color="currentColor" mark={mark} x={6} y={6} />
            </svg>
            {markWords[mark]}
          </span>
        ))}
        {missingCount > 0 && <span>{formatCount(missingCount, 'run')} without a value</span>}
      </figcaption>
    </figure>
  )
}

function Mark(props: {
  readonly mark: SweepPoint['mark']
  readonly x: number
  readonly y: number
  readonly color: string
}): ReactElement {
  const { mark, x, y, color } = props
  switch (mark) {
    case 'failed':
      return (
        <path
          d={`M${x - size},${y - size}l${2 * size},${2 * size}m0,${-2 * size}l${-2 * size},${2 * size}`}
          stroke={color}
          strokeWidth={2}
        />
      )
    case 'stopped':
      return <rect fill={color} height={2 * size - 1} width={2 * size - 1} x={x - size} y={y - size} />
    case 'live':
      return <circle cx={x} cy={y} fill="var(--panel)" r={size} stroke={color} strokeWidth={2} />
    case 'ended':
      return <circle cx={x} cy={y} fill={color} r={size} />
  }
}

/** The best so far as a line that steps where it changes. */
function toSteps(points: readonly SweepPoint[]): readonly (readonly [order: number, best: number])[] {
  return points.flatMap(({ order, best }, index) => {
    const before = points[index - 1]
    return before === undefined || before.best === best
      ? [[order, best] as const]
      : [[order, before.best] as const, [order, best] as const]
  })
}

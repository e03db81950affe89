import { type PointerEvent, type ReactElement, useRef, useState } from 'react'
import { fitLabels } from '../../chart/fit-labels.ts'
import { formatTicks } from '../../chart/ticks.ts'
import { useElementSize } from '../../hooks/use-element-size.ts'
import { useTheme } from '../../hooks/use-store.ts'
import { runStyle, styleOfRun } from '../../view/chart/palette.ts'
import { alongAxis, nearestPoint, xyAxes } from '../../view/chart/xy-frame.ts'
import { formatNumber } from '../../view/text/format.ts'
import type { XyChart, XySeries } from '../../view/vega/custom-chart.ts'
import { PlotGrid } from './plot-grid.tsx'

const left = 62
const right = 10
const top = 6
const bottom = 34

/** Lines or points over two axes, with a legend that says the values under the pointer. */
export function XyPlot({ chart, label }: { readonly chart: XyChart; readonly label: string }): ReactElement {
  const box = useRef<HTMLDivElement>(null)
  const { width, height } = useElementSize(box)
  const theme = useTheme()
  const [pointer, setPointer] = useState<number>()
  const { x, y } = xyAxes(chart.series)
  const innerWidth = Math.max(0, width - left - right)
  const innerHeight = Math.max(0, height - top - bottom)
  const toX = (value: number): number => left + alongAxis(x, value) * innerWidth
  const toY = (value: number): number => top + (1 - alongAxis(y, value)) * innerHeight
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const share = (event.clientX - event.currentTarget.getBoundingClientRect().left - left) / innerWidth
    setPointer(share >= 0 && share <= 1 ? x.low + share * (x.high - x.low) : undefined)
  }
  const xLabels = fitLabels(formatTicks(x.ticks), x.ticks.map(toX))
  const yLabels = formatTicks(y.ticks)
  const styles = chart.series.map(({ run }, index) => (run ? styleOfRun(run, theme) : runStyle(index + 1, theme)))
  return (
    <figure aria-label={summary(chart, label)} className="flex h-full min-h-0 flex-col">
      <div
        className="relative min-h-0 flex-1"
        onPointerLeave={() => setPointer(undefined)}
        onPointerMove={onPointerMove}
        ref={box}
      >
        {width > 0 && (
          <svg aria-hidden="true" className="absolute inset-0 text-xs" height={height} width={width}>
            <PlotGrid from={left} labels={yLabels} ticks={y.ticks} to={left + innerWidth} toY={toY} />
            {x.ticks.map((tick, index) => (
              <text className="fill-muted" key={tick} textAnchor="middle" x={toX(tick)} y={height - bottom + 14}>
                {xLabels[index]}
              </text>
            ))}
            <text className="fill-muted" textAnchor="middle" x={left + innerWidth / 2} y={height - 4}>
              {chart.xName}
            </text>
            <text
              className="fill-muted"
              textAnchor="middle"
              transform={`translate(12 ${top + innerHeight / 2}) rotate(-90)`}
            >
              {chart.yName}
            </text>
            {pointer !== undefined && (
              <line
                className="stroke-(--crosshair)"
                x1={toX(pointer)}
                x2={toX(pointer)}
                y1={top}
                y2={top + innerHeight}
              />
            )}
            {chart.series.map((series, index) =>
              chart.kind === 'lines' ? (
                <polyline
                  className="fill-none"
                  key={series.name}
                  points={series.points.map(([px, py]) => `${toX(px)},${toY(py)}`).join(' ')}
                  stroke={styles[index]?.color}
                  strokeDasharray={styles[index]?.dash.join(' ')}
                  strokeWidth={1.75}
                />
              ) : (
                series.points.map(([px, py], point) => (
                  <circle
                    cx={toX(px)}
                    cy={toY(py)}
                    fill={styles[index]?.color}
                    fillOpacity={0.6}
                    // Points have no names, and their order does not change.
                    // biome-ignore lint/suspicious/noArrayIndexKey: see above
                    key={`${series.name} ${point}`}
                    r={3}
                  />
                ))
              ),
            )}
          </svg>
        )}
      </div>
      <figcaption>
        {/* Keeps its line while nobody points, so that the chart does not jump. */}
        <p className="min-h-4 text-muted text-xs">
          {pointer !== undefined && `${chart.yName} at ${chart.xName} ${formatNumber(pointer)}`}
        </p>
        <ul className="flex max-h-16 flex-wrap gap-x-3 overflow-y-auto text-sm">
          {chart.series.map((series, index) => (
            <li className="flex items-center gap-1.5" key={series.name}>
              {chart.series.length > 1 && (
                <svg aria-hidden="true" height="8" width="18">
                  <line
                    stroke={styles[index]?.color}
                    strokeDasharray={styles[index]?.dash.join(' ')}
                    strokeWidth="2.5"
                    x2="18"
                    y1="4"
                    y2="4"
                  />
                </svg>
              )}
              {series.name}
              <span className="text-muted">{reading(series, pointer)}</span>
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  )
}

function reading(series: XySeries, pointer: number | undefined): string {
  const point = pointer === undefined ? undefined : nearestPoint(series, pointer)
  if (point) return formatNumber(point[1])
  return series.area === undefined ? '' : `area ${formatNumber(Number(series.area.toFixed(4)))}`
}

function summary({ kind, xName, yName, series }: XyChart, label: string): string {
  const names = series.map(({ name }) => name).filter((name) => name !== '')
  const what = kind === 'lines' ? `${series.length === 1 ? 'line' : `${series.length} lines`}` : 'points'
  const areas = series.flatMap(({ name, area }) => (area === undefined ? [] : [`${name} ${area.toFixed(3)}`]))
  return [
    `${label}: ${what} of ${yName} over ${xName}${names.length > 0 ? `, ${names.join(', ')}` : ''}.`,
    ...(areas.length > 0 ? [`Areas: ${areas.join(', ')}.`] : []),
  ].join(' ')
}

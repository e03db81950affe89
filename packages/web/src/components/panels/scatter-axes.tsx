import type { ReactElement } from 'react'
import { fitLabels } from '../../chart/fit-labels.ts'
import { formatLogTicks, formatTicks } from '../../chart/ticks.ts'
import type { toScale } from '../../view/panels/scatter-points.ts'
import { PlotGrid } from '../chart/plot-grid.tsx'

/** Pixels around the points, for what is written at the axes. */
export const scatterMargins = { left: 54, right: 12, top: 8, bottom: 36 } as const
const { left, right, top, bottom } = scatterMargins

/** The lines of a scatter plot's frame, their values, and what each axis shows. */
export function ScatterAxes(props: {
  readonly x: ReturnType<typeof toScale>
  readonly y: ReturnType<typeof toScale>
  readonly toX: (value: number) => number
  readonly toY: (value: number) => number
  readonly width: number
  readonly height: number
  readonly names: { readonly x: string; readonly y: string }
  /** What 0, 1, 2 and so on along x stand for. Default: themselves. */
  readonly xNames?: readonly string[] | undefined
}): ReactElement {
  const { x, y, toX, toY, width, height, names, xNames } = props
  const inside =
    ({ low, high }: { readonly low: number; readonly high: number }) =>
    (tick: number) =>
      tick >= low && tick <= high
  const [xTicks, yTicks] = [xNames ? [...xNames.keys()] : x.ticks.filter(inside(x)), y.ticks.filter(inside(y))]
  const xLabels = fitLabels(xNames ?? labelsOf(x.isLog, xTicks), xTicks.map(toX))
  const yLabels = labelsOf(y.isLog, yTicks)
  return (
    <>
      <PlotGrid from={left} labels={yLabels} ticks={yTicks} to={width - right} toY={toY} />
      {xTicks.map((tick, index) => (
        <text
          className="fill-muted"
          key={tick}
          textAnchor={toX(tick) > width - 28 ? 'end' : 'middle'}
          x={Math.min(toX(tick), width - 2)}
          y={height - bottom + 14}
        >
          {xLabels[index]}
        </text>
      ))}
      <text className="fill-muted" textAnchor="middle" x={(left + width - right) / 2} y={height - 5}>
        {names.x}
      </text>
      <text
        className="fill-muted"
        textAnchor="middle"
        transform={`translate(11 ${(top + height - bottom) / 2}) rotate(-90)`}
      >
        {names.y}
      </text>
    </>
  )
}

function labelsOf(isLog: boolean, ticks: readonly number[]): readonly string[] {
  return isLog ? formatLogTicks(ticks) : formatTicks(ticks)
}

import type { ReactElement } from 'react'

/** The lines across a plot, and to the left what they stand for. */
export function PlotGrid(props: {
  readonly ticks: readonly number[]
  /** Of the ticks, in their order. */
  readonly labels: readonly string[]
  readonly toY: (value: number) => number
  /** Where the lines begin and end. */
  readonly from: number
  readonly to: number
}): ReactElement[] {
  const { ticks, labels, toY, from, to } = props
  return ticks.map((tick, index) => (
    <g key={tick}>
      <line className="stroke-(--grid)" x1={from} x2={to} y1={toY(tick)} y2={toY(tick)} />
      <text className="fill-muted" dominantBaseline="middle" textAnchor="end" x={from - 6} y={toY(tick)}>
        {labels[index]}
      </text>
    </g>
  ))
}

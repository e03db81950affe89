import type { ReactElement } from 'react'
import { type ParallelLayout, ticksThatFit } from '../../view/panels/parallel-layout.ts'
import type { Brush, ParallelAxis } from '../../view/panels/parallel-lines.ts'

/** The axes of parallel coordinates with their names, as many ticks as can be read, and what of them is chosen. */
export function ParallelAxes(props: {
  readonly axes: readonly ParallelAxis[]
  /** By the number of the axis. */
  readonly brushes: ReadonlyMap<number, Brush>
  /** Some runs go through the slot below the axes. */
  readonly hasMissing: boolean
  readonly layout: ParallelLayout
}): ReactElement {
  const { axes, brushes, hasMissing, layout } = props
  const { height, innerHeight, leftOf, names, top, topOf } = layout
  const lowest = Math.max(...names.map(({ baseline }) => baseline))
  return (
    <svg aria-hidden="true" className="absolute inset-0 text-xs" height={layout.height} width={layout.width}>
      {/* From names that stand higher to their axes, behind those that stand lower. */}
      {names.map(
        ({ baseline }, index) =>
          baseline < lowest && (
            <line
              className="stroke-(--border)"
              key={axes[index]!.column.key}
              x1={leftOf(index)}
              x2={leftOf(index)}
              y1={baseline + 4}
              y2={top}
            />
          ),
      )}
      {names.map(({ text, baseline }, index) => (
        <text
          className="fill-(--text) stroke-(--panel)"
          key={axes[index]!.column.key}
          paintOrder="stroke"
          strokeLinejoin="round"
          strokeWidth={5}
          textAnchor="middle"
          x={leftOf(index)}
          y={baseline}
        >
          {text}
          <title>{axes[index]!.column.title}</title>
        </text>
      ))}
      {axes.map((axis, index) => (
        <g key={axis.column.key}>
          <line
            className="stroke-(--border-strong)"
            x1={leftOf(index)}
            x2={leftOf(index)}
            y1={top}
            y2={top + innerHeight}
          />
          {ticksThatFit(axis.ticks, layout).map(({ at, text }) => (
            <text
              className="fill-muted stroke-(--panel)"
              dominantBaseline="middle"
              key={text}
              paintOrder="stroke"
              strokeLinejoin="round"
              strokeWidth={7}
              textAnchor="end"
              x={leftOf(index) - 5}
              y={topOf(at)}
            >
              {text.length > 10 ? `${text.slice(0, 9)}…` : text}
            </text>
          ))}
          {hasMissing && index === 0 && (
            <text className="fill-muted" x={2} y={height - 5}>
              missing
            </text>
          )}
          {brushes.has(index) && (
            <rect
              className="fill-accent/25 stroke-accent"
              height={topOf(brushes.get(index)![0]) - topOf(brushes.get(index)![1])}
              width={16}
              x={leftOf(index) - 8}
              y={topOf(brushes.get(index)![1])}
            />
          )}
        </g>
      ))}
    </svg>
  )
}

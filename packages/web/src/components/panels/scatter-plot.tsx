import { Link } from '@tanstack/react-router'
import { type PointerEvent, type ReactElement, useMemo, useRef, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useElementSize } from '../../hooks/use-element-size.ts'
import { useTheme } from '../../hooks/use-store.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import { sequentialMarkColor } from '../../view/chart/sequential-color.ts'
import type { ScatterConfig } from '../../view/panels/scatter-panel.ts'
import { paretoFrontier, regressionLine, type ScatterPoint, toScale } from '../../view/panels/scatter-points.ts'
import { runAddressOf } from '../../view/run/run-key.ts'
import { formatNumber } from '../../view/text/format.ts'
import { ColorScale } from './color-scale.tsx'
import { ScatterAxes, scatterMargins } from './scatter-axes.tsx'

const { left, right, top, bottom } = scatterMargins

/** Onto the axis. */
function within(share: number): number {
  return Math.max(0, Math.min(1, share))
}

interface Box {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

/** Points over two axes. A rectangle that is dragged leaves only the runs in it visible. */
export function ScatterPlot(props: {
  readonly address: ProjectAddress
  readonly points: readonly ScatterPoint[]
  readonly config: ScatterConfig
  readonly names: { readonly x: string; readonly y: string; readonly z: string }
  readonly baselineId: string | undefined
  readonly onSelect: (runIds: readonly string[]) => void
  /** What 0, 1, 2 and so on along x stand for. Default: themselves. */
  readonly xNames?: readonly string[] | undefined
  /** Draws a point at its place instead of a dot. */
  readonly mark?: (point: ScatterPoint, x: number, y: number) => ReactElement
}): ReactElement {
  const { address, points, config, names, onSelect, xNames, mark } = props
  const frame = useRef<HTMLDivElement>(null)
  const { width, height } = useElementSize(frame)
  const theme = useTheme()
  const [brush, setBrush] = useState<Box>()
  const { x, y } = useMemo(
    () => ({
      x: toScale(
        points.map((point) => point.x),
        config.x,
      ),
      y: toScale(
        points.map((point) => point.y),
        config.y,
      ),
    }),
    [points, config.x, config.y],
  )
  const frontier = useMemo(() => config.frontier && paretoFrontier(points, config.frontier), [points, config.frontier])
  const onFrontier = useMemo(() => new Set(frontier?.map(({ run }) => run.runId)), [frontier])
  const [innerWidth, innerHeight] = [Math.max(0, width - left - right), Math.max(0, height - top - bottom)]
  // What lies beyond the ends of an axis stands at them.
  const toX = (value: number): number => left + within(x.along(value)) * innerWidth
  const toY = (value: number): number => top + (1 - within(y.along(value))) * innerHeight
  const places = points.map((point) => [toX(point.x), toY(point.y)] as const)
  const line = config.hasRegression
    ? regressionLine(
        points.map((point) => [left + x.along(point.x) * innerWidth, top + (1 - y.along(point.y)) * innerHeight]),
      )
    : undefined
  const zs = points.flatMap(({ z }) => z ?? [])
  const [zLow, zHigh] = [Math.min(...zs), Math.max(...zs)]
  const colorOf = ({ run, z }: ScatterPoint): string => {
    if (names.z === '') return styleOfRun(run, theme).color
    return z === undefined
      ? 'var(--muted)'
      : sequentialMarkColor(zHigh === zLow ? 0.5 : (z - zLow) / (zHigh - zLow), theme)
  }
  const at = (event: PointerEvent<HTMLElement>): readonly [number, number] => {
    const box = event.currentTarget.getBoundingClientRect()
    return [event.clientX - box.left, event.clientY - box.top]
  }
  const finish = (): void => {
    const box = brush
    setBrush(undefined)
    if (!box || (Math.abs(box.x1 - box.x0) < 6 && Math.abs(box.y1 - box.y0) < 6)) return
    const [fromX, toXEnd, fromY, toYEnd] = [
      Math.min(box.x0, box.x1),
      Math.max(box.x0, box.x1),
      Math.min(box.y0, box.y1),
      Math.max(box.y0, box.y1),
    ]
    const chosen = points.filter((_, index) => {
      const [px, py] = places[index]!
      return px >= fromX && px <= toXEnd && py >= fromY && py <= toYEnd
    })
    if (chosen.length > 0) onSelect(chosen.map(({ run }) => run.runId))
  }
  return (
    <div className="flex h-full flex-col px-2 pb-2">
      <div
        className="relative min-h-0 flex-1 touch-pan-y select-none"
        onPointerDown={(event) => {
          if (event.button !== 0 || (event.target as Element).closest('a')) return
          event.currentTarget.setPointerCapture(event.pointerId)
          const [px, py] = at(event)
          setBrush({ x0: px, y0: py, x1: px, y1: py })
        }}
        onPointerMove={(event) => {
          if (!brush) return
          const [px, py] = at(event)
          setBrush({ ...brush, x1: px, y1: py })
        }}
        // A finger that goes up or down scrolls the page.
        onPointerCancel={() => setBrush(undefined)}
        onPointerUp={finish}
        ref={frame}
      >
        {width > 0 && (
          <svg className="absolute inset-0 text-xs" height={height} role="presentation" width={width}>
            <ScatterAxes height={height} names={names} toX={toX} toY={toY} width={width} x={x} xNames={xNames} y={y} />
            {frontier && frontier.length > 1 && (
              <polyline
                className="fill-none stroke-(--text)"
                points={frontier.map((point) => `${toX(point.x)},${toY(point.y)}`).join(' ')}
                strokeDasharray="4 3"
              />
            )}
            {line && (
              <line
                className="stroke-accent"
                strokeWidth={1.5}
                x1={left}
                x2={left + innerWidth}
                y1={line.slope * left + line.intercept}
                y2={line.slope * (left + innerWidth) + line.intercept}
              />
            )}
            {points.map((point, index) => (
              <Link
                key={point.run.runId}
                params={runAddressOf(point.run.runId, address)}
                to="/$entity/$project/runs/$runId"
              >
                <title>
                  {`${point.run.displayName}: ${names.x} ${xNames?.[point.x] ?? formatNumber(point.x)}, ${names.y} ${formatNumber(point.y)}${point.z === undefined ? '' : `, ${names.z} ${formatNumber(point.z)}`}`}
                </title>
                {mark?.(point, ...places[index]!) ?? (
                  <circle
                    className={point.run.runId === props.baselineId ? 'stroke-(--text)' : 'stroke-(--panel)'}
                    cx={places[index]![0]}
                    cy={places[index]![1]}
                    fill={colorOf(point)}
                    fillOpacity={frontier === undefined || onFrontier.has(point.run.runId) ? 1 : 0.35}
                    r={point.run.runId === props.baselineId ? 6 : 4.5}
                  />
                )}
              </Link>
            ))}
            {brush && (
              <rect
                className="fill-accent/15 stroke-accent"
                height={Math.abs(brush.y1 - brush.y0)}
                width={Math.abs(brush.x1 - brush.x0)}
                x={Math.min(brush.x0, brush.x1)}
                y={Math.min(brush.y0, brush.y1)}
              />
            )}
          </svg>
        )}
      </div>
      {(names.z !== '' || line) && (
        <p className="flex flex-wrap items-center gap-2 px-1 text-muted text-sm">
          {names.z !== '' && zs.length > 0 && (
            <ColorScale high={formatNumber(zHigh)} low={formatNumber(zLow)} name={names.z} />
          )}
          {line && <span>Regression r = {(-line.r).toFixed(2)}</span>}
        </p>
      )}
    </div>
  )
}

import type { RunSummary, StrictJson } from '@lossline/protocol'
import { type PointerEvent, type ReactElement, useEffect, useMemo, useRef, useState } from 'react'
import { useElementSize } from '../../hooks/use-element-size.ts'
import { useTheme } from '../../hooks/use-store.ts'
import { formatCount } from '../../view/format.ts'
import { type Brush, isChosen, toParallelAxis, toParallelLines, toQuery } from '../../view/panels/parallel-lines.ts'
import type { ParallelColumn } from '../../view/panels/parallel-panel.ts'
import { sequentialColor } from '../../view/sequential-color.ts'

const top = 34
const bottom = 26
const side = 60
/** How far from an axis the pointer still means it. */
const reach = 22

/** Runs as lines over axes. A part of an axis is chosen by dragging along it, or with its two fields. */
export function ParallelPlot(props: {
  readonly columns: readonly ParallelColumn[]
  readonly runs: readonly RunSummary[]
  /** Of the columns, in their order. */
  readonly values: ReadonlyMap<string, readonly StrictJson[]>
  /** Runs that are hidden by their eye; they are drawn grey. */
  readonly hiddenIds?: ReadonlySet<string>
  /** Makes a filter of what was chosen; undefined: nothing can be filtered here. */
  readonly onFilter?: ((query: string) => void) | undefined
}): ReactElement {
  const { columns, runs, values, hiddenIds, onFilter } = props
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const { width, height } = useElementSize(frame)
  const theme = useTheme()
  const [brushes, setBrushes] = useState<ReadonlyMap<number, Brush>>(noBrushes)
  const dragged = useRef<{ readonly index: number; readonly from: number }>(undefined)
  const axes = useMemo(
    () =>
      columns.map((column, index) =>
        toParallelAxis(
          column,
          runs.map(({ runId }) => values.get(runId)?.[index]),
        ),
      ),
    [columns, runs, values],
  )
  const lines = useMemo(() => toParallelLines(runs, axes, values), [runs, axes, values])
  const chosen = useMemo(() => lines.filter((line) => isChosen(line, brushes)), [lines, brushes])
  const innerHeight = Math.max(0, height - top - bottom)
  const leftOf = (index: number): number =>
    axes.length < 2 ? width / 2 : side + (index * Math.max(0, width - 2 * side)) / (axes.length - 1)
  const topOf = (place: number): number => top + (1 - place) * innerHeight

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours change with the theme.
  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context || width === 0) return
    const ratio = devicePixelRatio
    element.width = Math.round(width * ratio)
    element.height = Math.round(height * ratio)
    context.scale(ratio, ratio)
    const style = getComputedStyle(element)
    const grey = style.getPropertyValue('--border').trim()
    const isChosenNow = new Set(chosen)
    const across = (index: number): number =>
      axes.length < 2 ? width / 2 : side + (index * Math.max(0, width - 2 * side)) / (axes.length - 1)
    // What was not chosen lies behind.
    for (const line of [...lines.filter((one) => !isChosenNow.has(one)), ...chosen]) {
      const last = line.places.at(-1)
      const isGrey = !isChosenNow.has(line) || hiddenIds?.has(line.run.runId)
      context.strokeStyle = isGrey || last === undefined ? grey : sequentialColor(last)
      context.globalAlpha = isGrey ? 0.5 : Math.max(0.35, Math.min(1, 60 / lines.length))
      context.lineWidth = 1.5
      context.beginPath()
      for (const [index, place] of line.places.entries()) {
        // Missing values go through a slot below the axis.
        const y = place === undefined ? height - 8 : top + (1 - place) * Math.max(0, height - top - bottom)
        if (index === 0) context.moveTo(across(index), y)
        else context.lineTo(across(index), y)
      }
      context.stroke()
    }
  }, [lines, chosen, axes, width, height, hiddenIds, theme])

  const setBrush = (index: number, brush: Brush | undefined): void =>
    setBrushes((old) => {
      const next = new Map(old)
      if (brush === undefined) next.delete(index)
      else next.set(index, brush)
      return next
    })
  const placeAt = (
    event: PointerEvent<HTMLElement>,
  ): { readonly index: number; readonly place: number } | undefined => {
    const box = event.currentTarget.getBoundingClientRect()
    const [x, y] = [event.clientX - box.left, event.clientY - box.top]
    const index = axes.findIndex((_, i) => Math.abs(leftOf(i) - x) <= reach)
    const place = Math.max(0, Math.min(1, 1 - (y - top) / innerHeight))
    return index < 0 ? undefined : { index, place }
  }
  const missingCount = lines.filter(({ places }) => places.includes(undefined)).length
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div
        className="relative min-h-0 flex-1 touch-none"
        onPointerDown={(event) => {
          const at = placeAt(event)
          if (!at || event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          dragged.current = { index: at.index, from: at.place }
          setBrush(at.index, undefined)
        }}
        onPointerMove={(event) => {
          const { current } = dragged
          const at = current && placeAt(event)
          const box = event.currentTarget.getBoundingClientRect()
          const place = at?.place ?? Math.max(0, Math.min(1, 1 - (event.clientY - box.top - top) / innerHeight))
          if (!current || Math.abs(place - current.from) < 0.01) return
          setBrush(current.index, [Math.min(current.from, place), Math.max(current.from, place)])
        }}
        onPointerUp={() => {
          dragged.current = undefined
        }}
        ref={frame}
      >
        <canvas className="absolute inset-0 size-full" ref={canvas} />
        {width > 0 && (
          <svg aria-hidden="true" className="absolute inset-0 text-xs" height={height} width={width}>
            {axes.map((axis, index) => (
              <g key={axis.column.key}>
                <text className="fill-(--text)" textAnchor="middle" x={leftOf(index)} y={14}>
                  {axis.column.title.length > 18 ? `${axis.column.title.slice(0, 17)}…` : axis.column.title}
                </text>
                <line
                  className="stroke-(--border-strong)"
                  x1={leftOf(index)}
                  x2={leftOf(index)}
                  y1={top}
                  y2={top + innerHeight}
                />
                {axis.ticks.slice(0, tickCountMax).map(({ at, text }) => (
                  <text
                    className="fill-muted stroke-(--panel)"
                    dominantBaseline="middle"
                    key={text}
                    paintOrder="stroke"
                    strokeWidth={3}
                    textAnchor="end"
                    x={leftOf(index) - 5}
                    y={topOf(at)}
                  >
                    {text.length > 10 ? `${text.slice(0, 9)}…` : text}
                  </text>
                ))}
                {missingCount > 0 && index === 0 && (
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
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2 px-2 pb-2 text-sm">
        <span aria-live="polite" className="text-muted">
          {brushes.size === 0
            ? `${formatCount(lines.length, 'run')}. Drag along an axis to choose`
            : `${formatCount(chosen.length, 'run')} of ${lines.length} chosen`}
        </span>
        <BrushFields axes={axes.map(({ column }) => column.title)} brushes={brushes} onBrush={setBrush} />
        {brushes.size > 0 && (
          <>
            <button className="button" onClick={() => setBrushes(noBrushes)} type="button">
              Choose all
            </button>
            {onFilter && chosen.length > 0 && (
              <button className="button" onClick={() => onFilter(toQuery(axes, lines, brushes))} type="button">
                Filter to selection
              </button>
            )}
          </>
        )}
      </div>
    </div>
  )
}

const noBrushes: ReadonlyMap<number, Brush> = new Map()
/** More categories than that cannot be told apart on an axis; the table has them all. */
const tickCountMax = 24

/** Chooses a part of an axis without a pointer: from and to, in per cent of its length. */
function BrushFields(props: {
  readonly axes: readonly string[]
  readonly brushes: ReadonlyMap<number, Brush>
  readonly onBrush: (index: number, brush: Brush | undefined) => void
}): ReactElement {
  const { axes, brushes, onBrush } = props
  const [index, setIndex] = useState(0)
  const [from, to] = brushes.get(index) ?? [0, 1]
  const change = (next: Brush): void => onBrush(index, next[0] <= 0 && next[1] >= 1 ? undefined : next)
  return (
    <fieldset className="flex flex-wrap items-center gap-1.5">
      <legend className="sr-only">Choose a part of an axis</legend>
      <select
        aria-label="Axis"
        className="control h-7 py-0"
        onChange={({ target }) => setIndex(Number(target.value))}
        value={index}
      >
        {axes.map((title, at) => (
          // Axes have no other order, and two may have one title.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <option key={at} value={at}>
            {title}
          </option>
        ))}
      </select>
      {([0, 1] as const).map((end) => (
        <input
          aria-label={end === 0 ? 'From, per cent of the axis' : 'To, per cent of the axis'}
          className="control h-7 w-16 py-0"
          key={end}
          max={100}
          min={0}
          onChange={({ target }) => {
            const share = Math.max(0, Math.min(1, Number(target.value) / 100))
            change(end === 0 ? [Math.min(share, to), to] : [from, Math.max(share, from)])
          }}
          step={5}
          type="number"
          value={Math.round((end === 0 ? from : to) * 100)}
        />
      ))}
    </fieldset>
  )
}

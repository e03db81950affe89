import type { RunSummary, StrictJson } from '@lossline/protocol'
import {
  type CSSProperties,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
} from 'react'
import { type SharedChoice, useAxisBrushes } from '../../hooks/chart/use-axis-brushes.ts'
import { useElementSize } from '../../hooks/use-element-size.ts'
import { useStableList } from '../../hooks/use-stable-list.ts'
import { useTheme } from '../../hooks/use-store.ts'
import { colorRange } from '../../view/panels/color-range.ts'
import { layOutAxes } from '../../view/panels/parallel-layout.ts'
import { toParallelAxis, toParallelLines, toQuery } from '../../view/panels/parallel-lines.ts'
import type { ParallelColumn } from '../../view/panels/parallel-panel.ts'
import { formatCount } from '../../view/text/format.ts'
import { BrushFields } from './brush-fields.tsx'
import { ColorScale } from './color-scale.tsx'
import { paintLines } from './paint-parallel-lines.ts'
import { ParallelAxes } from './parallel-axes.tsx'

/** How far from an axis the pointer still means it. */
const reach = 22

/** Wide enough for the numbers beside an axis. */
const axisWidth = 72

/** On a phone many axes are wider than the screen. */
function AxesFrame(props: {
  readonly axisCount: number
  /** Of the axes, in CSS pixels. */
  readonly width: number
  readonly children: ReactNode
}): ReactElement {
  const widthMin = props.axisCount * axisWidth
  const isScrolled = props.width > 0 && props.width <= widthMin
  return (
    <div
      className="min-h-28 flex-1 overflow-y-hidden max-sm:overflow-x-auto"
      style={{ '--axes': `${widthMin}px` } as CSSProperties}
      // Those who have no finger scroll it by keys.
      {...(isScrolled && { 'aria-label': 'Axes', role: 'group', tabIndex: 0 })}
    >
      {props.children}
    </div>
  )
}

/** Runs as lines over axes. A part of an axis is chosen by dragging along it, or with its two fields. */
export function ParallelPlot(props: {
  readonly columns: readonly ParallelColumn[]
  readonly runs: readonly RunSummary[]
  /** Of the columns, in their order. */
  readonly values: ReadonlyMap<string, readonly StrictJson[]>
  /** Runs that are chosen for other charts too. Default: a choice is this chart's own. */
  readonly choice?: SharedChoice
  /** Makes a filter of what was chosen; undefined: nothing can be filtered here. */
  readonly onFilter?: ((query: string) => void) | undefined
}): ReactElement {
  const { columns, runs, values, choice, onFilter } = props
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const { width, height } = useElementSize(frame)
  const theme = useTheme()
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
  const colors = useMemo(() => {
    const last = axes.at(-1)
    return last && colorRange(last, lines)
  }, [axes, lines])
  const { brushes, chosen: chosenNow, ...brush } = useAxisBrushes(lines, choice)
  const chosen = useStableList(chosenNow)
  const hasChoice = brushes.size > 0 || choice?.runIds !== undefined
  const missingCount = useMemo(() => lines.filter(({ places }) => places.includes(undefined)).length, [lines])
  const layout = useMemo(
    () =>
      layOutAxes(
        { width, height },
        axes.map(({ column }) => column.title),
        missingCount > 0,
      ),
    [width, height, axes, missingCount],
  )

  useEffect(() => {
    if (canvas.current && width > 0) paintLines(canvas.current, { lines, chosen, theme, layout, colors })
  }, [lines, chosen, width, layout, theme, colors])

  /** The axis that the pointer means, -1 for none, and how high along it. */
  const placeAt = (event: PointerEvent<HTMLElement>): { readonly index: number; readonly place: number } => {
    const box = event.currentTarget.getBoundingClientRect()
    const [x, y] = [event.clientX - box.left, event.clientY - box.top]
    const index = axes.findIndex((_, i) => Math.abs(layout.leftOf(i) - x) <= reach)
    const place = Math.max(0, Math.min(1, 1 - (y - layout.top) / layout.innerHeight))
    return { index, place }
  }
  const lastAxis = axes.at(-1)
  return (
    <div className="flex h-full min-h-0 flex-col">
      <AxesFrame axisCount={axes.length} width={width}>
        <div
          className="relative h-full select-none max-sm:min-w-(--axes)"
          onPointerDown={(event) => {
            const { index, place } = placeAt(event)
            // A finger along an axis scrolls the page; the fields below choose without one.
            if (index < 0 || event.button !== 0 || event.pointerType === 'touch') return
            event.currentTarget.setPointerCapture(event.pointerId)
            dragged.current = { index, from: place }
            brush.set(index, undefined)
          }}
          onPointerMove={(event) => {
            const { current } = dragged
            // The pointer may leave the axis meanwhile.
            const { place } = placeAt(event)
            if (!current || Math.abs(place - current.from) < 0.01) return
            brush.set(current.index, [Math.min(current.from, place), Math.max(current.from, place)])
          }}
          onLostPointerCapture={() => {
            dragged.current = undefined
            brush.share()
          }}
          ref={frame}
        >
          <canvas className="absolute inset-0 size-full" ref={canvas} />
          {width > 0 && <ParallelAxes axes={axes} brushes={brushes} hasMissing={missingCount > 0} layout={layout} />}
        </div>
      </AxesFrame>
      <div className="flex flex-wrap items-center gap-2 px-2 pb-2 text-sm">
        <span aria-live="polite" className="text-muted">
          {hasChoice
            ? `${formatCount(chosen.length, 'run')} of ${lines.length} chosen`
            : formatCount(lines.length, 'run')}
        </span>
        {/* The axes need the room more. */}
        <details className="min-w-0 open:basis-full">
          <summary className="min-h-6 w-fit rounded text-muted leading-6 hover:text-text">
            <span className="pointer-coarse:hidden">Drag along an axis, or choose here</span>
            <span className="pointer-fine:hidden">Choose</span>
          </summary>
          <BrushFields
            axes={axes.map(({ column }) => column.title)}
            brushes={brushes}
            onBrush={(index, part) => {
              brush.set(index, part)
              brush.share()
            }}
          />
        </details>
        {lastAxis && lastAxis.ticks.length > 0 && (
          <ColorScale
            high={colors?.highText ?? ''}
            low={colors?.lowText ?? ''}
            name={lastAxis.column.title}
            title={
              colors?.isClipped ? 'Values beyond the 2.5th and 97.5th percentile have the colour of the end' : undefined
            }
          />
        )}
        {brushes.size > 0 && (
          <>
            {choice === undefined && (
              <button className="button" onClick={brush.clear} type="button">
                Choose all
              </button>
            )}
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

import type { SeriesX } from '@lossline/protocol'
import { Pin, X } from 'lucide-react'
import { type ReactElement, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { ProjectAddress } from '../../api/queries.ts'
import { orderReadings } from '../../chart/cursor-reading.ts'
import { placeTooltip, type TooltipSpot } from '../../chart/place-tooltip.ts'
import type { Tip } from '../../chart/plot-cursor.ts'
import type { Position } from '../../chart/pointer.ts'
import { useShortcut } from '../../hooks/use-store.ts'
import type { TooltipOrder } from '../../view/address/url-state.ts'
import { createMover, type Mover } from '../../view/browser/mover.ts'
import type { LegendPart } from '../../view/chart/legend-template.ts'
import { runAddressOf } from '../../view/run/run-key.ts'
import { formatCount } from '../../view/text/format.ts'
import { TooltipReadings } from './tooltip-readings.tsx'
import { WallTime } from './wall-time.tsx'

const rowsMax = 10
const notesMax = 6
/** Around what it says, CSS pixels: `p-1`. */
const padding = 4
/** Points of which project, on which axis. */
export interface PointSource {
  readonly address: ProjectAddress
  readonly stream: 'history' | 'events'
  readonly x: SeriesX
}

/** What a tooltip says and where. Positions in pixels of `anchor`. */
export interface ChartTooltipProps {
  readonly anchor: HTMLElement
  readonly tip: Tip
  /** Of the crosshair. */
  readonly left: number
  /** Where lines are, which it should not cover. */
  readonly linePoints: () => readonly Position[]
  readonly order: TooltipOrder
  /** The run that others are compared with. */
  readonly baseline: string | undefined
  readonly pointTemplate: readonly LegendPart[] | undefined
  readonly xName: string
  readonly formatX: (x: number) => string
  /** Where its points come from, to ask when they were logged. */
  readonly pointSource: PointSource
  readonly isPinned: boolean
  readonly onClose: () => void
}

/** Values at the crosshair. Beside the crosshair, never under the pointer, never off the screen. */
export function ChartTooltip(props: ChartTooltipProps): ReactElement {
  const { anchor, left, xName, formatX, isPinned, pointSource } = props
  const { readings, notes, position } = props.tip
  // A value that a log axis has no place for is nowhere.
  const top = Number.isNaN(position.top) ? 0 : position.top
  const box = useRef<HTMLDivElement>(null)
  const mover = useRef<Mover>(undefined)
  const size = useRef({ width: 0, height: 0 })
  const spot = useRef<TooltipSpot>(undefined)
  const [isOpened, setIsLong] = useState(false)
  const isLong = isOpened && isPinned
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    mover.current ??= createMover(element)
    const area = anchor.getBoundingClientRect()
    size.current = setSize(element, size.current)
    const { width } = size.current
    // A pinned one that is long is as high as it may be.
    const height = isPinned ? element.offsetHeight : size.current.height
    const inWindow = (at: Position): Position => ({ left: area.left + at.left, top: area.top + at.top })
    const placed = placeTooltip({
      at: inWindow({ left, top }),
      size: { width, height },
      plot: area,
      screen: { width: innerWidth, height: innerHeight },
      points: props.linePoints().map(inWindow),
      before: spot.current,
    })
    spot.current = placed.spot
    mover.current.place(placed.left, placed.top)
  })

  const first = readings[0]
  const ordered = orderReadings(readings, props.order)
  const shown = isLong ? ordered : ordered.slice(0, rowsMax)
  const shownNotes = isLong ? notes : notes.slice(0, notesMax)
  return createPortal(
    // What moves with the pointer is told to others by the slider over the chart and the buttons of its moments.
    <div
      // What moves is as high as its few rows: the contents of something that clips have the browser look at all layers of the page.
      className={`fixed top-0 left-0 z-50 max-w-[calc(100vw-16px)] rounded-lg bg-raised p-1 text-sm shadow-pop will-change-transform ${isPinned ? 'max-h-[60vh] select-text overflow-auto ring-2 ring-accent' : 'pointer-events-none'}`}
      ref={box}
      {...(isPinned
        ? { role: 'region', 'aria-label': `Values at ${xName} ${first ? formatX(first.x) : ''}` }
        : { 'aria-hidden': true })}
    >
      <div className="bg-raised px-2 py-1">
        {isPinned && <PinnedHead onClose={props.onClose} />}
        {first && (
          <div className="mb-1 flex items-baseline gap-3">
            <span>
              <span className="text-muted">{xName}</span> <strong className="font-semibold">{formatX(first.x)}</strong>
            </span>
            {first.line.series.kind !== 'group' && pointSource.x.kind !== 'wall' && (
              <WallTime
                at={first.x}
                run={runAddressOf(first.line.runId, pointSource.address)}
                stream={pointSource.stream}
                x={pointSource.x}
              />
            )}
            {first.bucket && (
              <span className="text-muted">
                last of {formatCount(first.bucket.count, 'point')}, {formatX(first.bucket.from)} …{' '}
                {formatX(first.bucket.to)}
              </span>
            )}
          </div>
        )}
        {notes.length > 0 && (
          <ul className="mb-1 max-w-96">
            {shownNotes.map((note) => (
              <li key={note}>{note}</li>
            ))}
            {notes.length > shownNotes.length && (
              <li className="text-muted">
                <More count={notes.length - shownNotes.length} onOpen={isPinned ? () => setIsLong(true) : undefined} />
              </li>
            )}
          </ul>
        )}
        <TooltipReadings
          baseline={readings.find(({ line }) => line.runId === props.baseline)}
          first={readings.length > 1 ? first : undefined}
          formatX={formatX}
          isSmoothed={readings.some((reading) => reading.smoothed !== undefined)}
          pointTemplate={props.pointTemplate}
          shown={shown}
        />
        {readings.length > shown.length && (
          <p className="mt-1 text-muted">
            <More count={readings.length - shown.length} onOpen={isPinned ? () => setIsLong(true) : undefined} />
          </p>
        )}
      </div>
    </div>,
    document.body,
  )
}

/**
 * Gives a tooltip a size of whole pixels, which is as wide as it has ever been: it would jump with each digit otherwise, and the
 * browser puts all layers of the page together anew when one has another size, by however little.
 */
function setSize(
  element: HTMLElement,
  before: { readonly width: number; readonly height: number },
): { readonly width: number; readonly height: number } {
  const width = Math.max(before.width, Math.ceil(element.getBoundingClientRect().width))
  const contents = element.firstElementChild?.getBoundingClientRect().height ?? 0
  const height = Math.ceil(contents) + 2 * padding
  if (width !== before.width) element.style.minWidth = `${width}px`
  if (height !== before.height) element.style.height = `${height}px`
  return { width, height }
}

/** What the tooltip leaves out: a button where it stays, and what to do where it moves with the pointer. */
function More({ count, onOpen }: { readonly count: number; readonly onOpen: (() => void) | undefined }): ReactElement {
  if (!onOpen) return <>+ {count} more, with a click</>
  return (
    <button className="link-text" onClick={onOpen} type="button">
      + {count} more
    </button>
  )
}

/** Says that it stays, and how to be rid of it. The dispatcher knows who else wants the key: a full screen around the chart stays. */
function PinnedHead({ onClose }: { readonly onClose: () => void }): ReactElement {
  useShortcut('escape', onClose)
  return (
    <p className="mb-1 flex items-center gap-1 text-accent">
      <Pin aria-hidden="true" size={13} /> Pinned
      <button
        aria-label="Unpin these values"
        className="icon-button ml-auto"
        onClick={onClose}
        title="Unpin (Escape)"
        type="button"
      >
        <X size={14} />
      </button>
    </p>
  )
}

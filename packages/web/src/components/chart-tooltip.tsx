import { type ReactElement, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { CursorReading } from '../chart/cursor-reading.ts'
import { formatCount, formatExact, formatNumber } from '../view/format.ts'
import { Swatch } from './swatch.tsx'

const rowsMax = 10
/** Space between crosshair and tooltip. */
const distance = 14

/** What a tooltip says and where. Positions in pixels of `anchor`. */
export interface ChartTooltipProps {
  readonly anchor: HTMLElement
  readonly readings: readonly CursorReading[]
  readonly left: number
  readonly top: number
  readonly xName: string
  readonly formatX: (x: number) => string
  readonly isPinned: boolean
  readonly onClose: () => void
}

/** Values at the crosshair, nearest run first. Beside the crosshair, never under the pointer, never off the screen. */
export function ChartTooltip({
  anchor,
  readings,
  left,
  top,
  xName,
  formatX,
  isPinned,
  onClose,
}: ChartTooltipProps): ReactElement {
  const box = useRef<HTMLDivElement>(null)
  const isExact = useAltKey()
  const [isLong, setIsLong] = useState(false)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const area = anchor.getBoundingClientRect()
    const { offsetWidth: width, offsetHeight: height } = element
    const x = area.left + left
    const isRight = x + distance + width < innerWidth - 8
    const wantedLeft = isRight ? x + distance : x - distance - width
    element.style.left = `${Math.max(8, wantedLeft)}px`
    element.style.top = `${Math.max(8, Math.min(innerHeight - height - 8, area.top + top - height / 2))}px`
  })
  useEffect(() => {
    if (!isPinned) return
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose()
    }
    addEventListener('keydown', close)
    return () => removeEventListener('keydown', close)
  }, [isPinned, onClose])

  const first = readings[0] as CursorReading
  const shown = isLong ? readings : readings.slice(0, rowsMax)
  const format = isExact ? formatExact : formatNumber
  const isSmoothed = readings.some((reading) => reading.smoothed !== undefined)
  const isGrouped = shown.some((reading) => reading.members)
  const isReduced = shown.some((reading) => reading.bucket)
  return createPortal(
    <div
      className={`fixed z-50 max-h-[60vh] overflow-auto rounded-lg bg-raised px-3 py-2 text-sm shadow-pop ${isPinned ? 'select-text' : 'pointer-events-none'}`}
      ref={box}
    >
      <div className="mb-1 flex items-baseline gap-3">
        <span>
          <span className="text-muted">{xName}</span> <strong className="font-semibold">{formatX(first.x)}</strong>
        </span>
        {first.bucket && (
          <span className="text-muted">
            last of {formatCount(first.bucket.count, 'point')}, {formatX(first.bucket.from)} …{' '}
            {formatX(first.bucket.to)}
          </span>
        )}
      </div>
      <table>
        {(isSmoothed || isReduced || isGrouped) && (
          <thead className="text-left text-xs text-muted">
            <tr>
              <th />
              <th />
              {isSmoothed && <th className="pl-3 text-right font-normal">smoothed</th>}
              <th className="pl-3 text-right font-normal">value</th>
              {isGrouped && <th className="pl-3 text-right font-normal">band, runs</th>}
              {isReduced && <th className="pl-3 text-right font-normal">min … max</th>}
            </tr>
          </thead>
        )}
        <tbody>
          {shown.map((reading, i) => (
            <tr
              className={i === 0 && readings.length > 1 ? 'font-semibold' : ''}
              key={`${reading.line.runId} ${reading.line.label}`}
            >
              <td className="pr-2">
                <Swatch style={reading.line.style} width={18} />
              </td>
              <td className="max-w-48 truncate">{reading.line.label}</td>
              {isSmoothed && (
                <td className="pl-3 text-right">{reading.smoothed === undefined ? '' : format(reading.smoothed)}</td>
              )}
              <td className={`pl-3 text-right ${isSmoothed ? 'font-normal text-muted' : ''}`}>{format(reading.y)}</td>
              {isGrouped && (
                <td className="whitespace-nowrap pl-3 text-right font-normal text-muted">
                  {reading.members && membersText(reading.members)}
                </td>
              )}
              {isReduced && (
                <td className="whitespace-nowrap pl-3 text-right font-normal text-muted">
                  {reading.bucket && `${formatNumber(reading.bucket.min)} … ${formatNumber(reading.bucket.max)}`}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {readings.length > shown.length && (
        <button className="link-text mt-1" onClick={() => setIsLong(true)} type="button">
          + {readings.length - shown.length} more
        </button>
      )}
    </div>,
    document.body,
  )
}

/** `0.21 … 0.34, n = 3 of 5`: from how many runs a centre is, guards against reading those that are left as all. */
function membersText({ count, size, band }: NonNullable<CursorReading['members']>): string {
  const runs = count === size ? `n = ${count}` : `n = ${count} of ${size}`
  return band ? `${formatNumber(band.low)} … ${formatNumber(band.high)}, ${runs}` : runs
}

/** Whether Alt is held: it asks for every digit. */
function useAltKey(): boolean {
  const [isDown, setIsDown] = useState(false)
  useEffect(() => {
    const note = (event: KeyboardEvent): void => setIsDown(event.altKey)
    addEventListener('keydown', note)
    addEventListener('keyup', note)
    return () => {
      removeEventListener('keydown', note)
      removeEventListener('keyup', note)
    }
  }, [])
  return isDown
}

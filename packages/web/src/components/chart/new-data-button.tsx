import { ArrowRight } from 'lucide-react'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import type { ChartLine } from '../../chart/chart-line.ts'
import type { Chart } from '../../hooks/chart/use-chart.ts'
import type { Range } from '../../view/address/url-state.ts'
import { endsOfSame, type LineEnds, movedToEnd, onNewEnd } from '../../view/chart/follow-live.ts'

/** Lets a zoom to the end of the data go on with them; one to somewhere else stays, and a button leads to what is new. */
export function NewDataButton(props: {
  readonly chart: Chart
  readonly isLogX: boolean
  readonly onRange: (x: Range) => void
}): ReactElement | null {
  const { chart, isLogX } = props
  const { zoomX, model } = chart
  const { lines } = model
  const last = useRef<{ readonly zoom: Range; readonly ends: LineEnds }>(undefined)
  const moveTo = useRef(props.onRange)
  moveTo.current = props.onRange
  const [newEnd, setNewEnd] = useState<number>()
  useEffect(() => {
    const before = last.current
    const ends = endsOf(lines)
    last.current = zoomX && { zoom: zoomX, ends }
    if (!zoomX || before?.zoom !== zoomX) return setNewEnd(undefined)
    const same = endsOfSame(before.ends, ends)
    const next = onNewEnd(zoomX, same.before, same.now, isLogX)
    if (next.kind === 'move') moveTo.current(next.zoom)
    if (next.kind === 'tell') setNewEnd(same.now)
  }, [zoomX, lines, isLogX])
  if (newEnd === undefined || !zoomX) return null
  return (
    <button
      className="button absolute top-1 right-5 z-10 bg-raised shadow-pop"
      onClick={() => moveTo.current(movedToEnd(zoomX, newEnd, isLogX))}
      type="button"
    >
      New data <ArrowRight aria-hidden="true" size={14} />
    </button>
  )
}

/** A group that has another run is another line. */
function endsOf(lines: readonly ChartLine[]): LineEnds {
  return new Map(
    lines.map(({ runId, label, series }) => [
      `${runId} ${label} ${series.kind === 'group' ? series.size : 1}`,
      series.extent[1],
    ]),
  )
}

import { ArrowRight } from 'lucide-react'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import type { Chart } from '../../hooks/chart/use-chart.ts'
import type { Range } from '../../view/address/url-state.ts'
import { movedToEnd, onNewEnd } from '../../view/chart/follow-live.ts'

/** Lets a zoom to the end of the data go on with them; one to somewhere else stays, and a button leads to what is new. */
export function NewDataButton(props: {
  readonly chart: Chart
  readonly isLogX: boolean
  readonly onRange: (x: Range) => void
}): ReactElement | null {
  const { chart, isLogX } = props
  const { zoomX } = chart
  const end = chart.model.fullX?.[1]
  const last = useRef<{ readonly zoom: Range; readonly end: number }>(undefined)
  const moveTo = useRef(props.onRange)
  moveTo.current = props.onRange
  const [hasNew, setHasNew] = useState(false)
  useEffect(() => {
    const before = last.current
    last.current = zoomX && end !== undefined ? { zoom: zoomX, end } : undefined
    if (!zoomX || end === undefined || before?.zoom !== zoomX) return setHasNew(false)
    const next = onNewEnd(zoomX, before.end, end, isLogX)
    if (next.kind === 'move') moveTo.current(next.zoom)
    if (next.kind === 'tell') setHasNew(true)
  }, [zoomX, end, isLogX])
  if (!hasNew || !zoomX || end === undefined) return null
  return (
    <button
      className="button absolute top-1 right-5 z-10 bg-raised shadow-pop"
      onClick={() => moveTo.current(movedToEnd(zoomX, end, isLogX))}
      type="button"
    >
      New data <ArrowRight aria-hidden="true" size={14} />
    </button>
  )
}

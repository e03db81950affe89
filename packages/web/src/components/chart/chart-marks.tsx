import { type ReactElement, useMemo } from 'react'
import type { PlotContent } from '../../chart/plot.ts'
import { clusterMarks, type MarkCluster } from '../../chart/plot-marks.ts'

/** What happened in the runs, for the keyboard and for who cannot see the flags: a button over each, or over close ones together. */
export function ChartMarks(props: {
  readonly content: PlotContent
  readonly width: number
  /** Undefined: none has the focus any more. */
  readonly onFocus: (cluster: MarkCluster | undefined) => void
}): ReactElement | null {
  const { content, width, onFocus } = props
  const { marks, x, isLogX } = content
  const clusters = useMemo(() => clusterMarks(marks, { x, isLogX, width }), [marks, x, isLogX, width])
  if (clusters.length === 0) return null
  return (
    <ul aria-label="Moments of the runs" className="pointer-events-none absolute inset-x-0 bottom-0">
      {clusters.map((cluster) => (
        <li key={cluster.x}>
          <button
            aria-label={cluster.marks.map(({ text }) => text).join('; ')}
            className="absolute bottom-0 size-6 -translate-x-1/2 rounded"
            onBlur={() => onFocus(undefined)}
            onFocus={({ currentTarget }) => currentTarget.matches(':focus-visible') && onFocus(cluster)}
            style={{ left: `${cluster.share * 100}%` }}
            type="button"
          />
        </li>
      ))}
    </ul>
  )
}

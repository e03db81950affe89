import type { TableHistogram } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { formatNumber } from '../../view/text/format.ts'

/** Numbers of a column as bars between the edges that all of its kin share; what they say is said in words beside it. */
export function HeaderHistogram(props: {
  readonly histogram: TableHistogram
  readonly height: number
  /** Marks zero in the middle: numbers went up or down. */
  readonly isDifference?: boolean
  /** Default: from where to where they lie. */
  readonly label?: string
}): ReactElement {
  const { counts, edges } = props.histogram
  const most = Math.max(1, ...counts)
  const [low, high] = [edges[0] ?? 0, edges.at(-1) ?? 0]
  const label =
    props.label ?? `${props.isDifference ? 'Differences' : 'Values'} from ${formatNumber(low)} to ${formatNumber(high)}`
  return (
    <svg
      aria-label={label}
      className="block w-full text-muted"
      height={props.height}
      preserveAspectRatio="none"
      role="img"
      viewBox={`0 0 ${counts.length} 1`}
    >
      <title>{label}</title>
      {counts.map((count, bin) =>
        count === 0 ? null : (
          <rect
            fill="currentColor"
            // Few rows in a bin are seen too.
            height={Math.max(0.06, count / most)}
            // biome-ignore lint/suspicious/noArrayIndexKey: bins have nothing but their place.
            key={bin}
            width={0.86}
            x={bin + 0.07}
            y={1 - Math.max(0.06, count / most)}
          />
        ),
      )}
      {props.isDifference && (
        <line
          className="text-text"
          stroke="currentColor"
          vectorEffect="non-scaling-stroke"
          x1={counts.length / 2}
          x2={counts.length / 2}
          y1={0}
          y2={1}
        />
      )}
    </svg>
  )
}

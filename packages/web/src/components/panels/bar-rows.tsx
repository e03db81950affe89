import { Link } from '@tanstack/react-router'
import { type ReactElement, useRef, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useElementSize } from '../../hooks/use-element-size.ts'
import { useRowHeight } from '../../hooks/use-rows.ts'
import { useTheme } from '../../hooks/use-store.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import type { BarConfig } from '../../view/panels/bar-panel.ts'
import { type Bar, barAxis } from '../../view/panels/bars.ts'
import { fitBars } from '../../view/panels/fit-bars.ts'
import { runAddressOf } from '../../view/run/run-key.ts'
import { formatCount, formatNumber } from '../../view/text/format.ts'
import { formatValue } from '../../view/text/unit.ts'
import { BarMark } from './bar-mark.tsx'

/** Lowest row whose name can be a link: what is meant by a pointer is 24 pixels high at least (WCAG 2.2, target size). */
const linkHeight = 24

interface BarRowsProps {
  readonly address: ProjectAddress
  readonly bars: readonly Bar[]
  readonly config: Pick<BarConfig, 'min' | 'max'>
  readonly shape: BarConfig['shape']
  readonly unit: string
}

/** Bars one below the other, as thin as it takes to have all in sight; of too many the first, and a way to see all. */
export function BarRows(props: BarRowsProps): ReactElement {
  const { bars, shape, config } = props
  const box = useRef<HTMLDivElement>(null)
  const { height } = useElementSize(box)
  const [isWhole, setIsWhole] = useState(false)
  const [usual, least] = [useRowHeight(28), useRowHeight(16)]
  const fitted = fitBars(bars.length, height, { usual, least, line: usual })
  const isCut = fitted.shownCount < bars.length
  const { rowHeight, shownCount } = isCut && isWhole ? { rowHeight: usual, shownCount: bars.length } : fitted
  // Also of those that are out of sight: no bar changes when they are shown.
  const axis = barAxis(bars, { hasZero: shape === 'bar', min: config.min, max: config.max })
  return (
    <div className="h-full px-3 pb-3">
      <div className="h-full" ref={box}>
        {height > 0 && (
          <ul
            className={`grid grid-cols-[minmax(0,30%)_minmax(0,1fr)_auto] gap-x-2 ${rowHeight < linkHeight ? 'text-xs' : ''}`}
            style={{ gridAutoRows: rowHeight }}
          >
            {bars.slice(0, shownCount).map((bar) => (
              <BarRow {...props} axis={axis} bar={bar} hasLink={rowHeight >= linkHeight} key={bar.id} />
            ))}
          </ul>
        )}
        {isCut && (
          <p className="flex items-center gap-2 text-muted text-sm" style={{ height: usual }}>
            {formatNumber(shownCount)} of {formatCount(bars.length, 'bar')} shown
            <button className="link-text" onClick={() => setIsWhole(!isWhole)} type="button">
              {isWhole ? 'Show fewer' : 'Show all'}
            </button>
          </p>
        )}
      </div>
    </div>
  )
}

function BarRow(
  props: Pick<BarRowsProps, 'address' | 'shape' | 'unit'> & {
    readonly bar: Bar
    readonly axis: { readonly low: number; readonly high: number }
    readonly hasLink: boolean
  },
): ReactElement {
  const { address, bar, axis, shape, unit, hasLink } = props
  const theme = useTheme()
  const { value, low, high, count } = bar.spread
  const range =
    low === undefined || high === undefined ? '' : `, ${formatValue(low, unit)} to ${formatValue(high, unit)}`
  return (
    // The columns are those of the list: bars of different widths would have different axes.
    <li
      className="col-span-3 grid grid-cols-subgrid items-center"
      title={`${bar.label}: ${formatValue(value, unit)}${count > 1 ? `${range}, n = ${count}` : ''}`}
    >
      <span className="truncate text-right">
        {bar.runId === undefined || !hasLink ? (
          bar.label
        ) : (
          <Link
            className="block truncate leading-6 hover:underline"
            params={runAddressOf(bar.runId, address)}
            to="/$entity/$project/runs/$runId"
          >
            {bar.label}
          </Link>
        )}
      </span>
      <BarMark axis={axis} bar={bar} color={styleOfRun(bar.run, theme).color} shape={shape} />
      <span className="text-right">
        {formatValue(value, unit)}
        {count > 1 && <span className="text-muted text-sm"> n = {count}</span>}
      </span>
    </li>
  )
}

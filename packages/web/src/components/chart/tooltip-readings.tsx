import type { ReactElement } from 'react'
import { type CursorReading, isInherited, shownValue } from '../../chart/cursor-reading.ts'
import { useAltKey } from '../../hooks/use-alt-key.ts'
import { fillLegend, type LegendPart, type PointValues } from '../../view/chart/legend-template.ts'
import { formatDelta } from '../../view/runs/cell-format.ts'
import { formatNumber } from '../../view/text/format.ts'
import { formatExactValue, formatValue } from '../../view/text/unit.ts'
import { SwatchBar } from './swatch.tsx'

/** What lines are at the crosshair, a row for each; with the Alt key to the last digit. */
export function TooltipReadings(props: {
  readonly shown: readonly CursorReading[]
  /** The one nearest to the crosshair, where it has to stand out. */
  readonly first: CursorReading | undefined
  /** What others are compared with. */
  readonly baseline: CursorReading | undefined
  /** Also where none that is shown is. */
  readonly isSmoothed: boolean
  readonly pointTemplate: readonly LegendPart[] | undefined
  readonly formatX: (x: number) => string
}): ReactElement {
  const { shown, first, baseline, isSmoothed, pointTemplate, formatX } = props
  const format = useAltKey() ? formatExactValue : formatValue
  const isGrouped = shown.some((reading) => reading.members)
  const isReduced = shown.some((reading) => reading.bucket)
  return (
    <table>
      {(isSmoothed || isReduced || isGrouped || baseline) && (
        <thead className="text-left text-xs text-muted">
          <tr>
            <td />
            <td />
            {isSmoothed && <th className="pl-3 text-right font-normal">smoothed</th>}
            <th className="pl-3 text-right font-normal">value</th>
            {baseline && <th className="pl-3 text-right font-normal">to {baseline.line.label}</th>}
            {isGrouped && <th className="pl-3 text-right font-normal">band, runs</th>}
            {isReduced && <th className="pl-3 text-right font-normal">min … max</th>}
          </tr>
        </thead>
      )}
      <tbody>
        {shown.map((reading, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a state would move with every turn of the pointer; these only say something else.
          <tr className={reading === first ? 'font-semibold' : ''} key={row}>
            <td className="pr-2">
              <SwatchBar style={reading.line.style} />
            </td>
            <td className={labelClass(reading.line.label, pointTemplate !== undefined)}>
              {reading.line.label}
              {isInherited(reading) && <span className="font-normal text-muted"> inherited</span>}
              {pointTemplate && (
                <span className="font-normal text-muted"> {pointText(pointTemplate, reading, formatX)}</span>
              )}
            </td>
            {isSmoothed && (
              <td className="pl-3 text-right">
                {reading.smoothed === undefined ? '' : format(reading.smoothed, unitOf(reading))}
              </td>
            )}
            <td className={`pl-3 text-right ${isSmoothed ? 'font-normal text-muted' : ''}`}>
              {format(reading.y, unitOf(reading))}
              {reading.stacked?.share !== undefined &&
                ` · ${formatNumber(Number(reading.stacked.share.toPrecision(3)))} %`}
            </td>
            {baseline && <td className="pl-3 text-right font-normal">{deltaText(baseline, reading)}</td>}
            {isGrouped && (
              <td className="whitespace-nowrap pl-3 text-right font-normal text-muted">
                {reading.members && membersText(reading.members, unitOf(reading))}
              </td>
            )}
            {isReduced && (
              <td className="whitespace-nowrap pl-3 text-right font-normal text-muted">
                {reading.bucket &&
                  `${formatValue(reading.bucket.min, unitOf(reading))} … ${formatValue(reading.bucket.max, unitOf(reading))}`}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Longer names are cut; what is cut is looked at apart whenever the page is painted, so that short ones are not. */
const shortLength = 24

function labelClass(label: string, hasPoint: boolean): string {
  if (hasPoint) return 'max-w-96 truncate'
  return label.length > shortLength ? 'max-w-48 truncate' : 'whitespace-nowrap'
}

/** What a template makes of a reading. */
function pointText(template: readonly LegendPart[], reading: CursorReading, formatX: (x: number) => string): string {
  const { bucket, members } = reading
  const [min, max] = bucket
    ? [bucket.min, bucket.max]
    : [members?.band?.low ?? reading.y, members?.band?.high ?? reading.y]
  const format = (value: number): string => formatValue(value, unitOf(reading))
  const values: PointValues = {
    x: formatX(reading.x),
    y: format(shownValue(reading)),
    original: format(reading.y),
    mean: format(shownValue(reading)),
    min: format(min),
    max: format(max),
  }
  return fillLegend(template, (key) => values[key as keyof PointValues])
}

function unitOf({ line }: CursorReading): string {
  return line.unit ?? ''
}

function deltaText(baseline: CursorReading, reading: CursorReading): string {
  return reading === baseline ? '' : (formatDelta(shownValue(reading), shownValue(baseline)) ?? '')
}

/** `0.21 … 0.34, n = 3 of 5`: from how many runs a centre is, guards against reading those that are left as all. */
function membersText({ count, size, band }: NonNullable<CursorReading['members']>, unit: string): string {
  const runs = count === size ? `n = ${count}` : `n = ${count} of ${size}`
  return band ? `${formatValue(band.low, unit)} … ${formatValue(band.high, unit)}, ${runs}` : runs
}

import type { ReactElement } from 'react'
import type { BarConfig } from '../../view/panels/bar-panel.ts'
import type { Bar } from '../../view/panels/bars.ts'
import { boxOf, densityOf } from '../../view/panels/number-spread.ts'

/** Units across; stretched to the width that there is. */
const across = 1000
const tall = 20
const violinPlaceCount = 48

/** A bar with its error, a box, or a violin, along an axis. */
export function BarMark(props: {
  readonly bar: Bar
  readonly axis: { readonly low: number; readonly high: number }
  readonly color: string
  readonly shape: BarConfig['shape']
}): ReactElement {
  const { bar, axis, color, shape } = props
  const at = (value: number): number => {
    const share = (value - axis.low) / (axis.high - axis.low)
    return Math.max(0, Math.min(1, share)) * across
  }
  return (
    <svg
      aria-hidden="true"
      className="block h-full max-h-5 w-full"
      preserveAspectRatio="none"
      viewBox={`0 0 ${across} ${tall}`}
    >
      {shape === 'box' && bar.numbers.length > 1 ? (
        <Box at={at} color={color} numbers={bar.numbers} />
      ) : shape === 'violin' && bar.numbers.length > 1 ? (
        <Violin at={at} axis={axis} bar={bar} color={color} />
      ) : (
        <PlainBar at={at} bar={bar} color={color} isFromZero={shape === 'bar'} />
      )}
    </svg>
  )
}

interface MarkProps {
  readonly at: (value: number) => number
  readonly color: string
}

function PlainBar({
  at,
  bar,
  color,
  isFromZero,
}: MarkProps & { readonly bar: Bar; readonly isFromZero: boolean }): ReactElement {
  const { value, low, high } = bar.spread
  if (!isFromZero) return <Tick at={at(value)} color={color} isStrong={true} />
  const [from, to] = [Math.min(at(0), at(value)), Math.max(at(0), at(value))]
  return (
    <>
      <rect fill={color} height={tall - 6} width={Math.max(1, to - from)} x={from} y={3} />
      {low !== undefined && high !== undefined && <Whisker from={at(low)} to={at(high)} />}
    </>
  )
}

function Box({ at, color, numbers }: MarkProps & { readonly numbers: readonly number[] }): ReactElement {
  const { low, firstQuartile, median, thirdQuartile, high, outliers } = boxOf(numbers)
  return (
    <>
      <Whisker from={at(low)} to={at(high)} />
      <rect
        fill={color}
        height={tall - 6}
        width={Math.max(1, at(thirdQuartile) - at(firstQuartile))}
        x={at(firstQuartile)}
        y={3}
      />
      <line
        className="stroke-(--panel)"
        strokeWidth={2}
        vectorEffect="non-scaling-stroke"
        x1={at(median)}
        x2={at(median)}
        y1={3}
        y2={tall - 3}
      />
      {outliers.map((one, index) => (
        // Outliers have no names, and may be equal.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Tick at={at(one)} color={color} isStrong={false} key={index} />
      ))}
    </>
  )
}

function Violin(
  props: MarkProps & { readonly bar: Bar; readonly axis: { readonly low: number; readonly high: number } },
): ReactElement {
  const { at, axis, bar, color } = props
  const density = densityOf(bar.numbers, axis, violinPlaceCount)
  const half = (tall - 4) / 2
  const upper = density.map(([place, share]) => `${at(place)},${tall / 2 - share * half}`)
  const lower = density.map(([place, share]) => `${at(place)},${tall / 2 + share * half}`).reverse()
  return (
    <>
      <polygon fill={color} points={[...upper, ...lower].join(' ')} />
      <line
        className="stroke-(--panel)"
        strokeWidth={2}
        vectorEffect="non-scaling-stroke"
        x1={at(bar.spread.value)}
        x2={at(bar.spread.value)}
        y1={tall / 2 - 4}
        y2={tall / 2 + 4}
      />
    </>
  )
}

function Tick({
  at,
  color,
  isStrong,
}: {
  readonly at: number
  readonly color: string
  readonly isStrong: boolean
}): ReactElement {
  const inset = isStrong ? 3 : 7
  return (
    <line
      stroke={color}
      strokeWidth={isStrong ? 3 : 2}
      vectorEffect="non-scaling-stroke"
      x1={at}
      x2={at}
      y1={inset}
      y2={tall - inset}
    />
  )
}

function Whisker({ from, to }: { readonly from: number; readonly to: number }): ReactElement {
  return (
    <path
      className="fill-none stroke-(--text)"
      d={`M${from},${tall / 2}H${to}M${from},6V${tall - 6}M${to},6V${tall - 6}`}
      strokeWidth={1.5}
      vectorEffect="non-scaling-stroke"
    />
  )
}

import { formatDuration, withSeparators } from '../view/text/format.ts'
import { clockParts, type TimeZone } from '../view/text/time-zone.ts'
import type { XFormat } from './plot.ts'

const units: readonly (readonly [size: number, suffix: string])[] = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
]

/** Labels for ticks of one axis: the same unit and number of decimals for all, so that they compare at a glance. */
export function formatTicks(ticks: readonly number[]): string[] {
  const largest = Math.max(...ticks.map(Math.abs))
  const step = smallestStep(ticks)
  if (largest !== 0 && largest < 1e-3) return ticks.map((tick) => scientific(tick, step))
  const [size, suffix] = largest >= 1e4 ? (units.find(([unit]) => largest >= unit) ?? [1, '']) : ([1, ''] as const)
  const decimals = decimalsFor(step / size)
  return ticks.map((tick) => (tick === 0 ? '0' : `${withSeparators((tick / size).toFixed(decimals))}${suffix}`))
}

/** Labels for ticks of a log axis, where each stands for itself: `0.001`, `1`, `10k`. */
export function formatLogTicks(ticks: readonly (number | null)[]): string[] {
  return ticks.map((tick) => {
    if (tick === null) return ''
    const size = Math.abs(tick)
    if (size >= 1e15 || (size < 1e-3 && size > 0)) return Number(tick.toPrecision(3)).toExponential().replace('+', '')
    const [unit, suffix] = size >= 1e4 ? (units.find(([u]) => size >= u) ?? [1, '']) : ([1, ''] as const)
    return `${withSeparators(String(Number((tick / unit).toPrecision(3))))}${suffix}`
  })
}

/** Places of ticks on a log axis: powers of ten, with 2 and 5 between where they fit; round numbers inside one decade. */
export function logTicks(low: number, high: number): number[] {
  const decades = Math.log10(high / low)
  if (decades < 1.2) return linearTicks(low, high)
  const every = Math.max(1, Math.ceil(decades / 8))
  const between = decades < 3 ? [1, 2, 5] : [1]
  const ticks: number[] = []
  for (let exponent = Math.floor(Math.log10(low)); 10 ** exponent <= high; exponent++) {
    if (exponent % every !== 0) continue
    for (const factor of between) {
      const tick = Number(`${factor}e${exponent}`)
      if (tick >= low && tick <= high) ticks.push(tick)
    }
  }
  return ticks
}

/** Places of up to about `count` ticks on a linear axis, at round numbers; at whole ones where there is nothing between them. */
export function linearTicks(low: number, high: number, count = 4, isWhole = false): number[] {
  const rough = Math.max(isWhole ? 1 : 0, (high - low) / count)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power
  const first = Math.ceil(low / step - 1e-9)
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  )
}

/** Labels in seconds since the run began: `0`, `30 s`, `5m`, `1h 20m`. */
export function formatDurationTicks(ticks: readonly number[]): string[] {
  const step = smallestStep(ticks)
  if (step < 1) return formatTicks(ticks).map((label) => (label === '0' ? label : `${label} s`))
  return ticks.map((tick) => (tick === 0 ? '0' : formatDuration(tick)))
}

/**
 * Labels of times from seconds since 1970: `14:02`, seconds where ticks are closer than a minute, `11-24` where they are
 * days. The day, or of days the year, stands below the first and where it changes.
 */
export function formatTimeTicks(ticks: readonly number[], zone: TimeZone): string[] {
  // One alone says nothing of distances: what is no midnight is told with its clock.
  const isDay = (tick: number): boolean => clockParts(tick * 1000, zone)[1].startsWith('00:00:00')
  const step = ticks.length > 1 || ticks.every(isDay) ? smallestStep(ticks) : 1
  const decimals = step < 1 ? Math.min(3, decimalsFor(step)) : 0
  let above = ''
  return ticks.map((tick) => {
    const [day, fullClock] = clockParts(tick * 1000, zone)
    const clock = fullClock.slice(0, step < 60 ? 8 : 5)
    const fraction = decimals === 0 ? '' : (((tick % 1) + 1) % 1).toFixed(decimals).slice(1)
    const [label, below] = step < 86_000 ? [clock + fraction, day] : [day.slice(5), day.slice(0, 4)]
    if (below === above) return label
    above = below
    return `${label}\n${below}`
  })
}

/** The same for ticks of an axis, some of which may lie before its beginning: those have no label, and none of them the day. */
export function formatTimeTicksFrom(low: number, ticks: readonly number[], zone: TimeZone): string[] {
  const shown = ticks.filter((tick) => tick >= low)
  const labels = formatTimeTicks(shown, zone)
  return [...Array<string>(ticks.length - shown.length).fill(''), ...labels]
}

/**
 * The least distance between ticks of times, CSS pixels: that of their longest labels, which have seconds, and parts of them, where
 * little time is shown.
 *
 * @param rangeSeconds - How much of it the axis shows.
 */
export function timeTickSpace(rangeSeconds: number): number {
  if (rangeSeconds < 0.05) return 100
  if (rangeSeconds < 10) return 88
  return rangeSeconds < 900 ? 70 : 56
}

/** Whether x is a time of a clock. */
export function isTimeFormat(format: XFormat): format is 'local-time' | 'utc-time' {
  return format === 'local-time' || format === 'utc-time'
}

/** Of which clock. */
export function zoneOf(format: 'local-time' | 'utc-time'): TimeZone {
  return format === 'utc-time' ? 'utc' : 'local'
}

/** Distances between ticks of what is counted: there is no epoch 2.5. */
export const integerIncrements: readonly number[] = Array.from({ length: 15 }, (_, power) =>
  [1, 2, 5].map((factor) => factor * 10 ** power),
).flat()

/** Those of some ticks that such an axis may have. */
export function ticksFor(format: XFormat, ticks: readonly number[]): number[] {
  return ticks.filter((tick) => format !== 'integer' || Number.isInteger(tick))
}

/** Distances between ticks that are round numbers of seconds, minutes, hours or days. */
export const durationIncrements: readonly number[] = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200,
  10_800, 21_600, 43_200, 86_400, 172_800, 432_000, 864_000, 2_592_000, 31_536_000,
]

function scientific(tick: number, step: number): string {
  if (tick === 0) return '0'
  const exponent = Math.floor(Math.log10(Math.abs(tick)))
  return tick.toExponential(Math.min(6, Math.max(0, exponent - Math.floor(Math.log10(step) + 1e-9)))).replace('+', '')
}

function smallestStep(ticks: readonly number[]): number {
  let step = Number.POSITIVE_INFINITY
  for (let i = 1; i < ticks.length; i++) {
    const distance = Math.abs((ticks[i] as number) - (ticks[i - 1] as number))
    if (distance > 0) step = Math.min(step, distance)
  }
  return Number.isFinite(step) ? step : Math.abs(ticks[0] ?? 1) || 1
}

/** Fewest decimals at which multiples of `step` are told apart. */
function decimalsFor(step: number): number {
  for (let decimals = 0; decimals < 12; decimals++) {
    if (Math.abs(Number(step.toFixed(decimals)) - step) <= step * 1e-6) return decimals
  }
  return 12
}

import { clockParts, timeZone } from './time-zone.ts'

const separators = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** From here on numbers have an exponent, whole or not. */
const exponentFrom = 1e12

/**
 * A number as text: `0.31416`, `12,345`, `12,345.7` (of six digits), `1.2e-7`, `NaN`, `Infinity`. The same everywhere, so that what
 * is read off an axis, a tooltip and a table can be compared.
 *
 * @param digits - Significant ones; digits before the point are never left out. Default 5.
 */
export function formatNumber(value: number, digits = 5): string {
  if (!Number.isFinite(value)) return String(value)
  if (Number.isInteger(value) && Math.abs(value) < exponentFrom) return separators.format(value)
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= exponentFrom)) return trimZeros(value.toExponential(digits - 1))
  // As it is rounded: 99,999.7 has one digit more then.
  if (Math.abs(Number(value.toPrecision(digits))) >= 10 ** (digits - 1)) return separators.format(value)
  return withSeparators(trimZeros(value.toPrecision(digits)))
}

/** A decimal number with commas between the thousands of its whole part. */
export function withSeparators(text: string): string {
  const [whole = '', fraction] = text.split('.')
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? digits : `${digits}.${fraction}`
}

/** Every digit that the stored float64 has: for copying and for exact reading. */
export function formatExact(value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) return String(value)
  const text = String(value)
  return text.includes('e') ? text : withSeparators(text)
}

/** A count with its noun: `1 run`, `1,200 runs`. */
export function formatCount(count: number, one: string, many: string = `${one}s`): string {
  return `${separators.format(count)} ${count === 1 ? one : many}`
}

/** Seconds as `850 ms`, `42 s`, `4m 10s`, `1h 20m`, `3d 4h`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–'
  if (seconds < 0) return `-${formatDuration(-seconds)}`
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`
  if (seconds < 60) return `${Math.floor(seconds)} s`
  const parts: readonly [number, string][] = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'm'],
    [1, 's'],
  ]
  const first = parts.findIndex(([size]) => seconds >= size)
  const [size, unit] = parts[first] as [number, string]
  const [nextSize, nextUnit] = parts[first + 1] as [number, string]
  const rest = Math.floor((seconds % size) / nextSize)
  return `${Math.floor(seconds / size)}${unit}${rest > 0 ? ` ${rest}${nextUnit}` : ''}`
}

/** How long ago: `just now`, `12 s ago`, `6 min ago`, `3 h ago`, `2 days ago`, then the date. */
export function formatAgo(timeMs: number, nowMs: number): string {
  const seconds = Math.max(0, (nowMs - timeMs) / 1000)
  if (seconds < 5) return 'just now'
  if (seconds < 60) return `${Math.floor(seconds)} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`
  if (seconds < 30 * 86_400) return `${formatCount(Math.floor(seconds / 86_400), 'day')} ago`
  return new Date(timeMs).toISOString().slice(0, 10)
}

/** Date and time to the second by the clock that somebody chose: `2026-11-24 14:02:31`, `2026-11-24 13:02:31 UTC`. */
export function formatDateTime(timeMs: number): string {
  const [day, clock] = clockParts(timeMs)
  return timeZone.get() === 'utc' ? `${day} ${clock} UTC` : `${day} ${clock}`
}

/** Time to the minute by the same clock: `14:02`. */
export function formatClock(timeMs: number): string {
  return clockParts(timeMs)[1].slice(0, 5)
}

/** `.1000` → `.1`; exponents keep their shortest form. */
function trimZeros(text: string): string {
  const [mantissa = '', exponent] = text.split('e')
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa
  return exponent === undefined ? short : `${short}e${exponent.replace('+', '')}`
}

import { formatDuration, formatExact, formatNumber } from './format.ts'

/** What is known of a unit that somebody named. */
export type KnownUnit =
  /** So many seconds each. */
  | { readonly kind: 'duration'; readonly seconds: number }
  /** So many bytes each, and by how much the next larger unit is larger. */
  | { readonly kind: 'bytes'; readonly bytes: number; readonly base: 1000 | 1024 }
  /** Written behind the number as it is. */
  | { readonly kind: 'other'; readonly name: string }

const decimal = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const
const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

const durations: Readonly<Record<string, number>> = {
  ...ofEach(['ns', 'nanoseconds'], 1e-9),
  ...ofEach(['us', 'µs', 'μs', 'microseconds'], 1e-6),
  ...ofEach(['ms', 'milliseconds'], 1e-3),
  ...ofEach(['s', 'sec', 'secs', 'second', 'seconds'], 1),
  ...ofEach(['min', 'mins', 'minute', 'minutes'], 60),
  ...ofEach(['h', 'hour', 'hours'], 3600),
}

/** Units whose values are written otherwise than with the unit behind them. */
const known = new Map<string, KnownUnit>()
for (const [name, seconds] of Object.entries(durations)) known.set(name, { kind: 'duration', seconds })
for (const [power, name] of decimal.entries()) known.set(name, { kind: 'bytes', bytes: 1000 ** power, base: 1000 })
for (const [power, name] of binary.entries()) {
  if (power > 0) known.set(name, { kind: 'bytes', bytes: 1024 ** power, base: 1024 })
}
for (const name of ['byte', 'bytes']) known.set(name, { kind: 'bytes', bytes: 1, base: 1000 })
known.set('KB', { kind: 'bytes', bytes: 1000, base: 1000 })

/** What a unit means, by its name. */
export function readUnit(name: string): KnownUnit {
  return known.get(name) ?? { kind: 'other', name: name === 'percent' ? '%' : name }
}

/** A number of a unit, about five digits: `0.31416`, `12 %`, `250 ms`, `1h 20m`, `3.4 MB`, `0.5 nats`. @param unit - '': none. */
export function formatValue(value: number, unit: string): string {
  if (unit === '' || !Number.isFinite(value)) return formatNumber(value)
  const meaning = readUnit(unit)
  switch (meaning.kind) {
    case 'duration':
      return formatSpan(value * meaning.seconds)
    case 'bytes': {
      const { name, size } = fitBytes(Math.abs(value) * meaning.bytes, meaning.base)
      return `${formatNumber(short((value * meaning.bytes) / size))} ${name}`
    }
    case 'other':
      return `${formatNumber(value)} ${meaning.name}`
  }
}

/** Every digit, in the unit as it was named. */
export function formatExactValue(value: number, unit: string): string {
  return unit === '' || !Number.isFinite(value) ? formatExact(value) : `${formatExact(value)} ${unit}`
}

/** Seconds as `12 µs`, `250 ms`, `4.25 s`, `4m 10s`. */
export function formatSpan(seconds: number): string {
  const size = Math.abs(seconds)
  if (size >= 60) return formatDuration(seconds)
  const [scale, name] = size >= 1 || size === 0 ? [1, 's'] : size >= 1e-3 ? [1e3, 'ms'] : [1e6, 'µs']
  return `${formatNumber(short(seconds * scale))} ${name}`
}

/** The unit of bytes in which a number of them has one to three digits before the point. */
export function fitBytes(bytes: number, base: 1000 | 1024): { readonly name: string; readonly size: number } {
  const names = base === 1000 ? decimal : binary
  // What would be rounded up to the next unit is in it.
  const power = names.findLastIndex((_, i) => bytes >= base ** i * 0.999995)
  return { name: names[Math.max(0, power)]!, size: base ** Math.max(0, power) }
}

/** The one unit of all; '' where they differ. */
export function commonUnit(units: readonly string[]): string {
  const [first = ''] = units
  return units.every((unit) => unit === first) ? first : ''
}

/** Without what multiplying adds: 0.1 × 3 is 0.3. */
function short(value: number): number {
  return Number(value.toPrecision(12))
}

function ofEach(names: readonly string[], seconds: number): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, seconds]))
}

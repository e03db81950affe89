import { formatBytes } from '../text/bytes.ts'
import { formatDuration, formatNumber } from '../text/format.ts'

/** How the numbers of a column are written; without one they have about five significant digits. */
export type NumberFormat =
  /** So many digits behind the point, in all but `significant`, which counts all. */
  | { readonly kind: 'fixed' | 'significant' | 'scientific' | 'percent'; readonly digits: number }
  /** `1.2k`, seconds as `1h 20m`, bytes as `3.4 MB`. */
  | { readonly kind: 'si' | 'duration' | 'bytes' }

/** Kinds that somebody chooses the digits of, and how many are sensible. */
export const digitRanges: Readonly<
  Record<'fixed' | 'significant' | 'scientific' | 'percent', readonly [number, number]>
> = { fixed: [0, 10], significant: [1, 15], scientific: [0, 10], percent: [0, 10] }

/** Kinds of formats, as a menu names them. */
export const numberFormatNames: Readonly<Record<NumberFormat['kind'], string>> = {
  fixed: 'Fixed digits',
  significant: 'Significant digits',
  scientific: 'Scientific',
  si: 'Thousands as k, M, G',
  percent: 'Per cent',
  duration: 'Duration, from seconds',
  bytes: 'Bytes',
}

/** A number as its column writes it; NaN and infinities stay what they are. */
export function formatInColumn(value: number, format: NumberFormat | undefined): string {
  if (format === undefined || !Number.isFinite(value)) return formatNumber(value)
  switch (format.kind) {
    case 'fixed':
      return grouped(value, format.digits)
    case 'significant':
      return toSignificant(value, format.digits)
    case 'scientific':
      return value.toExponential(format.digits).replace('e+', 'e')
    case 'percent':
      return `${grouped(value * 100, format.digits)} %`
    case 'si':
      return toSi(value)
    case 'duration':
      return formatDuration(value)
    case 'bytes':
      return `${value < 0 ? '-' : ''}${formatBytes(Number(Math.abs(value).toPrecision(4)))}`
  }
}

/** `fixed:2`, `si`: as it is saved. */
export function stringifyNumberFormat(format: NumberFormat): string {
  return 'digits' in format ? `${format.kind}:${format.digits}` : format.kind
}

/** Reads {@link stringifyNumberFormat}'s text; undefined for anything else. */
export function parseNumberFormat(text: string): NumberFormat | undefined {
  const [kind = '', digitsText] = text.split(':')
  if (kind === 'si' || kind === 'duration' || kind === 'bytes') return digitsText === undefined ? { kind } : undefined
  if (!isDigitKind(kind) || !/^\d{1,2}$/.test(digitsText ?? '')) return undefined
  const [least, most] = digitRanges[kind]
  const digits = Number(digitsText)
  return digits < least || digits > most ? undefined : { kind, digits }
}

function isDigitKind(kind: string): kind is keyof typeof digitRanges {
  return Object.hasOwn(digitRanges, kind)
}

function grouped(value: number, digits: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

function toSignificant(value: number, digits: number): string {
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-6 || size >= 1e15)) return value.toExponential(digits - 1).replace('e+', 'e')
  return value.toLocaleString('en-US', { minimumSignificantDigits: digits, maximumSignificantDigits: digits })
}

const prefixes = ['p', 'n', 'µ', 'm', '', 'k', 'M', 'G', 'T', 'P'] as const

/** Four digits and a prefix of a thousand: `12.35k`, `820µ`. */
function toSi(value: number): string {
  if (value === 0) return '0'
  // Rounded first: 999.99 is 1k.
  const rounded = Number(value.toPrecision(4))
  const thousands = Math.min(5, Math.max(-4, Math.floor(Math.log10(Math.abs(rounded)) / 3)))
  const scaled = Number((rounded / 1000 ** thousands).toPrecision(4))
  return `${scaled.toLocaleString('en-US', { maximumSignificantDigits: 4 })}${prefixes[thousands + 4]}`
}

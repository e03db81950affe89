import type { Smoothing } from '@lossline/protocol'
import { formatDuration, formatNumber } from '../text/format.ts'

/** Kinds in the order of the menu. */
export const smoothingKinds: readonly { readonly kind: Smoothing['kind']; readonly label: string }[] = [
  { kind: 'none', label: 'No smoothing' },
  { kind: 'time-weighted-ema', label: 'Time-weighted EMA' },
  { kind: 'ema', label: 'EMA' },
  { kind: 'gaussian', label: 'Gaussian' },
  { kind: 'running-average', label: 'Running average' },
]

/** What a kind is called in that menu. */
export function smoothingLabel({ kind }: Smoothing): string {
  return smoothingKinds.find((one) => one.kind === kind)?.label ?? kind
}

/** σ where nobody knows how long the runs are. */
const sigmaOfUnknown = 10

/**
 * What a kind starts with. Those that are lengths of x suit how long the runs are, so that short curves keep their shape.
 *
 * @param xExtent - Length of x of all runs in the view, or undefined if it is not known.
 */
export function startSmoothing(kind: string, xExtent: number | undefined): Smoothing {
  switch (kind) {
    case 'time-weighted-ema':
    case 'ema':
      return { kind, weight: 0.6 }
    case 'gaussian':
      return { kind, sigma: startSigma(xExtent) }
    case 'running-average':
      return { kind, window: 2 * startSigma(xExtent) }
    default:
      return { kind: 'none' }
  }
}

/** 2 % of x, at least one step; an axis that is only a few units long counts in parts of them. */
function startSigma(xExtent: number | undefined): number {
  if (!xExtent) return sigmaOfUnknown
  return Number(Math.max(xExtent * 0.02, Math.min(1, xExtent / 4)).toPrecision(2))
}

/** Largest weight of the sliders: beyond it a curve hardly moves. */
export const weightMax = 0.999

/** One press of the smoothing keys: up or down by a step that suits the kind; down from the least is none. */
export function nudgeSmoothing(smoothing: Smoothing, direction: 1 | -1): Smoothing {
  switch (smoothing.kind) {
    case 'none':
      return direction > 0 ? { kind: 'time-weighted-ema', weight: 0.5 } : smoothing
    case 'time-weighted-ema':
    case 'ema': {
      const weight = Math.round((smoothing.weight + direction * 0.05) * 1000) / 1000
      return weight <= 0 ? { kind: 'none' } : withWeight(smoothing, Math.min(weight, weightMax))
    }
    case 'gaussian':
      return { kind: 'gaussian', sigma: scaled(smoothing.sigma, direction) }
    case 'running-average':
      return { kind: 'running-average', window: scaled(smoothing.window, direction) }
  }
}

/** What an amount of smoothing is said by. */
export interface SmoothingWords {
  /** `half-life ≈ 120 steps` */
  readonly long: string
  /** The same where there is little room: `≈ 120 steps`. */
  readonly short: string
}

/**
 * What an amount means: a time-weighted half-life in units of x, that of times as `1m 20s`.
 *
 * @param range - What a time-weighted weight refers to, in units of x; undefined if it is not known.
 */
export function smoothingWords(
  smoothing: Smoothing,
  range: number | undefined,
  unit: string,
): SmoothingWords | undefined {
  switch (smoothing.kind) {
    case 'none':
      return undefined
    case 'time-weighted-ema': {
      const weight = Math.min(Math.sqrt(smoothing.weight), weightMax)
      if (weight <= 0) return halfLife('0')
      const share = Math.log(0.5) / Math.log(weight) / 1000
      const fixed = smoothing.range ?? range
      return halfLife(fixed === undefined ? `${rounded(share * 100)} % of x` : lengthText(share * fixed, unit))
    }
    case 'ema': {
      if (smoothing.weight <= 0) return halfLife('0')
      return halfLife(`${rounded(Math.log(0.5) / Math.log(Math.min(smoothing.weight, weightMax)))} points`)
    }
    case 'gaussian':
      return { long: `σ in ${unit}`, short: unit }
    case 'running-average':
      return { long: `window in ${unit}`, short: unit }
  }
}

/** A kind with its amount, such as `Gaussian, σ 12 steps`; `formatLength` writes lengths of x. Empty without smoothing. */
export function smoothingName(smoothing: Smoothing, formatLength: (length: number) => string): string {
  switch (smoothing.kind) {
    case 'none':
      return ''
    case 'time-weighted-ema':
      return `time-weighted EMA, weight ${formatNumber(smoothing.weight)}`
    case 'ema':
      return `EMA, weight ${formatNumber(smoothing.weight)}`
    case 'gaussian':
      return `Gaussian, σ ${formatLength(smoothing.sigma)}`
    case 'running-average':
      return `running average, window ${formatLength(smoothing.window)}`
  }
}

function halfLife(length: string): SmoothingWords {
  const sign = length === '0' ? '' : '≈ '
  return { long: `half-life ${sign}${length}`, short: `${sign}${length}` }
}

function lengthText(length: number, unit: string): string {
  return unit === 's' ? formatDuration(Number(length.toPrecision(2))) : `${rounded(length)} ${unit}`
}

function rounded(value: number): string {
  return formatNumber(Number(value.toPrecision(2)))
}

/** What weights refer to where nobody has fixed it: the extent of x, so that growth rarely moves a curve, up to a power of two. */
export function rangeOfExtent(xExtent: number | undefined): number | undefined {
  return xExtent === undefined ? undefined : 2 ** Math.ceil(Math.log2(xExtent))
}

/** Fixes what a time-weighted weight refers to, so that its half-life stays whatever runs come, or lets go of it. */
export function withLockedRange(smoothing: Smoothing, range: number | undefined): Smoothing {
  if (smoothing.kind !== 'time-weighted-ema') return smoothing
  const { kind, weight } = smoothing
  return { kind, weight, ...(range !== undefined && { range }) }
}

/** The same smoothing with another weight: what is fixed stays so. */
export function withWeight(
  smoothing: Extract<Smoothing, { readonly weight: number }>,
  weight: number,
): Extract<Smoothing, { readonly weight: number }> {
  return { ...smoothing, weight }
}

function scaled(amount: number, direction: 1 | -1): number {
  return Number(Math.max(1e-9, amount * (direction > 0 ? 1.25 : 0.8)).toPrecision(3))
}

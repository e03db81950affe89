import type { Smoothing } from '@lossline/protocol'
import { formatNumber } from './format.ts'

/** Kinds in the order of the menu, with the amount that each starts with. */
export const smoothingKinds: readonly {
  readonly kind: Smoothing['kind']
  readonly label: string
  readonly start: Smoothing
}[] = [
  { kind: 'none', label: 'No smoothing', start: { kind: 'none' } },
  { kind: 'time-weighted-ema', label: 'Time-weighted EMA', start: { kind: 'time-weighted-ema', weight: 0.6 } },
  { kind: 'ema', label: 'EMA', start: { kind: 'ema', weight: 0.6 } },
  { kind: 'gaussian', label: 'Gaussian', start: { kind: 'gaussian', sigma: 10 } },
  { kind: 'running-average', label: 'Running average', start: { kind: 'running-average', window: 20 } },
]

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
      return weight <= 0 ? { kind: 'none' } : { kind: smoothing.kind, weight: Math.min(weight, weightMax) }
    }
    case 'gaussian':
      return { kind: 'gaussian', sigma: scaled(smoothing.sigma, direction) }
    case 'running-average':
      return { kind: 'running-average', window: scaled(smoothing.window, direction) }
  }
}

/**
 * What an amount means: `half-life ≈ 120 steps`.
 *
 * @param xExtent - Length of x of all runs in the view, or undefined if it is not known.
 */
export function smoothingNote(smoothing: Smoothing, xExtent: number | undefined, unit: string): string {
  switch (smoothing.kind) {
    case 'none':
      return ''
    case 'time-weighted-ema': {
      const weight = Math.min(Math.sqrt(smoothing.weight), weightMax)
      const halfLife = Math.log(0.5) / Math.log(weight) / 1000
      if (weight <= 0) return 'half-life 0'
      if (!xExtent) return `half-life ≈ ${formatNumber(Number((halfLife * 100).toPrecision(2)))} % of x`
      // The server weighs by the extent rounded up to a power of two, so that growth rarely moves the curve.
      const range = 2 ** Math.ceil(Math.log2(xExtent))
      return `half-life ≈ ${formatNumber(Number((halfLife * range).toPrecision(2)))} ${unit}`
    }
    case 'ema': {
      if (smoothing.weight <= 0) return 'half-life 0'
      const points = Math.log(0.5) / Math.log(Math.min(smoothing.weight, weightMax))
      return `half-life ≈ ${formatNumber(Number(points.toPrecision(2)))} points`
    }
    case 'gaussian':
      return `σ in ${unit}`
    case 'running-average':
      return `window in ${unit}`
  }
}

function scaled(amount: number, direction: 1 | -1): number {
  return Number(Math.max(1e-9, amount * (direction > 0 ? 1.25 : 0.8)).toPrecision(3))
}

import type { Range } from '../view/address/url-state.ts'
import type { YScale } from '../view/chart/y-scale.ts'
import { fromSymlog, symlogUnit, toSymlog } from './symlog.ts'

/** A rectangle in pixels. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Turns values into pixels of a box and back. */
export interface Projection {
  readonly box: Box
  readonly x: Range
  readonly y: Range
  readonly isLogX: boolean
  readonly yScale: YScale
  toLeft(x: number): number
  toTop(y: number): number
  fromLeft(left: number): number
  fromTop(top: number): number
}

/** A projection of x and y ranges onto a box. On a log axis the range must be positive; values ≤ 0 project to ±Infinity or NaN. */
export function createProjection(
  box: Box,
  x: Range,
  y: Range,
  scales: { readonly isLogX: boolean; readonly yScale: YScale },
): Projection {
  const across = createAxis(x, scales.isLogX ? 'log' : 'linear', box.left, box.left + box.width)
  const up = createAxis(y, scales.yScale, box.top + box.height, box.top)
  return { box, x, y, ...scales, toLeft: across.to, toTop: up.to, fromLeft: across.from, fromTop: up.from }
}

interface Axis {
  to(value: number): number
  from(pixel: number): number
}

/** One axis: values to pixels and back. */
export function createAxis([low, high]: Range, scale: YScale, start: number, end: number): Axis {
  if (scale === 'symlog') {
    const unit = symlogUnit([low, high])
    const base = toSymlog(low, unit)
    const pixels = (end - start) / (toSymlog(high, unit) - base)
    return {
      to: (value: number): number => start + (toSymlog(value, unit) - base) * pixels,
      from: (pixel: number): number => fromSymlog(base + (pixel - start) / pixels, unit),
    }
  }
  if (scale === 'linear') {
    const pixels = (end - start) / (high - low)
    return {
      to: (value: number): number => start + (value - low) * pixels,
      from: (pixel: number): number => low + (pixel - start) / pixels,
    }
  }
  const base = Math.log(low)
  const pixels = (end - start) / (Math.log(high) - base)
  return {
    to: (value: number): number => start + (Math.log(value) - base) * pixels,
    from: (pixel: number): number => Math.exp(base + (pixel - start) / pixels),
  }
}

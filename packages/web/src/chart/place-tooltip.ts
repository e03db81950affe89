import type { Position } from './pointer.ts'
import type { Box } from './projection.ts'

/** Where a tooltip stands from the crosshair: beside it at the height of the pointer, or along the upper or lower edge of the plot, or outside of it. */
export type TooltipSpot =
  | `${'right' | 'left'}-${'middle' | 'top' | 'bottom'}`
  /** Where it fits on neither side. */
  | 'below'
  | 'above'

/** What a tooltip has to find a place among. All in pixels of the window. */
export interface TooltipSurroundings {
  /** Crosshair and pointer. */
  readonly at: Position
  readonly size: { readonly width: number; readonly height: number }
  readonly plot: Box
  readonly screen: { readonly width: number; readonly height: number }
  /** Of the lines, which it should not cover. */
  readonly points: readonly Position[]
  /** Where it stood before: it stays as long as that is hardly worse. Default: nowhere. */
  readonly before?: TooltipSpot | undefined
}

/** Space between crosshair and tooltip. */
const distance = 14
/** Space that is left at the edges of the window, and below and above the plot. */
const margin = 8
/** It moves for more points than this share of them. */
const tolerance = 0.08

const spots: readonly TooltipSpot[] = [
  'right-middle',
  'left-middle',
  'right-top',
  'left-top',
  'right-bottom',
  'left-bottom',
]

/** The corner of a tooltip: beside the crosshair and never over it, where it covers the fewest points, and never off the screen. */
export function placeTooltip(around: TooltipSurroundings): Position & { readonly spot: TooltipSpot } {
  const { points, before } = around
  const fitting = spots.flatMap((spot) => {
    const box = boxOf(spot, around)
    return box ? [{ spot, box, cost: countIn(box, points) - (spot === before ? tolerance * points.length : 0) }] : []
  })
  const best = fitting.reduce((a, b) => (b.cost < a.cost ? b : a), fitting[0] ?? outside(around))
  return { left: Math.round(best.box.left), top: Math.round(best.box.top), spot: best.spot }
}

function boxOf(spot: TooltipSpot, { at, size, plot, screen }: TooltipSurroundings): Box | undefined {
  const isRight = spot.startsWith('right')
  const left = isRight ? at.left + distance : at.left - distance - size.width
  if (left < margin || left + size.width > screen.width - margin) return undefined
  const tops = { top: plot.top, bottom: plot.top + plot.height - size.height }
  const top = spot.endsWith('middle') ? at.top - size.height / 2 : tops[spot.endsWith('top') ? 'top' : 'bottom']
  return { ...size, left, top: within(top, size.height, screen.height) }
}

function outside({ at, size, plot, screen }: TooltipSurroundings): { spot: TooltipSpot; box: Box; cost: number } {
  const left = within(at.left - distance - size.width, size.width, screen.width)
  const below = plot.top + plot.height + margin
  const isBelow = below + size.height < screen.height - margin
  const top = within(isBelow ? below : plot.top - margin - size.height, size.height, screen.height)
  return { spot: isBelow ? 'below' : 'above', box: { ...size, left, top }, cost: 0 }
}

function within(start: number, length: number, end: number): number {
  return Math.max(margin, Math.min(end - length - margin, start))
}

function countIn({ left, top, width, height }: Box, points: readonly Position[]): number {
  return points.filter(
    (one) => one.left >= left && one.left <= left + width && one.top >= top && one.top <= top + height,
  ).length
}

import type { Range } from '../address/url-state.ts'

/** A zoom that ends within this share of its length from the last point ends at it: nobody drags to the pixel. */
const reachShare = 0.01

/** Whether a zoom goes on with its data: it reaches to their end, where they ended. */
export function isAtEnd(zoom: Range, end: number): boolean {
  return zoom[1] >= end - (zoom[1] - zoom[0]) * reachShare
}

/** A zoom as wide as it was (on a log axis: as many times), moved so that it ends with the data. */
export function movedToEnd([from, to]: Range, end: number, isLog: boolean): Range {
  return isLog && from > 0 ? [(from / to) * end, end] : [end - (to - from), end]
}

/** How far lines go, by what tells them apart. */
export type LineEnds = ReadonlyMap<string, number>

/** How far the lines went that are still there, and how far they go now: one that was added or shown is no news. */
export function endsOfSame(before: LineEnds, now: LineEnds): { readonly before: number; readonly now: number } {
  const same = [...now].filter(([line]) => before.has(line))
  return {
    before: Math.max(...same.map(([line]) => before.get(line)!)),
    now: Math.max(...same.map(([, end]) => end)),
  }
}

/** What a chart does when its data go on while somebody has zoomed in: moves with them, says that there are new ones, or nothing. */
export function onNewEnd(
  zoom: Range,
  before: number,
  now: number,
  isLog: boolean,
): { readonly kind: 'move'; readonly zoom: Range } | { readonly kind: 'tell' } | { readonly kind: 'none' } {
  // Another chart with the same axis has moved it already.
  if (now <= before || zoom[1] >= now) return { kind: 'none' }
  return isAtEnd(zoom, before) ? { kind: 'move', zoom: movedToEnd(zoom, now, isLog) } : { kind: 'tell' }
}

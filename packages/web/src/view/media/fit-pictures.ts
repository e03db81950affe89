import type { ComparedItem } from './compared-media.ts'

/** How pictures are laid out where they have a whole screen. */
export interface PictureLayout {
  /** Of a picture, in pixels. */
  readonly height: number
  /** Pictures beside each other. */
  readonly columns: number
}

/** What stands around a picture in its card: frame, heading, caption. */
const aroundWidth = 28
const aroundHeight = 64
/** Enlarging on and on shows no more. */
const heightMax = 2048

/**
 * The largest pictures that are all in sight together.
 *
 * @param ratio - Width of a picture over its height.
 * @param columns - How many stand beside each other. Default: whatever makes them largest.
 */
export function fitPictures(
  count: number,
  ratio: number,
  room: { readonly width: number; readonly height: number },
  columns?: number,
): PictureLayout {
  const counts = columns === undefined ? Array.from({ length: Math.max(1, count) }, (_, index) => index + 1) : [columns]
  const layouts = counts.map((beside): PictureLayout => {
    const rows = Math.max(1, Math.ceil(count / beside))
    const width = room.width / beside - aroundWidth
    const height = Math.min(room.height / rows - aroundHeight, width / ratio, heightMax)
    return { height: Math.max(0, Math.floor(height)), columns: beside }
  })
  return layouts.reduce((best, one) => (one.height > best.height ? one : best))
}

/** Width over height of the first picture that tells its size; 1 where none does. */
export function ratioOfPictures(items: readonly ComparedItem[]): number {
  for (const { kind, item } of items) {
    if (kind === 'image' && item.width !== undefined && item.height) return item.width / item.height
  }
  return 1
}

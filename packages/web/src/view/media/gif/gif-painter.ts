import { decompressGif } from './decompress-gif.ts'
import type { Gif, GifFrame } from './parse-gif.ts'

/** Makes the pictures of a GIF, each out of those before it; holds one of them, or two where a frame wants the one before back. */
export interface GifPainter {
  /** RGBA of the whole picture at a frame. Valid until the next call. */
  paint(index: number): Uint8ClampedArray<ArrayBuffer>
}

/** A painter that stands before the first frame. Going on is cheap; going back begins at the last frame that hides all others. */
export function createGifPainter(gif: Gif): GifPainter {
  const { width, height, frames } = gif
  const pixels = new Uint8ClampedArray(width * height * 4)
  let saved: Uint8ClampedArray | undefined
  let shown = -1
  const leave = (frame: GifFrame): void => {
    if (frame.disposal === 'clear') clearPart(pixels, width, frame)
    else if (frame.disposal === 'restore' && saved) pixels.set(saved)
  }
  const show = (frame: GifFrame): void => {
    if (frame.disposal === 'restore') saved = pixels.slice()
    drawPart(pixels, width, frame)
  }
  return {
    paint(index) {
      if (index < shown) {
        pixels.fill(0)
        // A frame without holes over the whole picture needs none of those before it.
        const full = frames.findLastIndex((frame, at) => at <= index && isFull(gif, frame))
        shown = Math.max(-1, full - 1)
      }
      while (shown < index) {
        const before = frames[shown]
        if (before) leave(before)
        shown += 1
        show(frames[shown] as GifFrame)
      }
      return pixels
    },
  }
}

function isFull({ width, height }: Gif, frame: GifFrame): boolean {
  return (
    frame.width === width && frame.height === height && frame.transparent === undefined && frame.disposal !== 'restore'
  )
}

function clearPart(pixels: Uint8ClampedArray, width: number, { left, top, ...size }: GifFrame): void {
  for (let row = 0; row < size.height; row += 1) {
    const start = ((top + row) * width + left) * 4
    pixels.fill(0, start, start + size.width * 4)
  }
}

function drawPart(pixels: Uint8ClampedArray, width: number, frame: GifFrame): void {
  const { palette, transparent } = frame
  const indices = decompressGif(frame.data, frame.minimumBits, frame.width * frame.height)
  const rows = frame.isInterlaced ? interlacedRows(frame.height) : undefined
  for (let row = 0; row < frame.height; row += 1) {
    let to = ((frame.top + (rows?.[row] ?? row)) * width + frame.left) * 4
    for (let column = 0; column < frame.width; column += 1, to += 4) {
      const color = indices[row * frame.width + column] as number
      if (color === transparent) continue
      pixels[to] = palette[color * 3] ?? 0
      pixels[to + 1] = palette[color * 3 + 1] ?? 0
      pixels[to + 2] = palette[color * 3 + 2] ?? 0
      pixels[to + 3] = 255
    }
  }
}

/** The row of the picture that each row of an interlaced frame is: every eighth, those between, and so on. */
function interlacedRows(height: number): readonly number[] {
  const rows: number[] = []
  for (const [from, by] of [
    [0, 8],
    [4, 8],
    [2, 4],
    [1, 2],
  ] as const) {
    for (let row = from; row < height; row += by) rows.push(row)
  }
  return rows
}

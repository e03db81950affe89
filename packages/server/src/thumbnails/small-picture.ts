/** A picture whose rows are asked for one after the other. */
export interface SmallPicture {
  readonly width: number
  readonly height: number
  /** 1 = grey, 2 = grey and alpha, 3 = RGB, 4 = RGBA. */
  readonly channels: 1 | 2 | 3 | 4
  /** The pixels of a row; the next call may write over them. Ascending. */
  rowAt(y: number): Uint8Array | Uint8ClampedArray
}

/** A file that is not what it says. */
export class BrokenPicture extends Error {}

/** For a file that is cut off, or damaged. */
export function brokenPicture(): BrokenPicture {
  return new BrokenPicture('The picture cannot be read.')
}

/** Videos side by side: what W&B's client makes of an array with five axes. */
export interface VideoArray {
  readonly data: Uint8Array | Uint8ClampedArray
  /** Videos, frames, channels, height, width: the order of the axes. */
  readonly shape: readonly [count: number, frameCount: number, channels: number, height: number, width: number]
}

/** Frames as one video, pixels with their channels beside each other. */
export interface VideoFrames {
  readonly data: Uint8Array
  readonly frameCount: number
  readonly width: number
  readonly height: number
  readonly channels: number
}

/** Rows and columns of the grid for so many videos, as W&B's client chooses them. */
export function videoGridOf(count: number): { readonly rowCount: number; readonly columnCount: number } {
  const bits = Math.floor(Math.log2(count)) + 1
  const isPowerOfTwo = 2 ** (bits - 1) === count
  const placeCount = isPowerOfTwo ? count : 2 ** bits
  const rowCount = 2 ** Math.floor((bits - 1) / 2)
  return { rowCount, columnCount: placeCount / rowCount }
}

/**
 * Lays videos out in a grid; the next power of two of them, the missing ones black. One video stays as it is.
 *
 * @param onWork - Called after each frame.
 */
export function toVideoFrames({ data, shape }: VideoArray, onWork: () => void = () => {}): VideoFrames {
  const [count, frameCount, channels, height, width] = shape
  const { rowCount, columnCount } = videoGridOf(count)
  const gridWidth = columnCount * width
  const gridHeight = rowCount * height
  const frames = new Uint8Array(frameCount * gridHeight * gridWidth * channels)
  let source = 0
  for (let video = 0; video < count; video += 1) {
    const left = (video % columnCount) * width
    const top = Math.floor(video / columnCount) * height
    for (let frame = 0; frame < frameCount; frame += 1) {
      for (let channel = 0; channel < channels; channel += 1) {
        for (let y = 0; y < height; y += 1) {
          let target = ((frame * gridHeight + top + y) * gridWidth + left) * channels + channel
          for (let x = 0; x < width; x += 1) {
            frames[target] = data[source] as number
            target += channels
            source += 1
          }
        }
      }
      onWork()
    }
  }
  return { data: frames, frameCount, width: gridWidth, height: gridHeight, channels }
}

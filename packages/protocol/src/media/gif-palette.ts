/** A frame as numbers of colours. */
export interface QuantizedFrame {
  /** Red, green and blue of each colour. */
  readonly palette: Uint8Array
  /** Number of the colour of each pixel. */
  readonly indices: Uint8Array
}

const colorsMax = 256
// The eye sees green best.
const levels = [6, 7, 6] as const
// Thresholds of an ordered 4 × 4 dither (Bayer), in sixteenths.
const thresholds = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]

/** Brings a frame to at most 256 colours: its own if it has no more, else a fixed set of 252 with dithering. */
export function quantizeFrame(
  pixels: Uint8Array | Uint8ClampedArray,
  width: number,
  channels: 1 | 3 | 4,
): QuantizedFrame {
  return toOwnColors(pixels, channels) ?? toFixedColors(pixels, width, channels)
}

function toOwnColors(pixels: Uint8Array | Uint8ClampedArray, channels: 1 | 3 | 4): QuantizedFrame | undefined {
  const count = pixels.length / channels
  const indices = new Uint8Array(count)
  const numbers = new Map<number, number>()
  const isGrey = channels === 1
  for (let pixel = 0; pixel < count; pixel += 1) {
    const at = pixel * channels
    const red = pixels[at] as number
    const color = isGrey ? red * 0x10101 : (red << 16) | ((pixels[at + 1] as number) << 8) | (pixels[at + 2] as number)
    let number = numbers.get(color)
    if (number === undefined) {
      if (numbers.size === colorsMax) return undefined
      number = numbers.size
      numbers.set(color, number)
    }
    indices[pixel] = number
  }
  const palette = Uint8Array.from(
    [...numbers.keys()].flatMap((color) => [color >> 16, (color >> 8) & 0xff, color & 0xff]),
  )
  return { palette, indices }
}

function toFixedColors(pixels: Uint8Array | Uint8ClampedArray, width: number, channels: 1 | 3 | 4): QuantizedFrame {
  const [reds, greens, blues] = levels
  const palette = new Uint8Array(reds * greens * blues * 3)
  for (let color = 0; color < palette.length / 3; color += 1) {
    palette[color * 3] = Math.round((255 * Math.floor(color / (greens * blues))) / (reds - 1))
    palette[color * 3 + 1] = Math.round((255 * (Math.floor(color / blues) % greens)) / (greens - 1))
    palette[color * 3 + 2] = Math.round((255 * (color % blues)) / (blues - 1))
  }
  const count = pixels.length / channels
  const indices = new Uint8Array(count)
  for (let pixel = 0; pixel < count; pixel += 1) {
    const at = pixel * channels
    const x = pixel % width
    const y = (pixel - x) / width
    const bias = ((thresholds[(y & 3) * 4 + (x & 3)] as number) + 0.5) / 16
    const level = (channel: 0 | 1 | 2): number =>
      Math.floor(((pixels[at + channel] as number) * (levels[channel] - 1)) / 255 + bias)
    indices[pixel] =
      Math.min(level(0), reds - 1) * greens * blues +
      Math.min(level(1), greens - 1) * blues +
      Math.min(level(2), blues - 1)
  }
  return { palette, indices }
}

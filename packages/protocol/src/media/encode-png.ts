import { tooLarge } from '../errors.ts'
import { type Crc32, crc32 } from '../framing/crc32.ts'

/** An image of one byte a channel, rows from the top, pixels from the left, channels beside each other. */
export interface PixelImage {
  /** `width * height * channels` bytes. */
  readonly data: Uint8Array | Uint8ClampedArray
  readonly width: number
  readonly height: number
  /** 1 = grey, 2 = grey and alpha, 3 = RGB, 4 = RGBA. */
  readonly channels: 1 | 2 | 3 | 4
}

/** What the encoder takes from its platform. */
export interface EncodePngOptions {
  /** Compresses bytes into a zlib stream. */
  deflate(bytes: Uint8Array): Uint8Array
  /** Default: one written in JavaScript. */
  readonly crc32?: Crc32
  /** Called now and then while it takes long. */
  onWork?(): void
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
// Colour types of the PNG specification, by channels.
const colorTypes = { 1: 0, 2: 4, 3: 2, 4: 6 } as const
const filterNone = 0
const filterSub = 1
const filterUp = 2
// Bytes between two signs of life.
const workBytes = 2 ** 22
// A chunk's length is a number of 31 bits.
const chunkBytesMax = 2 ** 31 - 1

/**
 * Encodes an image as PNG: 8 bits a channel, no palette, no interlacing.
 *
 * @throws {@link ProtocolError} `too-large` when its pixels take more than the 2 GiB of one chunk, compressed.
 *
 * @example
 * ```ts
 * const png = encodePng({ data: new Uint8Array(64), width: 8, height: 8, channels: 1 }, { deflate: zlib.deflateSync })
 * ```
 */
export function encodePng(image: PixelImage, options: EncodePngOptions): Uint8Array {
  const checksum = options.crc32 ?? crc32
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, image.width)
  view.setUint32(4, image.height)
  header[8] = 8
  header[9] = colorTypes[image.channels]
  const body = options.deflate(filterRows(image, options.onWork))
  if (body.length > chunkBytesMax) throw tooLarge('A PNG holds at most 2 GiB of compressed pixels.')

  const png = new Uint8Array(signature.length + 12 + header.length + 12 + body.length + 12)
  png.set(signature)
  let offset: number = signature.length
  const chunks: [string, Uint8Array][] = [
    ['IHDR', header],
    ['IDAT', body],
    ['IEND', new Uint8Array()],
  ]
  const pngView = new DataView(png.buffer)
  for (const [type, content] of chunks) {
    pngView.setUint32(offset, content.length)
    for (let index = 0; index < 4; index += 1) png[offset + 4 + index] = type.charCodeAt(index)
    png.set(content, offset + 8)
    const end = offset + 8 + content.length
    pngView.setUint32(end, checksum(png.subarray(offset + 4, end)))
    offset = end + 4
  }
  return png
}

/**
 * The rows, each with its filter in front. Of three filters the one with the smallest sum of differences is taken, as
 * the PNG specification suggests; the other two (average, Paeth) cost more time than they save bytes.
 */
function filterRows({ data, width, height, channels }: PixelImage, onWork?: () => void): Uint8Array {
  const stride = width * channels
  const rows = new Uint8Array(height * (stride + 1))
  for (let y = 0; y < height; y += 1) {
    const start = y * stride
    const out = y * (stride + 1)
    if (Math.floor(start / workBytes) !== Math.floor((start + stride) / workBytes)) onWork?.()
    const filter = chooseFilter(data, start, stride, channels, y > 0)
    rows[out] = filter
    if (filter === filterNone) rows.set(data.subarray(start, start + stride), out + 1)
    else subtract(data, start, stride, filter === filterSub ? channels : stride, rows, out + 1)
  }
  return rows
}

function chooseFilter(
  data: Uint8Array | Uint8ClampedArray,
  start: number,
  stride: number,
  channels: number,
  hasRowAbove: boolean,
): number {
  let none = 0
  let sub = 0
  let up = 0
  // Every fourth byte and an odd number of them tell enough, and touch all channels.
  for (let index = channels; index < stride; index += 5) {
    const value = data[start + index] as number
    none += value < 128 ? value : 256 - value
    const left = (value - (data[start + index - channels] as number)) & 0xff
    sub += left < 128 ? left : 256 - left
    if (hasRowAbove) {
      const above = (value - (data[start + index - stride] as number)) & 0xff
      up += above < 128 ? above : 256 - above
    }
  }
  if (hasRowAbove && up <= sub && up < none) return filterUp
  return sub < none ? filterSub : filterNone
}

/** Writes each byte minus the one `distance` before it. The first ones of a row have none before them in the row. */
function subtract(
  data: Uint8Array | Uint8ClampedArray,
  start: number,
  stride: number,
  distance: number,
  rows: Uint8Array,
  out: number,
): void {
  const isUp = distance === stride
  for (let index = 0; index < stride; index += 1) {
    const before = isUp || index >= distance ? (data[start + index - distance] as number) : 0
    rows[out + index] = (data[start + index] as number) - before
  }
}

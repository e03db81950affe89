import { crc32, inflateSync } from 'node:zlib'

/** The pixels of a PNG. */
export interface DecodedPng {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 2 | 3 | 4
  /** Row by row, the channels of a pixel beside each other. */
  readonly data: Uint8Array
}

const channelsOf: Readonly<Record<number, 1 | 2 | 3 | 4>> = { 0: 1, 2: 3, 4: 2, 6: 4 }

/**
 * Decodes a PNG of 8 bits a channel, without palette and interlacing.
 *
 * @throws Error when it is anything else, or damaged.
 */
export function decodePng(png: Uint8Array): DecodedPng {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  if (view.getBigUint64(0) !== 0x89504e470d0a1a0an) throw new Error('This is no PNG.')
  const parts: Uint8Array[] = []
  let last = ''
  for (let offset = 8; offset < png.length; ) {
    const length = view.getUint32(offset)
    last = String.fromCharCode(...png.subarray(offset + 4, offset + 8))
    if (view.getUint32(offset + 8 + length) !== crc32(png.subarray(offset + 4, offset + 8 + length))) {
      throw new Error(`The checksum of ${last} is wrong.`)
    }
    if (last === 'IDAT') parts.push(png.subarray(offset + 8, offset + 8 + length))
    offset += 12 + length
  }
  const channels = channelsOf[png[25] as number]
  const isPlain = png[24] === 8 && png[26] === 0 && png[27] === 0 && png[28] === 0
  if (last !== 'IEND' || channels === undefined || !isPlain) throw new Error('This kind of PNG is not read here.')
  const width = view.getUint32(16)
  const height = view.getUint32(20)
  const rows = inflateSync(Buffer.concat(parts))
  if (rows.length !== height * (width * channels + 1)) throw new Error('The PNG has too few or too many pixels.')
  return { width, height, channels, data: unfilter(rows, height, width * channels, channels) }
}

function unfilter(rows: Uint8Array, height: number, stride: number, channels: number): Uint8Array {
  const data = new Uint8Array(height * stride)
  for (let y = 0; y < height; y += 1) {
    const filter = rows[y * (stride + 1)] as number
    if (filter > 4) throw new Error(`There is no filter ${filter}.`)
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x
      const left = x < channels ? 0 : (data[at - channels] as number)
      const above = y === 0 ? 0 : (data[at - stride] as number)
      const corner = x < channels || y === 0 ? 0 : (data[at - stride - channels] as number)
      data[at] = (rows[at + y + 1] as number) + predict(filter, left, above, corner)
    }
  }
  return data
}

function predict(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 1:
      return left
    case 2:
      return above
    case 3:
      return (left + above) >> 1
    case 4:
      return paeth(left, above, corner)
    default:
      return 0
  }
}

function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner
  const toLeft = Math.abs(estimate - left)
  const toAbove = Math.abs(estimate - above)
  const toCorner = Math.abs(estimate - corner)
  if (toLeft <= toAbove && toLeft <= toCorner) return left
  return toAbove <= toCorner ? above : corner
}

import { inflateSync } from 'node:zlib'
import { brokenPicture, type SmallPicture } from './small-picture.ts'

/** A chunk of a PNG. */
export interface PngChunk {
  readonly type: string
  readonly content: Uint8Array
}

/** What a PNG holds that a copy of it needs. */
export interface DecodedPng extends SmallPicture {
  /** Those that say which colours are meant, as they are. */
  readonly colorChunks: readonly PngChunk[]
}

/** More memory than this is not used for the rows of one file. */
const rowsBytesMax = 160 * 2 ** 20
const channelsByType: Readonly<Record<number, 1 | 2 | 3 | 4>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const depthsByType: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
}
const colorChunkTypes: ReadonlySet<string> = new Set(['iCCP', 'sRGB', 'gAMA', 'cHRM', 'cICP'])

/**
 * Reads a PNG; of 16 bits a channel the upper eight.
 *
 * @returns undefined for what is left to browsers: interlaced and moving ones, those with one transparent colour, huge ones.
 * @throws BrokenPicture for what cannot be read.
 */
export function decodePng(bytes: Uint8Array): DecodedPng | undefined {
  const chunks = readChunks(bytes)
  const [head] = chunks
  if (head?.type !== 'IHDR' || head.content.length < 13) throw brokenPicture()
  const view = new DataView(head.content.buffer, head.content.byteOffset, 13)
  const [width, height, depth, type] = [view.getUint32(0), view.getUint32(4), view.getUint8(8), view.getUint8(9)]
  const contentOf = (name: string): Uint8Array | undefined => chunks.find((chunk) => chunk.type === name)?.content
  const transparency = contentOf('tRNS')
  const channels = channelsByType[type]
  if (width === 0 || height === 0 || channels === undefined || !depthsByType[type]?.includes(depth))
    throw brokenPicture()
  if (view.getUint8(12) !== 0 || contentOf('acTL') !== undefined) return undefined
  if (transparency !== undefined && type !== 3) return undefined
  const stride = Math.ceil((width * channels * depth) / 8)
  const rowsBytes = height * (stride + 1)
  if (rowsBytes > rowsBytesMax) return undefined
  const packed = chunks.filter((chunk) => chunk.type === 'IDAT').map(({ content }) => content)
  const rows = inflate(Buffer.concat(packed), rowsBytes)
  const bytesPerPixel = Math.max(1, (channels * depth) / 8)
  const palette = type === 3 ? readPalette(contentOf('PLTE'), transparency) : undefined
  const shown = palette === undefined ? channels : transparency === undefined ? 3 : 4
  const pixels = new Uint8Array(width * shown)
  return {
    width,
    height,
    channels: shown,
    colorChunks: chunks.filter((chunk) => colorChunkTypes.has(chunk.type)),
    rowAt(y) {
      const start = y * (stride + 1)
      unfilter(rows, start, stride, bytesPerPixel, y > 0)
      const row = rows.subarray(start + 1, start + 1 + stride)
      if (depth === 8 && palette === undefined) return row
      for (let at = 0; at < width * channels; at += 1) {
        if (depth === 16) pixels[at] = row[2 * at]!
        else {
          const value = (row[(at * depth) >> 3]! >> (8 - depth - ((at * depth) & 7))) & (2 ** depth - 1)
          if (palette === undefined) pixels[at] = (value * 255) / (2 ** depth - 1)
          else
            for (let channel = 0; channel < shown; channel += 1)
              pixels[at * shown + channel] = palette[4 * value + channel]!
        }
      }
      return pixels
    },
  }
}

function readChunks(bytes: Uint8Array): PngChunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks: PngChunk[] = []
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at)
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    const content = bytes.subarray(at + 8, at + 8 + length)
    if (content.length < length) throw brokenPicture()
    chunks.push({ type, content })
    if (type === 'IEND') return chunks
    at += 12 + length
  }
  throw brokenPicture()
}

/** No more than the head says, so that a small file does not become a huge one. */
function inflate(packed: Uint8Array, rowsBytes: number): Uint8Array {
  try {
    const rows = inflateSync(packed, { maxOutputLength: rowsBytes })
    if (rows.length === rowsBytes) return rows
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause
  }
  throw brokenPicture()
}

/** Four bytes for each colour; black where there is none. */
function readPalette(colors: Uint8Array | undefined, alphas: Uint8Array | undefined): Uint8Array {
  if (colors === undefined) throw brokenPicture()
  const palette = new Uint8Array(4 * 256)
  for (let index = 0; index < 256; index += 1) {
    for (let channel = 0; channel < 3; channel += 1) palette[4 * index + channel] = colors[3 * index + channel] ?? 0
    palette[4 * index + 3] = alphas?.[index] ?? 255
  }
  return palette
}

function unfilter(rows: Uint8Array, start: number, stride: number, distance: number, hasRowAbove: boolean): void {
  const filter = rows[start]!
  const from = start + 1
  const end = from + stride
  const above = hasRowAbove ? stride + 1 : 0
  if (filter > 4) throw brokenPicture()
  // Nothing stands before the first pixel, and zeros above the first row.
  const first = Math.min(end, from + distance)
  if (filter === 2 || filter === 4)
    for (let at = from; at < first && hasRowAbove; at += 1) rows[at]! += rows[at - above]!
  if (filter === 3) for (let at = from; at < first && hasRowAbove; at += 1) rows[at]! += rows[at - above]! >> 1
  switch (filter) {
    case 1:
      for (let at = first; at < end; at += 1) rows[at]! += rows[at - distance]!
      return
    case 2:
      for (let at = first; at < end && hasRowAbove; at += 1) rows[at]! += rows[at - above]!
      return
    case 3:
      for (let at = first; at < end; at += 1) {
        rows[at]! += (rows[at - distance]! + (hasRowAbove ? rows[at - above]! : 0)) >> 1
      }
      return
    case 4:
      if (hasRowAbove) unfilterPaeth(rows, first, end, distance, above)
      // Without a row above it is the pixel before.
      else for (let at = first; at < end; at += 1) rows[at]! += rows[at - distance]!
  }
}

function unfilterPaeth(rows: Uint8Array, first: number, end: number, distance: number, above: number): void {
  for (let at = first; at < end; at += 1) {
    const left = rows[at - distance]!
    const up = rows[at - above]!
    const corner = rows[at - above - distance]!
    const toLeft = Math.abs(up - corner)
    const toUp = Math.abs(left - corner)
    const toCorner = Math.abs(left + up - 2 * corner)
    rows[at]! += toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner
  }
}

import { createHuffmanTable, createScanReader, type ScanReader } from './jpeg-bits.ts'
import { brokenPicture, type SmallPicture } from './small-picture.ts'

/** Places of coefficients in their block, in the order of the file. */
// biome-ignore format: eight rows of eight
const zigzag = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55,
  62, 63,
]

interface Component {
  readonly id: number
  readonly h: number
  readonly v: number
  readonly quantization: number
  /** Blocks that are kept, whole MCUs of them. */
  readonly blocksAcross: number
  /** Blocks that hold pixels. */
  readonly ownAcross: number
  readonly ownDown: number
  /** The lowest coefficients of each block, `size * size` of them. */
  readonly coefficients: Int16Array
  prediction: number
}

interface Frame {
  readonly width: number
  readonly height: number
  readonly isProgressive: boolean
  readonly components: readonly Component[]
  readonly mcusAcross: number
  readonly mcusDown: number
  /** Pixels that a block of 8 × 8 becomes along each side. */
  readonly size: 1 | 2 | 4
}

interface ScanPart {
  readonly component: Component
  readonly dc: Uint16Array | undefined
  readonly ac: Uint16Array | undefined
}

/** How a scan refines what is there. */
interface Band {
  readonly start: number
  readonly end: number
  readonly isRefinement: boolean
  readonly shift: number
}

/**
 * Reads a JPEG at an eighth, a quarter or half of its size: the lowest coefficients of each block are a picture of it already, so
 * that neither the others are turned into pixels nor the full picture takes memory. Of progressive files the scans that refine are
 * left out, which changes a pixel by a few grey values.
 *
 * @param heightMin - Pixels of the picture as it is stored.
 * @returns undefined for kinds that are rare (CMYK, 12 bits, arithmetic coding). @throws BrokenPicture for what cannot be read.
 */
export function decodeJpeg(bytes: Uint8Array, heightMin: number): SmallPicture | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const quantizations = new Map<number, Uint16Array>()
  const tables = new Map<number, Uint16Array>()
  let frame: Frame | undefined
  let restartInterval = 0
  let at = 2
  let hasScan = false
  for (;;) {
    at = nextMarker(bytes, at)
    if (at < 0) break
    const marker = bytes[at + 1]!
    if (marker === 0xd9) break
    if (at + 4 > bytes.length) throw brokenPicture()
    const end = at + 2 + view.getUint16(at + 2)
    if (end > bytes.length) throw brokenPicture()
    const segment = bytes.subarray(at + 4, end)
    at = end
    if (marker === 0xdb) readQuantizations(segment, quantizations)
    else if (marker === 0xc4) readTables(segment, tables)
    else if (marker === 0xdd) restartInterval = (segment[0]! << 8) | segment[1]!
    else if (marker === 0xc0 || marker === 0xc1 || marker === 0xc2) {
      if (frame !== undefined) throw brokenPicture()
      frame = readFrame(segment, marker === 0xc2, heightMin)
      if (frame === undefined) return undefined
    } else if (marker === 0xda) {
      if (frame === undefined) throw brokenPicture()
      const { parts, band } = readScanHead(segment, frame, tables)
      if (!isUseful(band, frame)) continue
      const reader = createScanReader(bytes, at)
      readScan(reader, frame, parts, band, restartInterval)
      at = reader.at
      hasScan = true
    } else if (marker >= 0xc3 && marker <= 0xcf && marker !== 0xc8 && marker !== 0xcc) return undefined
  }
  if (frame === undefined || !hasScan) throw brokenPicture()
  return toPixels(frame, quantizations)
}

/** The next marker that is none of those within a scan; −1: there is none. */
function nextMarker(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]!
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return -1
}

function readQuantizations(segment: Uint8Array, quantizations: Map<number, Uint16Array>): void {
  for (let at = 0; at < segment.length; ) {
    const head = segment[at]!
    const isWide = head >> 4 !== 0
    const values = new Uint16Array(64)
    at += 1
    if (at + (isWide ? 128 : 64) > segment.length) throw brokenPicture()
    for (let index = 0; index < 64; index += 1) {
      values[index] = isWide ? (segment[at]! << 8) | segment[at + 1]! : segment[at]!
      at += isWide ? 2 : 1
    }
    quantizations.set(head & 15, values)
  }
}

function readTables(segment: Uint8Array, tables: Map<number, Uint16Array>): void {
  for (let at = 0; at + 17 <= segment.length; ) {
    const counts = segment.subarray(at + 1, at + 17)
    const symbolCount = counts.reduce((sum, count) => sum + count, 0)
    const symbols = segment.subarray(at + 17, at + 17 + symbolCount)
    if (symbols.length < symbolCount) throw brokenPicture()
    tables.set(segment[at]!, createHuffmanTable(counts, symbols))
    at += 17 + symbolCount
  }
}

function readFrame(segment: Uint8Array, isProgressive: boolean, heightMin: number): Frame | undefined {
  const [precision = 0, h1 = 0, h2 = 0, w1 = 0, w2 = 0, count = 0] = segment
  const [height, width] = [(h1 << 8) | h2, (w1 << 8) | w2]
  if (height === 0 || width === 0 || segment.length < 6 + 3 * count) throw brokenPicture()
  if (precision !== 8 || (count !== 1 && count !== 3)) return undefined
  const heads = Array.from({ length: count }, (_, index) => {
    const [id, sampling, quantization] = segment.subarray(6 + 3 * index)
    return { id: id!, h: sampling! >> 4, v: sampling! & 15, quantization: quantization! }
  })
  if (heads.some(({ h, v }) => h < 1 || h > 4 || v < 1 || v > 4)) throw brokenPicture()
  const [hMax, vMax] = [Math.max(...heads.map(({ h }) => h)), Math.max(...heads.map(({ v }) => v))]
  const [mcusAcross, mcusDown] = [Math.ceil(width / (8 * hMax)), Math.ceil(height / (8 * vMax))]
  const size = ([1, 2, 4] as const).find((one) => height * one >= 8 * heightMin) ?? 4
  const components = heads.map((head) => ({
    ...head,
    blocksAcross: mcusAcross * head.h,
    ownAcross: Math.ceil(Math.ceil((width * head.h) / hMax) / 8),
    ownDown: Math.ceil(Math.ceil((height * head.v) / vMax) / 8),
    coefficients: new Int16Array(mcusAcross * head.h * mcusDown * head.v * size * size),
    prediction: 0,
  }))
  return { width, height, isProgressive, components, mcusAcross, mcusDown, size }
}

function readScanHead(
  segment: Uint8Array,
  { components, isProgressive }: Frame,
  tables: ReadonlyMap<number, Uint16Array>,
): { parts: readonly ScanPart[]; band: Band } {
  const count = segment[0] ?? 0
  if (count < 1 || count > 4 || segment.length < 4 + 2 * count) throw brokenPicture()
  const parts = Array.from({ length: count }, (_, index) => {
    const [id, ids] = segment.subarray(1 + 2 * index)
    const component = components.find((one) => one.id === id)
    if (component === undefined) throw brokenPicture()
    return { component, dc: tables.get(ids! >> 4), ac: tables.get(16 | (ids! & 15)) }
  })
  const [start, end, precision] = segment.subarray(1 + 2 * count)
  const band = isProgressive
    ? { start: start!, end: Math.min(63, end!), isRefinement: precision! >> 4 !== 0, shift: precision! & 15 }
    : { start: 0, end: 63, isRefinement: false, shift: 0 }
  return { parts, band }
}

/** Whether a scan has anything of the coefficients that are kept. */
function isUseful({ start, isRefinement }: Band, { size }: Frame): boolean {
  if (start === 0) return true
  return !isRefinement && start <= { 1: 0, 2: 4, 4: 24 }[size]
}

/** For each coefficient of the file its place among those that are kept, −1: none. */
function slotsOf(size: number): Int8Array {
  return Int8Array.from(zigzag, (place) => {
    const [x, y] = [place & 7, place >> 3]
    return x < size && y < size ? y * size + x : -1
  })
}

function readScan(
  reader: ScanReader,
  frame: Frame,
  parts: readonly ScanPart[],
  band: Band,
  restartInterval: number,
): void {
  const { size, mcusAcross, mcusDown, isProgressive } = frame
  const slots = slotsOf(size)
  const area = size * size
  let bandRun = 0

  const readBlock = ({ component, dc, ac }: ScanPart, offset: number): void => {
    const { coefficients } = component
    if (band.start === 0) {
      if (band.isRefinement) {
        coefficients[offset]! |= reader.bits(1) << band.shift
        return
      }
      if (dc === undefined) throw brokenPicture()
      component.prediction += reader.signed(reader.symbol(dc))
      coefficients[offset] = component.prediction << band.shift
      if (isProgressive) return
    }
    if (bandRun > 0) {
      bandRun -= 1
      return
    }
    if (ac === undefined) throw brokenPicture()
    for (let index = Math.max(1, band.start); index <= band.end; index += 1) {
      const symbol = reader.symbol(ac)
      const length = symbol & 15
      const run = symbol >> 4
      if (length === 0) {
        if (run < 15) {
          if (isProgressive) bandRun = (1 << run) - 1 + (run === 0 ? 0 : reader.bits(run))
          return
        }
        index += 15
        continue
      }
      index += run
      const value = reader.signed(length)
      const slot = slots[index & 63]!
      if (slot >= 0) coefficients[offset + slot] = value << band.shift
    }
  }

  let untilRestart = restartInterval
  const step = (): void => {
    if (restartInterval === 0) return
    if (untilRestart === 0) {
      reader.restart()
      for (const { component } of parts) component.prediction = 0
      bandRun = 0
      untilRestart = restartInterval
    }
    untilRestart -= 1
  }

  for (const { component } of parts) component.prediction = 0
  const [first] = parts
  if (parts.length === 1 && first !== undefined) {
    const { ownAcross, ownDown, blocksAcross } = first.component
    for (let y = 0; y < ownDown; y += 1) {
      for (let x = 0; x < ownAcross; x += 1) {
        step()
        readBlock(first, (y * blocksAcross + x) * area)
      }
    }
    return
  }
  for (let y = 0; y < mcusDown; y += 1) {
    for (let x = 0; x < mcusAcross; x += 1) {
      step()
      for (const part of parts) {
        const { h, v, blocksAcross } = part.component
        for (let row = 0; row < v; row += 1) {
          const start = (y * v + row) * blocksAcross + x * h
          for (let column = 0; column < h; column += 1) readBlock(part, (start + column) * area)
        }
      }
    }
  }
}

function toPixels(frame: Frame, quantizations: ReadonlyMap<number, Uint16Array>): SmallPicture {
  const { components, size } = frame
  const [width, height] = [Math.ceil((frame.width * size) / 8), Math.ceil((frame.height * size) / 8)]
  const planes = components.map((component) => {
    const quantization = quantizations.get(component.quantization)
    if (quantization === undefined) throw brokenPicture()
    return toPlane(component, quantization, size)
  })
  const hMax = Math.max(...components.map(({ h }) => h))
  const vMax = Math.max(...components.map(({ v }) => v))
  const channels = components.length === 1 ? 1 : 3
  const row = new Uint8ClampedArray(width * channels)
  const rowAt = (y: number): Uint8ClampedArray => {
    const starts = components.map(({ v, blocksAcross }) => Math.floor((y * v) / vMax) * blocksAcross * size)
    const [first, second, third] = components
    if (second === undefined || third === undefined) {
      row.set(planes[0]!.subarray(starts[0]!, starts[0]! + width))
      return row
    }
    for (let x = 0; x < width; x += 1) {
      const luma = planes[0]![starts[0]! + Math.floor((x * first!.h) / hMax)]!
      const blue = planes[1]![starts[1]! + Math.floor((x * second.h) / hMax)]! - 128
      const red = planes[2]![starts[2]! + Math.floor((x * third.h) / hMax)]! - 128
      row[3 * x] = luma + 1.402 * red
      row[3 * x + 1] = luma - 0.344136 * blue - 0.714136 * red
      row[3 * x + 2] = luma + 1.772 * blue
    }
    return row
  }
  return { width, height, channels, rowAt }
}

/** Each block as `size × size` pixels: the inverse transform of so many points. */
function toPlane(component: Component, quantization: Uint16Array, size: 1 | 2 | 4): Uint8ClampedArray {
  const { coefficients, blocksAcross } = component
  const area = size * size
  const plane = new Uint8ClampedArray(coefficients.length)
  const slots = slotsOf(size)
  const scales = new Float64Array(area)
  for (const [index, slot] of slots.entries()) if (slot >= 0) scales[slot] = (quantization[index]! * size) / 8
  const basis = Array.from({ length: area }, (_, at) => {
    const [x, u] = [Math.floor(at / size), at % size]
    return Math.sqrt((u === 0 ? 1 : 2) / size) * Math.cos(((2 * x + 1) * u * Math.PI) / (2 * size))
  })
  const half = new Float64Array(area)
  const stride = blocksAcross * size
  const blockCount = coefficients.length / area
  for (let block = 0; block < blockCount; block += 1) {
    const offset = block * area
    const start = Math.floor(block / blocksAcross) * size * stride + (block % blocksAcross) * size
    if (size === 1) {
      plane[start] = coefficients[offset]! * scales[0]! + 128
      continue
    }
    for (let v = 0; v < size; v += 1) {
      for (let x = 0; x < size; x += 1) {
        let sum = 0
        for (let u = 0; u < size; u += 1) {
          sum += coefficients[offset + v * size + u]! * scales[v * size + u]! * basis[x * size + u]!
        }
        half[v * size + x] = sum
      }
    }
    for (let y = 0; y < size; y += 1) {
      for (let x = 0; x < size; x += 1) {
        let sum = 128
        for (let v = 0; v < size; v += 1) sum += half[v * size + x]! * basis[y * size + v]!
        plane[start + y * stride + x] = sum
      }
    }
  }
  return plane
}

import { ProtocolError } from '../errors.ts'
import {
  type Column,
  type ColumnConstructor,
  type ColumnForm,
  columnBytes,
  readColumn,
  writeColumn,
} from './frame-columns.ts'
import type { Series, SeriesFrame } from './series-api.ts'

// "LLSF" as little-endian number.
const magic = 0x46_53_4c_4c
const version = 4
const fixedHeaderSize = 16
const alignment = 8
/** Before each of several frames. */
const frameHeadSize = 8

// The columns of each kind, in the order in which they are written.
const columns: { readonly [Kind in Series['kind']]: readonly (readonly [string, ColumnConstructor])[] } = {
  raw: [
    ['x', Float64Array],
    ['y', Float64Array],
    ['smoothed', Float64Array],
    ['order', Uint32Array],
  ],
  buckets: [
    ['index', Uint32Array],
    ['count', Uint32Array],
    ['first', Float32Array],
    ['min', Float32Array],
    ['max', Float32Array],
    ['last', Float64Array],
    ['lastX', Float64Array],
    ['smoothed', Float64Array],
    ['mean', Float32Array],
  ],
  group: [
    ['index', Uint32Array],
    ['runCount', Uint32Array],
    ['x', Float64Array],
    ['centre', Float64Array],
    ['low', Float64Array],
    ['high', Float64Array],
  ],
}
const nonFiniteColumns = [
  ['x', Float64Array],
  ['value', Float64Array],
] as const

/** What a header has of a series besides its kind's own facts: run id and revision, or name, size and grid of a group. */
interface SeriesHeader {
  readonly kind: Series['kind']
  readonly pointCount: number
  readonly hiddenPointCount: number
  /** null stands for NaN. */
  readonly extent: readonly [number | null, number | null]
  /** Forms of the columns of the kind, then of x and value of the non-finite points. */
  readonly columns: readonly ColumnForm[]
}

/** No column of ours is longer; what says so is no frame. */
const columnLengthMax = 2 ** 28

/**
 * Writes a series frame: magic, version and header length as little-endian 32-bit numbers, a JSON header, then the columns
 * as little-endian arrays, each at a multiple of 8 bytes and in the shortest form that loses nothing.
 */
export function encodeSeriesFrame(frame: SeriesFrame): Uint8Array<ArrayBuffer> {
  const written = frame.series.map((series) => columnsOf(series).map(writeColumn))
  const series = frame.series.map((one, i) => toHeader(one, written[i]?.map(({ form }) => form) ?? []))
  const header = new TextEncoder().encode(
    JSON.stringify({ grid: frame.grid, series, smoothingRange: frame.smoothingRange }),
  )
  const parts = written.flatMap((columns) => columns.map(({ bytes }) => bytes))
  let size = align(fixedHeaderSize + header.length)
  for (const part of parts) size += align(part.length)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, magic, true)
  view.setUint32(4, version, true)
  view.setUint32(8, header.length, true)
  bytes.set(header, fixedHeaderSize)
  let offset = align(fixedHeaderSize + header.length)
  for (const part of parts) {
    bytes.set(part, offset)
    offset += align(part.length)
  }
  return bytes
}

/**
 * Reads a series frame. Arrays that were written as they are become views of `bytes` where its start is aligned to 8 bytes, else of
 * one copy.
 *
 * @throws {@link ProtocolError} `invalid-frame`
 */
export function decodeSeriesFrame(bytes: Uint8Array): SeriesFrame {
  const aligned = bytes.byteOffset % alignment === 0 ? bytes : bytes.slice()
  const view = new DataView(aligned.buffer, aligned.byteOffset, aligned.byteLength)
  if (aligned.length < fixedHeaderSize || view.getUint32(0, true) !== magic) throw invalidFrame('it is no series frame')
  if (view.getUint32(4, true) !== version) throw invalidFrame(`version ${view.getUint32(4, true)} is not ${version}`)
  const headerEnd = fixedHeaderSize + view.getUint32(8, true)
  if (headerEnd > aligned.length) throw invalidFrame('it ends too early')
  const header = parseHeader(aligned.subarray(fixedHeaderSize, headerEnd))
  let offset = align(headerEnd)

  function take(Constructor: ColumnConstructor, form: ColumnForm): Column {
    const length = typeof form === 'number' ? form : form[1]
    const start = aligned.byteOffset + offset
    const size = columnBytes(Constructor, form)
    offset += align(size)
    if (!(length >= 0 && length <= columnLengthMax && size >= 0)) throw invalidFrame('a column has no length')
    if (offset > aligned.length) throw invalidFrame('it ends too early')
    return readColumn(Constructor, form, aligned.buffer as ArrayBuffer, start)
  }

  return {
    grid: header.grid,
    ...(header.smoothingRange !== undefined && { smoothingRange: header.smoothingRange }),
    series: header.series.map(({ kind, columns: forms, extent, ...rest }): Series => {
      const names = columns[kind]
      const arrays: Record<string, Column> = Object.fromEntries(
        names.map(([name, Constructor], index) => [name, take(Constructor, forms[index] ?? 0)]),
      )
      if (arrays.order?.length === 0) delete arrays.order
      const nonFinite = Object.fromEntries(
        nonFiniteColumns.map(([name, Constructor], index) => [
          name,
          take(Constructor, forms[names.length + index] ?? 0),
        ]),
      )
      // The tables above gave each kind its columns.
      return { kind, ...rest, extent: [extent[0] ?? NaN, extent[1] ?? NaN], ...arrays, nonFinite } as unknown as Series
    }),
  }
}

/** Frames one after the other: each begins with its length as a little-endian 32-bit number, four bytes of 0, then itself and 0s up to a multiple of 8 bytes. */
export function joinSeriesFrames(frames: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const size = frames.reduce((sum, { length }) => sum + frameHeadSize + align(length), 0)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  let offset = 0
  for (const frame of frames) {
    view.setUint32(offset, frame.length, true)
    bytes.set(frame, offset + frameHeadSize)
    offset += frameHeadSize + align(frame.length)
  }
  return bytes
}

/**
 * Reads what {@link joinSeriesFrames} wrote, frame by frame as {@link decodeSeriesFrame} does.
 *
 * @throws {@link ProtocolError} `invalid-frame`
 */
export function decodeSeriesFrames(bytes: Uint8Array): readonly SeriesFrame[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const frames: SeriesFrame[] = []
  for (let offset = 0; offset < bytes.length; ) {
    const start = offset + frameHeadSize
    const end = start <= bytes.length ? start + view.getUint32(offset, true) : Number.POSITIVE_INFINITY
    if (end > bytes.length) throw invalidFrame('it ends too early')
    frames.push(decodeSeriesFrame(bytes.subarray(start, end)))
    offset = start + align(end - start)
  }
  return frames
}

function columnsOf(series: Series): Column[] {
  const values = series as unknown as Record<string, Column | undefined>
  return [
    ...columns[series.kind].map(([name, Constructor]) => values[name] ?? new Constructor()),
    series.nonFinite.x,
    series.nonFinite.value,
  ]
}

function toHeader(series: Series, columns: readonly ColumnForm[]): SeriesHeader {
  const { kind, pointCount, hiddenPointCount, extent } = series
  const subject =
    series.kind === 'group'
      ? { name: series.name, size: series.size, grid: series.grid }
      : { runId: series.runId, revision: series.revision, ...(series.isReordered && { isReordered: true }) }
  const [from, to] = extent
  return { kind, ...subject, pointCount, hiddenPointCount, extent: [finite(from), finite(to)], columns }
}

function finite(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

function parseHeader(bytes: Uint8Array): {
  readonly grid: SeriesFrame['grid']
  readonly series: readonly SeriesHeader[]
  readonly smoothingRange?: number
} {
  try {
    const header = JSON.parse(new TextDecoder().decode(bytes)) as ReturnType<typeof parseHeader>
    if (header.series.every((one) => Object.hasOwn(columns, one.kind) && Array.isArray(one.columns))) return header
  } catch (cause) {
    throw invalidFrame('its header is not JSON', cause)
  }
  throw invalidFrame('its header has a series of another kind')
}

function align(size: number): number {
  return Math.ceil(size / alignment) * alignment
}

function invalidFrame(reason: string, cause?: unknown): ProtocolError {
  return new ProtocolError({ code: 'invalid-frame', message: `Cannot read the frame: ${reason}.`, cause })
}

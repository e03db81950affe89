import { ProtocolError } from '../errors.ts'
import type { Series, SeriesFrame } from './series-api.ts'

// "LLSF" as little-endian number.
const magic = 0x46_53_4c_4c
const version = 1
const fixedHeaderSize = 16
const alignment = 8

type Column = Float64Array | Float32Array | Uint32Array
type ColumnConstructor = Float64ArrayConstructor | Float32ArrayConstructor | Uint32ArrayConstructor

// The columns of each kind, in the order in which they are written.
const columns: { readonly [Kind in Series['kind']]: readonly (readonly [string, ColumnConstructor])[] } = {
  raw: [
    ['x', Float64Array],
    ['y', Float64Array],
    ['smoothed', Float64Array],
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
  /** Lengths of the columns of the kind, then of x and value of the non-finite points. */
  readonly lengths: readonly number[]
}

/**
 * Writes a series frame: magic, version and header length as little-endian 32-bit numbers, a JSON header, then the columns
 * as little-endian arrays, each at a multiple of 8 bytes.
 */
export function encodeSeriesFrame(frame: SeriesFrame): Uint8Array<ArrayBuffer> {
  const parts = frame.series.flatMap(columnsOf)
  const header = new TextEncoder().encode(JSON.stringify({ grid: frame.grid, series: frame.series.map(toHeader) }))
  let size = align(fixedHeaderSize + header.length)
  for (const part of parts) size += align(part.byteLength)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, magic, true)
  view.setUint32(4, version, true)
  view.setUint32(8, header.length, true)
  bytes.set(header, fixedHeaderSize)
  let offset = align(fixedHeaderSize + header.length)
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), offset)
    offset += align(part.byteLength)
  }
  return bytes
}

/**
 * Reads a series frame. The arrays are views of `bytes` where its start is aligned to 8 bytes, else of one copy.
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

  function take(Constructor: ColumnConstructor, length: number): Column {
    const start = aligned.byteOffset + offset
    offset += align(length * Constructor.BYTES_PER_ELEMENT)
    if (!(length >= 0) || offset > aligned.length) throw invalidFrame('it ends too early')
    return new Constructor(aligned.buffer as ArrayBuffer, start, length)
  }

  return {
    grid: header.grid,
    series: header.series.map(({ kind, lengths, extent, ...rest }): Series => {
      const names = columns[kind]
      const arrays = Object.fromEntries(
        names.map(([name, Constructor], index) => [name, take(Constructor, lengths[index] ?? 0)]),
      )
      const nonFinite = Object.fromEntries(
        nonFiniteColumns.map(([name, Constructor], index) => [
          name,
          take(Constructor, lengths[names.length + index] ?? 0),
        ]),
      )
      // The tables above gave each kind its columns.
      return { kind, ...rest, extent: [extent[0] ?? NaN, extent[1] ?? NaN], ...arrays, nonFinite } as unknown as Series
    }),
  }
}

function columnsOf(series: Series): Column[] {
  const values = series as unknown as Record<string, Column>
  return [...columns[series.kind].map(([name]) => values[name] as Column), series.nonFinite.x, series.nonFinite.value]
}

function toHeader(series: Series): SeriesHeader {
  const { kind, pointCount, hiddenPointCount, extent } = series
  const subject =
    series.kind === 'group'
      ? { name: series.name, size: series.size, grid: series.grid }
      : { runId: series.runId, revision: series.revision }
  const lengths = columnsOf(series).map((column) => column.length)
  const [from, to] = extent
  return { kind, ...subject, pointCount, hiddenPointCount, extent: [finite(from), finite(to)], lengths }
}

function finite(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

function parseHeader(bytes: Uint8Array): {
  readonly grid: SeriesFrame['grid']
  readonly series: readonly SeriesHeader[]
} {
  try {
    const header = JSON.parse(new TextDecoder().decode(bytes)) as ReturnType<typeof parseHeader>
    if (header.series.every(({ kind, lengths }) => Object.hasOwn(columns, kind) && Array.isArray(lengths)))
      return header
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

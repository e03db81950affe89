import type { RowGroup } from '../store.ts'
import { maybeStride } from './step-codec.ts'

/** A row group as it lies in the tail: keys by their number in the dictionary. */
export interface StoredRowGroup {
  readonly rowCount: number
  readonly steps: Float64Array
  /** `rowIndexes` undefined: a value in every row. */
  readonly numbers: readonly {
    readonly keyId: number
    readonly rowIndexes: Uint32Array | undefined
    readonly values: Float64Array
  }[]
  readonly others: readonly { readonly keyId: number; readonly rowIndex: number; readonly json: string }[]
}

const version = 1
const flagStrided = 1
const headerBytes = 24
const align = (offset: number): number => (offset + 7) & ~7

/**
 * Lays a row group out as bytes, little-endian, every part on a multiple of 8:
 * `u32 version, rowCount, numberColumnCount, flags, othersBytes, 0` · steps: `f64 first, stride` when flags has bit 0, else
 * `f64[rowCount]` · directory: `u32 keyId, pointCount` a column · per column `f64[pointCount]` values and, unless it has a
 * value in every row, `u32[pointCount]` row indexes · others: UTF-8 JSON `[[keyId, rowIndex, json], …]`.
 */
export function encodeRowGroup(rows: RowGroup, steps: Float64Array, keyIdOf: (key: string) => number): Uint8Array {
  const stride = rows.rowCount > 1 ? maybeStride(steps) : undefined
  const others = rows.others.map((other) => [keyIdOf(other.key), other.rowIndex, other.json])
  const othersBytes = others.length === 0 ? new Uint8Array(0) : new TextEncoder().encode(JSON.stringify(others))
  const isDense = (column: RowGroup['numbers'][number]): boolean => column.values.length === rows.rowCount

  let byteLength = headerBytes + (stride === undefined ? steps.byteLength : 16) + rows.numbers.length * 8
  for (const column of rows.numbers) {
    byteLength += column.values.byteLength + (isDense(column) ? 0 : align(column.values.length * 4))
  }
  const bytes = new Uint8Array(byteLength + othersBytes.length)

  const header = [
    version,
    rows.rowCount,
    rows.numbers.length,
    stride === undefined ? 0 : flagStrided,
    othersBytes.length,
  ]
  new Uint32Array(bytes.buffer, 0, header.length).set(header)
  let offset = headerBytes
  const putNumbers = (numbers: ArrayLike<number>): void => {
    new Float64Array(bytes.buffer, offset, numbers.length).set(numbers)
    offset += numbers.length * 8
  }
  putNumbers(stride === undefined ? steps : [steps[0]!, stride])
  for (const column of rows.numbers) {
    new Uint32Array(bytes.buffer, offset, 2).set([keyIdOf(column.key), column.values.length])
    offset += 8
  }
  for (const column of rows.numbers) {
    putNumbers(column.values)
    if (isDense(column)) continue
    new Uint32Array(bytes.buffer, offset, column.rowIndexes.length).set(column.rowIndexes)
    offset += align(column.rowIndexes.byteLength)
  }
  bytes.set(othersBytes, offset)
  return bytes
}

/**
 * Reads what {@link encodeRowGroup} wrote. The arrays look into `bytes`.
 *
 * @throws RangeError when the bytes are something else.
 */
export function decodeRowGroup(bytes: Uint8Array): StoredRowGroup {
  const buffer = bytes.byteOffset % 8 === 0 ? bytes.buffer : bytes.slice().buffer
  const start = buffer === bytes.buffer ? bytes.byteOffset : 0
  const header = new Uint32Array(buffer, start, 6)
  const [foundVersion, rowCount, columnCount, flags, othersByteLength] = header
  if (foundVersion !== version)
    throw new RangeError(`Row group of version ${foundVersion}; this program reads ${version}.`)

  let offset = start + headerBytes
  const takeNumbers = (count: number): Float64Array => {
    offset += count * 8
    return new Float64Array(buffer, offset - count * 8, count)
  }
  const steps = flags! & flagStrided ? toSteps(takeNumbers(2), rowCount!) : takeNumbers(rowCount!)
  const directory = new Uint32Array(buffer, offset, columnCount! * 2)
  offset += directory.byteLength
  const numbers = Array.from({ length: columnCount! }, (_, column) => {
    const pointCount = directory[column * 2 + 1]!
    const values = takeNumbers(pointCount)
    let rowIndexes: Uint32Array | undefined
    if (pointCount !== rowCount) {
      rowIndexes = new Uint32Array(buffer, offset, pointCount)
      offset += align(rowIndexes.byteLength)
    }
    return { keyId: directory[column * 2]!, rowIndexes, values }
  })
  return { rowCount: rowCount!, steps, numbers, others: decodeOthers(new Uint8Array(buffer, offset, othersByteLength)) }
}

/** The rows from number `fromRow` on, as a group of their own. */
export function sliceRowGroup(rows: RowGroup, fromRow: number): RowGroup {
  if (fromRow === 0) return rows
  return {
    rowCount: rows.rowCount - fromRow,
    steps: rows.steps.subarray(fromRow),
    numbers: rows.numbers.flatMap(({ key, rowIndexes, values }) => {
      const from = rowIndexes.findIndex((rowIndex) => rowIndex >= fromRow)
      if (from < 0) return []
      return [
        {
          key,
          rowIndexes: rowIndexes.subarray(from).map((rowIndex) => rowIndex - fromRow),
          values: values.subarray(from),
        },
      ]
    }),
    others: rows.others
      .filter((other) => other.rowIndex >= fromRow)
      .map((other) => ({ ...other, rowIndex: other.rowIndex - fromRow })),
  }
}

/** Says what is wrong with a row group, or undefined. */
export function findRowGroupFault(rows: RowGroup): string | undefined {
  if (!(Number.isSafeInteger(rows.rowCount) && rows.rowCount >= 0)) return `rowCount is ${rows.rowCount}`
  if (rows.steps.length !== rows.rowCount) return `${rows.steps.length} steps for ${rows.rowCount} rows`
  if (!rows.steps.every(Number.isFinite)) return 'a step is not a finite number'
  const keys = new Set<string>()
  for (const { key, rowIndexes, values } of rows.numbers) {
    if (keys.has(key)) return `key "${key}" has two columns`
    keys.add(key)
    if (rowIndexes.length !== values.length)
      return `key "${key}" has ${values.length} values for ${rowIndexes.length} rows`
    let previous = -1
    for (const rowIndex of rowIndexes) {
      if (rowIndex <= previous || rowIndex >= rows.rowCount)
        return `key "${key}" has a row index that is out of order or range`
      previous = rowIndex
    }
  }
  const isOutside = (rowIndex: number): boolean =>
    !(Number.isInteger(rowIndex) && rowIndex >= 0 && rowIndex < rows.rowCount)
  const stray = rows.others.find((other) => isOutside(other.rowIndex))
  return stray === undefined ? undefined : `key "${stray.key}" is in row ${stray.rowIndex} of ${rows.rowCount}`
}

function toSteps([first, stride]: Float64Array, rowCount: number): Float64Array {
  const steps = new Float64Array(rowCount)
  for (let row = 0; row < rowCount; row++) steps[row] = first! + row * stride!
  return steps
}

function decodeOthers(bytes: Uint8Array): StoredRowGroup['others'] {
  if (bytes.length === 0) return []
  // Our own text: encodeRowGroup wrote these triples.
  const triples = JSON.parse(new TextDecoder().decode(bytes)) as [number, number, string][]
  return triples.map(([keyId, rowIndex, json]) => ({ keyId, rowIndex, json }))
}

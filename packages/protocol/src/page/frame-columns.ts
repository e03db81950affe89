/** Arrays of numbers that frames hold. */
export type Column = Float64Array | Float32Array | Uint32Array
/** What makes one. */
export type ColumnConstructor = Float64ArrayConstructor | Float32ArrayConstructor | Uint32ArrayConstructor

type NarrowType = 'u8' | 'u16' | 'u32' | 'f32'
type NarrowConstructor =
  | Uint8ArrayConstructor
  | Uint16ArrayConstructor
  | Uint32ArrayConstructor
  | Float32ArrayConstructor

/** Types that a column may be written in where they hold all of its numbers. */
const narrowTypes: Readonly<Record<NarrowType, NarrowConstructor>> = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  f32: Float32Array,
}

/**
 * How a column is written: its length alone where it is in the type that it is read as; a narrower type and the length; or, of
 * numbers with the same distance from each to the next, which are not written at all, the length, the first and the distance.
 */
export type ColumnForm =
  | number
  | readonly [type: NarrowType, length: number]
  | readonly [type: 'step', length: number, first: number, distance: number]

/** A form takes some bytes itself. */
const formedLengthMin = 4

/** The shortest form of a column that gives back every number as it is, and the bytes that go with it. */
export function writeColumn(column: Column): { readonly form: ColumnForm; readonly bytes: Uint8Array } {
  const { length } = column
  if (length < formedLengthMin) return { form: length, bytes: bytesOf(column) }
  const [first, second] = column as unknown as readonly [number, number]
  const distance = second - first
  // Forms are JSON, which has no NaN: a column of nothing else is written out.
  if (Number.isFinite(distance) && column.every((value, i) => Object.is(value, first + i * distance))) {
    return { form: ['step', length, first, distance], bytes: new Uint8Array() }
  }
  const type = narrowTypeOf(column)
  if (type === undefined) return { form: length, bytes: bytesOf(column) }
  return { form: [type, length], bytes: bytesOf(narrowTypes[type].from(column)) }
}

/** How many bytes a column takes in a frame; NaN for what is no form. */
export function columnBytes(Constructor: ColumnConstructor, form: ColumnForm): number {
  if (typeof form === 'number') return form * Constructor.BYTES_PER_ELEMENT
  const [type, length] = form
  return type === 'step' ? 0 : length * (narrowTypes[type]?.BYTES_PER_ELEMENT ?? Number.NaN)
}

/** The column that was written, in its own type; a view of the buffer where it was written in that type. */
export function readColumn(
  Constructor: ColumnConstructor,
  form: ColumnForm,
  buffer: ArrayBuffer,
  byteOffset: number,
): Column {
  if (typeof form === 'number') return new Constructor(buffer, byteOffset, form)
  if (form[0] !== 'step') return new Constructor(new narrowTypes[form[0]](buffer, byteOffset, form[1]))
  const [, length, first, distance] = form
  const column = new Constructor(length)
  for (let i = 0; i < length; i++) column[i] = first + i * distance
  return column
}

/** Undefined: none is narrower, or would lose something. */
function narrowTypeOf(column: Column): NarrowType | undefined {
  const max = largestWhole(column)
  const whole: NarrowType | undefined =
    max === undefined ? undefined : max < 2 ** 8 ? 'u8' : max < 2 ** 16 ? 'u16' : max < 2 ** 32 ? 'u32' : undefined
  const type = whole ?? (isSinglePrecision(column) ? 'f32' : undefined)
  return type && narrowTypes[type].BYTES_PER_ELEMENT < column.BYTES_PER_ELEMENT ? type : undefined
}

/** The largest of whole numbers from 0 on; undefined where there is another one, such as −0. */
function largestWhole(column: Column): number | undefined {
  let max = 0
  for (const value of column) {
    if (!(value >= 0 && Number.isInteger(value)) || Object.is(value, -0)) return undefined
    if (value > max) max = value
  }
  return max
}

function isSinglePrecision(column: Column): boolean {
  return column.every((value) => Object.is(Math.fround(value), value))
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView<ArrayBufferLike>): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

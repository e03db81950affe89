import type { SpaceMesh } from './space-model.ts'

/** What is read of a glTF file's JSON. Whatever the file says: indices may lead nowhere. */
export interface GltfJson {
  readonly scene?: number
  readonly scenes?: readonly { readonly nodes?: readonly number[] }[]
  readonly nodes?: readonly GltfNode[]
  readonly meshes?: readonly { readonly primitives?: readonly GltfPrimitive[] }[]
  readonly materials?: readonly {
    readonly alphaMode?: string
    readonly pbrMetallicRoughness?: {
      readonly baseColorFactor?: readonly number[]
      readonly baseColorTexture?: { readonly index: number }
    }
  }[]
  readonly textures?: readonly { readonly source?: number }[]
  readonly images?: readonly { readonly uri?: string; readonly bufferView?: number; readonly mimeType?: string }[]
  readonly accessors?: readonly {
    readonly bufferView?: number
    readonly byteOffset?: number
    readonly componentType: number
    readonly count: number
    readonly type: string
    readonly normalized?: boolean
    readonly sparse?: object
  }[]
  readonly bufferViews?: readonly {
    readonly buffer: number
    readonly byteOffset?: number
    readonly byteLength: number
    readonly byteStride?: number
  }[]
  readonly buffers?: readonly { readonly uri?: string; readonly byteLength: number }[]
  readonly animations?: readonly object[]
}
export interface GltfNode {
  readonly mesh?: number
  readonly children?: readonly number[]
  readonly matrix?: readonly number[]
  readonly translation?: readonly number[]
  readonly rotation?: readonly number[]
  readonly scale?: readonly number[]
}
interface GltfPrimitive {
  readonly attributes?: Readonly<Record<string, number | undefined>>
  readonly indices?: number
  readonly material?: number
  readonly mode?: number
  readonly extensions?: object
}

/** A glTF file whose numbers can be read. Each throws an Error that says what is wrong. */
export interface GltfFile {
  readonly json: GltfJson
  /** All numbers of an accessor; those that stand for fractions as such. */
  floats(accessor: number): Float32Array
  /** Three for each corner, 0…1, without opacity. */
  colors(accessor: number): Float32Array
  indices(accessor: number): Uint32Array
  image(index: number): SpaceMesh['texture']
}

const glbMagic = 0x46_54_6c_67
const jsonChunk = 0x4e_4f_53_4a
const binaryChunk = 0x00_4e_49_42

const componentCounts: Readonly<Record<string, number>> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT4: 16 }
/** By `componentType`: bytes, how to read one, and the largest value, which stands for 1 where they are fractions. */
const components: Readonly<
  Record<number, readonly [bytes: number, read: (view: DataView, at: number) => number, most: number]>
> = {
  5120: [1, (view, at) => view.getInt8(at), 127],
  5121: [1, (view, at) => view.getUint8(at), 255],
  5122: [2, (view, at) => view.getInt16(at, true), 32_767],
  5123: [2, (view, at) => view.getUint16(at, true), 65_535],
  5125: [4, (view, at) => view.getUint32(at, true), 4_294_967_295],
  5126: [4, (view, at) => view.getFloat32(at, true), 1],
}

/**
 * Places, directions, corners of triangles and the like that are read of one file, however often it names them. Ten million
 * triangles with all that belongs to their corners are below it.
 */
const rowCountMax = 60_000_000

/** @throws Error for what is no glTF 2.0. */
export function openGltf(bytes: Uint8Array): GltfFile {
  const { json, binary } = readContainer(bytes)
  const buffers = new Map<number, Uint8Array>()
  const images = new Map<number, SpaceMesh['texture']>()
  let rowCount = 0

  const bufferOf = (index: number): Uint8Array => {
    const known = buffers.get(index)
    if (known) return known
    const { uri } = json.buffers?.[index] ?? {}
    const found = uri === undefined ? (index === 0 ? binary : undefined) : dataOf(uri)
    if (found === undefined) throw new Error(`Its part ${index} is missing.`)
    buffers.set(index, found)
    return found
  }
  const viewOf = (index: number): { readonly bytes: Uint8Array; readonly stride: number | undefined } => {
    const view = json.bufferViews?.[index]
    if (view === undefined) throw new Error(`It names a view ${index} that there is not.`)
    const { byteOffset = 0, byteLength, byteStride } = view
    const buffer = bufferOf(view.buffer)
    if (byteOffset < 0 || byteLength < 0 || byteOffset + byteLength > buffer.length)
      throw new Error('It was cut off: a part of it lies behind its end.')
    return { bytes: buffer.subarray(byteOffset, byteOffset + byteLength), stride: byteStride }
  }
  const numbers = (index: number): { readonly values: Float64Array; readonly width: number } => {
    const accessor = json.accessors?.[index]
    if (accessor?.bufferView === undefined || accessor.sparse !== undefined)
      throw new Error('It keeps numbers in a way that is not read here.')
    const width = componentCounts[accessor.type]
    const component = components[accessor.componentType]
    if (width === undefined || component === undefined) throw new Error('It has numbers of a kind that there is not.')
    const [size, read, most] = component
    const { bytes: part, stride = width * size } = viewOf(accessor.bufferView)
    const { byteOffset = 0, count, normalized = false } = accessor
    if (!Number.isSafeInteger(count) || !(byteOffset >= 0))
      throw new Error('It tells no count or place of its numbers.')
    if (!(stride >= width * size)) throw new Error('Numbers of it overlap each other.')
    if (count < 0 || (count > 0 && byteOffset + (count - 1) * stride + width * size > part.length))
      throw new Error('It was cut off: numbers of it lie behind its end.')
    rowCount += count
    if (rowCount > rowCountMax) throw new Error(`It has more than ${rowCountMax} corners.`)
    const view = new DataView(part.buffer, part.byteOffset, part.byteLength)
    const values = new Float64Array(count * width)
    for (let row = 0; row < count; row += 1) {
      for (let column = 0; column < width; column += 1) {
        const value = read(view, byteOffset + row * stride + column * size)
        values[row * width + column] = normalized ? Math.max(-1, value / most) : value
      }
    }
    return { values, width }
  }
  const readImage = (index: number): SpaceMesh['texture'] => {
    const { uri, bufferView, mimeType = 'image/png' } = json.images?.[index] ?? {}
    if (bufferView !== undefined) return { bytes: viewOf(bufferView).bytes, mimeType }
    if (uri === undefined) return undefined
    return { bytes: dataOf(uri), mimeType: /^data:([^;,]+)/.exec(uri)?.[1] ?? mimeType }
  }

  return {
    json,
    floats: (accessor) => Float32Array.from(numbers(accessor).values),
    colors(accessor) {
      const { values, width } = numbers(accessor)
      const isWhole =
        json.accessors?.[accessor]?.componentType !== 5126 && json.accessors?.[accessor]?.normalized !== true
      const rgb = new Float32Array((values.length / width) * 3)
      for (let at = 0; at < rgb.length; at += 1) {
        const value = values[Math.floor(at / 3) * width + (at % 3)] ?? 0
        rgb[at] = isWhole ? value / 255 : value
      }
      return rgb
    },
    indices: (accessor) => Uint32Array.from(numbers(accessor).values),
    image(index) {
      if (!images.has(index)) images.set(index, readImage(index))
      return images.get(index)
    },
  }
}

function readContainer(bytes: Uint8Array): { readonly json: GltfJson; readonly binary: Uint8Array | undefined } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 20 || view.getUint32(0, true) !== glbMagic) return { json: parse(bytes), binary: undefined }
  let json: GltfJson | undefined
  let binary: Uint8Array | undefined
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at, true)
    const kind = view.getUint32(at + 4, true)
    const part = bytes.subarray(at + 8, at + 8 + length)
    if (part.length < length) throw new Error('It was cut off.')
    if (kind === jsonChunk) json = parse(part)
    else if (kind === binaryChunk) binary = part
    at += 8 + length
  }
  if (json === undefined) throw new Error('This is no glTF file.')
  return { json, binary }
}

function parse(bytes: Uint8Array): GltfJson {
  const json = JSON.parse(new TextDecoder().decode(bytes)) as GltfJson & {
    readonly asset?: { readonly version?: string }
  }
  if (typeof json !== 'object' || json === null || json.asset?.version?.startsWith('2') !== true)
    throw new Error('This is no glTF 2 file.')
  return json
}

/** The bytes in a `data:` address. @throws Error for any other address: nothing is fetched. */
function dataOf(uri: string): Uint8Array {
  const data = /^data:[^,]*;base64,(.*)$/s.exec(uri)?.[1]
  if (data === undefined)
    throw new Error('Parts of it are in other files, which are not loaded. Log it as one file, such as .glb.')
  return Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
}

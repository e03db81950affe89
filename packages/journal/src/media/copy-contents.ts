import { mapContents } from './map-contents.ts'
import type { MediaArray, MediaSnapshot } from './media-snapshot.ts'

/** A media value that nobody else can change, on its way to another thread. */
export interface CopiedMedia {
  readonly snapshot: MediaSnapshot
  /** The memory of its arrays, to be handed over without another copy. */
  readonly buffers: ArrayBuffer[]
}

/**
 * Copies the arrays of a media value: what the program does to them afterwards is not seen. Each becomes as large as what
 * it shows of its memory.
 */
export function copyContents(original: MediaSnapshot): CopiedMedia {
  const buffers: ArrayBuffer[] = []
  const snapshot = mapContents(original, (content) => {
    if (!('data' in content)) return content
    const data = copyArray(content.data)
    buffers.push(data.buffer)
    return { ...content, data }
  })
  return { snapshot, buffers }
}

const kinds = [Uint8Array, Uint8ClampedArray, Int16Array, Int32Array, Float32Array, Float64Array]

/** A subclass, such as Buffer, becomes a plain array of bytes. */
function copyArray(array: MediaArray): MediaArray & { readonly buffer: ArrayBuffer } {
  const Kind: new (array: MediaArray) => MediaArray & { readonly buffer: ArrayBuffer } =
    kinds.find((kind) => array instanceof kind) ?? Uint8Array
  return new Kind(array)
}

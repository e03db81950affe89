/** Bytes that are read by position. */
export interface ByteSource {
  readonly size: number
  /** Fewer than `length` only at the end. */
  read(offset: number, length: number): Promise<Uint8Array>
}

/** Bytes that are in memory already. */
export function ofBytes(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) }
}

/** CRC-32 of zlib (IEEE 802.3). `value` is the checksum of what came before, so that parts can be chained. */
export type Crc32 = (bytes: Uint8Array, value?: number) => number

const table = /* @__PURE__ */ makeTable()

/** CRC-32 without help from the platform; Node's `zlib.crc32` gives the same and is faster. */
export const crc32: Crc32 = (bytes, value = 0) => {
  let crc = ~value
  for (let index = 0; index < bytes.length; index += 1) {
    crc = (table[(crc ^ (bytes[index] as number)) & 0xff] as number) ^ (crc >>> 8)
  }
  return ~crc >>> 0
}

function makeTable(): Int32Array {
  const entries = new Int32Array(256)
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
    entries[byte] = crc
  }
  return entries
}

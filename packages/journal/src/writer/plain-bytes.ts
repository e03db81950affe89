// What a value costs beside its text: an object with its shape, a member of a list, a number.
const objectBytes = 48
const memberBytes = 16

/**
 * Roughly how much memory plain data takes: what a message between threads is made of. Arrays in shared memory count
 * nothing, as they are not copied and have a bound of their own.
 */
export function estimatePlainBytes(value: unknown): number {
  if (typeof value === 'string') return memberBytes + value.length
  if (typeof value !== 'object' || value === null) return memberBytes
  if (ArrayBuffer.isView(value)) {
    return objectBytes + (value.buffer instanceof SharedArrayBuffer ? 0 : value.byteLength)
  }
  let bytes = objectBytes
  if (Array.isArray(value)) for (const member of value) bytes += estimatePlainBytes(member)
  else if (value instanceof Map) {
    for (const [key, member] of value) bytes += estimatePlainBytes(key) + estimatePlainBytes(member)
  } else for (const member of Object.values(value)) bytes += estimatePlainBytes(member)
  return bytes
}

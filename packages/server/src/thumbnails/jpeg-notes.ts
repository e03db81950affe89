/** What stands beside the pixels of a JPEG. */
export interface JpegNotes {
  /** Exif's number of how the picture is to be turned, 1…8; 1: as it is. */
  readonly orientation: number
  /** The ICC profile that its colours are meant in. */
  readonly profile?: Uint8Array
  /** Whether its colours are stored as red, green and blue, which is rare. */
  readonly isRgb: boolean
}

/** Reads Exif's orientation, the colour profile and Adobe's mark from the segments before the first scan. */
export function readNotes(bytes: Uint8Array): JpegNotes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const profileParts = new Map<number, Uint8Array>()
  let orientation = 1
  let isRgb = false
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1]!
    if (marker === 0xda || marker === 0xd9) break
    const end = at + 2 + view.getUint16(at + 2)
    const segment = bytes.subarray(at + 4, end)
    const head = latin1(segment.subarray(0, 14))
    if (marker === 0xe1 && head.startsWith('Exif\0\0'))
      orientation = readOrientation(segment.subarray(6)) ?? orientation
    if (marker === 0xe2 && head.startsWith('ICC_PROFILE\0')) profileParts.set(segment[12] ?? 0, segment.subarray(14))
    if (marker === 0xee && head.startsWith('Adobe')) isRgb = segment[11] === 0
    at = end
  }
  const parts = [...profileParts].sort(([a], [b]) => a - b).map(([, part]) => part)
  return { orientation, isRgb, ...(parts.length === 0 ? {} : { profile: Buffer.concat(parts) }) }
}

function readOrientation(tiff: Uint8Array): number | undefined {
  if (tiff.length < 8) return undefined
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  const isLittle = view.getUint16(0) === 0x4949
  const directory = view.getUint32(4, isLittle)
  if (directory + 2 > tiff.length) return undefined
  const count = view.getUint16(directory, isLittle)
  for (let index = 0; index < count; index += 1) {
    const entry = directory + 2 + 12 * index
    if (entry + 12 > tiff.length) return undefined
    if (view.getUint16(entry, isLittle) !== 0x0112) continue
    const value = view.getUint16(entry + 8, isLittle)
    return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

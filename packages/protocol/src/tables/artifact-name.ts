import { crc32 } from '../framing/crc32.ts'

const nameLengthMax = 128

/**
 * A name for an artifact that is made without anybody choosing one, as W&B's client makes it: what artifact names may
 * not have is left out, and if that changed the name, a checksum of the original is appended to keep names apart.
 *
 * @example sanitizeArtifactName('run-k3v9x2ab-tbl:x/y') // 'run-k3v9x2ab-tblxy-IYwH4w'
 */
export function sanitizeArtifactName(name: string): string {
  const allowed = name.replaceAll(/[^a-zA-Z0-9_\-.]+/g, '')
  if (allowed === name && name.length <= nameLengthMax) return name
  // W&B's client leaves names that are too long as they are, and then fails.
  return `${allowed.slice(0, nameLengthMax - 7)}-${toChecksumText(name)}`
}

/** The CRC-32 of the name, big-endian, in URL-safe base64 without padding: six characters. */
function toChecksumText(name: string): string {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, crc32(new TextEncoder().encode(name)))
  const base64 = btoa(String.fromCharCode(...bytes))
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

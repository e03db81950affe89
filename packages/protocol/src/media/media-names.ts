/** Which file of a run a media value becomes. */
export interface MediaFileName {
  /** Folder below `media`, such as `images`. */
  readonly folder: string
  /** Innermost key of the value. Slashes make folders. */
  readonly key: string
  /** Step of its row, or `summary`. */
  readonly place: string
  /** SHA-256 of its content, hex. */
  readonly sha256: string
  /** With its dot: `.png`. */
  readonly extension: string
}

const idLength = 20
// A file's name may take 255 bytes on the file systems in use; this leaves room for step, id and extension.
const keyPartBytesMax = 180

/**
 * Path of a media file below a run's `files/`, as W&B's client names it: `media/<folder>/<key>_<step>_<20 hex><ext>`.
 *
 * @param hasStrictNames - Whether the file system refuses `< > : " \ ? * |` in names, as Windows does. W&B's client
 *   refuses such keys there; here they become `_`.
 */
export function toMediaPath(name: MediaFileName, hasStrictNames = false): string {
  const { folder, key, place, sha256, extension } = name
  return `media/${folder}/${toSafeKey(key, hasStrictNames)}_${place}_${sha256.slice(0, idLength)}${extension}`
}

/** A key as part of a path that stays inside its folder: `..` becomes `__`, `.` becomes `_`. */
export function toSafeKey(key: string, hasStrictNames = false): string {
  return key
    .toWellFormed()
    .split('/')
    .filter((part) => part !== '')
    .map((part) => (part === '.' || part === '..' ? part.replaceAll('.', '_') : part))
    .map((part) => part.replaceAll('\0', '_'))
    .map((part) => (hasStrictNames ? part.replaceAll(/[<>:"\\?*|]/g, '_') : part))
    .map((part) => shorten(part))
    .join('/')
}

function shorten(part: string): string {
  const encoder = new TextEncoder()
  if (part.length * 3 <= keyPartBytesMax) return part
  let bytes = 0
  let short = ''
  for (const character of part) {
    bytes += encoder.encode(character).length
    if (bytes > keyPartBytesMax) return short
    short += character
  }
  return short
}

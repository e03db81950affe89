import { InvalidMediaError } from '../errors.ts'

/** The beginning of a file of the user. */
export interface MediaFileHead {
  /** Absolute. */
  readonly path: string
  /** Its first bytes, at most {@link headBytesMax}. */
  readonly head: Uint8Array
}

/** How media reach files where the program runs. */
export interface MediaFileAccess {
  /** @throws what the file system throws. */
  readHead(path: string | URL, bytesMax: number): MediaFileHead
  /** All of a file, and its absolute path. @throws what the file system throws. */
  readWhole(path: string | URL): { readonly path: string; readonly bytes: Uint8Array }
  /** Decompresses what has neither header nor checksum (RFC 1951). @throws when it is damaged or longer than `sizeBytes`. */
  inflateRaw(bytes: Uint8Array, sizeBytes: number): Uint8Array
  /** Shows a line to the user. */
  say(line: string): void
}

/** Enough for the metadata that stand before the size in a JPEG: 16 segments of at most 64 KiB. */
const headBytesMax: number = 2 ** 20

let access: MediaFileAccess | undefined
const said = new Set<string>()

/** Says how files are read here. Called once, by the part of the SDK that knows the platform. */
export function setMediaFileAccess(given: MediaFileAccess): void {
  access = given
}

/** The beginning of a file. @throws {@link InvalidMediaError} when the file cannot be read. */
export function readMediaFile(path: string | URL): MediaFileHead {
  return readWith(path, (files) => files.readHead(path, headBytesMax))
}

/**
 * All of a text file, UTF-8.
 *
 * @throws {@link InvalidMediaError} when the file cannot be read, or is longer than a text can be (in V8 half a gigabyte).
 */
export function readMediaText(path: string | URL): { readonly path: string; readonly text: string } {
  return readWith(path, (files) => {
    const { path: absolute, bytes } = files.readWhole(path)
    return { path: absolute, text: new TextDecoder().decode(bytes) }
  })
}

/** All of a file. @throws {@link InvalidMediaError} when it cannot be read. */
export function readMediaBytes(path: string | URL): Uint8Array {
  return readWith(path, (files) => files.readWhole(path).bytes)
}

/** Decompresses a part of a file (RFC 1951). @throws {@link InvalidMediaError} where no platform can. */
export function inflateRaw(bytes: Uint8Array, sizeBytes: number): Uint8Array {
  if (access === undefined) {
    throw new InvalidMediaError('Compressed files cannot be read here.', 'Read the table without its arrays.')
  }
  return access.inflateRaw(bytes, sizeBytes)
}

function readWith<Result>(path: string | URL, read: (files: MediaFileAccess) => Result): Result {
  if (access === undefined) {
    throw new InvalidMediaError('Files cannot be read here.', 'Pass the bytes of the file instead of its path.')
  }
  try {
    return read(access)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new InvalidMediaError(
      `The file "${path}" cannot be read: ${why}`,
      'Check the path; relative ones begin at the working directory.',
      cause,
    )
  }
}

/**
 * Shows a line to the user, once.
 *
 * @param topic - What is said once, where the line names one case of many. Default: the line.
 */
export function sayOnce(line: string, topic: string = line): void {
  if (said.has(topic)) return
  said.add(topic)
  access?.say(line)
}

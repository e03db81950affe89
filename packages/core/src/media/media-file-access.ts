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
  /** Shows a line to the user. */
  say(line: string): void
}

/** Enough for the metadata that stand before the size in a JPEG: 16 segments of at most 64 KiB. */
export const headBytesMax: number = 2 ** 20

let access: MediaFileAccess | undefined
const said = new Set<string>()

/** Says how files are read here. Called once, by the part of the SDK that knows the platform. */
export function setMediaFileAccess(given: MediaFileAccess): void {
  access = given
}

/** @throws {@link InvalidMediaError} when the file cannot be read. */
export function readMediaFile(path: string | URL): MediaFileHead {
  if (access === undefined) {
    throw new InvalidMediaError('Files cannot be read here.', 'Pass the bytes of the file instead of its path.')
  }
  try {
    return access.readHead(path, headBytesMax)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new InvalidMediaError(
      `The file "${path}" cannot be read: ${why}`,
      'Check the path; relative ones begin at the working directory.',
      cause,
    )
  }
}

/** Shows a line to the user, each one once. */
export function sayOnce(line: string): void {
  if (said.has(line)) return
  said.add(line)
  access?.say(line)
}

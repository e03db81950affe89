import { StoreError } from '../errors.ts'

/**
 * Parts of contents that do not arrive at once. They are no contents: nobody finds them by a digest, and nothing refers to them.
 * Uploads and parts have names of 1 to 100 lower-case letters, digits and `-`; others are refused with `invalid`.
 */
export interface BlobParts {
  /**
   * Keeps a part of an upload. One of the same name is replaced.
   *
   * @throws {@link StoreError} `full`, `unavailable`; and what the stream throws.
   */
  put(upload: string, part: string, content: AsyncIterable<Uint8Array>): Promise<void>
  /**
   * The bytes of the named parts, one after the other; a name may stand there repeatedly.
   *
   * @throws {@link StoreError} `not-found` when a part is not there, `unavailable`.
   */
  read(upload: string, parts: readonly string[]): AsyncIterable<Uint8Array>
  /** Lets go of all parts of an upload. One that is not there is no error. */
  drop(upload: string): Promise<void>
  /** Every upload that has parts, in no order. */
  list(): AsyncIterable<BlobUpload>
}

/** What has arrived of an upload. */
export interface BlobUpload {
  readonly upload: string
  readonly sizeBytes: number
  /** When its last part was put. */
  readonly putAtMs: number
}

export function isPartName(name: string): boolean {
  return /^[a-z0-9-]{1,100}$/.test(name)
}

/** @throws {@link StoreError} `invalid`. */
export function checkPartName(name: string): string {
  if (isPartName(name)) return name
  throw new StoreError({
    code: 'invalid',
    message: 'Names of uploads and parts are lower-case letters, digits and "-".',
  })
}

export function noSuchPart(upload: string, part: string): StoreError {
  return new StoreError({
    code: 'not-found',
    message: `The upload "${upload}" has no part "${part}".`,
    hint: 'Ask for places again and send all parts.',
  })
}

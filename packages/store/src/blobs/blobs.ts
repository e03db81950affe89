import { StoreError } from '../errors.ts'
import type { BlobParts } from './blob-parts.ts'

/** SHA-256 in 64 lower-case hexadecimal digits; made by {@link parseBlobDigest} or by a {@link Blobs}. */
export type BlobDigest = string & { readonly __brand: 'BlobDigest' }

/** @throws {@link StoreError} `invalid`. */
export function parseBlobDigest(text: string): BlobDigest {
  if (/^[0-9a-f]{64}$/.test(text)) return text as BlobDigest
  throw new StoreError({ code: 'invalid', message: 'A digest is 64 lower-case hexadecimal digits.' })
}

/** Contents by their SHA-256, each kept once. */
export interface Blobs {
  /**
   * Keeps a content; resolves when it is on disk. The same content again costs its reading only.
   *
   * @param expected - The digest that the content should have; another one is refused and nothing kept.
   * @throws {@link StoreError} `conflict` (not the expected content), `full`, `unavailable`; and what the stream throws.
   */
  put(
    content: Uint8Array | AsyncIterable<Uint8Array>,
    expected?: BlobDigest,
  ): Promise<{ readonly digest: BlobDigest; readonly sizeBytes: number }>
  /**
   * Takes over a file of this machine: without reading it where it already is the kept content (the same inode, under a name
   * that is its digest), without copying it where it can be linked. A file is linked only if its name is its digest: whoever
   * names files so does not change them.
   *
   * @param inspect - Sees the content while it is read, and may refuse it by throwing.
   * @returns as {@link Blobs.put}; `isRead` is false where nothing was read.
   * @throws {@link StoreError} `unavailable` when the file cannot be read, `full`; and what `inspect` throws.
   */
  adopt(
    file: string,
    inspect?: (content: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
  ): Promise<{ readonly digest: BlobDigest; readonly sizeBytes: number; readonly isRead: boolean }>
  /** The content or the given part of it (both ends inclusive), or undefined when there is none. Read it or cancel it. */
  get(digest: BlobDigest, range?: ByteRange): Promise<ReadableStream<Uint8Array> | undefined>
  has(digest: BlobDigest): Promise<boolean>
  /** Bytes of the content, or undefined when there is none. */
  size(digest: BlobDigest): Promise<number | undefined>
  /**
   * Lets go of a content.
   *
   * @param untouchedSinceMs - Leave it if it was put (again) after this time.
   * @returns false when there is none, or it was left.
   */
  delete(digest: BlobDigest, untouchedSinceMs?: number): Promise<boolean>
  /**
   * Removes what puts that were broken off have left, or only says how much that is. Puts of this process that are under way
   * are left alone; those of others are known by their time.
   *
   * @param options.untouchedSinceMs - What was written to after this time stays.
   */
  collectLeftovers(options: {
    readonly untouchedSinceMs: number
    readonly apply: boolean
  }): Promise<{ readonly count: number; readonly sizeBytes: number }>
  /** Every content, in no order. */
  list(): AsyncIterable<BlobListing>
  /** What arrives in pieces, until it is put as a whole. */
  readonly parts: BlobParts
}

/** Part of a content; `last` is the last byte, not the one behind it. */
export interface ByteRange {
  readonly first: number
  readonly last: number
}

/** A content that is there. */
export interface BlobListing {
  readonly digest: BlobDigest
  readonly sizeBytes: number
  /** When it was put last. */
  readonly putAtMs: number
}

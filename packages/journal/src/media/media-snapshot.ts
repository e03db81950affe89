import type { PixelArray } from '@lossline/protocol'

/** What a file of a media value is made of. It is encoded where the journal is written. */
export type MediaContent =
  /** The file as it is. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'text'; readonly text: string }
  /** Becomes a PNG. Rows from the top, channels beside each other. */
  | {
      readonly kind: 'pixels'
      readonly data: PixelArray
      readonly width: number
      readonly height: number
      readonly channels: 1 | 2 | 3 | 4
      /** Whether floats in [0, 1] or [-1, 1] are stretched to bytes. */
      readonly isNormalized: boolean
    }
  /** A file of the user. */
  | {
      readonly kind: 'file'
      /** Absolute. */
      readonly path: string
      /** Whether it is a copy that was made for this value and is removed when it has been taken over. */
      readonly isStaged?: boolean
    }

/** An image, with what is drawn over it. */
export interface ImageSnapshot {
  readonly kind: 'image'
  readonly content: MediaContent
  /** With its dot. */
  readonly extension: string
  readonly width: number
  readonly height: number
  readonly caption?: string
  readonly grouping?: number
}

/** Several values of one kind under one key: W&B's batches. */
export interface BatchSnapshot {
  readonly kind: 'batch'
  /** At least one. */
  readonly items: readonly ImageSnapshot[]
}

/** A list that holds media beside other things. */
export interface ListSnapshot {
  readonly kind: 'list'
  readonly items: readonly (MediaSnapshot | JsonSnapshot)[]
}

/** A part of a list that is no media: its JSON text. */
export interface JsonSnapshot {
  readonly kind: 'json'
  readonly json: string
}

/**
 * A media value on its way to the thread that writes: plain data that can be cloned. Typed arrays in it are copied into
 * shared memory when the value is logged, and files are staged in the run's folder; see `copyMedia`.
 */
export type MediaSnapshot = ImageSnapshot | BatchSnapshot | ListSnapshot

/** A media value in a row or in the summary. */
export interface MediaItem {
  readonly path: readonly string[]
  readonly media: MediaSnapshot
}

import type { AnimatedFrames, PixelArray, SampledSound, VideoArray } from '@lossline/protocol'
import type {
  ArtifactValueSnapshot,
  MediaReferenceSnapshot,
  TableRepeatSnapshot,
  TableSnapshot,
} from './table-snapshot.ts'

/** Arrays that media are made of. */
export type MediaArray = Uint8Array | Uint8ClampedArray | Int16Array | Int32Array | Float32Array | Float64Array

/** What a media value is made of. It is encoded where the journal is written. */
export type MediaContent =
  /** A file as it is. */
  | { readonly kind: 'bytes'; readonly data: Uint8Array }
  /** A file as it is, UTF-8. */
  | { readonly kind: 'text'; readonly text: string }
  | PixelContent
  /** Becomes a WAV. */
  | ({ readonly kind: 'sound' } & SampledSound)
  /** Becomes an animated GIF. */
  | ({ readonly kind: 'frames' } & VideoArray & Pick<AnimatedFrames, 'framesPerSecond'>)
  /** Becomes a JSON list of rows. */
  | { readonly kind: 'points'; readonly data: MediaArray; readonly columnCount: number }
  /** Stay numbers. */
  | { readonly kind: 'numbers'; readonly data: MediaArray }
  | FileContent

/** Becomes a PNG. Rows from the top, channels beside each other. */
export interface PixelContent {
  readonly kind: 'pixels'
  readonly data: PixelArray
  readonly width: number
  readonly height: number
  readonly channels: 1 | 2 | 3 | 4
  /** Whether floats in [0, 1] or [-1, 1] are stretched to bytes. */
  readonly isNormalized: boolean
}

/** A file of the user. */
export interface FileContent {
  readonly kind: 'file'
  /** Absolute. */
  readonly path: string
  /** A copy that was made for this value; it is removed when the value is safe. */
  readonly stagedPath?: string
}

/** Names of classes by their numbers. */
export type ClassLabels = Readonly<Record<string, string>>

/** Boxes over an image. */
export interface BoxLayerSnapshot {
  readonly name: string
  /** JSON of the list of boxes, as W&B's client writes it. */
  readonly boxesJson: string
  /** As given. */
  readonly classLabels?: ClassLabels
  /** As given, or one for each class of the boxes. */
  readonly shownLabels: ClassLabels
}

/** Classes of an image's pixels. */
export interface MaskLayerSnapshot {
  readonly name: string
  readonly content: PixelContent | FileContent
  /** Default: one for each class in the mask; none for a file. */
  readonly classLabels?: ClassLabels
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
  readonly boxes?: readonly BoxLayerSnapshot[]
  readonly masks?: readonly MaskLayerSnapshot[]
  /** Only artifacts hold them. */
  readonly classes?: readonly { readonly id: number | string; readonly name: string }[]
}

/** Kinds of media that are one file and little more. */
export type FileMediaKind = 'audio' | 'video' | 'html' | 'object3D' | 'molecule' | 'plotly' | 'graph'

/** A media value that is one file. */
export interface FileMediaSnapshot {
  readonly kind: FileMediaKind
  readonly content: MediaContent
  /** With its dot. */
  readonly extension: string
  readonly caption?: string
  /** Size in pixels; of videos that are encoded here. */
  readonly width?: number
  readonly height?: number
  /** Of sounds, where known. */
  readonly sampleRate?: number
  readonly durationSeconds?: number
}

/** Numbers to be counted into bins. */
export interface HistogramSnapshot {
  readonly kind: 'histogram'
  readonly content: { readonly kind: 'numbers'; readonly data: MediaArray }
  readonly binCount: number
}

/** Several values of one kind under one key: W&B's batches. */
export type BatchSnapshot =
  | { readonly kind: 'batch'; readonly of: 'image'; readonly items: readonly ImageSnapshot[] }
  | { readonly kind: 'batch'; readonly of: BatchedFileKind; readonly items: readonly FileMediaSnapshot[] }

/** Kinds of {@link FileMediaKind} that make batches. */
export type BatchedFileKind = 'audio' | 'video' | 'html' | 'object3D' | 'molecule'

/** A list that holds media beside other things. */
export interface ListSnapshot {
  readonly kind: 'list'
  readonly items: readonly MediaSnapshot[]
}

/** A value that needs no file: its JSON text. */
export interface JsonSnapshot {
  readonly kind: 'json'
  readonly json: string
}

/**
 * A media value on its way to the thread that writes: plain data that can be cloned. Arrays in it belong to the caller
 * until the value is logged; then they are copied into shared memory, and files are staged in the run's folder.
 */
export type MediaSnapshot =
  | ImageSnapshot
  | FileMediaSnapshot
  | HistogramSnapshot
  | BatchSnapshot
  | ListSnapshot
  | JsonSnapshot
  | TableSnapshot
  | TableRepeatSnapshot
  | MediaReferenceSnapshot
  | ArtifactValueSnapshot

/** A media value in a row or in the summary. */
export interface MediaItem {
  readonly path: readonly string[]
  readonly media: MediaSnapshot
}

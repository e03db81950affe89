import { ArtifactFileError, type ArtifactFileErrorCode } from './artifact-error.ts'
import type { KeepFileOptions, KeptFile } from './keep-file.ts'
import type { KeepMediaOptions, KeptMediaFile } from './keep-media.ts'

/** Files that a worker keeps, one after the other. */
export interface KeepFilesJob {
  readonly kind: 'files'
  readonly files: readonly KeepFileOptions[]
  /** Whether those after one that fails are kept too. */
  readonly isEachTried: boolean
}

/** A media value or table that a worker encodes and keeps. */
export interface KeepMediaJob {
  readonly kind: 'media'
  readonly media: KeepMediaOptions
}

/** What a worker is asked to do. */
export type ContentJob = KeepFilesJob | KeepMediaJob

/** What became of one file. */
export type FileOutcome = { readonly kept: KeptFile } | { readonly failure: PlainError }

/** What became of a media value. */
export type MediaOutcome = { readonly files: readonly KeptMediaFile[] } | { readonly failure: PlainError }

/** A worker's answer to a job: what became of each file, up to the first that failed unless each is tried; or of the media. */
export type ContentJobResult<Job extends ContentJob> = Job extends KeepFilesJob ? readonly FileOutcome[] : MediaOutcome

/** An error in the form in which it passes between threads. */
export interface PlainError {
  readonly message: string
  readonly hint?: string
  readonly code?: string
  readonly path?: string
}

export function toPlainError(error: unknown): PlainError {
  if (error instanceof ArtifactFileError) {
    const { message, hint, code, path } = error
    return { message, code, path, ...(hint === undefined ? {} : { hint }) }
  }
  return { message: error instanceof Error ? error.message : String(error) }
}

export function fromPlainError({ message, hint, code, path }: PlainError): Error {
  if (code === undefined || path === undefined) return new Error(message)
  // Only an ArtifactFileError has a path.
  return new ArtifactFileError({
    code: code as ArtifactFileErrorCode,
    message,
    path,
    ...(hint === undefined ? {} : { hint }),
  })
}

import { ArtifactFileError, type ArtifactFileErrorCode } from './artifact-error.ts'
import type { KeepFileOptions, KeptFile } from './keep-file.ts'

/** Files that a worker keeps, one after the other. */
export interface ContentJob {
  readonly files: readonly KeepFileOptions[]
}

/** An error in the form in which it passes between threads. */
export interface PlainError {
  readonly message: string
  readonly hint?: string
  readonly code?: string
  readonly path?: string
}

/** What became of a job: its files up to the first that failed. */
export interface ContentJobResult {
  readonly kept: readonly KeptFile[]
  readonly failure?: PlainError
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

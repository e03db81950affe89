import { LosslineError, type LosslineErrorOptions } from '@lossline/protocol'

/** Codes of {@link ArtifactFileError}. */
export type ArtifactFileErrorCode =
  | 'artifact-disk-full'
  | 'artifact-file-changed'
  | 'artifact-file-missing'
  | 'artifact-file-unreadable'
  | 'artifact-file-unsupported'

/** A file that cannot become part of an artifact; the message names it. */
export class ArtifactFileError extends LosslineError {
  override readonly name: string = 'ArtifactFileError'
  declare readonly code: ArtifactFileErrorCode
  /** Path of the file, as it was given. */
  readonly path: string

  constructor(options: LosslineErrorOptions & { readonly code: ArtifactFileErrorCode; readonly path: string }) {
    super(options)
    this.path = options.path
  }
}

/** What an error of the file system, while a file was read or kept, says to the user. */
export function toArtifactFileError(path: string, error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error) || error instanceof ArtifactFileError) return error
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new ArtifactFileError({
        code: 'artifact-file-missing',
        path,
        message: `"${path}" does not exist, or was removed while it was read.`,
        hint: 'Add the file when it is there, and leave it alone until it is added.',
        cause: error,
      })
    case 'ENOSPC':
    case 'EDQUOT':
      return new ArtifactFileError({
        code: 'artifact-disk-full',
        path,
        message: `The disk is full: "${path}" cannot be kept for its artifact.`,
        hint: 'Free some space, or let the data folder be on another disk with the option dir or LOSSLINE_DIR.',
        cause: error,
      })
    default:
      return new ArtifactFileError({
        code: 'artifact-file-unreadable',
        path,
        message: `"${path}" cannot be added to an artifact: ${error.message}`,
        hint: 'Check who may read the file, and who may write to the data folder.',
        cause: error,
      })
  }
}

/** A file that was not the same at the end of its reading as at the start. */
export function fileChanged(path: string): ArtifactFileError {
  return new ArtifactFileError({
    code: 'artifact-file-changed',
    path,
    message: `"${path}" changed while it was read.`,
    hint: 'Add the file when nothing writes to it any more, or write it under another name and rename it.',
  })
}

import { LosslineError, type LosslineErrorOptions } from '@lossline/protocol'

/** Codes of {@link ArtifactError}. */
export type ArtifactErrorCode =
  | 'artifact-download'
  | 'artifact-entry-missing'
  | 'artifact-frozen'
  | 'artifact-invalid'
  | 'artifact-not-found'
  | 'artifact-path-taken'
  | 'artifact-reference'
  | 'artifact-save-failed'
  | 'artifact-timeout'
  | 'artifact-type-mismatch'
  | 'artifact-verification'

/** Something about an artifact that cannot be, or that could not be done. */
export class ArtifactError extends LosslineError {
  override readonly name: string = 'ArtifactError'
  declare readonly code: ArtifactErrorCode

  constructor(options: LosslineErrorOptions & { readonly code: ArtifactErrorCode }) {
    super(options)
  }
}

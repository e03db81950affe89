import { LosslineError, type LosslineErrorOptions } from '@lossline/protocol'

/** Codes of {@link DownloadError}. */
export type DownloadErrorCode = 'download-damaged' | 'download-failed' | 'download-unsafe' | 'download-missing'

/** A file that could not be downloaded; the message names it. */
export class DownloadError extends LosslineError {
  override readonly name: string = 'DownloadError'
  declare readonly code: DownloadErrorCode

  constructor(options: LosslineErrorOptions & { readonly code: DownloadErrorCode }) {
    super(options)
  }
}

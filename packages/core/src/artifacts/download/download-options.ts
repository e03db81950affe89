import type { OptionNames } from '../../options/check-options.ts'
/** What of a version is downloaded, and to where. */
export interface DownloadArtifactOptions {
  /** Folder. Default: `./artifacts/<name>:<version>` (on Windows with `-` for `:`); `LOSSLINE_ARTIFACT_DIR` names another one than `artifacts`. */
  readonly root?: string | undefined
  /** Only files whose paths begin so; that there are none is said. Default: all. */
  readonly pathPrefix?: string | undefined
  /** Only files of these paths. Default: all. */
  readonly files?: readonly string[] | undefined
  /** Files that are on their way at the same time. Default 16. */
  readonly concurrency?: number | undefined
  /** Whether everything is fetched, although it is there or this machine has it. Default false. */
  readonly skipCache?: boolean | undefined
  /**
   * Whether references whose content is gone, or whose store is not known, are left out with a warning. Default false. Those
   * whose content has changed, or whose store does not answer, fail all the same.
   */
  readonly allowMissingReferences?: boolean | undefined
  /** Ends the download early; what is complete by then stays. */
  readonly signal?: AbortSignal | undefined
  /** Told from time to time how far it is. */
  onProgress?(progress: DownloadProgress): void
}

/** @internal */
export const downloadOptionNames: OptionNames<DownloadArtifactOptions> = {
  root: true,
  pathPrefix: true,
  files: true,
  concurrency: true,
  skipCache: true,
  allowMissingReferences: true,
  signal: true,
  onProgress: true,
}

/** How far a download is. */
export interface DownloadProgress {
  /** Files that are done, those that were there already among them. */
  readonly fileCount: number
  readonly fileCountTotal: number
  /** Bytes that came over the network. */
  readonly bytes: number
}

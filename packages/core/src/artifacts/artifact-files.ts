import type { DirectoryNotice, FilePolicy, WalkDirectoryOptions } from '@lossline/journal'

/** A content that is kept in a data folder, or that was only hashed. */
export interface KeptContent {
  /** MD5 in base64. */
  readonly digest: string
  readonly sha256Hex: string
  readonly sizeBytes: number
  /** Undefined when the content was hashed and not kept, as in disabled mode. */
  readonly dataDirectory: string | undefined
}

/** Where contents of a draft go. */
export interface KeepTarget {
  /** Undefined: nowhere; contents are hashed only. */
  readonly dataDirectory: string | undefined
  /** A run that is likely to log the draft; its folder gets the contents at once. */
  readonly runDirectory: string | undefined
}

/** Which file of the user's to keep. */
export interface KeepFileRequest {
  readonly path: string
  readonly policy: FilePolicy
  readonly target: KeepTarget
}

/** Which folder of the user's to keep. */
export interface KeepDirectoryRequest extends WalkDirectoryOptions {
  readonly policy: FilePolicy
  readonly target: KeepTarget
}

/** The kept contents of a folder. */
export interface KeptDirectoryContents {
  /** By paths in the folder, their parts divided by `/`. */
  readonly files: readonly { readonly name: string; readonly content: KeptContent }[]
  readonly reusedCount: number
  readonly notices: readonly DirectoryNotice[]
}

/** A new file that is being written. */
export interface NewFile {
  write(bytes: Uint8Array): Promise<void>
  /** Ends the file and keeps its content. */
  close(): Promise<KeptContent>
  /** Removes what was written. */
  discard(): Promise<void>
}

/** What artifacts need of files. `node/artifacts/` holds it for Node. */
export interface ArtifactFiles {
  /** The data folder for what belongs to no run yet. */
  findDataDirectory(): string
  /** The data folder of a run. */
  dataDirectoryOf(runDirectory: string): string
  /** Last part of a path. */
  baseName(path: string): string
  /** @throws {@link ArtifactFileError} */
  keepBytes(bytes: Uint8Array, target: KeepTarget): Promise<KeptContent>
  /** @throws {@link ArtifactFileError} */
  keepFile(request: KeepFileRequest): Promise<KeptContent>
  /** @throws {@link ArtifactFileError} */
  keepDirectory(request: KeepDirectoryRequest): Promise<KeptDirectoryContents>
  /** Names that are one on file systems that ignore case or the form of accents. */
  findNameClashes(paths: Iterable<string>): DirectoryNotice[]
  /** @throws {@link ArtifactFileError} */
  openNewFile(target: KeepTarget): Promise<NewFile>
  /**
   * Puts a kept content into a run's folder.
   *
   * @returns the absolute path there.
   */
  stage(runDirectory: string, content: KeptContent): string
}

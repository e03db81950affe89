import type {
  ArtifactFileReference,
  DirectoryNotice,
  DownloadPlace,
  FilePolicy,
  MediaSnapshot,
  WalkDirectoryOptions,
} from '@lossline/journal'
import type { LocalFiles } from '../api/api-context.ts'

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

/** Which media value or table to keep. */
export interface KeepMediaRequest {
  readonly snapshot: MediaSnapshot
  /** Path in the artifact, without its ending. */
  readonly name: string
  readonly target: KeepTarget
}

/** A file of a media value: a content, or a file of another artifact. */
export type KeptMedia =
  | { readonly path: string; readonly content: KeptContent }
  | { readonly path: string; readonly reference: ArtifactFileReference }

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
  /** A path in a folder, in the form of the system. */
  join(folder: string, path: string): string
  /** Path of the program in its repository, or in the working directory. */
  programName(): string
  /** Path of a `file://` address. */
  pathOfFileUri(uri: string): string
  /** `file://` address of a path. */
  fileUriOf(path: string): string
  /** MD5 of a text in base64. */
  digestOfText(text: string): string
  /** Where a version is downloaded to if nobody says: `artifacts/digits:v3`. @throws {@link DownloadError} */
  downloadRootOf(collection: string, version: string): string
  openDownloadPlace(root: string): DownloadPlace
  /** Addresses of object stores that stand for the public ones; undefined: the public ones. */
  storeEndpoints(): { readonly s3: string | undefined; readonly gs: string | undefined }
  /** Whether a path is that of a folder. @throws {@link ArtifactFileError} */
  isDirectory(path: string): boolean
  /** @throws {@link ArtifactFileError} */
  keepBytes(bytes: Uint8Array, target: KeepTarget): Promise<KeptContent>
  /** @throws {@link ArtifactFileError} */
  keepFile(request: KeepFileRequest): Promise<KeptContent>
  /** @throws {@link ArtifactFileError} */
  keepDirectory(request: KeepDirectoryRequest): Promise<KeptDirectoryContents>
  /** Keeps the files that a media value or table becomes in an artifact; the last one describes it. @throws {@link ArtifactFileError} */
  keepMedia(request: KeepMediaRequest): Promise<readonly KeptMedia[]>
  /** Why artifacts of a run were not taken by who read the run's folder: messages by client id. */
  findRefused(runDirectory: string): ReadonlyMap<string, string>
  /** A text file. @throws {@link ArtifactFileError} */
  readText(path: string): string
  /** Names that are one on file systems that ignore case or the form of accents. */
  findNameClashes(paths: Iterable<string>): DirectoryNotice[]
  /** @throws {@link ArtifactFileError} */
  openNewFile(target: KeepTarget): Promise<NewFile>
  /** Files that a path or glob names, with the names that they get in a run. */
  findRunFiles(
    pattern: string,
    options: { readonly basePath: string | undefined; readonly isGlob: boolean },
  ): readonly { readonly path: string; readonly name: string }[]
  /**
   * Puts a file into a run's folder: as a copy, or as a link where it is to follow the file.
   *
   * @returns when it is to be uploaded: `now` where a link cannot be made.
   */
  placeRunFile(path: string, target: string, policy: 'now' | 'end' | 'live'): 'now' | 'end' | 'live'
  /** Where files of runs that are got back are written. */
  readonly localFiles: LocalFiles
  /**
   * Puts a kept content into a run's folder.
   *
   * @returns the absolute path there.
   */
  stage(runDirectory: string, content: KeptContent): string
}

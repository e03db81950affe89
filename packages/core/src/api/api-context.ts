import type { JsonObject } from '@lossline/protocol'
import type { VersionContext } from '../artifacts/version-context.ts'
import type { Platform } from '../platform.ts'
import type { ServerConnection, ServerPlace } from '../server/server-connection.ts'
import type { RequestOptions } from './listing.ts'
import type { ProjectPath } from './paths.ts'

/** A file on this machine that is to be uploaded. */
export interface UploadSource {
  readonly content: Blob
  /** Path below the root that was given, with `/`. */
  readonly name: string
}

/** What the Api does with files of this machine. */
export interface LocalFiles {
  /**
   * Writes a content to `root/name`, whole or not at all.
   *
   * @param expected - What it must have; not checked where it is not known.
   * @returns its absolute path.
   */
  save(options: {
    readonly root: string
    readonly name: string
    readonly content: ReadableStream<Uint8Array>
    readonly expected: { readonly md5Base64?: string | undefined; readonly sizeBytes?: number | undefined }
    readonly replace: boolean
  }): Promise<string>
  /** Absolute path of `root/name`. */
  pathOf(root: string, name: string): string
  exists(path: string): Promise<boolean>
  /** Opens a file; its content is read when it is sent. */
  open(path: string, root: string): Promise<UploadSource>
}

/** What the Api needs from where it runs. */
export interface ApiPlatform
  extends Pick<Platform, 'readSettingsLayers' | 'findStoredApiKey' | 'defaultProjectName' | 'artifactFiles' | 'print'> {
  findDataDirectory(settings: { dir?: string | undefined; dataDir?: string | undefined }): string
  connect(place: ServerPlace): Promise<ServerConnection>
  readonly localFiles: LocalFiles
}

/** How all that an Api hands out asks its server. */
export interface ApiContext {
  readonly localFiles: LocalFiles
  /** What versions of artifacts ask with. */
  readonly versions: VersionContext
  /** Address of the server, or the data folder, in words for a message. */
  readonly placeName: string
  /** Sends a GraphQL document and returns its data. */
  ask(operationName: string, query: string, variables: JsonObject, options?: RequestOptions): Promise<JsonObject>
  /** Fetches an address that the server gave out. */
  fetch(url: string, init?: RequestInit): Promise<Response>
  /** Address of a page of the server; `undefined` before the first request. */
  pageUrl(path: readonly string[]): string | undefined
  /** The entity that is meant: the given one, the default, or what the server says of the asking user. */
  locateEntity(entity: string | undefined, options?: RequestOptions): Promise<string>
  /** Completes an address with the defaults; asks the server for the entity where nothing says it. */
  locate(path: ProjectPath, options?: RequestOptions): Promise<{ readonly entity: string; readonly project: string }>
}

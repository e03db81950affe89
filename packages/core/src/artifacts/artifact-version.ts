import { formatArtifactPath, type JsonObject } from '@lossline/protocol'
import { type RequestOptions, requestOptionNames } from '../api/listing.ts'
import type { MediaValue } from '../media/media-value.ts'
import { checkOptions } from '../options/check-options.ts'
import type { Table } from '../table/table.ts'
import type { ArtifactDraft } from './artifact-draft.ts'
import type { ArtifactError } from './artifact-error.ts'
import { markAsArtifact } from './artifact-mark.ts'
import { type TimeToLive, toAliases, toMetadata, toTags, toTtlSeconds } from './artifact-options.ts'
import { checkText } from './check-arguments.ts'
import { type DownloadArtifactOptions, downloadOptionNames } from './download/download-options.ts'
import type { ArtifactEntry } from './draft-entries.ts'
import {
  type DeleteArtifactOptions,
  deleteOptionNames,
  deleteVersion,
  saveVersion,
  unlinkVersion,
} from './edit-version.ts'
import { type ArtifactRun, fetchLinks, fetchMaker, fetchSource, fetchUsers } from './lineage.ts'
import { type LinkArtifactOptions, linkOptionNames, linkVersion } from './link-version.ts'
import {
  downloadFile,
  downloadFiles,
  getValue,
  listEntries,
  readFileUrls,
  toNextDraft,
  verifyFiles,
} from './version-contents.ts'
import type { LoggedDraft, VersionContext } from './version-context.ts'
import { isLinkFound, type VersionFacts } from './version-facts.ts'
import { createVersionState, toVersion, type VersionOrigin, type VersionState } from './version-state.ts'
import { type WaitOptions, waitOptionNames } from './wait-for-version.ts'

/**
 * - `queued`: logged, and no server has been asked yet.
 * - `pending`: a server has it, but not all of its files.
 * - `committed`: complete.
 * - `deleted`: somebody deleted it.
 * - `failed`: it could not be logged; {@link ArtifactVersion.wait} says why.
 */
export type ArtifactState = 'queued' | 'pending' | 'committed' | 'deleted' | 'failed'

/**
 * A version of an artifact: what `run.logArtifact` returns at once, and `run.useArtifact` after asking the server.
 *
 * A version that was just logged is queued. Its contents are known; its number, its id and everything else that a server
 * decides is there after {@link wait}. Calls that ask the server take a `signal` that ends them early: they throw its reason
 * then.
 */
export class ArtifactVersion {
  readonly #state: VersionState

  /** @internal */
  constructor(context: VersionContext, origin: VersionOrigin) {
    markAsArtifact(this)
    this.#state = createVersionState(context, origin)
  }

  /** Name of the collection that the version was found in, such as `digits`. */
  get name(): string {
    return this.facts?.place.collection ?? this.#draft?.name ?? ''
  }
  get type(): string {
    return this.facts?.type ?? this.#draft?.type ?? ''
  }
  /** The server's id; undefined while it is queued. */
  get id(): string | undefined {
    return this.facts?.id
  }
  /** The id by which it can be referred to before a server knows it; only of a version that this process logged. */
  get clientId(): string | undefined {
    return this.#draft?.facts.clientId
  }
  get entity(): string | undefined {
    return this.facts?.place.entity
  }
  get project(): string | undefined {
    return this.facts?.place.project
  }
  /** Its number as `v3`; undefined while it is not committed. */
  get version(): string | undefined {
    return toVersion(this.facts?.place.versionIndex).version
  }
  /** `entity/project/name:v3`, as far as it is known. */
  get qualifiedName(): string {
    return this.#state.qualifiedName
  }
  get state(): ArtifactState {
    if (this.#state.failure !== undefined) return 'failed'
    return this.facts?.state ?? 'queued'
  }
  /** W&B's digest of the contents: 32 hexadecimal digits. */
  get digest(): string {
    return this.facts?.digest ?? this.#draft?.digest ?? ''
  }
  /** Bytes of all files. */
  get sizeBytes(): number {
    return this.facts?.sizeBytes ?? this.#draft?.sizeBytes ?? 0
  }
  /** Number of files and references. */
  get fileCount(): number {
    return this.facts?.fileCount ?? this.#draft?.fileCount ?? 0
  }
  /** Step of the run that logged it, at that time. */
  get historyStep(): number | undefined {
    return this.facts?.historyStep
  }
  get createdAt(): Date | undefined {
    return toDate(this.facts?.createdAt)
  }
  get updatedAt(): Date | undefined {
    return toDate(this.facts?.updatedAt)
  }

  /** Whether it was found in a collection that it is linked to, and not in the one it was made in. */
  get isLink(): boolean {
    return this.facts !== undefined && isLinkFound(this.facts)
  }
  /** `entity/project/name:v3` of where it was made. */
  get sourceName(): string {
    if (this.facts === undefined) return this.qualifiedName
    const { versionIndex, ...place } = this.facts.source
    return formatArtifactPath({ ...place, ...toVersion(versionIndex) })
  }

  /** Longer text for people. Changed by assigning and {@link save}. */
  get description(): string | undefined {
    return this.#state.changes.description ?? this.facts?.description ?? this.#draft?.description
  }
  set description(description: string | undefined) {
    this.#state.changes.description = description ?? ''
  }
  /** Changed by assigning another object and {@link save}. */
  get metadata(): JsonObject {
    return this.#state.changes.metadata ?? this.facts?.metadata ?? this.#draft?.metadata ?? {}
  }
  set metadata(metadata: Readonly<Record<string, unknown>>) {
    this.#state.changes.metadata = toMetadata(metadata)
  }
  /**
   * Names of the version in its collection. Changed by assigning another list and {@link save}. `latest` is the server's:
   * it stays where it is, whether the list has it or not.
   */
  get aliases(): readonly string[] {
    return this.#state.changes.aliases ?? this.facts?.aliases ?? this.#logged?.aliases ?? []
  }
  set aliases(aliases: readonly string[]) {
    this.#state.changes.aliases = Object.freeze(toAliases(aliases))
  }
  /** Changed by assigning another list and {@link save}. */
  get tags(): readonly string[] {
    return this.#state.changes.tags ?? this.facts?.tags ?? this.#logged?.tags ?? []
  }
  set tags(tags: readonly string[]) {
    this.#state.changes.tags = Object.freeze(toTags(tags))
  }
  /** How long it is kept, in milliseconds; undefined: for ever. Changed by assigning and {@link save}. */
  get ttlMs(): number | undefined {
    const { ttl } = this.#state.changes
    if (ttl !== undefined && ttl !== 'inherit') return ttl === 'forever' ? undefined : ttl
    const seconds = this.facts?.ttlSeconds ?? toTtlSeconds(this.#draft?.ttlMs) ?? 0
    return seconds > 0 ? seconds * 1000 : undefined
  }
  set ttlMs(ttl: TimeToLive | undefined) {
    toTtlSeconds(ttl)
    this.#state.changes.ttl = ttl ?? 'forever'
  }

  /**
   * Sends what was assigned to `description`, `metadata`, `aliases`, `tags` and `ttlMs`. A version that was just logged is
   * waited for.
   *
   * @throws as {@link wait}; {@link ServerRequestError}.
   * @example
   * version.aliases = [...version.aliases, 'production']
   * await version.save()
   */
  async save(options: WaitOptions = {}): Promise<this> {
    checkOptions('save', options, waitOptionNames)
    await saveVersion(this.#state, options)
    return this
  }

  /**
   * Deletes the version. A version that was found through a link is only unlinked.
   *
   * @throws as {@link wait}; {@link ServerRequestError}.
   */
  async delete(options: DeleteArtifactOptions = {}): Promise<void> {
    checkOptions('delete', options, deleteOptionNames)
    await deleteVersion(this.#state, options)
  }

  /**
   * Links the version to another collection, which is made if it is missing.
   *
   * @param target - `collection`, `project/collection` or `entity/project/collection`.
   * @returns the version as it is found there; in disabled mode this version.
   * @throws as {@link wait}; {@link ArtifactError}, {@link ServerRequestError}.
   */
  async link(target: string, options: LinkArtifactOptions = {}): Promise<ArtifactVersion> {
    checkText('link', 'target', target)
    checkOptions('link', options, linkOptionNames)
    const linked = await linkVersion(this.#state, target, options)
    return linked === undefined ? this : this.#toVersion(linked)
  }

  /**
   * Removes the version from the collection that it was found in by a link.
   *
   * @throws {@link ArtifactError} `artifact-invalid` when it is no link; {@link ServerRequestError}.
   */
  async unlink(options: RequestOptions = {}): Promise<void> {
    checkOptions('unlink', options, requestOptionNames)
    await unlinkVersion(this.#state, options)
  }

  /** The version in all collections that it is linked to. @throws as {@link wait}; {@link ServerRequestError}. */
  async links(options: RequestOptions = {}): Promise<ArtifactVersion[]> {
    checkOptions('links', options, requestOptionNames)
    const links = await fetchLinks(await this.#state.known('links', options))
    return links.map((link) => this.#toVersion(link))
  }

  /** The version where it was made: itself, unless it is a link. @throws {@link ServerRequestError} */
  async source(options: RequestOptions = {}): Promise<ArtifactVersion> {
    checkOptions('source', options, requestOptionNames)
    return this.isLink ? this.#toVersion(await fetchSource(await this.#state.known('source', options))) : this
  }

  /** The run that made the version; undefined when it was no run. @throws as {@link wait}; {@link ServerRequestError}. */
  async loggedBy(options: RequestOptions = {}): Promise<ArtifactRun | undefined> {
    checkOptions('loggedBy', options, requestOptionNames)
    return fetchMaker(await this.#state.known('loggedBy', options))
  }

  /** The runs that took the version as input. @throws as {@link wait}; {@link ServerRequestError}. */
  async usedBy(options: RequestOptions = {}): Promise<ArtifactRun[]> {
    checkOptions('usedBy', options, requestOptionNames)
    return fetchUsers(await this.#state.known('usedBy', options))
  }

  /**
   * The files and references of the version, in the order of their paths.
   *
   * @throws {@link ArtifactError} `artifact-download`; {@link ProtocolError} `invalid-manifest`; {@link ServerRequestError}.
   */
  async entries(options: RequestOptions = {}): Promise<readonly ArtifactEntry[]> {
    checkOptions('entries', options, requestOptionNames)
    return listEntries(this.#state, options)
  }

  /**
   * Downloads the files. Those that are in the folder with the right content are left alone, every content is checked, and
   * a download that was broken off goes on where it stopped.
   *
   * @returns the absolute path of the folder.
   * @throws {@link DownloadError} naming the file; {@link ArtifactError} `artifact-entry-missing`, `artifact-reference`;
   *   {@link ServerRequestError}. A file that failed is not there under its name.
   * @example const folder = await version.download({ root: 'data' })
   */
  async download(options: DownloadArtifactOptions = {}): Promise<string> {
    checkOptions('download', options, downloadOptionNames)
    return downloadFiles(this.#state, options)
  }

  /**
   * Downloads one file.
   *
   * @param path - Path in the artifact. Default: its only file.
   * @returns the absolute path of the file on this machine.
   * @throws as {@link download}; {@link ArtifactError} `artifact-invalid` when there are several and none is named.
   */
  async file(path?: string, options: Omit<DownloadArtifactOptions, 'files' | 'pathPrefix'> = {}): Promise<string> {
    checkOptions('file', options, downloadOptionNames)
    return downloadFile(this.#state, path, options)
  }

  /**
   * Addresses of the files, to fetch them by other means. Those of a server are signed and expire; of references they are
   * the references.
   *
   * @returns by path.
   * @throws as {@link entries}.
   */
  async fileUrls(options: RequestOptions = {}): Promise<ReadonlyMap<string, string>> {
    checkOptions('fileUrls', options, requestOptionNames)
    return readFileUrls(this.#state, options)
  }

  /**
   * Reads a table or media value that was put in with {@link ArtifactDraft.add}. Its files are downloaded to `root`.
   *
   * @param name - The name it was given; or the path of its JSON file.
   * @returns the object; of a type that has no class here, what its JSON says.
   * @throws {@link ArtifactError} `artifact-entry-missing`; as {@link download}.
   */
  async get(
    name: string,
    options: Omit<DownloadArtifactOptions, 'files' | 'pathPrefix'> = {},
  ): Promise<Table | MediaValue | JsonObject> {
    checkText('get', 'name', name)
    checkOptions('get', options, downloadOptionNames)
    return getValue(this.#state, name, options)
  }

  /**
   * Checks that a folder holds exactly the files of this version. References are not looked at.
   *
   * @param root - Default: the folder that {@link download} writes to.
   * @throws {@link ArtifactError} `artifact-verification`.
   */
  async verify(root?: string, options: RequestOptions = {}): Promise<void> {
    checkOptions('verify', options, requestOptionNames)
    await verifyFiles(this.#state, root, options)
  }

  /**
   * A draft of a next version that holds what this one does. What it keeps is not uploaded again.
   *
   * @throws as {@link entries}.
   */
  async newDraft(options: RequestOptions = {}): Promise<ArtifactDraft> {
    checkOptions('newDraft', options, requestOptionNames)
    return toNextDraft(this.#state, options)
  }

  /**
   * Waits until the server has all of the version.
   *
   * @returns this version, committed; in disabled mode at once, as it is.
   * @throws {@link ArtifactError} `artifact-timeout`, `artifact-save-failed`; {@link OfflineAskError} in offline mode; the
   *   signal's reason.
   * @example
   * const version = await run.logArtifact(model).wait()
   * console.log(version.version) // v0
   */
  async wait(options: WaitOptions = {}): Promise<this> {
    checkOptions('wait', options, waitOptionNames)
    await this.#state.wait(options)
    return this
  }

  /** What W&B's client puts into a config that has the version as a value; undefined while it is queued. */
  toJSON(): JsonObject | undefined {
    const { facts } = this
    if (facts === undefined) return undefined
    const { collection, versionIndex } = facts.source
    return {
      _type: 'artifactVersion',
      _version: 'v0',
      id: facts.id,
      version: versionIndex === undefined ? null : `v${versionIndex}`,
      sequenceName: collection,
      usedAs: null,
    }
  }

  /** @internal What the server says, if it was asked. */
  get facts(): VersionFacts | undefined {
    return this.#state.facts
  }

  /** @internal The version cannot be logged. */
  fail(failure: ArtifactError): void {
    this.#state.fail(failure)
  }

  /** Another version that is found with the same means. */
  #toVersion(facts: VersionFacts): ArtifactVersion {
    return new ArtifactVersion(this.#state.context, { facts })
  }

  get #logged(): LoggedDraft | undefined {
    return this.#state.logged
  }

  get #draft(): LoggedDraft['draft'] | undefined {
    return this.#state.logged?.draft
  }
}

function toDate(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text)
}

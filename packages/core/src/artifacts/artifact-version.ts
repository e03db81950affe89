import type { DownloadPlace } from '@lossline/journal'
import { formatArtifactPath, formatArtifactUri, type JsonObject, type Manifest } from '@lossline/protocol'
import { OfflineAskError } from '../errors.ts'
import type { MediaValue } from '../media/media-value.ts'
import type { ServerConnection } from '../server/server-connection.ts'
import type { Table } from '../table/table.ts'
import { ask, fetchByPath } from './artifact-api.ts'
import { ArtifactDraft } from './artifact-draft.ts'
import { ArtifactError } from './artifact-error.ts'
import { invalid, type TimeToLive, toAliases, toMetadata, toTags, toTtlSeconds } from './artifact-options.ts'
import { artifactQueries } from './artifact-queries.ts'
import type { DownloadArtifactOptions } from './download/download-options.ts'
import { downloadVersion } from './download/download-version.ts'
import { fetchFileUrls } from './download/file-urls.ts'
import { verifyVersion } from './download/verify-version.ts'
import { type ArtifactEntry, toArtifactEntry } from './draft-entries.ts'
import { sendChanges, unlinkVersion, type VersionChanges } from './edit-version.ts'
import { fetchManifest } from './fetch-manifest.ts'
import { findValuePath, readValue } from './get-value.ts'
import { type ArtifactRun, fetchLinks, fetchMaker, fetchUsers } from './lineage.ts'
import { linkVersion } from './link-version.ts'
import type { LoggedDraft, VersionContext } from './version-context.ts'
import { isSameCollection, type VersionFacts } from './version-facts.ts'
import { before, type WaitOptions, waitForVersion, waitTimeoutMsDefault } from './wait-for-version.ts'

/**
 * - `queued`: logged, and no server has been asked yet.
 * - `pending`: a server has it, but not all of its files.
 * - `committed`: complete.
 * - `deleted`: somebody deleted it.
 * - `failed`: it could not be logged; {@link ArtifactVersion.wait} says why.
 */
export type ArtifactState = 'queued' | 'pending' | 'committed' | 'deleted' | 'failed'

/** What was logged here, or what a server said. */
type VersionOrigin = { readonly logged: LoggedDraft } | { readonly facts: VersionFacts }

/** How a version is linked to a collection, and how long it is waited for before. */
export interface LinkArtifactOptions extends WaitOptions {
  /** Names of the version there, beside `latest`. */
  readonly aliases?: readonly string[] | string | undefined
}

/**
 * A version of an artifact: what `run.logArtifact` returns at once, and `run.useArtifact` after asking the server.
 *
 * A version that was just logged is queued. Its contents are known; its number, its id and everything else that a server
 * decides is there after {@link wait}.
 */
export class ArtifactVersion {
  readonly #context: VersionContext
  readonly #origin: VersionOrigin
  #facts: VersionFacts | undefined
  #failure: ArtifactError | undefined
  #changes: VersionChanges = {}
  #manifest: Promise<Manifest> | undefined

  /** @internal */
  constructor(context: VersionContext, origin: VersionOrigin) {
    this.#context = context
    this.#origin = origin
    if ('facts' in origin) this.#facts = origin.facts
  }

  /** Name of the collection that the version was found in, such as `digits`. */
  get name(): string {
    return this.#facts?.place.collection ?? this.#draft?.name ?? ''
  }
  get type(): string {
    return this.#facts?.type ?? this.#draft?.type ?? ''
  }
  /** The server's id; undefined while it is queued. */
  get id(): string | undefined {
    return this.#facts?.id
  }
  /** The id by which it can be referred to before a server knows it; only of a version that this process logged. */
  get clientId(): string | undefined {
    return this.#draft?.facts.clientId
  }
  get entity(): string | undefined {
    return this.#facts?.place.entity
  }
  get project(): string | undefined {
    return this.#facts?.place.project
  }
  /** Its number as `v3`; undefined while it is not committed. */
  get version(): string | undefined {
    const index = this.#facts?.place.versionIndex
    return index === undefined ? undefined : `v${index}`
  }
  /** `entity/project/name:v3`, as far as it is known. */
  get qualifiedName(): string {
    const { entity, project, version } = this
    return formatArtifactPath({
      collection: this.name,
      ...(entity === undefined ? {} : { entity }),
      ...(project === undefined ? {} : { project }),
      ...(version === undefined ? {} : { version }),
    })
  }
  get state(): ArtifactState {
    if (this.#failure !== undefined) return 'failed'
    return this.#facts?.state ?? 'queued'
  }
  /** W&B's digest of the contents: 32 hexadecimal digits. */
  get digest(): string {
    return this.#facts?.digest ?? this.#draft?.digest ?? ''
  }
  /** Bytes of all files. */
  get sizeBytes(): number {
    return this.#facts?.sizeBytes ?? this.#draft?.sizeBytes ?? 0
  }
  /** Number of files and references. */
  get fileCount(): number {
    return this.#facts?.fileCount ?? this.#draft?.fileCount ?? 0
  }
  /** Step of the run that logged it, at that time. */
  get historyStep(): number | undefined {
    return this.#facts?.historyStep
  }
  get createdAt(): Date | undefined {
    return toDate(this.#facts?.createdAt)
  }
  get updatedAt(): Date | undefined {
    return toDate(this.#facts?.updatedAt)
  }

  /** Whether it was found in a collection that it is linked to, and not in the one it was made in. */
  get isLink(): boolean {
    return this.#facts !== undefined && !isSameCollection(this.#facts.place, this.#facts.source)
  }
  /** `entity/project/name:v3` of where it was made. */
  get sourceName(): string {
    if (this.#facts === undefined) return this.qualifiedName
    const { versionIndex, ...place } = this.#facts.source
    return formatArtifactPath({ ...place, ...(versionIndex === undefined ? {} : { version: `v${versionIndex}` }) })
  }

  /** Longer text for people. Changed by assigning and {@link save}. */
  get description(): string | undefined {
    return this.#changes.description ?? this.#facts?.description ?? this.#draft?.description
  }
  set description(description: string | undefined) {
    this.#changes.description = description ?? ''
  }
  /** Changed by assigning another object and {@link save}. */
  get metadata(): JsonObject {
    return this.#changes.metadata ?? this.#facts?.metadata ?? this.#draft?.metadata ?? {}
  }
  set metadata(metadata: Readonly<Record<string, unknown>>) {
    this.#changes.metadata = toMetadata(metadata)
  }
  /**
   * Names of the version in its collection. Changed by assigning another list and {@link save}. `latest` is the server's:
   * it stays where it is, whether the list has it or not.
   */
  get aliases(): readonly string[] {
    return this.#changes.aliases ?? this.#facts?.aliases ?? this.#logged?.aliases ?? []
  }
  set aliases(aliases: readonly string[]) {
    this.#changes.aliases = Object.freeze(toAliases(aliases))
  }
  /** Changed by assigning another list and {@link save}. */
  get tags(): readonly string[] {
    return this.#changes.tags ?? this.#facts?.tags ?? this.#logged?.tags ?? []
  }
  set tags(tags: readonly string[]) {
    this.#changes.tags = Object.freeze(toTags(tags))
  }
  /** How long it is kept, in milliseconds; undefined: for ever. Changed by assigning and {@link save}. */
  get ttlMs(): number | undefined {
    const { ttl } = this.#changes
    if (ttl !== undefined && ttl !== 'inherit') return ttl === 'forever' ? undefined : ttl
    const seconds = this.#facts?.ttlSeconds ?? toTtlSeconds(this.#draft?.ttlMs) ?? 0
    return seconds > 0 ? seconds * 1000 : undefined
  }
  set ttlMs(ttl: TimeToLive | undefined) {
    toTtlSeconds(ttl)
    this.#changes.ttl = ttl ?? 'forever'
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
    if (this.#context.isDisabled) return this
    const { facts, connection } = await this.#known('save', options)
    // What is assigned from here on belongs to the next call.
    const changes = this.#changes
    this.#changes = {}
    try {
      await sendChanges(connection, facts, changes)
    } catch (error) {
      this.#changes = { ...changes, ...this.#changes }
      throw error
    }
    await this.#refresh(connection, facts)
    return this
  }

  /**
   * Deletes the version. A version that was found through a link is only unlinked.
   *
   * @param options.deleteAliases - Whether a version that has aliases (`latest` counts) is deleted too. Default false: then
   *   that is an error.
   * @throws as {@link wait}; {@link ServerRequestError}.
   */
  async delete({ deleteAliases = false }: { readonly deleteAliases?: boolean } = {}): Promise<void> {
    const { facts, connection } = await this.#known('delete')
    if (this.isLink) {
      await unlinkVersion(connection, facts)
      return
    }
    await ask(connection, artifactQueries.deleteArtifact, { input: { artifactID: facts.id, deleteAliases } })
    this.#facts = { ...facts, state: 'deleted' }
  }

  /**
   * Links the version to another collection, which is made if it is missing.
   *
   * @param target - `collection`, `project/collection` or `entity/project/collection`.
   * @returns the version as it is found there; in disabled mode this version.
   * @throws as {@link wait}; {@link ArtifactError}, {@link ServerRequestError}.
   */
  async link(target: string, { aliases, ...waiting }: LinkArtifactOptions = {}): Promise<ArtifactVersion> {
    if (this.#context.isDisabled) return this
    const { facts, connection } = await this.#known('link', waiting)
    const linked = await linkVersion(connection, facts, target, toAliases(aliases), this.#context.defaults())
    return new ArtifactVersion(this.#context, { facts: linked })
  }

  /**
   * Removes the version from the collection that it was found in by a link.
   *
   * @throws {@link ArtifactError} `artifact-invalid` when it is no link; {@link ServerRequestError}.
   */
  async unlink(): Promise<void> {
    const { facts, connection } = await this.#known('unlink')
    if (!this.isLink) throw invalid(`"${this.qualifiedName}" is no link.`, 'Delete the version with delete().')
    await unlinkVersion(connection, facts)
  }

  /** The version in all collections that it is linked to. @throws as {@link wait}; {@link ServerRequestError}. */
  async links(): Promise<ArtifactVersion[]> {
    const { facts, connection } = await this.#known('links')
    const links = await fetchLinks(connection, facts.id)
    return links.map((link) => new ArtifactVersion(this.#context, { facts: link }))
  }

  /** The version where it was made: itself, unless it is a link. @throws {@link ServerRequestError} */
  async source(): Promise<ArtifactVersion> {
    if (!this.isLink) return this
    const { facts, connection } = await this.#known('source')
    const { versionIndex, ...place } = facts.source
    const version = versionIndex === undefined ? {} : { version: `v${versionIndex}` }
    const source = await fetchByPath(connection, { ...place, ...version }, {})
    return new ArtifactVersion(this.#context, { facts: source })
  }

  /** The run that made the version; undefined when it was no run. @throws as {@link wait}; {@link ServerRequestError}. */
  async loggedBy(): Promise<ArtifactRun | undefined> {
    const { facts, connection } = await this.#known('loggedBy')
    return fetchMaker(connection, facts.id)
  }

  /** The runs that took the version as input. @throws as {@link wait}; {@link ServerRequestError}. */
  async usedBy(): Promise<ArtifactRun[]> {
    const { facts, connection } = await this.#known('usedBy')
    return fetchUsers(connection, facts.id)
  }

  /**
   * The files and references of the version, in the order of their paths.
   *
   * @throws {@link ArtifactError} `artifact-download`; {@link ProtocolError} `invalid-manifest`; {@link ServerRequestError}.
   */
  async entries(): Promise<readonly ArtifactEntry[]> {
    if (this.#facts === undefined && this.#draft !== undefined && !this.#draft.isIncremental) {
      const { clientId } = this.#draft.facts
      return this.#draft.entries.map((entry) => {
        const uri = formatArtifactUri({ kind: 'client', clientId, path: entry.path })
        return { ...entry, uri }
      })
    }
    const { contents } = await this.#readManifest()
    return [...contents].map(([path, entry]) => toArtifactEntry(path, entry, this.#uriOf(path)))
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
    const { facts, connection } = await this.#known('download')
    const place = this.#openPlace(options.root, facts)
    const manifest = await this.#readManifest()
    await downloadVersion({ facts, manifest, connection, context: this.#context }, place, options)
    return place.root
  }

  /**
   * Downloads one file.
   *
   * @param path - Path in the artifact. Default: its only file.
   * @returns the absolute path of the file on this machine.
   * @throws as {@link download}; {@link ArtifactError} `artifact-invalid` when there are several and none is named.
   */
  async file(path?: string, options: Omit<DownloadArtifactOptions, 'files' | 'pathPrefix'> = {}): Promise<string> {
    const { facts } = await this.#known('file')
    const paths = [...(await this.#readManifest()).contents.keys()]
    const [only] = paths
    if (path === undefined && (only === undefined || paths.length > 1)) {
      throw invalid(`"${this.qualifiedName}" has ${paths.length} files, not one.`, 'Name the one that you mean.')
    }
    const name = path ?? only ?? ''
    await this.download({ ...options, files: [name] })
    return this.#openPlace(options.root, facts).pathOf(name)
  }

  /**
   * Addresses of the files, to fetch them by other means. Those of a server are signed and expire; of references they are
   * the references.
   *
   * @returns by path.
   * @throws as {@link entries}.
   */
  async fileUrls(): Promise<ReadonlyMap<string, string>> {
    const { facts, connection } = await this.#known('fileUrls')
    const urls = await fetchFileUrls(connection, facts, false)
    return new Map([...urls].map(([path, { url }]) => [path, url]))
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
    const { facts } = await this.#known('get')
    const { contents } = await this.#readManifest()
    const path = findValuePath(name, new Set(contents.keys()))
    if (path === undefined) throw noEntry(name, this.qualifiedName)
    const place = this.#openPlace(options.root, facts)
    return readValue(path, {
      files: this.#context.files,
      fetch: async (paths) => {
        if (paths.length > 0) await this.download({ ...options, files: paths })
        return new Map(paths.map((file) => [file, place.pathOf(file)]))
      },
    })
  }

  /**
   * Checks that a folder holds exactly the files of this version. References are not looked at.
   *
   * @param root - Default: the folder that {@link download} writes to.
   * @throws {@link ArtifactError} `artifact-verification`.
   */
  async verify(root?: string): Promise<void> {
    const { facts } = await this.#known('verify')
    await verifyVersion(await this.#readManifest(), this.#openPlace(root, facts))
  }

  /**
   * A draft of a next version that holds what this one does. What it keeps is not uploaded again.
   *
   * @throws as {@link entries}.
   */
  async newDraft(): Promise<ArtifactDraft> {
    const { facts } = await this.#known('newDraft')
    const { contents } = await this.#readManifest()
    const entries = [...contents].map(([path, entry]) => ({
      ...toArtifactEntry(path, entry, undefined),
      content: undefined,
      birthArtifactId: entry.ref === undefined ? (entry.birthArtifactId ?? facts.id) : undefined,
      skipCache: false,
    }))
    const { description, metadata } = this
    const internal = { isReservedAllowed: true, baseId: facts.id, entries }
    return new ArtifactDraft(
      facts.source.collection,
      facts.type,
      { description, metadata },
      this.#context.files,
      internal,
    )
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
    await this.#waitForFacts(options)
    return this
  }

  async #waitForFacts({ timeoutMs = waitTimeoutMsDefault, signal }: WaitOptions): Promise<VersionFacts | undefined> {
    signal?.throwIfAborted()
    const found = this.#facts
    if (this.#context.isDisabled || (found !== undefined && found.state !== 'pending')) return found
    const limits = { deadlineMs: Date.now() + timeoutMs, signal, name: this.name }
    if (found !== undefined) {
      const connection = await before(this.#context.connect('wait'), limits)
      const committed = await waitForVersion({ connection, serverId: found.id, ...limits })
      // It stays what was found, also if that was a link.
      this.#facts = { ...committed, place: found.place, aliases: found.aliases }
      return this.#facts
    }
    if ('facts' in this.#origin) return this.#origin.facts
    const { logged } = this.#origin
    await before(logged.whenWritten(), limits)
    if (this.#failure !== undefined) throw this.#failure
    const facts = await waitForVersion({
      connection: await before(this.#context.connect('wait'), limits),
      clientId: logged.draft.facts.clientId,
      findFailure: () => this.#failure ?? logged.findFailure(),
      ...limits,
    })
    this.#facts = facts
    return facts
  }

  /** @internal What the server says, if it was asked. */
  get facts(): VersionFacts | undefined {
    return this.#facts
  }

  /** @internal The version cannot be logged. */
  fail(failure: ArtifactError): void {
    this.#failure = failure
  }

  /** The version as the server knows it; one that was just logged is waited for. */
  async #known(
    call: string,
    options: WaitOptions = {},
  ): Promise<{ readonly facts: VersionFacts; readonly connection: ServerConnection }> {
    const connection = await this.#context.connect(call)
    // One that somebody else is making may be looked at, or deleted, as it is.
    const facts = this.#facts ?? (await this.#waitForFacts(options))
    if (facts === undefined) throw new OfflineAskError(call, 'disabled')
    return { facts, connection }
  }

  async #refresh(connection: ServerConnection, { place }: VersionFacts): Promise<void> {
    const { versionIndex, ...collection } = place
    const version = versionIndex === undefined ? {} : { version: `v${versionIndex}` }
    this.#facts = await fetchByPath(connection, { ...collection, ...version }, {})
  }

  #openPlace(root: string | undefined, { source }: VersionFacts): DownloadPlace {
    const { files } = this.#context
    return files.openDownloadPlace(root ?? files.downloadRootOf(source.collection, `v${source.versionIndex ?? 0}`))
  }

  #uriOf(path: string): string | undefined {
    const artifactId = this.#facts?.id
    return artifactId === undefined ? undefined : formatArtifactUri({ kind: 'server', artifactId, path })
  }

  #readManifest(): Promise<Manifest> {
    this.#manifest ??= this.#fetchManifest()
    this.#manifest.catch(() => {
      this.#manifest = undefined
    })
    return this.#manifest
  }

  async #fetchManifest(): Promise<Manifest> {
    const { facts, connection } = await this.#known('entries')
    return fetchManifest(connection, facts.id)
  }

  get #logged(): LoggedDraft | undefined {
    return 'logged' in this.#origin ? this.#origin.logged : undefined
  }

  get #draft(): LoggedDraft['draft'] | undefined {
    return this.#logged?.draft
  }
}

function noEntry(name: string, where: string): ArtifactError {
  return new ArtifactError({ code: 'artifact-entry-missing', message: `"${where}" has no object "${name}".` })
}

function toDate(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text)
}

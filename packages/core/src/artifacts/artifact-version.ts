import { formatArtifactPath, type JsonObject } from '@lossline/protocol'
import type { ArtifactError } from './artifact-error.ts'
import { type TimeToLive, toAliases, toMetadata, toTags } from './artifact-options.ts'
import type { LoggedDraft, VersionContext } from './version-context.ts'
import { isSameCollection, type VersionFacts } from './version-facts.ts'
import { tooLate, type WaitOptions, waitForVersion, waitTimeoutMsDefault } from './wait-for-version.ts'

/**
 * - `queued`: logged, and no server has been asked yet.
 * - `pending`: a server has it, but not all of its files.
 * - `committed`: complete.
 * - `deleted`: somebody deleted it.
 * - `failed`: it could not be logged; {@link ArtifactVersion.wait} says why.
 */
export type ArtifactState = 'queued' | 'pending' | 'committed' | 'deleted' | 'failed'

/** Changes that {@link ArtifactVersion.save} has not sent yet. */
interface Changes {
  description?: string
  metadata?: JsonObject
  aliases?: readonly string[]
  tags?: readonly string[]
  ttl?: TimeToLive
}

/**
 * A version of an artifact: what `run.logArtifact` returns at once, and `run.useArtifact` after asking the server.
 *
 * A version that was just logged is queued. Its contents are known; its number, its id and everything else that a server
 * decides is there after {@link wait}.
 */
export class ArtifactVersion {
  readonly #context: VersionContext
  readonly #logged: LoggedDraft | undefined
  #facts: VersionFacts | undefined
  #failure: ArtifactError | undefined
  #changes: Changes = {}

  /** @internal */
  constructor(context: VersionContext, origin: { readonly logged?: LoggedDraft; readonly facts?: VersionFacts }) {
    this.#context = context
    this.#logged = origin.logged
    this.#facts = origin.facts
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

  /**
   * Waits until the server has all of the version.
   *
   * @returns this version, committed.
   * @throws {@link ArtifactError} `artifact-timeout`, `artifact-save-failed`; {@link OfflineAskError} in offline mode.
   * @example
   * const version = await run.logArtifact(model).wait()
   * console.log(version.version) // v0
   */
  async wait(options: WaitOptions = {}): Promise<this> {
    const logged = this.#logged
    if (logged === undefined || this.#facts?.state === 'committed') return this
    const { timeoutMs = waitTimeoutMsDefault, signal } = options
    const deadlineMs = Date.now() + timeoutMs
    const { draft } = logged
    await before(deadlineMs, logged.whenWritten(), draft.name)
    if (this.#failure !== undefined) throw this.#failure
    const connection = await before(deadlineMs, this.#context.connect('wait'), draft.name)
    this.#facts = await waitForVersion({
      connection,
      clientId: draft.facts.clientId,
      name: draft.name,
      deadlineMs,
      signal,
      findFailure: () => this.#failure,
    })
    return this
  }

  /** @internal The version cannot be logged. */
  fail(failure: ArtifactError): void {
    this.#failure = failure
  }

  get #draft(): LoggedDraft['draft'] | undefined {
    return this.#logged?.draft
  }
}

function toDate(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text)
}

/** A promise with a deadline. Keeps the process alive while it waits. */
async function before<Value>(deadlineMs: number, promise: Promise<Value>, name: string): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooLate(name)), Math.max(0, deadlineMs - Date.now()))
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

import type { DownloadPlace } from '@lossline/journal'
import { formatArtifactPath, type JsonObject, type Manifest } from '@lossline/protocol'
import type { RequestOptions } from '../api/listing.ts'
import { OfflineAskError } from '../errors.ts'
import type { ServerConnection } from '../server/server-connection.ts'
import { untilAborted, withSignal } from '../server/with-signal.ts'
import type { ArtifactError } from './artifact-error.ts'
import type { TimeToLive } from './artifact-options.ts'
import { fetchManifest } from './fetch-manifest.ts'
import type { LoggedDraft, VersionContext } from './version-context.ts'
import type { VersionFacts } from './version-facts.ts'
import { before, type WaitOptions, waitForVersion, waitTimeoutMsDefault } from './wait-for-version.ts'

/** What was logged here, or what a server said. */
export type VersionOrigin = { readonly logged: LoggedDraft } | { readonly facts: VersionFacts }

/** Changes of a version that a server does not know yet; absent: unchanged. */
export interface VersionChanges {
  description?: string
  metadata?: JsonObject
  aliases?: readonly string[]
  tags?: readonly string[]
  ttl?: TimeToLive
}

/** A version as its server knows it, and how to ask that server. */
export interface KnownVersion {
  readonly facts: VersionFacts
  /** Its questions end with the signal of the call. */
  readonly connection: ServerConnection
}

/** What is known about one version, and how to learn more. */
export interface VersionState {
  readonly context: VersionContext
  /** Of a version that this process has logged. */
  readonly logged: LoggedDraft | undefined
  /** What the server says, if it was asked. */
  readonly facts: VersionFacts | undefined
  /** Why it could not be logged. */
  readonly failure: ArtifactError | undefined
  /** What was assigned and not saved yet. */
  readonly changes: VersionChanges
  /** `entity/project/name:v3`, as far as it is known. */
  readonly qualifiedName: string
  learn(facts: VersionFacts): void
  fail(failure: ArtifactError): void
  /** Takes all changes, to save them; what is assigned from here on is for the next time. */
  takeChanges(): VersionChanges
  /** Gives changes back that could not be saved. What was assigned meanwhile wins. */
  returnChanges(changes: VersionChanges): void
  /** Waits until the server has all of it. Undefined in disabled mode. */
  wait(options: WaitOptions): Promise<VersionFacts | undefined>
  /**
   * The version as the server knows it; one that was just logged is waited for.
   *
   * @param call - What needs it, for the error.
   * @throws the signal's reason.
   */
  known(call: string, options?: WaitOptions): Promise<KnownVersion>
  /** Its files, asked for once. */
  readManifest(options: RequestOptions): Promise<Manifest>
  /** Where its files go. Default: the folder that W&B's client uses too. */
  openPlace(root: string | undefined, facts: VersionFacts): DownloadPlace
}

export function createVersionState(context: VersionContext, origin: VersionOrigin): VersionState {
  const logged = 'logged' in origin ? origin.logged : undefined
  let facts = 'facts' in origin ? origin.facts : undefined
  let failure: ArtifactError | undefined
  let changes: VersionChanges = {}
  let manifest: Promise<Manifest> | undefined

  async function wait({ timeoutMs = waitTimeoutMsDefault, signal }: WaitOptions): Promise<VersionFacts | undefined> {
    signal?.throwIfAborted()
    const found = facts
    if (context.isDisabled || (found !== undefined && found.state !== 'pending')) return found
    const name = found?.place.collection ?? logged?.draft.name ?? ''
    const limits = { deadlineMs: Date.now() + timeoutMs, signal, name }
    if (found !== undefined) {
      const connection = await before(context.connect('wait'), limits)
      const committed = await waitForVersion({ connection, serverId: found.id, ...limits })
      // It stays what was found, also if that was a link.
      facts = { ...committed, place: found.place, aliases: found.aliases }
      return facts
    }
    if (logged === undefined) return undefined
    await before(logged.whenWritten(), limits)
    if (failure !== undefined) throw failure
    facts = await waitForVersion({
      connection: await before(context.connect('wait'), limits),
      clientId: logged.draft.facts.clientId,
      findFailure: () => failure ?? logged.findFailure(),
      ...limits,
    })
    return facts
  }

  async function known(call: string, options: WaitOptions = {}): Promise<KnownVersion> {
    const { signal } = options
    signal?.throwIfAborted()
    const connection = withSignal(await untilAborted(context.connect(call), signal), signal)
    // One that somebody else is making may be looked at, or deleted, as it is.
    const found = facts ?? (await wait(options))
    if (found === undefined) throw new OfflineAskError(call, 'disabled')
    return { facts: found, connection }
  }

  return {
    context,
    logged,
    get facts() {
      return facts
    },
    get failure() {
      return failure
    },
    get changes() {
      return changes
    },
    get qualifiedName() {
      if (facts === undefined) return formatArtifactPath({ collection: logged?.draft.name ?? '' })
      const { versionIndex, ...place } = facts.place
      return formatArtifactPath({ ...place, ...toVersion(versionIndex) })
    },
    learn(found) {
      facts = found
    },
    fail(reason) {
      failure = reason
    },
    takeChanges() {
      const taken = changes
      changes = {}
      return taken
    },
    returnChanges(taken) {
      changes = { ...taken, ...changes }
    },
    wait,
    known,
    readManifest({ signal }) {
      // The next call needs it too, so it is not given up with this one.
      manifest ??= known('entries').then(({ facts: { id }, connection }) => fetchManifest(connection, id))
      // The next question tries again.
      manifest.catch(() => {
        manifest = undefined
      })
      return untilAborted(manifest, signal)
    },
    openPlace(root, { source }) {
      const { files } = context
      return files.openDownloadPlace(root ?? files.downloadRootOf(source.collection, `v${source.versionIndex ?? 0}`))
    },
  }
}

/** The part of a path that names a version; nothing while it has no number. */
export function toVersion(versionIndex: number | undefined): { readonly version?: string } {
  return versionIndex === undefined ? {} : { version: `v${versionIndex}` }
}

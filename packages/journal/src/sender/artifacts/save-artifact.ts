import { createHash } from 'node:crypto'
import {
  type ArtifactRecord,
  createManifest as createManifestOf,
  defaultStoragePolicyConfig,
  formatArtifactUri,
  type LocalManifestEntry,
  type ManifestEntry,
  maybeParseArtifactUri,
  storagePolicyConfigOf,
  stringifyManifest,
} from '@lossline/protocol'
import type { GraphqlOptions } from '../graphql.ts'
import type { RunAddress } from '../run-api.ts'
import { SendError } from '../send-error.ts'
import type { Limiter } from '../uploads/limiter.ts'
import { putContent } from '../uploads/put-content.ts'
import {
  type CreatedArtifact,
  commitArtifact,
  createArtifact,
  createManifest,
  isCommitted,
  type ManifestType,
  resolveClientId,
  updateManifest,
  useArtifact,
} from './artifact-api.ts'
import { toArtifactInput } from './artifact-input.ts'
import { findLocalFile, type LocalFile } from './local-files.ts'
import { readManifestEntries } from './manifest-entries.ts'
import { uploadArtifactFiles } from './upload-artifact-files.ts'

/** What saving an artifact needs besides its record. */
export interface SaveArtifactContext {
  readonly graphql: GraphqlOptions
  readonly address: RunAddress
  readonly runDirectory: string
  /** Further folders in which staged files are looked for. */
  readonly stagedDirectories: readonly string[]
  readonly isInProcess: boolean
  readonly limit: Limiter
  /** Fields that the server's `createArtifact` takes; undefined if it does not say. */
  readonly knownFields: ReadonlySet<string> | undefined
  /** Step of the row that would have been logged next when the artifact was. */
  readonly nextStep: number
  /** An earlier sender may have come further than it could note. */
  readonly mayBeCommitted: boolean
  /** Ids by client id of artifacts that were saved before; undefined where only the server can know. */
  idOfClientId(clientId: string): string | undefined
  onBytes(bytes: number): void
  onFile(file: LocalFile): void
}

/**
 * Saves an artifact by W&B's protocol: announcement, files, manifest, commit. Interrupted anywhere, doing it once more ends
 * with the same one version.
 *
 * @returns the artifact's id on the server.
 * @throws SendError whose message goes on after "Artifact x was not saved: ".
 */
export async function saveArtifact(record: ArtifactRecord, context: SaveArtifactContext): Promise<string> {
  const { graphql, address, knownFields, nextStep } = context
  const committedId = context.mayBeCommitted ? await findCommitted(record, graphql) : undefined
  if (committedId !== undefined) return useIfAsked(committedId, record, context)
  const created = await createArtifact(toArtifactInput(record, address, nextStep, knownFields), graphql)
  if (!created.isCommitted) await sendContent(record, created, context)
  return useIfAsked(created.id, record, context)
}

/** The version that came of this very record, if there is one: the digest of an increment would not lead to it. */
async function findCommitted({ clientId }: ArtifactRecord, graphql: GraphqlOptions): Promise<string | undefined> {
  if (!clientId) return undefined
  const id = await resolveClientId(clientId, graphql)
  return id !== undefined && (await isCommitted(id, graphql)) ? id : undefined
}

async function useIfAsked(id: string, record: ArtifactRecord, context: SaveArtifactContext): Promise<string> {
  if (record.useAfterCommit) await useArtifact(id, context.address, context.graphql)
  return id
}

async function sendContent(
  record: ArtifactRecord,
  { id, latestArtifactId }: CreatedArtifact,
  context: SaveArtifactContext,
): Promise<void> {
  const { graphql, address, isInProcess, limit } = context
  const manifest = record.manifest ?? {}
  const entries = await readManifestEntries(manifest)
  const type = manifestTypeOf(record)
  const facts = { artifactId: id, baseArtifactId: record.baseId || latestArtifactId, type, address }
  const { manifestId } = await createManifest(facts, '', graphql)

  const files: LocalFile[] = []
  for (const entry of entries) if (entry.localPath) files.push(await findLocalFile(entry, context))
  const birthArtifactIds = await uploadArtifactFiles({ ...context, artifactId: id, manifestId, files }, graphql)
  const sent = await toSentEntries(entries, birthArtifactIds, context)
  const config = { ...defaultStoragePolicyConfig, ...storagePolicyConfigOf(manifest) }
  const text = stringifyManifest(createManifestOf(sent, config))
  const md5Base64 = createHash('md5').update(text).digest('base64')
  const slot =
    type === 'FULL'
      ? await createManifest(facts, md5Base64, graphql)
      : await updateManifest(manifestId, md5Base64, graphql)
  if (slot.url === '') {
    throw new SendError({ code: 'server-refused', message: 'the server gave no place for its manifest.' })
  }
  const source = { kind: 'text', text } as const
  await limit(() =>
    putContent({ url: slot.url, headers: slot.headers, source, isInProcess, onBytes: () => {} }, graphql),
  )
  if (record.finalize) await commitArtifact(id, graphql)
}

function manifestTypeOf({ distributedId, incrementalBeta1 }: ArtifactRecord): ManifestType {
  if (incrementalBeta1) return 'INCREMENTAL'
  return distributedId ? 'PATCH' : 'FULL'
}

/** The entries as the server is to keep them: with what it said of their contents, and references in its own words. */
async function toSentEntries(
  entries: readonly LocalManifestEntry[],
  birthArtifactIds: ReadonlyMap<string, string>,
  { graphql, idOfClientId }: SaveArtifactContext,
): Promise<[path: string, entry: ManifestEntry][]> {
  const ids = new Map<string, string>()
  const sent: [string, ManifestEntry][] = []
  for (const { path, ...entry } of entries) {
    const birthArtifactId = birthArtifactIds.get(path) ?? entry.birthArtifactId
    const born = birthArtifactId === undefined ? {} : { birthArtifactId }
    const uri = entry.ref === undefined ? undefined : maybeParseArtifactUri(entry.ref)
    if (uri?.kind !== 'client') {
      sent.push([path, { ...entry, ...born }])
      continue
    }
    const { clientId } = uri
    const id = ids.get(clientId) ?? idOfClientId(clientId) ?? (await resolveClientId(clientId, graphql))
    const ref = id === undefined ? undefined : formatArtifactUri({ kind: 'server', artifactId: id, path: uri.path })
    if (id === undefined || ref === undefined) {
      throw new SendError({
        code: 'server-refused',
        message: `its entry "${path}" refers to an artifact that the server does not have.`,
      })
    }
    ids.set(clientId, id)
    sent.push([path, { ...entry, ...born, ref }])
  }
  return sent
}

/** Client ids of the artifacts that an artifact refers to. */
export function referencedClientIds({ manifest }: ArtifactRecord): Set<string> {
  const clientIds = new Set<string>()
  for (const { ref = '' } of manifest?.contents ?? []) {
    const uri = maybeParseArtifactUri(ref)
    if (uri?.kind === 'client') clientIds.add(uri.clientId)
  }
  return clientIds
}

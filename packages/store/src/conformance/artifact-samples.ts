import { createHash } from 'node:crypto'
import type { ArtifactBlobRow, ArtifactRow } from '../artifacts/artifact-rows.ts'
import type { CreateArtifactWrite, LinkArtifactWrite } from '../artifacts/artifact-writes.ts'
import type { Store } from '../store.ts'
import { nowMs } from './store-place.ts'

/** What the cases want to say about a version; the rest is of no interest. */
export interface ArtifactSample extends Partial<Omit<CreateArtifactWrite, 'kind'>> {
  readonly collection?: string
  readonly type?: string
  readonly run?: number
  readonly entries?: readonly { readonly path: string; readonly md5?: string; readonly ref?: string }[]
  /** Default true. */
  readonly isCommitted?: boolean
}

/** Creates a version in project `e/p` with its blobs and entries, and commits it. */
export async function putArtifact(store: Store, sample: ArtifactSample = {}): Promise<ArtifactRow> {
  const { collection: name = 'c', type = 'dataset', run, entries = [], isCommitted = true, ...fields } = sample
  const [{ collection }] = await store.write([
    { kind: 'put-artifact-collection', entity: 'e', project: 'p', name, type, collectionKind: 'sequence', nowMs },
  ])
  const [{ artifact }] = await store.write([
    { ...emptyArtifact, ...fields, createdByRun: run, sequence: collection.id },
  ])
  const rows = []
  for (const { path, md5, ref } of entries) {
    const blob = md5 === undefined ? undefined : await putBlob(store, artifact, md5)
    const digest = md5 ?? ref ?? ''
    const [sizeBytes, extra] = [1, undefined]
    rows.push({ path, digest, sizeBytes, ref, extra, birthArtifact: blob?.birthArtifact, blob: blob?.id })
  }
  await store.write([{ kind: 'put-artifact-entries', artifact: artifact.id, isFirst: true, entries: rows }])
  if (run !== undefined) {
    await store.write([{ kind: 'put-artifact-usage', run, direction: 'output', artifact: artifact.id }])
  }
  return isCommitted ? commit(store, artifact) : artifact
}

export async function commit(store: Store, artifact: ArtifactRow): Promise<ArtifactRow> {
  const [{ membership }] = await store.write([
    {
      kind: 'commit-artifact',
      artifact: artifact.id,
      digest: artifact.digest,
      sizeBytes: 1,
      fileCount: 1,
      manifestHead: '{}',
      nowMs,
    },
  ])
  return membership.artifact
}

/** The content's SHA-256 is made up from its MD5, so that equal ones are equal. */
export async function putBlob(
  store: Store,
  artifact: ArtifactRow,
  md5: string,
  xxh128?: string,
): Promise<ArtifactBlobRow> {
  const [{ blob }] = await store.write([
    {
      kind: 'put-artifact-blob',
      project: artifact.projectId,
      md5,
      xxh128,
      sha256: contentOf(md5),
      sizeBytes: 1,
      birthArtifact: artifact.id,
    },
  ])
  return blob
}

/** Name of the content that {@link putBlob} makes up. */
export function contentOf(md5: string): string {
  return createHash('sha256').update(md5).digest('hex')
}

/** A portfolio of another project. */
export async function putPortfolio(store: Store, name = 'portfolio'): Promise<number> {
  const [{ collection }] = await store.write([
    {
      kind: 'put-artifact-collection',
      entity: 'e',
      project: 'elsewhere',
      name,
      type: 'dataset',
      collectionKind: 'portfolio',
      nowMs,
    },
  ])
  return collection.id
}

export function link(collection: number, artifact: ArtifactRow, aliases: readonly string[] = []): LinkArtifactWrite {
  return { kind: 'link-artifact', collection, artifact: artifact.id, aliases, nowMs }
}

const emptyArtifact = {
  kind: 'create-artifact',
  digest: 'd0',
  digestAlgorithm: 'md5',
  description: undefined,
  metadata: undefined,
  labels: undefined,
  ttlSeconds: undefined,
  historyStep: undefined,
  storageRegion: undefined,
  distributedId: undefined,
  createdByRun: undefined,
  username: 'u',
  requestedAliases: [],
  tags: [],
  clientId: undefined,
  sequenceClientId: undefined,
  nowMs,
} as const

import type {
  ArtifactBlobRow,
  ArtifactCollectionKind,
  ArtifactCollectionRow,
  ArtifactDigestAlgorithm,
  ArtifactEntryRow,
  ArtifactManifestKind,
  ArtifactManifestRow,
  ArtifactMembershipRow,
  ArtifactRow,
  ArtifactState,
  ArtifactTypeRow,
} from '../../artifacts/artifact-rows.ts'
import { corruptError } from '../sqlite-errors.ts'
import { wholeColumn, wholeColumns, withWholeTexts } from '../whole-text.ts'

/** A row as the driver gives it: NULL where ours is undefined. */
type Nulls<Row> = { readonly [F in keyof Row]: undefined extends Row[F] ? Exclude<Row[F], undefined> | null : Row[F] }

// Names, aliases and tags hold no U+0000: who writes them has looked. Other texts can, and are selected whole.

export const selectType: string = `
  SELECT id, project_id AS projectId, name, ${wholeColumn('description')}, created_at_ms AS createdAtMs FROM artifact_type`
export type TypeRecord = Nulls<ArtifactTypeRow>

export function fromTypeRecord(read: TypeRecord): ArtifactTypeRow {
  const record = withWholeTexts(read, ['description'])
  return { ...record, description: record.description ?? undefined }
}

export const selectCollection: string = `
  SELECT collection.id, collection.project_id AS projectId, project.entity, project.name AS project,
    collection.type_id AS typeId, type.name AS type, collection.kind, collection.name,
    ${wholeColumn('collection.description', 'description')},
    (SELECT json_group_array(tag) FROM artifact_collection_tag WHERE collection = collection.id) AS tags,
    collection.created_at_ms AS createdAtMs, collection.updated_at_ms AS updatedAtMs
  FROM artifact_collection AS collection
    JOIN artifact_type AS type ON type.id = collection.type_id
    JOIN project ON project.id = collection.project_id`

export type CollectionRecord = Omit<Nulls<ArtifactCollectionRow>, 'tags' | 'kind'> & {
  readonly tags: string
  readonly kind: string
}

export function fromCollectionRecord(read: CollectionRecord): ArtifactCollectionRow {
  const record = withWholeTexts(read, ['description'])
  return {
    ...record,
    // Written from an ArtifactCollectionKind.
    kind: record.kind as ArtifactCollectionKind,
    description: record.description ?? undefined,
    tags: parseTexts(record.tags),
  }
}

const artifactTexts = {
  description: 'description',
  metadata: 'metadata',
  labels: 'labels',
  storageRegion: 'storage_region',
  distributedId: 'distributed_id',
  username: 'username',
  manifestHead: 'manifest_head',
} as const
// The keys of the table above.
const artifactTextNames = Object.keys(artifactTexts) as readonly (keyof typeof artifactTexts)[]

const artifactColumns = `
  artifact.id, artifact.project_id AS projectId, artifact.sequence, artifact.state, artifact.digest,
  artifact.digest_algorithm AS digestAlgorithm, ${wholeColumns('artifact', artifactTexts)},
  artifact.ttl_seconds AS ttlSeconds, artifact.history_step AS historyStep, artifact.created_by_run AS createdByRun,
  artifact.requested_aliases AS requestedAliases, artifact.size_bytes AS sizeBytes, artifact.file_count AS fileCount,
  (SELECT json_group_array(tag) FROM artifact_tag WHERE artifact_tag.artifact = artifact.id) AS tags,
  artifact.created_at_ms AS createdAtMs, artifact.updated_at_ms AS updatedAtMs`

export const selectArtifact: string = `SELECT ${artifactColumns} FROM artifact`

export type ArtifactRecord = Omit<Nulls<ArtifactRow>, 'tags' | 'requestedAliases' | 'state' | 'digestAlgorithm'> & {
  readonly digestAlgorithm: string
  readonly tags: string
  readonly requestedAliases: string
  readonly state: string
}

export function fromArtifactRecord(read: ArtifactRecord): ArtifactRow {
  const record = withWholeTexts(read, artifactTextNames)
  return {
    ...record,
    // Written from an ArtifactState.
    state: record.state as ArtifactState,
    // Written from an ArtifactDigestAlgorithm.
    digestAlgorithm: record.digestAlgorithm as ArtifactDigestAlgorithm,
    description: record.description ?? undefined,
    metadata: record.metadata ?? undefined,
    labels: record.labels ?? undefined,
    ttlSeconds: record.ttlSeconds ?? undefined,
    historyStep: record.historyStep ?? undefined,
    storageRegion: record.storageRegion ?? undefined,
    distributedId: record.distributedId ?? undefined,
    createdByRun: record.createdByRun ?? undefined,
    requestedAliases: parseTexts(record.requestedAliases),
    tags: parseTexts(record.tags),
  }
}

export const selectMembership: string = `
  SELECT ${artifactColumns}, membership.id AS membershipId, membership.collection AS membershipCollection,
    membership.version_index AS membershipIndex, membership.created_at_ms AS membershipCreatedAtMs
  FROM artifact_membership AS membership JOIN artifact ON artifact.id = membership.artifact`

export type MembershipRecord = ArtifactRecord & {
  readonly membershipId: number
  readonly membershipCollection: number
  readonly membershipIndex: number
  readonly membershipCreatedAtMs: number
}

export function fromMembershipRecord(record: MembershipRecord): ArtifactMembershipRow {
  const { membershipId, membershipCollection, membershipIndex, membershipCreatedAtMs, ...artifact } = record
  return {
    id: membershipId,
    collection: membershipCollection,
    versionIndex: membershipIndex,
    createdAtMs: membershipCreatedAtMs,
    artifact: fromArtifactRecord(artifact),
  }
}

export const selectManifest: string = `
  SELECT id, artifact, kind, ${wholeColumn('name')}, ${wholeColumn('digest')}, base_artifact AS baseArtifact, sha256, size_bytes AS sizeBytes
  FROM artifact_manifest`

export type ManifestRecord = Omit<Nulls<ArtifactManifestRow>, 'kind'> & { readonly kind: string }

export function fromManifestRecord(read: ManifestRecord): ArtifactManifestRow {
  const record = withWholeTexts(read, ['name', 'digest'])
  return {
    ...record,
    // Written from an ArtifactManifestKind.
    kind: record.kind as ArtifactManifestKind,
    baseArtifact: record.baseArtifact ?? undefined,
    sha256: record.sha256 ?? undefined,
    sizeBytes: record.sizeBytes ?? undefined,
  }
}

export const selectBlob = `
  SELECT id, project_id AS projectId, md5, xxh128, sha256, size_bytes AS sizeBytes, birth_artifact AS birthArtifact
  FROM artifact_blob`

export type BlobRecord = Nulls<ArtifactBlobRow>

export function fromBlobRecord(record: BlobRecord): ArtifactBlobRow {
  return { ...record, xxh128: record.xxh128 ?? undefined }
}

const entryColumns = `
  entry.path, entry.size_bytes AS sizeBytes, entry.birth_artifact AS birthArtifact, entry.blob,
  ${wholeColumns('entry', { digest: 'digest', ref: 'ref', extra: 'extra' })}, artifact_blob.sha256, artifact_blob.md5`

export const selectEntry: string = `SELECT ${entryColumns}
  FROM artifact_entry AS entry LEFT JOIN artifact_blob ON artifact_blob.id = entry.blob`

/**
 * Entries of committed versions. CROSS JOIN keeps the order: from the few rows of one MD5 outwards, where SQLite might choose to
 * walk through all entries of a version.
 */
export const selectCommittedEntryByBlob: string = `SELECT ${entryColumns}
  FROM artifact_blob CROSS JOIN artifact_entry AS entry ON entry.blob = artifact_blob.id
    CROSS JOIN artifact ON artifact.id = entry.artifact AND artifact.state = 'committed'`

export type EntryRecord = Nulls<ArtifactEntryRow>

export function fromEntryRecord(read: EntryRecord): ArtifactEntryRow {
  const record = withWholeTexts(read, ['digest', 'ref', 'extra'])
  return {
    path: record.path,
    digest: record.digest,
    sizeBytes: record.sizeBytes ?? undefined,
    ref: record.ref ?? undefined,
    birthArtifact: record.birthArtifact ?? undefined,
    extra: record.extra ?? undefined,
    blob: record.blob ?? undefined,
    sha256: record.sha256 ?? undefined,
    md5: record.md5 ?? undefined,
  }
}

/** A column that holds a list of texts. */
function parseTexts(json: string): readonly string[] {
  if (json === '[]') return []
  try {
    const texts: unknown = JSON.parse(json)
    if (Array.isArray(texts)) return texts.map(String)
    throw new TypeError('not a list')
  } catch (cause) {
    throw corruptError('a list of an artifact', cause)
  }
}

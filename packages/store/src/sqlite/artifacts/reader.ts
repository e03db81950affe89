import type {
  ArtifactCollectionQuery,
  ArtifactEntryByDigest,
  ArtifactEntryQuery,
  ArtifactMembershipAddress,
  ArtifactMembershipQuery,
  ArtifactReads,
} from '../../artifacts/artifact-reads.ts'
import type {
  ArtifactAliasRow,
  ArtifactClientIdRow,
  ArtifactCollectionRow,
  ArtifactDigestAlgorithm,
  ArtifactEntryRow,
  ArtifactManifestRow,
  ArtifactMembershipRow,
  ArtifactRow,
  ArtifactTypeRow,
} from '../../artifacts/artifact-rows.ts'
import type { Connection } from '../connection.ts'
import { containsFunction } from '../queries.ts'
import { listAliasChanges } from './alias-changes.ts'
import {
  type ArtifactRecord,
  type BlobRecord,
  type CollectionRecord,
  type EntryRecord,
  fromArtifactRecord,
  fromBlobRecord,
  fromCollectionRecord,
  fromEntryRecord,
  fromManifestRecord,
  fromMembershipRecord,
  fromTypeRecord,
  type ManifestRecord,
  type MembershipRecord,
  selectArtifact,
  selectBlob,
  selectCollection,
  selectCommittedEntryByBlob,
  selectEntry,
  selectManifest,
  selectMembership,
  selectType,
  type TypeRecord,
} from './records.ts'

/** The same calls, answered at once. */
export type ArtifactReader = {
  readonly [M in keyof ArtifactReads]: (...args: Parameters<ArtifactReads[M]>) => Awaited<ReturnType<ArtifactReads[M]>>
}

/** SQLite's way to say "all". */
const noLimit = -1

export function createArtifactReader(connection: Connection): ArtifactReader {
  return {
    types: (project) => listTypes(connection, project),
    collection: (at) => findCollection(connection, at.project, at.name),
    collectionById: (id) => findCollectionById(connection, id),
    collections: (query) => listCollections(connection, query),
    artifact: (id) => findArtifact(connection, id),
    artifactByDigest: ({ sequence, digest, digestAlgorithm }) =>
      oneArtifact(
        connection,
        `WHERE sequence = ? AND digest = ? AND digest_algorithm = ? AND state = 'committed' ORDER BY id DESC LIMIT 1`,
        sequence,
        digest,
        digestAlgorithm,
      ),
    pendingArtifact: ({ sequence, distributedId }) =>
      oneArtifact(
        connection,
        `WHERE sequence = ? AND distributed_id = ? AND state = 'pending' ORDER BY id LIMIT 1`,
        sequence,
        distributedId,
      ),
    abandonedArtifacts: ({ untilMs, limit }) =>
      manyArtifacts(
        connection,
        `WHERE state = 'pending' AND updated_at_ms <= ? ORDER BY updated_at_ms, id LIMIT ?`,
        untilMs,
        limit,
      ),
    expiredArtifacts: ({ nowMs, after, limit }) =>
      manyArtifacts(
        connection,
        // Few have one; SQLite would walk through all that are committed.
        `INDEXED BY artifact_by_lifetime WHERE ${isExpired} AND id > ? ORDER BY id LIMIT ?`,
        nowMs,
        after,
        limit,
      ),
    isReferredTo: (uriPrefix) => isReferredTo(connection, uriPrefix),
    membership: (at) => findMembership(connection, at),
    memberships: (query) => listMemberships(connection, query),
    membershipsOf: (artifact) =>
      connection
        .all<MembershipRecord>(`${selectMembership} WHERE membership.artifact = ? ORDER BY membership.id`, artifact)
        .map(fromMembershipRecord),
    countMemberships: (collection) =>
      connection.get<{ count: number }>(
        'SELECT count(*) AS count FROM artifact_membership WHERE collection = ?',
        collection,
      )!.count,
    aliases: (query) => listAliases(connection, query),
    aliasChanges: (query) => listAliasChanges(connection, query),
    clientId: (id) => findClientId(connection, id),
    manifest: (id) => findManifest(connection, id),
    manifests: (artifact) =>
      connection
        .all<ManifestRecord>(`${selectManifest} WHERE artifact = ? ORDER BY id`, artifact)
        .map(fromManifestRecord),
    entries: (query) => listEntries(connection, query),
    entryByDigest: (at) => findEntryByDigest(connection, at),
    blobs: ({ project, digests, algorithm }) =>
      connection
        .all<BlobRecord>(
          `${selectBlob} WHERE project_id = ? AND ${algorithm} IN (SELECT value FROM json_each(?))`,
          project,
          JSON.stringify(digests),
        )
        .map(fromBlobRecord),
    storageBytes: (entity) =>
      connection.get<{ total: number }>(
        `SELECT coalesce(sum(size_bytes), 0) AS total FROM artifact_blob
         WHERE project_id IN (SELECT id FROM project WHERE entity = ?)`,
        entity,
      )!.total,
    contentsInUse: (sha256s) => findContentsInUse(connection, sha256s),
    runsOf: ({ artifact, direction }) =>
      connection
        .all<{ run: number }>(
          'SELECT run FROM artifact_usage WHERE artifact = ? AND direction = ? ORDER BY id',
          artifact,
          direction,
        )
        .map(({ run }) => run),
    artifactsOfRun: (query) => listArtifactsOfRun(connection, query),
    artifactsCreatedBy: (run) =>
      manyArtifacts(connection, `WHERE created_by_run = ? AND state <> 'deleted' ORDER BY id`, run),
  }
}

/**
 * Of a row of `artifact`: committed, at the end of its lifetime at the bound time, and in no collection but its own: what
 * somebody linked is in use.
 */
export const isExpired = `
  ttl_seconds > 0 AND created_at_ms + 1000.0 * ttl_seconds <= ? AND state = 'committed' AND NOT EXISTS (
    SELECT 1 FROM artifact_membership AS link WHERE link.artifact = artifact.id AND link.collection <> artifact.sequence)`

/** The range of all such URIs stands there for the index, which has no others. */
function isReferredTo(connection: Connection, uriPrefix: string): boolean {
  const found = connection.get(
    `SELECT 1 FROM artifact_entry AS entry INDEXED BY artifact_entry_by_artifact_ref
       CROSS JOIN artifact ON artifact.id = entry.artifact AND artifact.state = 'committed'
     WHERE entry.ref >= 'wandb-artifact://' AND entry.ref < 'wandb-artifact:/0' AND entry.ref >= ?1 AND entry.ref < ?2 LIMIT 1`,
    uriPrefix,
    `${uriPrefix}\u{10ffff}`,
  )
  return found !== undefined
}

function listTypes(connection: Connection, project: number): ArtifactTypeRow[] {
  return connection.all<TypeRecord>(`${selectType} WHERE project_id = ? ORDER BY name`, project).map(fromTypeRecord)
}

export function findCollection(
  connection: Connection,
  project: number,
  name: string,
): ArtifactCollectionRow | undefined {
  const record = connection.get<CollectionRecord>(
    `${selectCollection} WHERE collection.project_id = ? AND collection.name = ?`,
    project,
    name,
  )
  return record && fromCollectionRecord(record)
}

export function findCollectionById(connection: Connection, id: number): ArtifactCollectionRow | undefined {
  const record = connection.get<CollectionRecord>(`${selectCollection} WHERE collection.id = ?`, id)
  return record && fromCollectionRecord(record)
}

function listCollections(connection: Connection, query: ArtifactCollectionQuery): ArtifactCollectionRow[] {
  return connection
    .all<CollectionRecord>(
      `${selectCollection} WHERE collection.project_id = ?1 AND (?2 IS NULL OR type.name = ?2)
        AND (?3 IS NULL OR collection.kind = ?3) AND (?4 IS NULL OR ${containsFunction}(collection.name, ?4))
        ORDER BY ?4 IS NOT NULL AND length(collection.name) > length(?4), collection.name LIMIT ?5`,
      query.project,
      query.type ?? null,
      query.kind ?? null,
      query.search ?? null,
      query.limit ?? noLimit,
    )
    .map(fromCollectionRecord)
}

export function findArtifact(connection: Connection, id: number): ArtifactRow | undefined {
  return oneArtifact(connection, 'WHERE id = ?', id)
}

function oneArtifact(connection: Connection, where: string, ...values: (string | number)[]): ArtifactRow | undefined {
  const record = connection.get<ArtifactRecord>(`${selectArtifact} ${where}`, ...values)
  return record && fromArtifactRecord(record)
}

function manyArtifacts(connection: Connection, where: string, ...values: (string | number)[]): ArtifactRow[] {
  return connection.all<ArtifactRecord>(`${selectArtifact} ${where}`, ...values).map(fromArtifactRecord)
}

export function findMembership(
  connection: Connection,
  at: ArtifactMembershipAddress,
): ArtifactMembershipRow | undefined {
  const one = (where: string, ...values: (string | number)[]): ArtifactMembershipRow | undefined => {
    const record = connection.get<MembershipRecord>(
      `${selectMembership} WHERE membership.collection = ? ${where} ORDER BY membership.version_index DESC LIMIT 1`,
      at.collection,
      ...values,
    )
    return record && fromMembershipRecord(record)
  }
  if ('versionIndex' in at) return one('AND membership.version_index = ?', at.versionIndex)
  if ('artifact' in at) return one('AND membership.artifact = ?', at.artifact)
  if ('digest' in at) return one('AND artifact.digest = ?', at.digest)
  if ('isNewest' in at) return one('')
  const { collection, alias } = at
  return one(
    'AND membership.artifact = (SELECT artifact FROM artifact_alias WHERE collection = ? AND alias = ?)',
    collection,
    alias,
  )
}

function listMemberships(connection: Connection, query: ArtifactMembershipQuery): ArtifactMembershipRow[] {
  const order = query.isNewestFirst ? 'DESC' : 'ASC'
  return connection
    .all<MembershipRecord>(
      `${selectMembership} WHERE membership.collection = ? ORDER BY membership.version_index ${order} LIMIT ? OFFSET ?`,
      query.collection,
      query.limit ?? noLimit,
      query.offset ?? 0,
    )
    .map(fromMembershipRecord)
}

export function listAliases(
  connection: Connection,
  query: { readonly collection?: number; readonly artifact?: number },
): ArtifactAliasRow[] {
  const select = 'SELECT id, collection, alias, artifact FROM artifact_alias'
  const { collection, artifact } = query
  if (artifact === undefined) {
    if (collection === undefined) return []
    return connection.all<ArtifactAliasRow>(`${select} WHERE collection = ? ORDER BY alias`, collection)
  }
  return connection.all<ArtifactAliasRow>(
    `${select} WHERE artifact = ?1 AND (?2 IS NULL OR collection = ?2) ORDER BY alias, id`,
    artifact,
    collection ?? null,
  )
}

function findClientId(connection: Connection, id: string): ArtifactClientIdRow | undefined {
  const found = connection.get<{ artifact: number | null; collection: number | null }>(
    'SELECT artifact, collection FROM artifact_client_id WHERE client_id = ?',
    id,
  )
  if (found === undefined) return undefined
  if (found.artifact !== null) return { artifact: found.artifact }
  return found.collection === null ? undefined : { collection: found.collection }
}

export function findManifest(connection: Connection, id: number): ArtifactManifestRow | undefined {
  const record = connection.get<ManifestRecord>(`${selectManifest} WHERE id = ?`, id)
  return record && fromManifestRecord(record)
}

function listEntries(connection: Connection, query: ArtifactEntryQuery): ArtifactEntryRow[] {
  const limit = query.limit ?? noLimit
  const after = query.after ?? ''
  // A path is never empty, so everything comes behind ''.
  const records =
    query.paths === undefined
      ? connection.all<EntryRecord>(
          `${selectEntry} WHERE entry.artifact = ? AND entry.path > ? ORDER BY entry.path LIMIT ?`,
          query.artifact,
          after,
          limit,
        )
      : connection.all<EntryRecord>(
          `${selectEntry} WHERE entry.artifact = ? AND entry.path > ?
            AND entry.path IN (SELECT value FROM json_each(?)) ORDER BY entry.path LIMIT ?`,
          query.artifact,
          after,
          JSON.stringify(query.paths),
          limit,
        )
  return records.map(fromEntryRecord)
}

function findEntryByDigest(connection: Connection, at: ArtifactEntryByDigest): ArtifactEntryRow | undefined {
  const oneBy = (algorithm: ArtifactDigestAlgorithm, where: string, value: string | number) =>
    connection.get<EntryRecord>(
      `${selectCommittedEntryByBlob} ${where} AND artifact_blob.${algorithm} = ? LIMIT 1`,
      value,
      at.digest,
    )
  const one = (where: string, value: string | number): ArtifactEntryRow | undefined => {
    const record = oneBy('md5', where, value) ?? oneBy('xxh128', where, value)
    return record && fromEntryRecord(record)
  }
  if ('artifact' in at) return one('WHERE entry.artifact = ?', at.artifact)
  const { collection, entity } = { collection: undefined, entity: undefined, ...at }
  if (collection !== undefined) {
    return one(
      'CROSS JOIN artifact_membership AS membership ON membership.artifact = artifact.id WHERE membership.collection = ?',
      collection,
    )
  }
  return one('CROSS JOIN project ON project.id = artifact.project_id WHERE project.entity = ?', entity ?? '')
}

/** In use: entries, what pending versions claim or were the first to bring, and manifests of pending versions. */
function findContentsInUse(connection: Connection, sha256s: readonly string[]): Set<string> {
  const records = connection.all<{ sha256: string }>(
    `SELECT value AS sha256 FROM json_each(?) WHERE
      EXISTS (SELECT 1 FROM artifact_manifest WHERE sha256 = value)
      OR EXISTS (SELECT 1 FROM artifact_blob AS blob WHERE blob.sha256 = value AND (${blobIsInUse}))`,
    JSON.stringify(sha256s),
  )
  return new Set(records.map(({ sha256 }) => sha256))
}

/** For a row `blob` of `artifact_blob`. */
export const blobIsInUse = `
  EXISTS (SELECT 1 FROM artifact_entry WHERE artifact_entry.blob = blob.id)
  OR EXISTS (SELECT 1 FROM artifact WHERE artifact.id = blob.birth_artifact AND artifact.state = 'pending')
  OR EXISTS (SELECT 1 FROM artifact_claim JOIN artifact ON artifact.id = artifact_claim.artifact
    WHERE artifact_claim.md5 = blob.md5 AND artifact.project_id = blob.project_id)`

function listArtifactsOfRun(
  connection: Connection,
  query: Parameters<ArtifactReads['artifactsOfRun']>[0],
): { artifacts: ArtifactRow[]; total: number } {
  const from = `JOIN artifact_usage AS usage ON usage.artifact = artifact.id
    WHERE usage.run = ?1 AND usage.direction = ?2 AND artifact.state = 'committed' AND NOT EXISTS (
      SELECT 1 FROM artifact_collection AS sequence JOIN artifact_type AS type ON type.id = sequence.type_id
      WHERE sequence.id = artifact.sequence AND type.name IN (SELECT value FROM json_each(?3)))`
  const exceptTypes = JSON.stringify(query.exceptTypes ?? [])
  const { total } = connection.get<{ total: number }>(
    `SELECT count(*) AS total FROM artifact ${from}`,
    query.run,
    query.direction,
    exceptTypes,
  )!
  const artifacts = manyArtifacts(
    connection,
    `${from} ORDER BY usage.id LIMIT ?4 OFFSET ?5`,
    query.run,
    query.direction,
    exceptTypes,
    query.limit ?? noLimit,
    query.offset ?? 0,
  )
  return { artifacts, total }
}

import type { ArtifactMembershipRow, ArtifactRow } from '../../artifacts/artifact-rows.ts'
import type { ChangeArtifactWrite, CommitArtifactWrite, CreateArtifactWrite } from '../../artifacts/artifact-writes.ts'
import { StoreError } from '../../errors.ts'
import type { Connection } from '../connection.ts'
import { requireArtifact, requireCollection, touchCollection } from './existing-rows.ts'
import { putAliases, putMembership, unlinkArtifact } from './membership-writer.ts'
import { findArtifact, isExpired } from './reader.ts'

/** Within a transaction, as everything here. */
export function createArtifact(connection: Connection, write: CreateArtifactWrite): { artifact: ArtifactRow } {
  const { projectId } = requireCollection(connection, write.sequence)
  connection.run(
    `INSERT INTO artifact (project_id, sequence, state, digest, digest_algorithm, description, metadata, labels, ttl_seconds, history_step,
       storage_region, distributed_id, created_by_run, username, requested_aliases, created_at_ms, updated_at_ms)
     VALUES (?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?15, ?15)`,
    projectId,
    write.sequence,
    write.digest,
    write.digestAlgorithm,
    write.description ?? null,
    write.metadata ?? null,
    write.labels ?? null,
    write.ttlSeconds ?? null,
    write.historyStep ?? null,
    write.storageRegion ?? null,
    write.distributedId ?? null,
    write.createdByRun ?? null,
    write.username,
    JSON.stringify(write.requestedAliases),
    write.nowMs,
  )
  const { id } = connection.get<{ id: number }>('SELECT last_insert_rowid() AS id')!
  changeTags(connection, id, write.tags, [])
  putClientIds(connection, id, write.clientId, write.sequenceClientId)
  return { artifact: findArtifact(connection, id)! }
}

/** The newest meaning of an id counts: a client that tries again asks with the same ids. */
export function putClientIds(
  connection: Connection,
  artifact: number,
  clientId: string | undefined,
  sequenceClientId: string | undefined,
): void {
  const { sequence } = requireArtifact(connection, artifact)
  const put = (id: string | undefined, target: { artifact: number | null; collection: number | null }): void => {
    if (id === undefined) return
    connection.run(
      `INSERT INTO artifact_client_id (client_id, artifact, collection) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET artifact = excluded.artifact, collection = excluded.collection`,
      id,
      target.artifact,
      target.collection,
    )
  }
  put(clientId, { artifact, collection: null })
  put(sequenceClientId, { artifact: null, collection: sequence })
}

export function changeArtifact(connection: Connection, write: ChangeArtifactWrite): { artifact: ArtifactRow } {
  const found = requireArtifact(connection, write.artifact)
  const requested = new Set([...found.requestedAliases, ...(write.requestedAliases ?? [])])
  connection.run(
    `UPDATE artifact SET description = ?, metadata = ?, labels = ?, ttl_seconds = ?, requested_aliases = ?,
       updated_at_ms = max(updated_at_ms, ?) WHERE id = ?`,
    (write.description === undefined ? found.description : write.description) ?? null,
    write.metadata ?? found.metadata ?? null,
    write.labels ?? found.labels ?? null,
    (write.ttlSeconds === undefined ? found.ttlSeconds : write.ttlSeconds) ?? null,
    JSON.stringify([...requested]),
    write.nowMs,
    found.id,
  )
  changeTags(connection, found.id, write.tagsToAdd ?? [], write.tagsToDelete ?? [])
  return { artifact: findArtifact(connection, found.id)! }
}

export function commitArtifact(
  connection: Connection,
  write: CommitArtifactWrite,
): { membership: ArtifactMembershipRow } {
  const { artifact, nowMs } = write
  const found = requireArtifact(connection, artifact)
  requireCollection(connection, found.sequence)
  if (found.state === 'pending') {
    connection.run(
      `UPDATE artifact SET state = 'committed', digest = ?, size_bytes = ?, file_count = ?, manifest_head = ?,
         updated_at_ms = max(updated_at_ms, ?) WHERE id = ?`,
      write.digest,
      write.sizeBytes,
      write.fileCount,
      write.manifestHead,
      nowMs,
      artifact,
    )
    // Entries keep the bytes from now on, and the manifest is made from them.
    connection.run('DELETE FROM artifact_claim WHERE artifact = ?', artifact)
    connection.run('UPDATE artifact_manifest SET sha256 = NULL WHERE artifact = ?', artifact)
  }
  const membership = putMembership(connection, found.sequence, artifact, nowMs)
  if (found.state === 'pending') putAliases(connection, found.sequence, artifact, found.requestedAliases, nowMs)
  return { membership }
}

/** False where a condition does not hold any more: somebody came first since the caller looked. */
export function isStillToDelete(
  connection: Connection,
  write: {
    readonly artifact: number
    readonly onlyIfPendingSinceMs?: number | undefined
    readonly onlyIfExpiredAtMs?: number | undefined
  },
): boolean {
  const { artifact, onlyIfPendingSinceMs: pendingSinceMs, onlyIfExpiredAtMs: expiredAtMs } = write
  if (pendingSinceMs !== undefined) {
    const found = findArtifact(connection, artifact)
    if (found?.state !== 'pending' || found.updatedAtMs > pendingSinceMs) return false
  }
  if (expiredAtMs === undefined) return true
  return connection.get(`SELECT 1 FROM artifact WHERE ${isExpired} AND id = ?`, expiredAtMs, artifact) !== undefined
}

export function deleteArtifact(connection: Connection, artifact: number, nowMs: number): void {
  const { sequence } = requireArtifact(connection, artifact)
  const memberships = connection.all<{ collection: number }>(
    'SELECT collection FROM artifact_membership WHERE artifact = ?',
    artifact,
  )
  for (const { collection } of memberships) unlinkArtifact(connection, collection, artifact, nowMs)
  const tables = ['artifact_tag', 'artifact_claim', 'artifact_entry', 'artifact_manifest', 'artifact_usage']
  for (const table of tables) connection.run(`DELETE FROM ${table} WHERE artifact = ?`, artifact)
  connection.run(
    `UPDATE artifact SET state = 'deleted', metadata = NULL, requested_aliases = '[]', updated_at_ms = ? WHERE id = ?`,
    nowMs,
    artifact,
  )
  touchCollection(connection, sequence, nowMs)
}

export function putUsage(
  connection: Connection,
  usage: { run: number; direction: string; artifact: number; usedAs?: string | undefined },
): void {
  requireArtifact(connection, usage.artifact)
  if (connection.get('SELECT 1 FROM run WHERE id = ?', usage.run) === undefined) {
    throw new StoreError({ code: 'not-found', message: `There is no run with storage id ${usage.run}.` })
  }
  connection.run(
    `INSERT INTO artifact_usage (run, direction, artifact, used_as) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET used_as = coalesce(excluded.used_as, used_as)`,
    usage.run,
    usage.direction,
    usage.artifact,
    usage.usedAs ?? null,
  )
}

function changeTags(
  connection: Connection,
  artifact: number,
  toAdd: readonly string[],
  toDelete: readonly string[],
): void {
  for (const tag of toAdd) {
    connection.run('INSERT OR IGNORE INTO artifact_tag (artifact, tag) VALUES (?, ?)', artifact, tag)
  }
  for (const tag of toDelete) {
    connection.run('DELETE FROM artifact_tag WHERE artifact = ? AND tag = ?', artifact, tag)
  }
}

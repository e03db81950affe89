import type { ArtifactMembershipRow } from '../../artifacts/artifact-rows.ts'
import type { LinkArtifactWrite } from '../../artifacts/artifact-writes.ts'
import { StoreError } from '../../errors.ts'
import type { Connection } from '../connection.ts'
import { noteAliasChange } from './alias-changes.ts'
import { requireArtifact, requireCollection, touchArtifact, touchCollection } from './existing-rows.ts'
import { findMembership, listAliases } from './reader.ts'

/** The alias that follows the newest version of a collection by itself. */
const latest = 'latest'

/** Gives the version the next index of the collection unless it is there already, and `latest`. Within a transaction. */
export function putMembership(
  connection: Connection,
  collection: number,
  artifact: number,
  nowMs: number,
): ArtifactMembershipRow {
  const found = findMembership(connection, { collection, artifact })
  if (found !== undefined) return found
  connection.run(
    `INSERT INTO artifact_membership (collection, artifact, version_index, created_at_ms)
     VALUES (?1, ?2, (SELECT next_version_index FROM artifact_collection WHERE id = ?1), ?3)`,
    collection,
    artifact,
    nowMs,
  )
  connection.run('UPDATE artifact_collection SET next_version_index = next_version_index + 1 WHERE id = ?', collection)
  putAliases(connection, collection, artifact, [latest], nowMs)
  return findMembership(connection, { collection, artifact })!
}

export function linkArtifact(connection: Connection, write: LinkArtifactWrite): { membership: ArtifactMembershipRow } {
  const { collection, artifact, nowMs } = write
  requireCollection(connection, collection)
  if (requireArtifact(connection, artifact).state !== 'committed') {
    throw new StoreError({ code: 'conflict', message: `Artifact ${artifact} is not committed.` })
  }
  const membership = putMembership(connection, collection, artifact, nowMs)
  putAliases(connection, collection, artifact, write.aliases, nowMs)
  return { membership }
}

export function putAliases(
  connection: Connection,
  collection: number,
  artifact: number,
  aliases: readonly string[],
  nowMs: number,
): void {
  const membership = findMembership(connection, { collection, artifact })
  if (membership === undefined) {
    throw new StoreError({ code: 'not-found', message: `Artifact ${artifact} is not in collection ${collection}.` })
  }
  for (const alias of aliases) {
    if (alias !== latest) {
      const from = findMembership(connection, { collection, alias })?.versionIndex
      noteAliasChange(connection, { collection, alias, from, to: membership.versionIndex, atMs: nowMs })
    }
    connection.run(
      `INSERT INTO artifact_alias (collection, alias, artifact) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET artifact = excluded.artifact`,
      collection,
      alias,
      artifact,
    )
  }
  touchArtifact(connection, artifact, nowMs)
  touchCollection(connection, collection, nowMs)
}

export function deleteAliases(
  connection: Connection,
  collection: number,
  artifact: number,
  aliases: readonly string[],
  nowMs: number,
): void {
  noteGone(connection, collection, artifact, aliases, nowMs)
  for (const alias of aliases) {
    connection.run(
      'DELETE FROM artifact_alias WHERE collection = ? AND alias = ? AND artifact = ?',
      collection,
      alias,
      artifact,
    )
  }
  touchArtifact(connection, artifact, nowMs)
  touchCollection(connection, collection, nowMs)
}

export function unlinkArtifact(connection: Connection, collection: number, artifact: number, nowMs: number): void {
  const latestAlias = connection.get(
    'SELECT 1 FROM artifact_alias WHERE collection = ? AND alias = ? AND artifact = ?',
    collection,
    latest,
    artifact,
  )
  noteGone(connection, collection, artifact, undefined, nowMs)
  connection.run('DELETE FROM artifact_alias WHERE collection = ? AND artifact = ?', collection, artifact)
  const count = connection.run(
    'DELETE FROM artifact_membership WHERE collection = ? AND artifact = ?',
    collection,
    artifact,
  )
  if (count === 0) {
    throw new StoreError({ code: 'not-found', message: `Artifact ${artifact} is not in collection ${collection}.` })
  }
  const newest = latestAlias === undefined ? undefined : findMembership(connection, { collection, isNewest: true })
  if (newest !== undefined) putAliases(connection, collection, newest.artifact.id, [latest], nowMs)
  touchCollection(connection, collection, nowMs)
}

/** Notes that names of the version point to none: the given ones that it has, or all of them. */
function noteGone(
  connection: Connection,
  collection: number,
  artifact: number,
  aliases: readonly string[] | undefined,
  nowMs: number,
): void {
  const from = findMembership(connection, { collection, artifact })?.versionIndex
  for (const { alias } of listAliases(connection, { collection, artifact })) {
    if (alias === latest || aliases?.includes(alias) === false) continue
    noteAliasChange(connection, { collection, alias, from, to: undefined, atMs: nowMs })
  }
}

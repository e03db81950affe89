import type { ArtifactBlobRow, ArtifactManifestRow } from '../../artifacts/artifact-rows.ts'
import type {
  PutArtifactBlobWrite,
  PutArtifactEntriesWrite,
  PutArtifactManifestWrite,
} from '../../artifacts/artifact-writes.ts'
import { StoreError } from '../../errors.ts'
import type { Connection } from '../connection.ts'
import { requireArtifact } from './existing-rows.ts'
import { blobIsInUse, findManifest } from './reader.ts'
import { type BlobRecord, fromBlobRecord, selectBlob } from './records.ts'

/** Within a transaction, as everything here. */
export function putManifest(
  connection: Connection,
  write: PutArtifactManifestWrite,
): { manifest: ArtifactManifestRow } {
  requirePending(connection, write.artifact)
  if (write.manifest === undefined) {
    connection.run(
      'INSERT INTO artifact_manifest (artifact, kind, name, digest, base_artifact) VALUES (?, ?, ?, ?, ?)',
      write.artifact,
      write.manifestKind,
      write.name,
      write.digest,
      write.baseArtifact ?? null,
    )
    const { id } = connection.get<{ id: number }>('SELECT last_insert_rowid() AS id')!
    return { manifest: findManifest(connection, id)! }
  }
  requireManifest(connection, write.manifest)
  connection.run(
    `UPDATE artifact_manifest SET name = ?1, base_artifact = coalesce(?3, base_artifact),
       sha256 = CASE WHEN ?2 IN ('', digest) THEN sha256 END, digest = CASE ?2 WHEN '' THEN digest ELSE ?2 END WHERE id = ?4`,
    write.name,
    write.digest,
    write.baseArtifact ?? null,
    write.manifest,
  )
  return { manifest: findManifest(connection, write.manifest)! }
}

export function putManifestContent(
  connection: Connection,
  write: { manifest: number; sha256: string; sizeBytes: number },
): void {
  requireManifest(connection, write.manifest)
  connection.run(
    'UPDATE artifact_manifest SET sha256 = ?, size_bytes = ? WHERE id = ?',
    write.sha256,
    write.sizeBytes,
    write.manifest,
  )
}

export function claimBlobs(connection: Connection, artifact: number, md5s: readonly string[]): void {
  // Nobody would let go of a claim that comes after the commit.
  if (requireArtifact(connection, artifact).state !== 'pending') return
  connection.run(
    'INSERT OR IGNORE INTO artifact_claim (artifact, md5) SELECT ?, value FROM json_each(?)',
    artifact,
    JSON.stringify(md5s),
  )
}

/** The same MD5 or XXH128 with other bytes (a forged collision) does not replace what versions refer to already. */
export function putBlob(connection: Connection, write: PutArtifactBlobWrite): { blob: ArtifactBlobRow } {
  connection.run(
    `INSERT OR IGNORE INTO artifact_blob (project_id, md5, sha256, size_bytes, birth_artifact) VALUES (?, ?, ?, ?, ?)`,
    write.project,
    write.md5,
    write.sha256,
    write.sizeBytes,
    write.birthArtifact,
  )
  if (write.xxh128 !== undefined) {
    connection.run(
      'UPDATE OR IGNORE artifact_blob SET xxh128 = ? WHERE project_id = ? AND md5 = ? AND sha256 = ? AND xxh128 IS NULL',
      write.xxh128,
      write.project,
      write.md5,
      write.sha256,
    )
  }
  const blob = connection.get<BlobRecord>(`${selectBlob} WHERE project_id = ? AND md5 = ?`, write.project, write.md5)
  return { blob: fromBlobRecord(blob!) }
}

export function putEntries(connection: Connection, write: PutArtifactEntriesWrite): void {
  const { artifact } = write
  requirePending(connection, artifact)
  requireBlobs(connection, write.entries)
  if (write.isFirst) connection.run('DELETE FROM artifact_entry WHERE artifact = ?', artifact)
  for (const entry of write.entries) {
    connection.run(
      `INSERT OR REPLACE INTO artifact_entry (artifact, path, digest, size_bytes, ref, birth_artifact, extra, blob)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      artifact,
      entry.path,
      entry.digest,
      entry.sizeBytes ?? null,
      entry.ref ?? null,
      entry.birthArtifact ?? null,
      entry.extra ?? null,
      entry.blob ?? null,
    )
  }
}

/** What became needed again since the caller looked stays. */
export function forgetContents(connection: Connection, sha256s: readonly string[]): void {
  connection.run(
    `DELETE FROM artifact_blob AS blob WHERE blob.sha256 IN (SELECT value FROM json_each(?)) AND NOT (${blobIsInUse})`,
    JSON.stringify(sha256s),
  )
}

function requireManifest(connection: Connection, id: number): void {
  const found = findManifest(connection, id)
  if (found === undefined) {
    throw new StoreError({ code: 'not-found', message: `There is no manifest with id ${id}.` })
  }
  requirePending(connection, found.artifact)
}

/** @throws {@link StoreError} `conflict` for a committed version, `not-found`. */
function requirePending(connection: Connection, artifact: number): void {
  if (requireArtifact(connection, artifact).state === 'pending') return
  throw new StoreError({ code: 'conflict', message: `Artifact ${artifact} is committed.` })
}

/** A content may have been let go of after the caller looked. */
function requireBlobs(connection: Connection, entries: PutArtifactEntriesWrite['entries']): void {
  const blobs = [...new Set(entries.flatMap(({ blob }) => blob ?? []))]
  const missing = connection.get<{ blob: number }>(
    'SELECT value AS blob FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM artifact_blob WHERE id = value)',
    JSON.stringify(blobs),
  )
  if (missing === undefined) return
  const path = entries.find(({ blob }) => blob === missing.blob)?.path
  throw new StoreError({ code: 'conflict', message: `The content of "${path}" was let go of meanwhile.` })
}

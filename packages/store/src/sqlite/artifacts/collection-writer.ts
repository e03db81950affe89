import type { ArtifactCollectionRow, ArtifactTypeRow } from '../../artifacts/artifact-rows.ts'
import type {
  ChangeArtifactCollectionWrite,
  PutArtifactCollectionWrite,
  PutArtifactTypeWrite,
} from '../../artifacts/artifact-writes.ts'
import { StoreError } from '../../errors.ts'
import type { Connection } from '../connection.ts'
import { ensureProject } from '../run-writer.ts'
import { requireCollection } from './existing-rows.ts'
import { unlinkArtifact } from './membership-writer.ts'
import { findCollection, findCollectionById } from './reader.ts'
import { fromTypeRecord, selectType, type TypeRecord } from './records.ts'
import { deleteArtifact } from './version-writer.ts'

/** Within a transaction, as everything here. */
export function putType(connection: Connection, write: PutArtifactTypeWrite): { type: ArtifactTypeRow } {
  connection.run(
    `INSERT INTO artifact_type (project_id, name, description, created_at_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET description = coalesce(excluded.description, description)`,
    write.project,
    write.name,
    write.description ?? null,
    write.nowMs,
  )
  const record = connection.get<TypeRecord>(
    `${selectType} WHERE project_id = ? AND name = ?`,
    write.project,
    write.name,
  )
  return { type: fromTypeRecord(record!) }
}

export function putCollection(
  connection: Connection,
  write: PutArtifactCollectionWrite,
): { collection: ArtifactCollectionRow } {
  const { entity, project, name, type, nowMs } = write
  const projectId = ensureProject(connection, entity, project, nowMs)
  const found = findCollection(connection, projectId, name)
  if (found !== undefined) {
    if (found.kind === write.collectionKind && found.type === type) return { collection: found }
    throw conflict(name, `is a ${found.kind} of type "${found.type}" already`)
  }
  const { type: typeRow } = putType(connection, { kind: 'put-artifact-type', project: projectId, name: type, nowMs })
  connection.run(
    `INSERT INTO artifact_collection (project_id, type_id, kind, name, created_at_ms, updated_at_ms)
     VALUES (?, ?, ?, ?, ?5, ?5)`,
    projectId,
    typeRow.id,
    write.collectionKind,
    name,
    nowMs,
  )
  return { collection: findCollection(connection, projectId, name)! }
}

export function changeCollection(
  connection: Connection,
  write: ChangeArtifactCollectionWrite,
): { collection: ArtifactCollectionRow } {
  const found = requireCollection(connection, write.collection)
  const namesake = write.name === undefined ? undefined : findCollection(connection, found.projectId, write.name)
  if (namesake !== undefined && namesake.id !== found.id) throw conflict(namesake.name, 'exists already')
  const typeId =
    write.type === undefined
      ? found.typeId
      : putType(connection, {
          kind: 'put-artifact-type',
          project: found.projectId,
          name: write.type,
          nowMs: write.nowMs,
        }).type.id
  connection.run(
    'UPDATE artifact_collection SET name = ?, description = ?, type_id = ?, updated_at_ms = ? WHERE id = ?',
    write.name ?? found.name,
    write.description ?? found.description ?? null,
    typeId,
    write.nowMs,
    found.id,
  )
  for (const tag of write.tagsToAdd ?? []) {
    connection.run('INSERT OR IGNORE INTO artifact_collection_tag (collection, tag) VALUES (?, ?)', found.id, tag)
  }
  for (const tag of write.tagsToDelete ?? []) {
    connection.run('DELETE FROM artifact_collection_tag WHERE collection = ? AND tag = ?', found.id, tag)
  }
  return { collection: findCollectionById(connection, found.id)! }
}

/** A sequence takes its versions along, committed or not, and thereby their links elsewhere. */
export function deleteCollection(connection: Connection, collection: number, nowMs: number): void {
  const found = requireCollection(connection, collection)
  const ids = (sql: string): number[] => connection.all<{ id: number }>(sql, found.id).map(({ id }) => id)
  if (found.kind === 'sequence') {
    const made = ids("SELECT id FROM artifact WHERE sequence = ? AND state <> 'deleted'")
    for (const artifact of made) deleteArtifact(connection, artifact, nowMs)
  } else {
    const linked = ids('SELECT artifact AS id FROM artifact_membership WHERE collection = ?')
    for (const artifact of linked) unlinkArtifact(connection, found.id, artifact, nowMs)
  }
  for (const table of ['artifact_alias', 'artifact_alias_change', 'artifact_collection_tag', 'artifact_client_id']) {
    connection.run(`DELETE FROM ${table} WHERE collection = ?`, found.id)
  }
  connection.run('DELETE FROM artifact_collection WHERE id = ?', found.id)
}

function conflict(name: string, what: string): StoreError {
  return new StoreError({ code: 'conflict', message: `The artifact collection "${name}" ${what}.` })
}

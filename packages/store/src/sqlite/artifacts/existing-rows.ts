import type { ArtifactCollectionRow, ArtifactRow } from '../../artifacts/artifact-rows.ts'
import { StoreError } from '../../errors.ts'
import type { Connection } from '../connection.ts'
import { findArtifact, findCollectionById } from './reader.ts'

/** @throws {@link StoreError} `not-found`. */
export function requireCollection(connection: Connection, id: number): ArtifactCollectionRow {
  const found = findCollectionById(connection, id)
  if (found !== undefined) return found
  throw new StoreError({ code: 'not-found', message: `There is no artifact collection with id ${id}.` })
}

/** @throws {@link StoreError} `not-found`, also for a deleted one. */
export function requireArtifact(connection: Connection, id: number): ArtifactRow {
  const found = findArtifact(connection, id)
  if (found !== undefined && found.state !== 'deleted') return found
  throw new StoreError({ code: 'not-found', message: `There is no artifact with id ${id}.` })
}

export function touchCollection(connection: Connection, collection: number, nowMs: number): void {
  connection.run('UPDATE artifact_collection SET updated_at_ms = max(updated_at_ms, ?) WHERE id = ?', nowMs, collection)
}

export function touchArtifact(connection: Connection, artifact: number, nowMs: number): void {
  connection.run('UPDATE artifact SET updated_at_ms = max(updated_at_ms, ?) WHERE id = ?', nowMs, artifact)
}

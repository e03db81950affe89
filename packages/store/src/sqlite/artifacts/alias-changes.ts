import type { ArtifactAliasChangeRow } from '../../artifacts/artifact-rows.ts'
import type { Connection } from '../connection.ts'

/** A name that points elsewhere from now on; undefined: to none. Nothing is noted of one that stays. */
export function noteAliasChange(
  connection: Connection,
  { collection, alias, from, to, atMs }: Omit<ArtifactAliasChangeRow, 'id'> & { readonly collection: number },
): void {
  if (from === to) return
  connection.run(
    'INSERT INTO artifact_alias_change (collection, alias, from_version, to_version, at_ms) VALUES (?, ?, ?, ?, ?)',
    collection,
    alias,
    from ?? null,
    to ?? null,
    atMs,
  )
}

export function listAliasChanges(
  connection: Connection,
  { collection, before, limit }: { readonly collection: number; readonly before?: number; readonly limit: number },
): ArtifactAliasChangeRow[] {
  const rows = connection.all<{ id: number; alias: string; from: number | null; to: number | null; atMs: number }>(
    `SELECT id, alias, from_version AS "from", to_version AS "to", at_ms AS atMs FROM artifact_alias_change
     WHERE collection = ?1 AND (?2 IS NULL OR id < ?2) ORDER BY id DESC LIMIT ?3`,
    collection,
    before ?? null,
    limit,
  )
  return rows.map(({ from, to, ...rest }) => ({ ...rest, from: from ?? undefined, to: to ?? undefined }))
}

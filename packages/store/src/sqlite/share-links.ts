import { StoreError } from '../errors.ts'
import type { ShareLinkQuery, ShareLinkRow, ShareLinkWrite } from '../sharing/share-links.ts'
import type { Connection } from './connection.ts'

type StoredLink = { readonly [F in keyof ShareLinkRow]: Exclude<ShareLinkRow[F], undefined> | null }

const select = `SELECT id, project_id AS projectId, kind, target, path, username, created_at_ms AS createdAtMs,
  expires_at_ms AS expiresAtMs, used_at_ms AS usedAtMs, password_hash AS passwordHash FROM share_link`

export function listShareLinks(connection: Connection, query: ShareLinkQuery): ShareLinkRow[] {
  const [condition, value] =
    'project' in query
      ? (['project_id', query.project] as const)
      : 'id' in query
        ? (['id', query.id] as const)
        : (['digest', query.digest] as const)
  return connection.all<StoredLink>(`${select} WHERE ${condition} = ? ORDER BY id`, value).map(toLink)
}

/** Within a transaction, as everything that follows. */
export function putShareLink(
  connection: Connection,
  { link, digest, nowMs }: Extract<ShareLinkWrite, { kind: 'put-share-link' }>,
): { readonly link: ShareLinkRow } {
  connection.run(
    `INSERT INTO share_link (project_id, kind, target, path, digest, username, created_at_ms, expires_at_ms,
       password_hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    link.projectId,
    link.kind,
    link.target,
    link.path,
    digest,
    link.username,
    nowMs,
    link.expiresAtMs ?? null,
    link.passwordHash ?? null,
  )
  return { link: listShareLinks(connection, { digest })[0]! }
}

export function useShareLink(connection: Connection, link: number, nowMs: number): void {
  requireChange(connection.run('UPDATE share_link SET used_at_ms = ? WHERE id = ?', nowMs, link), link)
}

export function deleteShareLink(connection: Connection, link: number): void {
  requireChange(connection.run('DELETE FROM share_link WHERE id = ?', link), link)
}

/** So that people of the project that a run has come to see who else may look, and can take that back. */
export function moveShareLinksOfRun(connection: Connection, run: number, project: number): void {
  connection.run(`UPDATE share_link SET project_id = ? WHERE kind = 'run' AND target = ?`, project, run)
}

/** Of a project that is removed. */
export function deleteShareLinksOf(connection: Connection, project: number): void {
  connection.run('DELETE FROM share_link WHERE project_id = ?', project)
}

function requireChange(changedCount: number, link: number): void {
  if (changedCount > 0) return
  throw new StoreError({ code: 'not-found', message: `There is no link with the id ${link}.` })
}

function toLink({ expiresAtMs, usedAtMs, passwordHash, ...link }: StoredLink): ShareLinkRow {
  // The other columns are never NULL.
  return {
    ...link,
    expiresAtMs: expiresAtMs ?? undefined,
    usedAtMs: usedAtMs ?? undefined,
    passwordHash: passwordHash ?? undefined,
  } as ShareLinkRow
}

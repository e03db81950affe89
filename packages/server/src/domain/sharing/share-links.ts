import { createHash, randomBytes } from 'node:crypto'
import type { ProjectRow, ShareLinkKind, ShareLinkRow, Store } from '@lossline/store'
import type { Clock } from '../../clock.ts'
import { ServerError } from '../../errors.ts'
import { hashPassword } from './link-passwords.ts'

/** What a new link is to open. */
export interface NewShareLink {
  readonly kind: ShareLinkKind
  /** Storage id. */
  readonly target: number
  /** Where on the page it leads. */
  readonly path: string
  /** Undefined: it does not end by itself. */
  readonly expiresAtMs: number | undefined
  /** Undefined: whoever has the link needs no other secret. */
  readonly password: string | undefined
}

/** Links that let whoever has them look at something, and change nothing. */
export interface ShareLinks {
  /** @returns the link and its secret, which nobody learns again. @throws {@link ServerError} `invalid-request`. */
  create(
    project: ProjectRow,
    link: NewShareLink,
    username: string,
  ): Promise<{ readonly link: ShareLinkRow; readonly token: string }>
  /** Newest first. */
  list(project: ProjectRow): Promise<readonly ShareLinkRow[]>
  /** It opens nothing from then on. @throws {@link ServerError} `not-found`. */
  revoke(project: ProjectRow, id: number): Promise<void>
}

export function createShareLinks({ store, clock }: { readonly store: Store; readonly clock: Clock }): ShareLinks {
  return {
    create: async (project, { kind, target, path, expiresAtMs, password }, username) => {
      const ownPath = toOwnPath(path)
      if (ownPath === undefined) {
        throw new ServerError({ code: 'invalid-request', message: 'A link leads to a path of this server.' })
      }
      const nowMs = clock.now()
      if (expiresAtMs !== undefined && expiresAtMs <= nowMs) {
        throw new ServerError({ code: 'invalid-request', message: 'The link would have ended before it began.' })
      }
      // 256 bits: one round of a fast hash is as safe as many of a slow one, and there is nothing to guess.
      const token = randomBytes(32).toString('base64url')
      const passwordHash = password === undefined ? undefined : await hashPassword(password)
      const link = { projectId: project.id, kind, target, path: ownPath, username, expiresAtMs, passwordHash }
      const [made] = await store.write([{ kind: 'put-share-link', link, digest: digestShareToken(token), nowMs }])
      return { link: made.link, token }
    },
    list: async (project) => (await store.shareLinks({ project: project.id })).toReversed(),
    revoke: async (project, id) => {
      const [link] = await store.shareLinks({ id })
      if (link === undefined || link.projectId !== project.id) {
        throw new ServerError({ code: 'not-found', message: `No link ${id} in ${project.entity}/${project.name}.` })
      }
      await store.write([{ kind: 'delete-share-link', link: id }])
    },
  }
}

/** What is kept of a link's secret. */
export function digestShareToken(token: string): Uint8Array {
  return createHash('sha256').update(token).digest()
}

/** The link of a secret, if it is one and has not ended. @param store - The whole one. */
export async function findShareLink(store: Store, token: string, nowMs: number): Promise<ShareLinkRow | undefined> {
  if (!/^[\w-]{43}$/.test(token)) return undefined
  const [link] = await store.shareLinks({ digest: digestShareToken(token) })
  return link !== undefined && !hasEnded(link, nowMs) ? link : undefined
}

/** Whether a link still opens what it is of: nobody has taken it back, and it has not ended. @param store - The whole one. */
export async function isLinkOpen(store: Store, id: number, nowMs: number): Promise<boolean> {
  const [link] = await store.shareLinks({ id })
  return link !== undefined && !hasEnded(link, nowMs)
}

function hasEnded({ expiresAtMs }: ShareLinkRow, nowMs: number): boolean {
  return expiresAtMs !== undefined && expiresAtMs <= nowMs
}

/** The path of this origin that browsers would make of a text; undefined where they would go elsewhere, or nowhere. */
function toOwnPath(text: string): string | undefined {
  if (!/^\/[^/\\]/.test(text)) return undefined
  const url = URL.parse(text, 'http://here.invalid')
  if (url?.host !== 'here.invalid') return undefined
  // `/.//elsewhere` has become `//elsewhere`.
  return url.pathname.startsWith('//') ? undefined : url.pathname + url.search + url.hash
}

/** What a link lets people look at: a whole project, one of its runs, or one version of an artifact. */
export type ShareLinkKind = 'project' | 'run' | 'artifact'

/** A link that lets whoever has it look at something, and change nothing. Its secret is not kept. */
export interface ShareLinkRow {
  readonly id: number
  /** In which it was made. */
  readonly projectId: number
  readonly kind: ShareLinkKind
  /** Storage id of the project, run or version. */
  readonly target: number
  /** Where on the page it leads. */
  readonly path: string
  /** Who made it. */
  readonly username: string
  readonly createdAtMs: number
  /** Undefined: it does not end by itself. */
  readonly expiresAtMs: number | undefined
  /** When it was followed last; undefined: never. */
  readonly usedAtMs: number | undefined
  /** What is kept of the password that it asks for; undefined: it asks for none. */
  readonly passwordHash: string | undefined
}

/** All of a project, oldest first, or the one with an id or with the digest of its secret. */
export type ShareLinkQuery = { readonly project: number } | { readonly id: number } | { readonly digest: Uint8Array }

/** Makes a link, notes that one was followed, or takes one back. */
export type ShareLinkWrite =
  | {
      readonly kind: 'put-share-link'
      readonly link: Omit<ShareLinkRow, 'id' | 'createdAtMs' | 'usedAtMs'>
      /** Of the secret. */
      readonly digest: Uint8Array
      readonly nowMs: number
    }
  | { readonly kind: 'use-share-link'; readonly link: number; readonly nowMs: number }
  | { readonly kind: 'delete-share-link'; readonly link: number }

/** What a link lets whoever has it look at: a project, one of its runs, or one version of an artifact. */
export type ShareLinkTarget = 'project' | 'run' | 'artifact'

/** A link that lets whoever has it look at something, and change nothing. Its secret is told once, when it is made. */
export interface ShareLinkInfo {
  readonly id: number
  readonly kind: ShareLinkTarget
  /** Where on the page it leads. */
  readonly path: string
  /** Who made it. */
  readonly username: string
  readonly createdAtMs: number
  /** Null: it does not end by itself. */
  readonly expiresAtMs: number | null
  /** When it was followed last; null: never. */
  readonly usedAtMs: number | null
  /** Whoever follows it is asked for a password. */
  readonly hasPassword: boolean
  readonly hasEnded: boolean
}

/** `GET /api/projects/{entity}/{project}/share-links`: newest first, for those who may change the project. */
export interface ShareLinksResponse {
  /** `open`: everybody who reaches the server can do everything. */
  readonly mode: 'open' | 'keys'
  /** What everybody with an account may do in the project. */
  readonly access: 'private' | 'read' | 'write'
  readonly links: readonly ShareLinkInfo[]
}

/** Fewest characters of a link's password. */
export const sharePasswordLengthMin = 8
/** Most characters of a link's password. */
export const sharePasswordLengthMax = 200

/** Body of `POST /api/projects/{entity}/{project}/share-links`. */
export interface CreateShareLinkRequest {
  readonly of:
    | { readonly kind: 'project' }
    | { readonly kind: 'run'; readonly runId: string }
    /** A version, by its id. */
    | { readonly kind: 'artifact'; readonly artifactId: number }
  /** Where on the page it leads, such as `/ada/digits?nw=abc`. */
  readonly path: string
  /** Default: it does not end by itself. */
  readonly expiresAtMs?: number
  /** {@link sharePasswordLengthMin} to {@link sharePasswordLengthMax} characters, asked of whoever follows it. Default: nothing is asked. */
  readonly password?: string
}
/** The new link. */
export interface CreatedShareLinkResponse {
  readonly link: ShareLinkInfo
  /** `/s/{secret}`: nobody learns it again. */
  readonly path: string
}

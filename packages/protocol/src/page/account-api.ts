/** `GET /api/account`: whoever asks, where people have accounts. */
export interface AccountResponse {
  readonly name: string
  readonly email: string
  readonly isAdmin: boolean
  readonly keys: readonly ApiKeyInfo[]
  readonly teams: readonly { readonly team: string; readonly role: 'admin' | 'member' | 'reader' }[]
}

/** A key as it is listed: enough to tell it from others, too little to use it. */
export interface ApiKeyInfo {
  readonly id: number
  readonly prefix: string
  readonly description: string
  /** `read`: lets programs look, and changes nothing. */
  readonly scope: 'read' | 'write'
  readonly createdAtMs: number
  /** To the minute; null: never, or only before this was kept. */
  readonly lastUsedAtMs: number | null
}

/** `POST /api/account/keys` and `POST /api/admin/users/{user}/keys`: the whole key, which is told this once. */
export interface NewApiKeyResponse extends ApiKeyInfo {
  readonly apiKey: string
}

/** `GET /api/admin/users` */
export interface UsersResponse {
  readonly users: readonly UserInfo[]
}
/** Somebody with an account, as admins see them. `apiKey` is there when it was just made. */
export interface UserInfo {
  readonly name: string
  readonly admin: boolean
  readonly email: string
  readonly createdAtMs: number
  readonly keys: readonly ApiKeyInfo[]
  readonly teams: AccountResponse['teams']
  readonly apiKey?: string
}

/** `POST /api/admin/collect-garbage`: what is gone, or would go. */
export interface GarbageResponse {
  readonly isApplied: boolean
  readonly contentCount: number
  readonly sizeBytes: number
  readonly expiredVersionCount: number
  readonly abandonedVersionCount: number
  readonly leftovers: { readonly count: number; readonly sizeBytes: number }
  readonly removedRunCount: number
  readonly forgottenRunCount: number
}

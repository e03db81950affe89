import type { EntityRole } from '@lossline/protocol'

/** `user`: a person. `service`: a program of one team. `team`: an entity that several people own. */
export type AccountKind = 'user' | 'service' | 'team'

/** Whoever owns projects, or asks for them. Names are unique over all kinds: each is the name of an entity. */
export interface AccountRow {
  readonly id: number
  readonly name: string
  readonly kind: AccountKind
  /** '' if unknown. */
  readonly email: string
  /** Sees and changes everything. */
  readonly isAdmin: boolean
  readonly createdAtMs: number
}

/** What a key lets programs do: look at everything that its account may see, or change what the account may change too. */
export type ApiKeyScope = 'read' | 'write'

/** What proves who somebody is. The key itself is not kept. */
export interface ApiKeyRow {
  readonly id: number
  /** Whose. */
  readonly account: AccountRow
  /** SHA-256 of the key, 32 bytes. */
  readonly digest: Uint8Array
  /** Beginning of the key, by which people tell theirs apart. */
  readonly prefix: string
  readonly description: string
  readonly scope: ApiKeyScope
  readonly createdAtMs: number
  /** As far as `use-api-key` has told; undefined: never. */
  readonly lastUsedAtMs: number | undefined
}

/** A user's or service's place in a team. */
export interface MemberRow {
  readonly id: number
  readonly team: AccountRow
  readonly user: AccountRow
  readonly role: EntityRole
  readonly createdAtMs: number
}

/** A place in a team for somebody who has no account yet. */
export interface InviteRow {
  readonly id: number
  /** Id of the account of the team. */
  readonly team: number
  readonly email: string
  readonly role: EntityRole
  readonly createdAtMs: number
}

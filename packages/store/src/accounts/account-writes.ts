import type { EntityRole } from '@lossline/protocol'
import type { AccountKind, AccountRow, ApiKeyRow, InviteRow, MemberRow } from './account-rows.ts'

/** One change of accounts. */
export type AccountWrite =
  | PutAccountWrite
  | PutApiKeyWrite
  | PutMemberWrite
  | PutInviteWrite
  /** With its keys, its places in teams and, of a team, its members and invites. Projects stay. */
  | { readonly kind: 'delete-account'; readonly account: number }
  | { readonly kind: 'delete-api-key'; readonly key: number }
  /** Notes when a key was used. One that is gone is nothing to complain about; an earlier time changes nothing. */
  | { readonly kind: 'use-api-key'; readonly key: number; readonly nowMs: number }
  | { readonly kind: 'delete-member'; readonly member: number }
  | { readonly kind: 'delete-invite'; readonly invite: number }

/** Makes an account, or changes the one that is there; undefined leaves a field as it is. `conflict` if it is of another kind. */
export interface PutAccountWrite {
  readonly kind: 'put-account'
  readonly name: string
  readonly accountKind: AccountKind
  readonly email?: string | undefined
  readonly isAdmin?: boolean | undefined
  readonly nowMs: number
}

/** A key that the account has already stays as it is; `conflict` if another one has it. */
export interface PutApiKeyWrite extends Pick<ApiKeyRow, 'digest' | 'prefix' | 'description' | 'scope'> {
  readonly kind: 'put-api-key'
  readonly account: number
  readonly nowMs: number
}

/** Gives a user a place in a team, or another role there. */
export interface PutMemberWrite {
  readonly kind: 'put-member'
  readonly team: number
  readonly user: number
  readonly role: EntityRole
  readonly nowMs: number
}

/** Keeps a place for an address, or changes the role of the one that is kept. */
export interface PutInviteWrite extends Pick<InviteRow, 'team' | 'email' | 'role'> {
  readonly kind: 'put-invite'
  readonly nowMs: number
}

/** What a change answers. */
export type AccountWriteResult<W> = W extends PutAccountWrite
  ? { readonly account: AccountRow; readonly isCreated: boolean }
  : W extends PutApiKeyWrite
    ? { readonly key: ApiKeyRow; readonly isCreated: boolean }
    : W extends PutMemberWrite
      ? { readonly member: MemberRow }
      : W extends PutInviteWrite
        ? { readonly invite: InviteRow }
        : undefined

import type { AccountRow, ApiKeyRow, InviteRow, MemberRow } from './account-rows.ts'

/** What can be asked about accounts. Something that does not exist is undefined or an empty list. */
export interface AccountReads {
  account(name: string): Promise<AccountRow | undefined>
  accountById(id: number): Promise<AccountRow | undefined>
  /** By name; all kinds. */
  accounts(): Promise<readonly AccountRow[]>
  keyByDigest(digest: Uint8Array): Promise<ApiKeyRow | undefined>
  keyById(id: number): Promise<ApiKeyRow | undefined>
  /** Of one account, the oldest first. */
  keys(account: number): Promise<readonly ApiKeyRow[]>
  /** Of a team, the oldest first. */
  members(team: number): Promise<readonly MemberRow[]>
  memberById(id: number): Promise<MemberRow | undefined>
  /** The places of a user in teams, by name of the team. */
  memberships(user: number): Promise<readonly MemberRow[]>
  /** Of one team, or to one address; the oldest first. */
  invites(query: { readonly team: number } | { readonly email: string }): Promise<readonly InviteRow[]>
}

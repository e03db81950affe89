import type { InviteRow, MemberRow } from '@lossline/store'
import type { WandbServices, WireObject } from '../context.ts'

/** Id of a place in a team, which W&B's client hands back to take it away. */
export function toMemberId(kind: 'member' | 'invite', id: number): string {
  return Buffer.from(`${kind}:${id}`).toString('base64')
}

/** What such an id names; undefined for any other text. */
export function parseMemberId(text: string): { readonly kind: 'member' | 'invite'; readonly id: number } | undefined {
  const [, kind, id] = /^(member|invite):(\d{1,15})$/.exec(Buffer.from(text, 'base64').toString('latin1')) ?? []
  return kind === undefined ? undefined : { kind: kind as 'member' | 'invite', id: Number(id) }
}

/** `Member`. @param apiKey - Of a service account that was just made; shown once. */
export function toWireMember({ id, user, role }: MemberRow, apiKey: string | undefined): WireObject {
  return {
    id: toMemberId('member', id),
    admin: role === 'admin',
    pending: false,
    email: user.email,
    username: user.name,
    name: user.name,
    photoUrl: null,
    accountType: user.kind === 'service' ? 'SERVICE' : 'USER',
    apiKey: apiKey ?? null,
    role,
  }
}

/** `Member` for somebody who has no account yet. */
export function toWireInvited({ id, email, role }: InviteRow): WireObject {
  return {
    id: toMemberId('invite', id),
    admin: role === 'admin',
    pending: true,
    email,
    username: null,
    name: email,
    photoUrl: null,
    accountType: 'USER',
    apiKey: null,
    role,
  }
}

/** `Member` of a user's own entity. */
export async function toOwner(name: string, { store }: WandbServices): Promise<WireObject> {
  const account = await store.accounts.account(name)
  return {
    id: Buffer.from(`owner:${name}`).toString('base64'),
    admin: true,
    pending: false,
    email: account?.email ?? '',
    username: name,
    name,
    photoUrl: null,
    accountType: 'USER',
    apiKey: null,
    role: 'admin',
  }
}

import type { AccountRow, InviteRow, MemberRow } from '@lossline/store'
import type { Identity } from '../../auth/identity.ts'
import type { TeamAsker } from '../../domain/accounts/teams.ts'
import { ServerError } from '../../errors.ts'
import type { WandbContext, WandbServices, WireObject } from '../context.ts'
import { toIsoTime } from '../iso-time.ts'
import { toWireApiKey, toWireEntity, toWireUser } from './wire-account.ts'
import { parseMemberId, toMemberId } from './wire-members.ts'

type Input<T> = { readonly input: T }
interface InviteInput {
  readonly entityName: string
  readonly email?: string | null
  readonly username?: string | null
  readonly admin?: boolean | null
}

/** Users, keys and teams, as `wandb.Api()` changes them. */
export function createAccountMutations(services: WandbServices): WireObject {
  const { users, teams, store } = services
  const { accounts } = store

  return {
    createUser: async ({ input }: Input<{ email: string; admin?: boolean | null }>, { identity }: WandbContext) => {
      requireAccount(identity)
      if (!identity.isAdmin) throw forbidden('Only admins of the server may add users.')
      const name = await freeName(services, input.email)
      const { user } = await users.put({ name, email: input.email, isAdmin: input.admin ?? false, hasKey: false })
      return { user: toWireUser(user, services) }
    },
    generateApiKey: async ({ input }: Input<{ description?: string | null }>, { identity }: WandbContext) => {
      const { key, secret } = await users.addKey(requireAccount(identity), {
        description: input.description ?? '',
        scope: 'write',
      })
      return { apiKey: toWireApiKey(key, secret) }
    },
    deleteApiKey: async ({ input }: Input<{ id: string }>, { identity }: WandbContext) => {
      const account = requireAccount(identity)
      const key = /^\d{1,15}$/.test(input.id) ? await accounts.keyById(Number(input.id)) : undefined
      if (key === undefined || (key.account.id !== account.id && !identity.isAdmin)) {
        throw new ServerError({ code: 'not-found', message: 'There is no such API key.' })
      }
      await users.removeKey(key.account, input.id)
      return { success: true }
    },
    createTeam: async (
      { input }: Input<{ teamName: string; teamAdminUserName?: string | null }>,
      { identity }: WandbContext,
    ) => {
      const admin = input.teamAdminUserName ? await users.find(input.teamAdminUserName) : identity.account
      if (!identity.isAdmin && admin?.id !== identity.account?.id) {
        throw forbidden('Only admins of the server may make a team for somebody else.')
      }
      if ((await accounts.account(input.teamName)) !== undefined) {
        throw new ServerError({ code: 'invalid-request', message: `The name "${input.teamName}" is taken.` })
      }
      // It belongs to its own team alone.
      if (admin?.kind === 'service') throw forbidden(`"${admin.name}" is a program, which cannot have a team.`)
      const team = await teams.put(input.teamName)
      if (admin !== undefined) await teams.putMember(team, admin, { role: 'admin', asker: identity })
      return { entity: toWireEntity(team.name, services) }
    },
    createInvite: async ({ input }: Input<InviteInput>, { identity }: WandbContext) => {
      const team = await teams.requireAdmin(input.entityName, identity)
      const place = { role: input.admin ? 'admin' : 'member', asker: identity } as const
      if (input.username) {
        const user = await users.find(input.username)
        return { invite: toWireInvite(await teams.putMember(team, user, place), services) }
      }
      if (!input.email) {
        throw new ServerError({ code: 'invalid-request', message: 'An invite needs a username or an email address.' })
      }
      return { invite: toWireInvite(await teams.invite(team, input.email, place), services) }
    },
    deleteInvite: async (
      { input }: Input<{ id?: string | null; entityName?: string | null }>,
      { identity }: WandbContext,
    ) => {
      const team = await teams.requireAdmin(input.entityName ?? '', identity)
      await removePlace(services, { team, place: parseMemberId(input.id ?? ''), asker: identity })
      return { success: true }
    },
    createServiceAccount: async (
      { input }: Input<{ entityName: string; description: string }>,
      { identity }: WandbContext,
    ) => {
      requireAccount(identity)
      const team = await teams.requireAdmin(input.entityName, identity)
      const { member, key } = await teams.addService(team, input.description)
      services.newServiceKeys.put(member.user.id, key.secret)
      return { user: toWireUser(member.user, services) }
    },
  }
}

/** @throws {@link ServerError} `unsupported-operation`: in open mode nobody needs a key, and making one would shut others out. */
function requireAccount({ account }: Identity): AccountRow {
  if (account !== undefined) return account
  throw new ServerError({
    code: 'unsupported-operation',
    message: 'Whoever asks has no account here: this server takes every key, or this is its own machine.',
    hint: 'Users are added with `lossline user add NAME`, keys with `lossline key new NAME`.',
  })
}

/** Takes away a member's place or an invite. @throws {@link ServerError} `not-found`. */
async function removePlace(
  { store, teams }: WandbServices,
  {
    team,
    place,
    asker,
  }: {
    readonly team: AccountRow
    readonly place: ReturnType<typeof parseMemberId>
    readonly asker: TeamAsker
  },
): Promise<void> {
  const { accounts } = store
  if (place?.kind === 'member') {
    const member = await accounts.memberById(place.id)
    if (member?.team.id === team.id) return teams.removeMember(team, member.user.name, asker)
  }
  if (place?.kind === 'invite') {
    const invites = await accounts.invites({ team: team.id })
    if (invites.some(({ id }) => id === place.id)) return teams.removeInvite(place.id)
  }
  throw new ServerError({ code: 'not-found', message: `There is no such member of "${team.name}".` })
}

function toWireInvite(place: MemberRow | InviteRow, services: WandbServices): WireObject {
  const isMember = 'user' in place
  return {
    id: toMemberId(isMember ? 'member' : 'invite', place.id),
    name: isMember ? place.user.name : place.email,
    email: isMember ? place.user.email : place.email,
    createdAt: toIsoTime(place.createdAtMs),
    toUser: isMember ? toWireUser(place.user, services) : null,
  }
}

/** A user name from an email address. */
async function freeName({ store }: WandbServices, email: string): Promise<string> {
  const stem =
    email
      .replace(/@.*$/s, '')
      .replace(/[^\p{L}\p{N}._-]/gu, '')
      .replace(/^[._-]+/, '') || 'user'
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem}-${number}`
    if ((await store.accounts.account(name)) === undefined) return name
  }
}

function forbidden(message: string): ServerError {
  return new ServerError({ code: 'forbidden', message })
}

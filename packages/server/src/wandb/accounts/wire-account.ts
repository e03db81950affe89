import type { AccountRow, ApiKeyRow } from '@lossline/store'
import type { Identity } from '../../auth/identity.ts'
import type { WandbContext, WandbServices, WireObject } from '../context.ts'
import { toIsoTime } from '../iso-time.ts'
import { toConnection } from '../pages.ts'
import { toOwner, toWireInvited, toWireMember } from './wire-members.ts'

/** `User` of somebody with an account. */
export function toWireUser(account: AccountRow, services: WandbServices): WireObject {
  const { accounts } = services.store
  return {
    ...nameFields(account.name),
    id: Buffer.from(`User:${account.id}`).toString('base64'),
    email: account.email === '' ? null : account.email,
    admin: account.isAdmin,
    createdAt: toIsoTime(account.createdAtMs),
    entity: async () => {
      if (account.kind !== 'service') return account.name
      const [membership] = await accounts.memberships(account.id)
      return membership?.team.name ?? account.name
    },
    // Only whose they are and admins learn of keys.
    apiKeys: async (_: unknown, { identity }: WandbContext) => {
      const isAllowed = identity.isAdmin || identity.account?.id === account.id
      return toConnection(isAllowed ? await accounts.keys(account.id) : [], {}, (key) => toWireApiKey(key, key.prefix))
    },
    teams: async () => {
      const memberships = await accounts.memberships(account.id)
      const writable = memberships.filter(({ role }) => role !== 'reader').map(({ team }) => team.name)
      const own = account.kind === 'service' ? [] : [account.name]
      return toConnection([...own, ...writable], {}, (name) => toWireEntity(name, services))
    },
  }
}

/** `User` for whoever asks. */
export function toWireViewer(identity: Identity, services: WandbServices): WireObject {
  if (identity.account !== undefined) return toWireUser(identity.account, services)
  return toLocalUser(identity.username, services)
}

/** `User` by the name that stands with a run. Its account may be gone, and in open mode there is none. */
export async function toWireUserNamed(name: string, services: WandbServices): Promise<WireObject> {
  const account = await services.store.accounts.account(name)
  return account === undefined || account.kind === 'team' ? toLocalUser(name, services) : toWireUser(account, services)
}

/** `ApiKey`. @param name - The key itself when it is new, else the beginning of it. */
export function toWireApiKey({ id, description }: ApiKeyRow, name: string): WireObject {
  return { id: String(id), name, description }
}

/** `Entity`: a user's own or a team's. */
export function toWireEntity(name: string, services: WandbServices): WireObject {
  const { accounts } = services.store
  const team = async () => {
    const account = await accounts.account(name)
    return account?.kind === 'team' ? account : undefined
  }
  return {
    __typename: 'Entity',
    id: Buffer.from(`Entity:${name}`).toString('base64'),
    name,
    // Whether somebody could take the name.
    available: false,
    photoUrl: null,
    limits: '{}',
    readOnly: async () => (await services.levelOf(name)) === 'read',
    readOnlyAdmin: false,
    isTeam: async () => (await team()) !== undefined,
    entityType: async () => ((await team()) === undefined ? 'user' : 'team'),
    privateOnly: false,
    storageBytes: () => services.artifacts.reads.storageBytes(name),
    codeSavingEnabled: false,
    xxhashDigestsEnabled: true,
    defaultAccess: 'PRIVATE',
    isPaid: true,
    members: async (_: unknown, context: WandbContext) => {
      const account = await team()
      if (account === undefined) return [await toOwner(name, services)]
      const members = await accounts.members(account.id)
      const invites = await accounts.invites({ team: account.id })
      const { identity } = context
      // A key to read would get one that may write here.
      const mayTakeKeys =
        identity.scope === 'write' &&
        (identity.isAdmin || members.some(({ user, role }) => user.id === identity.account?.id && role === 'admin'))
      return [
        ...invites.map(toWireInvited),
        ...members.map((member) =>
          toWireMember(member, mayTakeKeys ? services.newServiceKeys.take(member.user.id) : undefined),
        ),
      ]
    },
    user: async () => ((await team()) === undefined ? toWireUserNamed(name, services) : null),
    organization: null,
  }
}

/** Somebody without an account. */
function toLocalUser(name: string, services: WandbServices): WireObject {
  return {
    ...nameFields(name),
    id: Buffer.from(`User:${name}`).toString('base64'),
    email: null,
    admin: true,
    entity: name,
    apiKeys: toConnection([], {}, (none) => none),
    teams: toConnection([name], {}, (entity) => toWireEntity(entity, services)),
  }
}

function nameFields(name: string): WireObject {
  return {
    name,
    username: name,
    // `code_saving_enabled` here would make clients upload source code unasked.
    flags: '{}',
    deletedAt: null,
    photoUrl: null,
    organizations: [],
  }
}

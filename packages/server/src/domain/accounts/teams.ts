import type { EntityRole } from '@lossline/protocol'
import type { AccountRow, InviteRow, MemberRow, Store } from '@lossline/store'
import type { Clock } from '../../clock.ts'
import { ServerError } from '../../errors.ts'
import { createKeyedQueue } from '../keyed-queue.ts'
import { checkEntityMayBegin } from '../new-entities.ts'
import { checkAccountName } from './account-names.ts'
import type { NewApiKey, Users } from './users.ts'

/** Who wants to change a team. */
export interface TeamAsker {
  /** Undefined for whoever needs none, such as everybody in open mode. */
  readonly account: AccountRow | undefined
  /** Of the server. */
  readonly isAdmin: boolean
}

/** A role in a team, and who gives it. */
export interface NewPlace {
  readonly role: EntityRole
  readonly asker: TeamAsker
}

/** The rules of teams: who belongs to one, and as what. Who may change that is the caller's to check. */
export interface Teams {
  /** Makes the team if it is missing. */
  put(name: string): Promise<AccountRow>
  /** With its members and service accounts; its projects stay. @throws {@link ServerError} `not-found`. */
  remove(name: string): Promise<void>
  /** @throws {@link ServerError} `not-found`. */
  find(name: string): Promise<AccountRow>
  /**
   * A team of which the asker may say who belongs to it: its admins and those of the server may.
   *
   * @throws {@link ServerError} `not-found`, `forbidden`.
   */
  requireAdmin(name: string, asker: TeamAsker): Promise<AccountRow>
  /** Whether {@link Teams.requireAdmin} lets the asker through. */
  isAdminOf(team: AccountRow, asker: TeamAsker): Promise<boolean>
  /** By name. */
  list(): Promise<readonly AccountRow[]>
  /**
   * Gives a user a place, or another role.
   *
   * @throws {@link ServerError} `not-found` for the program of another team, which belongs to that one alone; `invalid-request` if
   * no admin would be left. Admins of the server may do that, as they can put another one there.
   */
  putMember(team: AccountRow, user: AccountRow, place: NewPlace): Promise<MemberRow>
  /** A place for whoever gets an account with this address; somebody who has one is a member at once. */
  invite(team: AccountRow, email: string, place: NewPlace): Promise<MemberRow | InviteRow>
  /** @throws {@link ServerError} `not-found`; `invalid-request` as {@link Teams.putMember} does. */
  removeMember(team: AccountRow, userName: string, asker: TeamAsker): Promise<void>
  removeInvite(invite: number): Promise<void>
  /** An account for a program, which belongs to this team alone. */
  addService(team: AccountRow, description: string): Promise<{ readonly member: MemberRow; readonly key: NewApiKey }>
}

export function createTeams(options: { readonly store: Store; readonly clock: Clock; readonly users: Users }): Teams {
  const { store, clock, users } = options
  const { accounts } = store

  const find = async (name: string): Promise<AccountRow> => {
    const account = await accounts.account(name)
    if (account?.kind === 'team') return account
    throw new ServerError({ code: 'not-found', message: `There is no team "${name}".` })
  }

  // Of two admins who take the role from each other at the same moment one stays.
  const turns = createKeyedQueue()
  const inTurn = <T>(team: AccountRow, task: () => Promise<T>): Promise<T> => turns.run(String(team.id), task)

  /** @throws {@link ServerError} `invalid-request`: nobody of the team could say any more who belongs to it. */
  const checkAdminStays = (team: AccountRow, members: readonly MemberRow[], leaving: MemberRow): void => {
    if (leaving.role !== 'admin' || members.some(({ id, role }) => role === 'admin' && id !== leaving.id)) return
    throw new ServerError({
      code: 'invalid-request',
      message: `"${leaving.user.name}" is the only admin of "${team.name}".`,
      hint: 'Make somebody else an admin first, or ask an admin of the server.',
    })
  }

  const givePlace = async (team: AccountRow, user: AccountRow, role: EntityRole): Promise<MemberRow> => {
    const [{ member }] = await store.write([
      { kind: 'put-member', team: team.id, user: user.id, role, nowMs: clock.now() },
    ])
    return member
  }

  const putMember = (team: AccountRow, user: AccountRow, { role, asker }: NewPlace): Promise<MemberRow> =>
    inTurn(team, async () => {
      const members = await accounts.members(team.id)
      const known = members.find((member) => member.user.id === user.id)
      if (user.kind === 'service' && known === undefined) {
        throw new ServerError({ code: 'not-found', message: `There is no user "${user.name}".` })
      }
      if (known !== undefined && role !== 'admin' && !asker.isAdmin) checkAdminStays(team, members, known)
      return givePlace(team, user, role)
    })

  const removeFrom = async ({ id, user }: MemberRow): Promise<void> => {
    await store.write([{ kind: 'delete-member', member: id }])
    // Without its team it would be nobody's.
    if (user.kind === 'service') await store.write([{ kind: 'delete-account', account: user.id }])
  }

  const isAdminOf = async (team: AccountRow, { account, isAdmin }: TeamAsker): Promise<boolean> => {
    const places = account === undefined ? [] : await accounts.memberships(account.id)
    return isAdmin || places.some((place) => place.team.id === team.id && place.role === 'admin')
  }

  return {
    find,
    putMember,
    isAdminOf,
    requireAdmin: async (name, asker) => {
      const team = await find(name)
      if (await isAdminOf(team, asker)) return team
      throw new ServerError({
        code: 'forbidden',
        message: `Only admins of "${name}" may say who belongs to it.`,
      })
    },
    put: async (name) => {
      await checkEntityMayBegin(store, checkAccountName(name))
      const [{ account }] = await store.write([{ kind: 'put-account', name, accountKind: 'team', nowMs: clock.now() }])
      return account
    },
    remove: async (name) => {
      const team = await find(name)
      for (const member of await accounts.members(team.id)) await removeFrom(member)
      await store.write([{ kind: 'delete-account', account: team.id }])
    },
    list: async () => (await accounts.accounts()).filter(({ kind }) => kind === 'team'),
    invite: async (team, email, place) => {
      const known = (await accounts.accounts()).find((account) => account.kind === 'user' && account.email === email)
      if (known !== undefined) return putMember(team, known, place)
      const [{ invite }] = await store.write([
        { kind: 'put-invite', team: team.id, email, role: place.role, nowMs: clock.now() },
      ])
      return invite
    },
    removeMember: (team, userName, asker) =>
      inTurn(team, async () => {
        const members = await accounts.members(team.id)
        const member = members.find(({ user }) => user.name === userName)
        if (member === undefined) {
          throw new ServerError({ code: 'not-found', message: `"${userName}" is no member of "${team.name}".` })
        }
        if (!asker.isAdmin) checkAdminStays(team, members, member)
        await removeFrom(member)
      }),
    removeInvite: async (invite) => {
      await store.write([{ kind: 'delete-invite', invite }])
    },
    addService: async (team, description) => {
      const name = await freeServiceName(store, team.name)
      const [{ account }] = await store.write([
        { kind: 'put-account', name, accountKind: 'service', nowMs: clock.now() },
      ])
      const member = await givePlace(team, account, 'member')
      return { member, key: await users.addKey(account, { description, scope: 'write' }) }
    },
  }
}

async function freeServiceName({ accounts }: Store, team: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = `service-${team}-${number}`
    if ((await accounts.account(name)) === undefined) return name
  }
}

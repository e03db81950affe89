import type { AccountRow, InviteRow, MemberRole, MemberRow, Store } from '@lossline/store'
import type { Clock } from '../../clock.ts'
import { ServerError } from '../../errors.ts'
import { checkAccountName } from './account-names.ts'
import type { NewApiKey, Users } from './users.ts'

/** The rules of teams: who belongs to one, and as what. Who may change that is the caller's to check. */
export interface Teams {
  /** Makes the team if it is missing. */
  put(name: string): Promise<AccountRow>
  /** With its members and service accounts; its projects stay. @throws {@link ServerError} `not-found`. */
  remove(name: string): Promise<void>
  /** @throws {@link ServerError} `not-found`. */
  find(name: string): Promise<AccountRow>
  /** By name. */
  list(): Promise<readonly AccountRow[]>
  /** Gives a user a place, or another role. */
  putMember(team: AccountRow, user: AccountRow, role: MemberRole): Promise<MemberRow>
  /** A place for whoever gets an account with this address; somebody who has one is a member at once. */
  invite(team: AccountRow, email: string, role: MemberRole): Promise<MemberRow | InviteRow>
  /** @throws {@link ServerError} `not-found`. */
  removeMember(team: AccountRow, userName: string): Promise<void>
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

  const putMember = async (team: AccountRow, user: AccountRow, role: MemberRole): Promise<MemberRow> => {
    const [{ member }] = await store.write([
      { kind: 'put-member', team: team.id, user: user.id, role, nowMs: clock.now() },
    ])
    return member
  }

  const removeFrom = async ({ id, user }: MemberRow): Promise<void> => {
    await store.write([{ kind: 'delete-member', member: id }])
    // Without its team it would be nobody's.
    if (user.kind === 'service') await store.write([{ kind: 'delete-account', account: user.id }])
  }

  return {
    find,
    putMember,
    put: async (name) => {
      const [{ account }] = await store.write([
        { kind: 'put-account', name: checkAccountName(name), accountKind: 'team', nowMs: clock.now() },
      ])
      return account
    },
    remove: async (name) => {
      const team = await find(name)
      for (const member of await accounts.members(team.id)) await removeFrom(member)
      await store.write([{ kind: 'delete-account', account: team.id }])
    },
    list: async () => (await accounts.accounts()).filter(({ kind }) => kind === 'team'),
    invite: async (team, email, role) => {
      const known = (await accounts.accounts()).find((account) => account.kind === 'user' && account.email === email)
      if (known !== undefined) return putMember(team, known, role)
      const [{ invite }] = await store.write([{ kind: 'put-invite', team: team.id, email, role, nowMs: clock.now() }])
      return invite
    },
    removeMember: async (team, userName) => {
      const member = (await accounts.members(team.id)).find(({ user }) => user.name === userName)
      if (member === undefined) {
        throw new ServerError({ code: 'not-found', message: `"${userName}" is no member of "${team.name}".` })
      }
      await removeFrom(member)
    },
    removeInvite: async (invite) => {
      await store.write([{ kind: 'delete-invite', invite }])
    },
    addService: async (team, description) => {
      const name = await freeServiceName(store, team.name)
      const [{ account }] = await store.write([
        { kind: 'put-account', name, accountKind: 'service', nowMs: clock.now() },
      ])
      const member = await putMember(team, account, 'member')
      return { member, key: await users.addKey(account, description) }
    },
  }
}

async function freeServiceName({ accounts }: Store, team: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = `service-${team}-${number}`
    if ((await accounts.account(name)) === undefined) return name
  }
}

import { type AdminClient, withAdmin } from '../admin/ask-admin.ts'
import { chooseDataDirectory } from '../data-directory.ts'
import type { Effects } from '../effects.ts'
import { exitCodes } from '../exit-codes.ts'

/** Arguments that `lossline user`, `key` and `team` share. */
export interface AdminArgs {
  /** Default: the `.lossline` folder that `init` would write to. */
  readonly dataDir?: string
  readonly json?: boolean
}

interface User {
  readonly name: string
  readonly admin: boolean
  readonly email: string
  readonly keys: readonly {
    readonly id: number
    readonly prefix: string
    readonly description: string
    readonly scope: 'read' | 'write'
    readonly lastUsedAtMs: number | null
  }[]
  readonly teams: readonly { readonly team: string; readonly role: string }[]
  /** Of a new user, and never again. */
  readonly apiKey?: string
}

interface Team {
  readonly name: string
  readonly members: readonly { readonly name: string; readonly role: string }[]
}

/** Runs one question; prints its answer, as JSON or as `toLines` has it. */
async function answer<T>(
  args: AdminArgs,
  effects: Effects,
  ask: (admin: AdminClient) => Promise<T>,
  toLines: (result: T) => readonly string[],
): Promise<number> {
  const result = await withAdmin(chooseDataDirectory(args.dataDir), ask)
  if (args.json === true) effects.print(JSON.stringify(result ?? {}))
  else for (const line of toLines(result)) effects.print(line)
  return exitCodes.success
}

/** `user add`: makes a user, or changes one, and shows the key that was made. */
export function addUser(
  name: string,
  args: AdminArgs & { readonly admin?: boolean; readonly key?: string; readonly email?: string },
  effects: Effects,
): Promise<number> {
  const { admin, key: apiKey, email } = args
  let before: readonly User[] = []
  return answer(
    args,
    effects,
    async (client) => {
      before = (await client.ask<{ users: readonly User[] }>('GET', '/users')).users
      return client.ask<User>('PUT', userPath(name), { admin, apiKey, email })
    },
    (user) => [
      ...describeChange(
        before.find((known) => known.name === user.name),
        user,
      ),
      `User ${user.name}${user.admin ? ' (admin)' : ''} has ${countKeys(user)}.`,
      ...(user.apiKey === undefined ? [] : toKeyLines(user.apiKey)),
    ],
  )
}

export function listUsers(args: AdminArgs, effects: Effects): Promise<number> {
  return answer(
    args,
    effects,
    (client) => client.ask<{ users: readonly User[] }>('GET', '/users'),
    ({ users }) =>
      users.length === 0
        ? ['There are no users: whoever reaches the server may do everything.']
        : users.map(describeUser),
  )
}

export function removeUser(name: string, args: AdminArgs, effects: Effects): Promise<number> {
  return answer(
    args,
    effects,
    (client) => client.ask<undefined>('DELETE', userPath(name)),
    () => [`User ${name} and all keys are gone; projects of ${name} stay.`],
  )
}

/** `key new`: shows another key of a user, once. */
export function newKey(
  name: string,
  args: AdminArgs & { readonly description?: string; readonly scope?: string },
  effects: Effects,
): Promise<number> {
  return answer(
    args,
    effects,
    (client) => {
      const { description, scope } = args
      return client.ask<{ apiKey: string }>('POST', `${userPath(name)}/keys`, { description, scope })
    },
    ({ apiKey }) => toKeyLines(apiKey),
  )
}

export function removeKey(name: string, key: string, args: AdminArgs, effects: Effects): Promise<number> {
  return answer(
    args,
    effects,
    (client) => client.ask<undefined>('DELETE', `${userPath(name)}/keys/${encodeURIComponent(key)}`),
    () => [`The key is gone.`],
  )
}

export function addTeam(name: string, args: AdminArgs, effects: Effects): Promise<number> {
  return answer(
    args,
    effects,
    (client) => client.ask<Team>('PUT', teamPath(name)),
    (team) => [describeTeam(team)],
  )
}

export function listTeams(args: AdminArgs, effects: Effects): Promise<number> {
  return answer(
    args,
    effects,
    (client) => client.ask<{ teams: readonly Team[] }>('GET', '/teams'),
    ({ teams }) => (teams.length === 0 ? ['There are no teams.'] : teams.map(describeTeam)),
  )
}

export function removeTeam(name: string, args: AdminArgs, effects: Effects): Promise<number> {
  return answer(
    args,
    effects,
    (client) => client.ask<undefined>('DELETE', teamPath(name)),
    () => [`Team ${name} is gone; its projects stay.`],
  )
}

/** `team join`: gives a user a place in a team, or another role there. */
export function joinTeam(
  team: string,
  user: string,
  args: AdminArgs & { readonly role?: string },
  effects: Effects,
): Promise<number> {
  return answer(
    args,
    effects,
    (client) => client.ask<{ role: string }>('PUT', memberPath(team, user), { role: args.role }),
    ({ role }) => [`${user} is ${role === 'admin' ? 'an admin' : `a ${role}`} of ${team}.`],
  )
}

export function leaveTeam(team: string, user: string, args: AdminArgs, effects: Effects): Promise<number> {
  return answer(
    args,
    effects,
    (client) => client.ask<undefined>('DELETE', memberPath(team, user)),
    () => [`${user} is no longer in ${team}.`],
  )
}

function userPath(name: string): string {
  return `/users/${encodeURIComponent(name)}`
}

function teamPath(name: string): string {
  return `/teams/${encodeURIComponent(name)}`
}

function memberPath(team: string, user: string): string {
  return `${teamPath(team)}/members/${encodeURIComponent(user)}`
}

/** Nothing of a new user. */
function describeChange(before: User | undefined, user: User): readonly string[] {
  if (before === undefined) return []
  const changes = [
    ...(user.admin === before.admin ? [] : [user.admin ? 'is an admin now' : 'is no admin any more']),
    ...(user.email === before.email ? [] : [`has the address ${user.email} now`]),
    ...(user.keys.length > before.keys.length ? ['has another key'] : []),
  ]
  const what = changes.length === 0 ? 'nothing was changed' : `${user.name} ${changes.join(', ')}`
  return [`There was a user ${user.name} already: ${what}.`]
}

function toKeyLines(apiKey: string): readonly string[] {
  return ['API key, shown this once:', `  ${apiKey}`]
}

function countKeys({ keys }: User): string {
  return keys.length === 1 ? '1 key' : `${keys.length} keys`
}

function describeUser(user: User): string {
  const keys = user.keys.map(({ prefix, description, scope, lastUsedAtMs }) => {
    const used = lastUsedAtMs === null ? '' : `last used ${new Date(lastUsedAtMs).toISOString().slice(0, 10)}`
    const facts = [description, scope === 'read' ? 'read only' : '', used].filter((fact) => fact !== '')
    return facts.length === 0 ? prefix : `${prefix} (${facts.join(', ')})`
  })
  return [
    user.name,
    ...(user.admin ? ['admin'] : []),
    ...(user.email === '' ? [] : [user.email]),
    `keys: ${keys.join(', ') || 'none'}`,
    ...(user.teams.length === 0
      ? []
      : [`teams: ${user.teams.map(({ team, role }) => `${team} (${role})`).join(', ')}`]),
  ].join('  ')
}

function describeTeam({ name, members }: Team): string {
  return `${name}  members: ${members.map((member) => `${member.name} (${member.role})`).join(', ') || 'none'}`
}

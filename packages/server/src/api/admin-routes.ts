import type { AccountRow, ApiKeyRow, MemberRow, Store } from '@lossline/store'
import { Hono } from 'hono'
import { isSecret } from '../auth/credentials.ts'
import type { Teams } from '../domain/accounts/teams.ts'
import type { Users } from '../domain/accounts/users.ts'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { addKeyRequest, putMemberRequest, putUserRequest } from './admin-schemas.ts'
import { createMaintenanceRoutes, type MaintenanceServices } from './maintenance-routes.ts'
import { parse, readOptionalJsonBody } from './parse-request.ts'

export interface AdminServices extends MaintenanceServices {
  readonly store: Store
  readonly users: Users
  readonly teams: Teams
  /** `LOSSLINE_ADMIN_TOKEN`; undefined: only whoever can read this machine's data folder is let in. */
  readonly adminToken: string | undefined
  readonly localToken: string | undefined
}

const bodyBytesMax = 10_000

/** `/api/admin/…`: users, their keys, and teams, maintenance, for automation and the command line. Without a token nothing is here. */
export function createAdminRoutes(services: AdminServices): Hono<AppEnvironment> {
  const { store, users, teams } = services
  const app = new Hono<AppEnvironment>()
  const { accounts } = store

  app.use('/api/admin/*', async (c, next) => {
    const [scheme = '', token = ''] = (c.req.header('authorization') ?? '').split(' ')
    const isMeant = (secret: string | undefined): boolean =>
      secret !== undefined && scheme.toLowerCase() === 'bearer' && isSecret(token, secret)
    if (!isMeant(services.adminToken) && !isMeant(services.localToken)) {
      // Without a token set, nobody can tell that there could be something.
      if (services.adminToken === undefined) throw new ServerError({ code: 'not-found', message: 'Nothing is here.' })
      throw new ServerError({
        code: 'unauthorized',
        message: 'This needs the admin token.',
        hint: 'Send "Authorization: Bearer …" with the value of LOSSLINE_ADMIN_TOKEN of the server.',
      })
    }
    await next()
  })

  app.route('/', createMaintenanceRoutes(services))

  app.get('/api/admin/users', async (c) => {
    const list = await users.list()
    return c.json({ users: await Promise.all(list.map((user) => describeUser(user))) })
  })

  app.put('/api/admin/users/:name', async (c) => {
    const { apiKey, admin, email } = parse(putUserRequest, await readOptionalJsonBody(c.req.raw, bodyBytesMax))
    const { user, isCreated, secret } = await users.put({ name: c.req.param('name'), apiKey, isAdmin: admin, email })
    const body = { ...(await describeUser(user)), ...(secret === undefined ? {} : { apiKey: secret }) }
    return c.json(body, isCreated ? 201 : 200)
  })

  app.delete('/api/admin/users/:name', async (c) => {
    await users.remove(c.req.param('name'))
    return c.body(null, 204)
  })

  app.post('/api/admin/users/:name/keys', async (c) => {
    const { description } = parse(addKeyRequest, await readOptionalJsonBody(c.req.raw, bodyBytesMax))
    const { key, secret } = await users.addKey(await users.find(c.req.param('name')), description)
    return c.json({ ...describeKey(key), apiKey: secret }, 201)
  })

  app.delete('/api/admin/users/:name/keys/:key', async (c) => {
    await users.removeKey(await users.find(c.req.param('name')), c.req.param('key'))
    return c.body(null, 204)
  })

  app.get('/api/admin/teams', async (c) => {
    const list = await teams.list()
    return c.json({ teams: await Promise.all(list.map((team) => describeTeam(team))) })
  })

  app.put('/api/admin/teams/:team', async (c) => c.json(await describeTeam(await teams.put(c.req.param('team')))))

  app.delete('/api/admin/teams/:team', async (c) => {
    await teams.remove(c.req.param('team'))
    return c.body(null, 204)
  })

  app.put('/api/admin/teams/:team/members/:name', async (c) => {
    const { role } = parse(putMemberRequest, await readOptionalJsonBody(c.req.raw, bodyBytesMax))
    const [team, user] = [await teams.find(c.req.param('team')), await users.find(c.req.param('name'))]
    return c.json(describeMember(await teams.putMember(team, user, role)))
  })

  app.delete('/api/admin/teams/:team/members/:name', async (c) => {
    await teams.removeMember(await teams.find(c.req.param('team')), c.req.param('name'))
    return c.body(null, 204)
  })

  async function describeUser(user: AccountRow) {
    const [keys, memberships] = [await accounts.keys(user.id), await accounts.memberships(user.id)]
    return {
      name: user.name,
      admin: user.isAdmin,
      email: user.email,
      createdAtMs: user.createdAtMs,
      keys: keys.map(describeKey),
      teams: memberships.map(({ team, role }) => ({ team: team.name, role })),
    }
  }

  async function describeTeam(team: AccountRow) {
    const members = await accounts.members(team.id)
    return { name: team.name, createdAtMs: team.createdAtMs, members: members.map(describeMember) }
  }
  return app
}

function describeKey({ id, prefix, description, createdAtMs }: ApiKeyRow) {
  return { id, prefix, description, createdAtMs }
}

function describeMember({ user, role }: MemberRow) {
  return { name: user.name, role, isService: user.kind === 'service' }
}

import type { AccountRow, Store } from '@lossline/store'
import { Hono } from 'hono'
import type { Authenticator } from '../auth/authenticate.ts'
import { isSecret, readAuthorization, readCredentials } from '../auth/credentials.ts'
import { isReading, refusedToReader } from '../auth/require-reading.ts'
import type { TeamAsker, Teams } from '../domain/accounts/teams.ts'
import type { Users } from '../domain/accounts/users.ts'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { toApiKeyInfo } from './account-routes.ts'
import { addKeyRequest, putMemberRequest, putUserRequest } from './admin-schemas.ts'
import { createMaintenanceRoutes, type MaintenanceServices } from './maintenance-routes.ts'
import { parse, readOptionalJsonBody } from './parse-request.ts'
import { toEntityMember } from './to-page.ts'

export interface AdminServices extends MaintenanceServices {
  readonly authenticator: Authenticator
  readonly store: Store
  readonly users: Users
  readonly teams: Teams
  /** `LOSSLINE_ADMIN_TOKEN`; undefined: only whoever can read this machine's data folder is let in. */
  readonly adminToken: string | undefined
  readonly localToken: string | undefined
}

const bodyBytesMax = 10_000
/** Whoever is let in here may do everything. */
const operator: TeamAsker = { account: undefined, isAdmin: true }

/** `/api/admin/…`: users, their keys, and teams, maintenance, for automation, the command line, and admins on the page. To everybody else nothing is here. */
export function createAdminRoutes(services: AdminServices): Hono<AppEnvironment> {
  const { store, users, teams } = services
  const app = new Hono<AppEnvironment>()
  const { accounts } = store

  app.use('/api/admin/*', async (c, next) => {
    if (!isOperator(c.req.raw) && !(await isAdmin(c.req.raw))) {
      // Without a token set, nobody can tell that there could be something.
      if (services.adminToken === undefined) throw new ServerError({ code: 'not-found', message: 'Nothing is here.' })
      throw new ServerError({
        code: 'unauthorized',
        message: 'This needs the admin token, or the session of an admin.',
        hint: 'Send "Authorization: Bearer …" with the value of LOSSLINE_ADMIN_TOKEN of the server.',
      })
    }
    await next()
  })

  /** Who runs the server shows one of two secrets. */
  function isOperator(request: Request): boolean {
    const { scheme, value } = readAuthorization(request.headers)
    const isMeant = (secret: string | undefined): boolean =>
      secret !== undefined && scheme === 'bearer' && isSecret(value, secret)
    return isMeant(services.adminToken) || isMeant(services.localToken)
  }

  /**
   * Somebody with an account who may do everything, on the page: a key that programs have is not meant for this. In open mode
   * nobody has an account.
   */
  async function isAdmin(request: Request): Promise<boolean> {
    const credentials = readCredentials(request.headers)
    if (credentials === undefined || !('session' in credentials)) return false
    const identity = await services.authenticator.identify(request).catch((error: unknown) => {
      if (error instanceof ServerError && error.code === 'unauthorized') return undefined
      throw error
    })
    if (identity?.account === undefined || !identity.isAdmin) return false
    if (identity.scope === 'read' && !isReading(request)) throw refusedToReader()
    return true
  }

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
    const wanted = parse(addKeyRequest, await readOptionalJsonBody(c.req.raw, bodyBytesMax))
    const { key, secret } = await users.addKey(await users.find(c.req.param('name')), wanted)
    return c.json({ ...toApiKeyInfo(key), apiKey: secret }, 201)
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
    return c.json(toEntityMember(await teams.putMember(team, user, { role, asker: operator })))
  })

  app.delete('/api/admin/teams/:team/members/:name', async (c) => {
    await teams.removeMember(await teams.find(c.req.param('team')), c.req.param('name'), operator)
    return c.body(null, 204)
  })

  async function describeUser(user: AccountRow) {
    const [keys, memberships] = [await accounts.keys(user.id), await accounts.memberships(user.id)]
    return {
      name: user.name,
      admin: user.isAdmin,
      email: user.email,
      createdAtMs: user.createdAtMs,
      keys: keys.map(toApiKeyInfo),
      teams: memberships.map(({ team, role }) => ({ team: team.name, role })),
    }
  }

  async function describeTeam(team: AccountRow) {
    const members = await accounts.members(team.id)
    return { name: team.name, createdAtMs: team.createdAtMs, members: members.map(toEntityMember) }
  }
  return app
}

import type { EntityResponse } from '@lossline/protocol'
import type { Store } from '@lossline/store'
import { Hono } from 'hono'
import type { AccessLevel, LevelOf } from '../auth/access.ts'
import type { Teams } from '../domain/accounts/teams.ts'
import type { Users } from '../domain/accounts/users.ts'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { putMemberRequest } from './admin-schemas.ts'
import { parse, readOptionalJsonBody } from './parse-request.ts'
import { toEntityMember } from './to-page.ts'

const bodyBytesMax = 10_000

/** `/api/entities/{entity}`: what a user or team is, and who belongs to it, for those who may look at it. */
export function createEntityRoutes(services: {
  readonly store: Store
  readonly users: Users
  readonly teams: Teams
  readonly levelOf: LevelOf
}): Hono<AppEnvironment> {
  const { users, teams, levelOf } = services
  const { accounts } = services.store
  const app = new Hono<AppEnvironment>()

  /** @throws {@link ServerError} `not-found`, also for what the asker may not know of. */
  const requireLevel = async (entity: string): Promise<AccessLevel> => {
    const level = await levelOf(entity)
    if (level !== undefined && level !== 'none') return level
    throw new ServerError({ code: 'not-found', message: `There is no user or team "${entity}".` })
  }

  app.get('/api/entities/:entity', async (c) => {
    const { entity } = c.req.param()
    const level = await requireLevel(entity)
    const account = await accounts.account(entity)
    const team = account?.kind === 'team' ? account : undefined
    const mayAdmin = team !== undefined && (await teams.isAdminOf(team, c.get('identity')))
    return c.json({
      entity,
      kind: team === undefined ? 'user' : 'team',
      mayWrite: level === 'write',
      mayAdmin,
      members: team === undefined ? [] : (await accounts.members(team.id)).map(toEntityMember),
      invites:
        team === undefined || !mayAdmin
          ? []
          : (await accounts.invites({ team: team.id })).map(({ email, role }) => ({ email, role })),
    } satisfies EntityResponse)
  })

  const member = '/api/entities/:entity/members/:user' as const

  app.put(member, async (c) => {
    const { entity, user } = c.req.param()
    await requireLevel(entity)
    const team = await teams.requireAdmin(entity, c.get('identity'))
    const { role } = parse(putMemberRequest, await readOptionalJsonBody(c.req.raw, bodyBytesMax))
    return c.json(
      toEntityMember(await teams.putMember(team, await users.find(user), { role, asker: c.get('identity') })),
    )
  })

  app.delete(member, async (c) => {
    const { entity, user } = c.req.param()
    await requireLevel(entity)
    const team = await teams.requireAdmin(entity, c.get('identity'))
    await teams.removeMember(team, user, c.get('identity'))
    return c.body(null, 204)
  })
  return app
}

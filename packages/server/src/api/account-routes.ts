import type { AccountResponse, ApiKeyInfo, NewApiKeyResponse } from '@lossline/protocol'
import type { AccountRow, ApiKeyRow, Store } from '@lossline/store'
import { type Context, Hono } from 'hono'
import type { Users } from '../domain/accounts/users.ts'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { addKeyRequest } from './admin-schemas.ts'
import { parse, readOptionalJsonBody } from './parse-request.ts'

const bodyBytesMax = 10_000

/** `/api/account`: what people see and change of their own account. */
export function createAccountRoutes(store: Store, users: Users): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>()
  const { accounts } = store

  app.get('/api/account', async (c) => {
    const account = ownAccount(c)
    const [keys, memberships] = [await accounts.keys(account.id), await accounts.memberships(account.id)]
    return c.json({
      name: account.name,
      email: account.email,
      isAdmin: account.isAdmin,
      keys: keys.map(toApiKeyInfo),
      teams: memberships.map(({ team, role }) => ({ team: team.name, role })),
    } satisfies AccountResponse)
  })

  app.post('/api/account/keys', async (c) => {
    const account = ownAccount(c)
    const wanted = parse(addKeyRequest, await readOptionalJsonBody(c.req.raw, bodyBytesMax))
    const { key, secret } = await users.addKey(account, wanted)
    return c.json({ ...toApiKeyInfo(key), apiKey: secret } satisfies NewApiKeyResponse, 201)
  })

  app.delete('/api/account/keys/:key', async (c) => {
    await users.removeKey(ownAccount(c), c.req.param('key'))
    return c.body(null, 204)
  })
  return app
}

/** @throws {@link ServerError} `not-found` where nobody has an account, and for whoever sits at the server's own machine. */
function ownAccount(c: Context<AppEnvironment>): AccountRow {
  const { account } = c.get('identity')
  if (account !== undefined) return account
  throw new ServerError({
    code: 'not-found',
    message: 'You need no account here.',
    hint: 'Accounts begin with the first `lossline user add`.',
  })
}

/** What may be told of a key. */
export function toApiKeyInfo({ id, prefix, description, scope, createdAtMs, lastUsedAtMs }: ApiKeyRow): ApiKeyInfo {
  return { id, prefix, description, scope, createdAtMs, lastUsedAtMs: lastUsedAtMs ?? null }
}

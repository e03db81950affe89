import { Hono } from 'hono'
import type { Authenticator } from '../auth/authenticate.ts'
import { isSecret, readCredentials } from '../auth/credentials.ts'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { toExposition } from './exposition.ts'
import type { ServerMetrics } from './server-metrics.ts'

/** `GET /metrics`: for everybody where everybody may do everything, else for admins and whoever has the admin token. */
export function createMetricsRoute(options: {
  readonly metrics: ServerMetrics
  readonly authenticator: Authenticator
  readonly adminToken: string | undefined
}): Hono<AppEnvironment> {
  const { metrics, authenticator, adminToken } = options
  const app = new Hono<AppEnvironment>()
  app.get('/metrics', async (c) => {
    await requireAdmin(c.req.raw)
    return c.body(toExposition(await metrics.families()), 200, {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
    })
  })

  async function requireAdmin(request: Request): Promise<void> {
    const credentials = readCredentials(request.headers)
    const isToken = adminToken !== undefined && credentials !== undefined && 'apiKey' in credentials
    if (isToken && isSecret(credentials.apiKey, adminToken)) return
    const identity = await authenticator.identify(request)
    if (identity === undefined) {
      throw new ServerError({
        code: 'unauthorized',
        message: 'This needs the key of an admin, or the admin token.',
        hint: 'Send it as "Authorization: Bearer …".',
      })
    }
    if (identity.account !== undefined && !identity.isAdmin) {
      throw new ServerError({ code: 'forbidden', message: 'Only an admin sees the metrics.' })
    }
  }
  return app
}

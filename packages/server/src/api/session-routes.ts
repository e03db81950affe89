import type { SessionResponse } from '@lossline/protocol'
import { Hono } from 'hono'
import type { Authenticator } from '../auth/authenticate.ts'
import { sessionCookieName } from '../auth/credentials.ts'
import { checkOrigin } from '../auth/open-mode.ts'
import { type Sessions, sessionLifetimeMs } from '../auth/sessions.ts'
import type { ShareCookies } from '../auth/share-cookie.ts'
import type { Users } from '../domain/accounts/users.ts'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { toBaseUrl } from '../http/base-url.ts'
import { signInRequest } from './admin-schemas.ts'
import { parse, readJsonBody } from './parse-request.ts'

const bodyBytesMax = 10_000

export interface SessionServices {
  readonly authenticator: Authenticator
  readonly sessions: Sessions
  readonly users: Users
  readonly publicUrl: string | undefined
  readonly shareCookies: ShareCookies
}

/** `/api/session`: how the page learns who it is for, signs in and out. Nobody needs to be anybody for it. */
export function createSessionRoutes(services: SessionServices): Hono<AppEnvironment> {
  const { authenticator, sessions, users, shareCookies } = services
  const app = new Hono<AppEnvironment>()

  const toCookie = (request: Request, value: string, ageSeconds: number): string => {
    const secure = toBaseUrl(request, services.publicUrl).startsWith('https:') ? '; Secure' : ''
    return `${sessionCookieName}=${value}; Path=/; Max-Age=${ageSeconds}; HttpOnly; SameSite=Strict${secure}`
  }

  app.get('/api/session', async (c) => {
    const mode = await authenticator.mode()
    // One that is over is as good as none here.
    const identity = await authenticator.identify(c.req.raw).catch((error: unknown) => {
      if (error instanceof ServerError && error.code === 'unauthorized') return undefined
      throw error
    })
    const user = identity && {
      name: identity.username,
      isAdmin: identity.isAdmin,
      mayWrite: identity.scope === 'write',
    }
    const link = mode === 'open' ? undefined : await shareCookies.find(c.req.raw.headers)
    if (link !== undefined) return c.json({ mode, sharedKind: link.kind } satisfies SessionResponse)
    return c.json({ mode, ...(user && { user }) } satisfies SessionResponse)
  })

  app.post('/api/session', async (c) => {
    checkOrigin(c.req.raw)
    const { apiKey } = parse(signInRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    const key = await users.authenticate(apiKey.trim())
    if (key === undefined) throw new ServerError({ code: 'unauthorized', message: 'This API key is not known here.' })
    c.header('Set-Cookie', toCookie(c.req.raw, sessions.create(key), sessionLifetimeMs / 1000))
    if (shareCookies.isShown(c.req.raw.headers)) {
      // Whoever has a key sees more with it than with a link.
      const isSecure = toBaseUrl(c.req.raw, services.publicUrl).startsWith('https:')
      c.header('Set-Cookie', shareCookies.take(isSecure), { append: true })
    }
    const { name, isAdmin } = key.account
    const user = { name, isAdmin, mayWrite: key.scope === 'write' }
    return c.json({ mode: await authenticator.mode(), user } satisfies SessionResponse)
  })

  app.delete('/api/session', (c) => {
    checkOrigin(c.req.raw)
    c.header('Set-Cookie', toCookie(c.req.raw, '', 0))
    return c.body(null, 204)
  })
  return app
}

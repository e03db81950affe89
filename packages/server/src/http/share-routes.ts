import type { ShareLinkRow, Store } from '@lossline/store'
import { Hono } from 'hono'
import { createAccess } from '../auth/access.ts'
import type { Authenticator } from '../auth/authenticate.ts'
import { checkOrigin } from '../auth/open-mode.ts'
import type { ShareCookies } from '../auth/share-cookie.ts'
import { toPlaceQuery } from '../auth/shared-store.ts'
import type { Clock } from '../clock.ts'
import { isPassword } from '../domain/sharing/link-passwords.ts'
import { findShareLink } from '../domain/sharing/share-links.ts'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from './app-environment.ts'
import { toBaseUrl } from './base-url.ts'
import { passwordPage } from './password-page.ts'
import { createRateLimit } from './rate-limit.ts'
import { readBody } from './read-body.ts'

const bodyBytesMax = 4000
/** Passwords that may be tried at once, and how long it takes until one more may be, for each link. */
const [tryCountMax, nextTrySeconds] = [10, 30]

/** `/s/{secret}`, which leads into the page, and the way out again. Nobody needs to be anybody for it. */
export function createShareRoutes(services: {
  /** The whole one. */
  readonly store: Store
  readonly authenticator: Authenticator
  readonly publicUrl: string | undefined
  readonly clock: Clock
  readonly cookies: ShareCookies
}): Hono<AppEnvironment> {
  const { store, authenticator, clock, cookies } = services
  const app = new Hono<AppEnvironment>()
  const tries = createRateLimit(clock, 1 / nextTrySeconds, tryCountMax)

  const isSecure = (request: Request): boolean => toBaseUrl(request, services.publicUrl).startsWith('https:')
  /** Whoever may look at what it is of all the same stays who they are. */
  const mayLook = async (request: Request, link: ShareLinkRow): Promise<boolean> => {
    if ((await authenticator.mode()) === 'open') return true
    const identity = await authenticator.identify(request).catch((error: unknown) => {
      if (error instanceof ServerError && error.code === 'unauthorized') return undefined
      throw error
    })
    const place = identity && (await store.place(toPlaceQuery(link)))
    return place !== undefined && (await createAccess(store, identity!).ofPlace(place)) !== 'none'
  }

  app.get('/s/:token', async (c) => {
    const token = c.req.param('token')
    // From another site's page a session's cookie does not come along: the browser asks once more by itself.
    if (c.req.header('sec-fetch-site') === 'cross-site' && c.req.query('again') === undefined) {
      const again = `/s/${encodeURIComponent(token)}?again=1`
      return c.html(`<!doctype html><title>Opening</title><meta http-equiv="refresh" content="0;url=${again}">`)
    }
    const link = await findShareLink(store, token, clock.now())
    if (link === undefined) return opensNothing()
    const mayLookAnyway = await mayLook(c.req.raw, link)
    // Whoever has given it before is not asked again.
    const isKnown = mayLookAnyway || (await cookies.find(c.req.raw.headers))?.id === link.id
    if (link.passwordHash !== undefined && !isKnown) return passwordPage()
    if (!mayLookAnyway) c.header('Set-Cookie', cookies.give(link, token, isSecure(c.req.raw)))
    await store.write([{ kind: 'use-share-link', link: link.id, nowMs: clock.now() }])
    return c.redirect(link.path, 303)
  })

  app.post('/s/:token', async (c) => {
    checkOrigin(c.req.raw)
    const token = c.req.param('token')
    const link = await findShareLink(store, token, clock.now())
    if (link === undefined) return opensNothing()
    if (link.passwordHash !== undefined) {
      const form = new URLSearchParams((await readBody(c.req.raw, bodyBytesMax)).toString())
      // Before it is looked at: many at once are counted too.
      const waitSeconds = tries.take(String(link.id))
      if (waitSeconds !== undefined) return passwordPage({ kind: 'too-many', waitSeconds })
      if (!(await isPassword(form.get('password') ?? '', link.passwordHash))) return passwordPage({ kind: 'wrong' })
    }
    c.header('Set-Cookie', cookies.give(link, token, isSecure(c.req.raw)))
    await store.write([{ kind: 'use-share-link', link: link.id, nowMs: clock.now() }])
    return c.redirect(link.path, 303)
  })

  app.delete('/api/share', (c) => {
    checkOrigin(c.req.raw)
    c.header('Set-Cookie', cookies.take(isSecure(c.req.raw)))
    return c.body(null, 204)
  })
  return app
}

function opensNothing(): Response {
  const text = 'This link opens nothing: it was taken back, it has ended, or some of it is missing.'
  return new Response(text, { status: 404, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}

import { Hono } from 'hono'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from './app-environment.ts'
import { frameAncestors } from './frame-ancestors.ts'
import { type StaticFiles, toContentSecurityPolicy } from './static-files.ts'

/** What only somebody gets who has shown who they are. */
const protectedPath = /^\/(api|graphql|files|artifacts|artifactsV2)(\/|$)/

/**
 * The page's files, which hold no secrets; the last routes of all.
 *
 * @param notebookOrigins - As {@link frameAncestors}: these may hold the page in a frame that is asked for as notebooks do.
 */
export function createPageRoutes(
  staticFiles: StaticFiles | undefined,
  notebookOrigins: readonly string[],
): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>()
  app.all('*', (c) => {
    const { pathname, searchParams } = new URL(c.req.url)
    const isAskedFor = c.req.method === 'GET' || c.req.method === 'HEAD'
    const isPage = isAskedFor && !protectedPath.test(pathname)
    const response = isPage ? staticFiles?.respond(decodePath(pathname), c.req.header('if-none-match')) : undefined
    if (response === undefined) throw new ServerError({ code: 'not-found', message: 'Nothing is here.' })
    if (searchParams.get('jupyter') === 'true') {
      const policy = toContentSecurityPolicy(frameAncestors(c.req.raw, notebookOrigins))
      response.headers.set('Content-Security-Policy', policy)
    }
    return response
  })
  return app
}

/** For somebody who shows nothing: the page, which asks for a key, and no data. */
export function createAnonymousRoutes(page: Hono<AppEnvironment>): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>()
  app.all('*', async (c, next) => {
    const isAskedFor = c.req.method === 'GET' || c.req.method === 'HEAD'
    if (isAskedFor && !protectedPath.test(new URL(c.req.url).pathname)) return next()
    throw new ServerError({
      code: 'unauthorized',
      message: 'This server asks for an API key.',
      hint: 'Run `wandb login` or `lossline login` with the address of this server, or sign in on its page.',
    })
  })
  app.route('/', page)
  app.onError((error) => {
    throw error
  })
  return app
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

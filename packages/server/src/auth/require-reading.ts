import type { MiddlewareHandler } from 'hono'
import { ServerError } from '../errors.ts'

/** What a link may ask for: what the page reads of projects, runs and artifacts. Everything else is closed, also what comes later. */
const readPaths = /^\/api\/(status|events|custom-charts|projects|runs|artifacts|view-states)(\/|$)/
/** Saving the rows of a table, which is reading too. */
const exportPath = '/api/tables/export'
/** Questions that are too long for an address. */
const askedPaths =
  /^\/api\/(series(\/[\w-]+)?|tables\/[\w-]+|(projects|runs)\/.+\/(runs\/(query|neighbours|groups|figures|marks|best-points|contents|deletion|importance)|rows))$/

/** Whether a request only asks for something. Of `/graphql` that is not told by its address: its document says it. */
export function isReading(request: Request): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return true
  return request.method === 'POST' && askedPaths.test(new URL(request.url).pathname)
}

/** Lets reading through, and the page's own files. @throws {@link ServerError} `forbidden`. */
export const requireReading: MiddlewareHandler = async (c, next) => {
  const path = new URL(c.req.url).pathname
  const isData = /^\/(api|graphql|files|artifacts|artifactsV2|metrics)(\/|$)/.test(path)
  const isGet = c.req.method === 'GET' || c.req.method === 'HEAD'
  const isOpen = !isGet || !isData || path === exportPath || readPaths.test(path)
  if (!isReading(c.req.raw) || !isOpen) {
    throw new ServerError({
      code: 'forbidden',
      message: 'This link lets you look at what it was made for, and at nothing else.',
      hint: 'Sign in with a key of your own to do more.',
    })
  }
  await next()
}

/**
 * For whoever shows a key that may only read: lets reading through, wherever it is, and GraphQL, which looks at each document.
 *
 * @throws {@link ServerError} `forbidden`.
 */
export const requireReadingOfKey: MiddlewareHandler = async (c, next) => {
  const isGraphQL = c.req.method === 'POST' && new URL(c.req.url).pathname === '/graphql'
  if (!isGraphQL && !isReading(c.req.raw)) throw refusedToReader()
  await next()
}

/** What is said to whoever wants to change something with a key that may only read. */
export function refusedToReader(): ServerError {
  return new ServerError({
    code: 'forbidden',
    message: 'This API key may only read, and this would change something.',
    hint: 'Use a key that may write: they are made on the page at /settings/account, or with `lossline key new NAME`.',
  })
}

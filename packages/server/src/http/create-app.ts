import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { localIdentity } from '../auth/identity.ts'
import { checkOpenRequest } from '../auth/open-mode.ts'
import { ServerError, toAdvice, toHttpStatus, toTold } from '../errors.ts'
import { type Log, toLogFields } from '../log.ts'
import type { AppEnvironment } from './app-environment.ts'
import { catchUpHeader } from './catch-up.ts'
import { contentSecurityPolicy, type StaticFiles } from './static-files.ts'

export interface CreateAppOptions {
  readonly log: Log
  /** Rejects when the store cannot answer. */
  readonly ping: () => Promise<void>
  readonly isLoopbackOnly: boolean
  /** Answers of requests that ask for it wait for this. */
  readonly catchUp: ((signal: AbortSignal) => Promise<void>) | undefined
  readonly staticFiles: StaticFiles | undefined
  readonly wandb: Hono<AppEnvironment>
  readonly api: Hono<AppEnvironment>
}

/** The whole HTTP surface: what every request goes through, then W&B's routes, ours, and the page. */
export function createApp(options: CreateAppOptions): Hono<AppEnvironment> {
  const { log } = options
  const app = new Hono<AppEnvironment>()

  app.use(async (c, next) => {
    const requestId = randomUUID()
    const startMs = performance.now()
    c.set('requestId', requestId)
    await next()
    setHeaders(c.res.headers, requestId)
    const path = new URL(c.req.url).pathname
    const durationMs = Math.round((performance.now() - startMs) * 10) / 10
    log('debug', 'request', { requestId, method: c.req.method, path, status: c.res.status, durationMs })
  })

  // W&B's client asks here, without a key, whether to send telemetry about itself. Anything but 404 and 405 means yes.
  app.all('/sdk/otel/*', (c) => c.body(null, 404))

  app.use(async (c, next) => {
    if (c.env?.caller !== 'in-process') checkOpenRequest(c.req.raw, { isLoopbackOnly: options.isLoopbackOnly })
    c.set('identity', localIdentity)
    if (c.req.header(catchUpHeader) !== undefined) await options.catchUp?.(c.req.raw.signal)
    await next()
  })

  app.get('/health', (c) => c.text('ok'))
  app.get('/ready', (c) => c.text('ok'))
  for (const path of ['/healthz', '/readyz']) {
    app.get(path, async (c) => {
      try {
        await options.ping()
        return c.text('ok')
      } catch (error) {
        log('error', 'the store does not answer', toLogFields(error))
        return c.text('the store does not answer', 503)
      }
    })
  }
  // W&B's client exchanges identity tokens here where a server can.
  app.post('/oidc/token', (c) => c.body(null, 404))

  app.route('/', options.wandb)
  app.route('/', options.api)

  app.get('*', (c) => {
    const path = decodePath(new URL(c.req.url).pathname)
    const response = options.staticFiles?.respond(path, c.req.header('if-none-match'))
    return response ?? c.notFound()
  })
  app.notFound((c) =>
    errorResponse(c.req.path, c.get('requestId'), new ServerError({ code: 'not-found', message: 'Nothing is here.' })),
  )

  app.onError((error, c) => {
    const requestId = c.get('requestId')
    if (c.req.raw.signal.aborted && toTold(error) === undefined) {
      // Whoever sent it has gone, in the middle of the body as a rule: no fault of ours, and nobody reads the answer.
      log('debug', 'request broken off', { requestId, path: c.req.path })
      return c.body(null, 400)
    }
    const status = toHttpStatus(error)
    if (status >= 500) log('error', 'request failed', { requestId, path: c.req.path, ...toLogFields(error) })
    return errorResponse(c.req.path, requestId, error)
  })
  return app
}

function setHeaders(headers: Headers, requestId: string): void {
  headers.set('X-Request-Id', requestId)
  headers.set('X-Content-Type-Options', 'nosniff')
  headers.set('Referrer-Policy', 'no-referrer')
  headers.set('Cross-Origin-Resource-Policy', 'same-origin')
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', contentSecurityPolicy)
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
}

/** Each kind of caller reads errors in its own form. */
function errorResponse(path: string, requestId: string, error: unknown): Response {
  const status = toHttpStatus(error)
  // Faults of our own: short for the caller, everything in the log.
  const message = toTold(error)?.message ?? 'internal error'
  const advice = toAdvice(error)
  if (path === '/graphql') return Response.json({ errors: [{ message, extensions: advice }] }, { status })
  if (!path.startsWith('/api/')) return Response.json({ error: message, ...advice }, { status })
  return Response.json({ error: { ...advice, message, requestId } }, { status })
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { Authenticator } from '../auth/authenticate.ts'
import { type Identity, localIdentity } from '../auth/identity.ts'
import { ServerError, toAdvice, toHttpStatus, toTold } from '../errors.ts'
import { type Log, toLogFields } from '../log.ts'
import { type ServerMetrics, toRoute } from '../metrics/server-metrics.ts'
import type { Surface } from '../surface.ts'
import type { AppEnvironment } from './app-environment.ts'
import { catchUpHeader } from './catch-up.ts'
import type { RateLimit } from './rate-limit.ts'
import type { Refusals } from './refusals.ts'
import { toContentSecurityPolicy } from './static-files.ts'

export interface CreateAppOptions {
  readonly log: Log
  /** Told of each answer. */
  readonly metrics: Pick<ServerMetrics, 'answered'>
  /** Rejects when the store cannot answer. */
  readonly ping: () => Promise<void>
  readonly authenticator: Authenticator
  /** The routes that somebody sees; undefined: somebody who shows nothing. */
  readonly surfaceOf: (identity: Identity | undefined) => Surface
  /** The routes that whoever has a link sees; undefined: the request brings none that opens anything. */
  readonly sharedSurfaceOf: (
    request: Request,
  ) => Promise<{ readonly linkId: number; readonly surface: Surface } | undefined>
  /** Routes that look for themselves at who asks: signed URLs, sessions, administration. */
  readonly ownRoutes: readonly Hono<AppEnvironment>[]
  /** Told of each answer that may be a refusal. */
  readonly refusals: Pick<Refusals, 'note'>
  /** Undefined: none. */
  readonly rateLimit: RateLimit | undefined
  /** Answers of requests that ask for it wait for this. */
  readonly catchUp: ((signal: AbortSignal) => Promise<void>) | undefined
}

/** The whole HTTP surface: what every request goes through, then the routes of whoever asks. */
export function createApp(options: CreateAppOptions): Hono<AppEnvironment> {
  const { log, authenticator } = options
  const app = new Hono<AppEnvironment>()

  app.use(async (c, next) => {
    const requestId = toRequestId(c.req.header('x-request-id'))
    const startMs = performance.now()
    c.set('requestId', requestId)
    c.set('username', '')
    await next()
    setHeaders(c.res.headers, requestId)
    const path = new URL(c.req.url).pathname
    const ms = performance.now() - startMs
    const { method } = c.req
    const { status } = c.res
    const route = toRoute(path)
    options.metrics.answered({ route, method, status, ms })
    if (status >= 400 && status < 500) options.refusals.note({ request: c.req.raw, status, code: c.get('refusedAs') })
    const user = c.get('username')
    // W&B's client asks for the place of its telemetry over and over.
    log(route === 'otel' ? 'debug' : 'info', 'request', {
      requestId,
      method,
      path: loggedPath(c),
      status,
      durationMs: Math.round(ms * 10) / 10,
      ...(user !== '' && { user }),
    })
  })

  // W&B's client asks here, without a key, whether to send telemetry about itself. Anything but 404 and 405 means yes.
  app.all('/sdk/otel/*', (c) => c.body(null, 404))

  app.use(async (c, next) => {
    if (c.env?.caller !== 'in-process') await authenticator.checkRequest(c.req.raw)
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
  for (const routes of options.ownRoutes) app.route('/', routes)

  app.all('*', async (c) => {
    const shared = c.env?.caller === 'in-process' ? undefined : await options.sharedSurfaceOf(c.req.raw)
    if (shared !== undefined) {
      limitRate(options.rateLimit, `link ${shared.linkId}`)
      const asked = { requestId: c.get('requestId'), identity: nobody }
      return shared.surface.fetch(c.req.raw, { ...c.env, asked })
    }
    const identity = c.env?.caller === 'in-process' ? localIdentity : await authenticator.identify(c.req.raw)
    if (identity !== undefined) c.set('username', identity.username)
    if (identity?.account !== undefined) limitRate(options.rateLimit, identity.username)
    if (identity !== undefined && c.req.header(catchUpHeader) !== undefined) {
      await options.catchUp?.(c.req.raw.signal)
    }
    const asked = { requestId: c.get('requestId'), identity: identity ?? nobody }
    return options.surfaceOf(identity).fetch(c.req.raw, { ...c.env, asked })
  })

  app.onError((error, c) => {
    const requestId = c.get('requestId')
    if (c.req.raw.signal.aborted && toTold(error) === undefined) {
      // Whoever sent it has gone, in the middle of the body as a rule: no fault of ours, and nobody reads the answer.
      log('debug', 'request broken off', { requestId, path: loggedPath(c) })
      return c.body(null, 400)
    }
    const status = toHttpStatus(error)
    c.set('refusedAs', toTold(error)?.code)
    // Whoever does not wait for the answer has no use of it.
    const level = c.req.raw.signal.aborted ? 'debug' : 'error'
    if (status >= 500) log(level, 'request failed', { requestId, path: loggedPath(c), ...toLogFields(error) })
    return errorResponse(c.req.path, requestId, error)
  })
  return app
}

/**
 * What logs tell of where a request went. Links that are their own permission have their signatures behind the path; only those
 * to share have their secret in it.
 */
function loggedPath(c: Context<AppEnvironment>): string {
  return c.req.path.startsWith('/s/') ? '/s/…' : new URL(c.req.url).pathname
}

/** A proxy's id goes on, so that its log and ours can be joined; anything longer or stranger is replaced. */
function toRequestId(given: string | undefined): string {
  return given !== undefined && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID()
}

/** Never asked for: the routes for somebody who shows nothing know no one. */
const nobody: Identity = { username: '', defaultEntity: '', isAdmin: false, scope: 'read', account: undefined }

/** @throws {@link ServerError} `too-many-requests`. */
function limitRate(rateLimit: RateLimit | undefined, username: string): void {
  const waitSeconds = rateLimit?.take(username)
  if (waitSeconds === undefined) return
  throw new ServerError({
    code: 'too-many-requests',
    message: 'Too many requests.',
    hint: 'They are tried again by themselves; whoever runs the server can raise --rate-limit.',
    retryAfterSeconds: waitSeconds,
  })
}

function setHeaders(headers: Headers, requestId: string): void {
  headers.set('X-Request-Id', requestId)
  headers.set('X-Content-Type-Options', 'nosniff')
  if (!headers.has('Referrer-Policy')) headers.set('Referrer-Policy', 'no-referrer')
  headers.set('Cross-Origin-Resource-Policy', 'same-origin')
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', toContentSecurityPolicy())
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
}

/** Each kind of caller reads errors in its own form. */
function errorResponse(path: string, requestId: string, error: unknown): Response {
  const status = toHttpStatus(error)
  // Faults of our own: short for the caller, everything in the log.
  const message = toTold(error)?.message ?? 'internal error'
  const advice = toAdvice(error)
  const retryAfter = error instanceof ServerError ? error.retryAfterSeconds : undefined
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }
  const errors = [{ message, extensions: advice }]
  if (path === '/graphql') return Response.json({ errors }, { status, headers })
  // W&B's client shows this list whenever it asks with a key that is not known.
  const unknown = status === 401 ? { errors } : {}
  const told = path.startsWith('/api/') ? { error: { ...advice, message, requestId } } : { error: message, ...advice }
  return Response.json({ ...told, ...unknown }, { status, headers })
}

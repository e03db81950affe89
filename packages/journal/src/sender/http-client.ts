import { aborted, type SenderClock, sleep } from './clock.ts'
import { type RetryPolicy, retryDelayMs } from './retry-policy.ts'
import { SendError } from './send-error.ts'

/** What requests need from their surroundings. */
export interface HttpClientOptions {
  readonly fetch: typeof fetch
  readonly clock: SenderClock
  readonly signal: AbortSignal
  /** Told before each wait. */
  onRetry?(error: SendError, delayMs: number): void
}

/** A request that may be sent several times. */
export interface SendRequest {
  readonly method: 'POST' | 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: RequestBody
  /** Looks at the answer of a success; throwing makes it a failure that is tried again. */
  parse?(text: string, headers: Headers): void
}

/**
 * What a request carries. A function makes it anew for each attempt, and calls `onChunk` for each portion that leaves: the
 * attempt's time begins anew then.
 */
export type RequestBody = string | ((onChunk: () => void) => Promise<Blob | null>)

/**
 * Sends a request until it succeeds, by the policy.
 *
 * @throws {@link SendError} `server-refused` for a status that is not retried, `server-unreachable` when all attempts failed.
 */
export async function sendRequest(
  request: SendRequest,
  policy: RetryPolicy,
  options: HttpClientOptions,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const failure = await tryOnce(request, policy, options)
    if (failure === undefined) return
    if (options.signal.aborted) throw aborted()
    const retryCountMax = failure.isAnswered
      ? policy.retryCountMax
      : (policy.unansweredRetryCountMax ?? policy.retryCountMax)
    if (failure.isFinal || attempt > retryCountMax) throw failure.error
    const delayMs = retryDelayMs(attempt, failure.retryAfter, options.clock.now())
    options.onRetry?.(failure.error, delayMs)
    await sleep(options.clock, delayMs, options.signal)
  }
}

interface Failure {
  readonly error: SendError
  readonly isFinal: boolean
  /** Whether there is a server at all. */
  readonly isAnswered: boolean
  readonly retryAfter: string | null
}

async function tryOnce(
  request: SendRequest,
  policy: RetryPolicy,
  { fetch, clock, signal }: HttpClientOptions,
): Promise<Failure | undefined> {
  const { method, url, headers } = request
  const timeout = new AbortController()
  let timer: unknown
  const startTimer = (): void => {
    if (!Number.isFinite(policy.attemptTimeoutMs)) return
    if (timer !== undefined) clock.clearTimeout(timer)
    timer = clock.setTimeout(() => timeout.abort(new Error('timed out')), policy.attemptTimeoutMs)
  }
  let isAnswered = false
  startTimer()
  try {
    const body = typeof request.body === 'string' ? request.body : await request.body(startTimer)
    const response = await fetch(url, { method, headers, body, signal: AbortSignal.any([signal, timeout.signal]) })
    isAnswered = true
    const text = await response.text()
    if (!policy.isAccepted(response.status)) {
      return {
        error: refused(request, response.status, text),
        isFinal: !policy.isRetried(response.status),
        isAnswered,
        retryAfter: response.headers.get('retry-after'),
      }
    }
    request.parse?.(text, response.headers)
    return undefined
  } catch (cause) {
    const error = toSendError(request, cause)
    return { error, isFinal: error.code !== 'server-unreachable', isAnswered, retryAfter: null }
  } finally {
    if (timer !== undefined) clock.clearTimeout(timer)
  }
}

function toSendError(request: SendRequest, cause: unknown): SendError {
  if (cause instanceof SendError) return cause
  // A file that changes while it is sent makes its Blob fail; the same bytes will not come back.
  if (isUnreadable(cause)) {
    return new SendError({
      code: 'file-unreadable',
      message: `A file changed or could not be read while it was sent to ${withoutQuery(request.url)}.`,
      cause,
    })
  }
  return unreachable(request, cause)
}

function isUnreadable(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false
  return cause.name === 'NotReadableError' || isUnreadable(cause.cause)
}

function refused({ method, url }: SendRequest, status: number, text: string): SendError {
  const detail = text.length > 200 ? `${text.slice(0, 200)}…` : text
  return new SendError({
    code: 'server-refused',
    status,
    message: `${method} ${withoutQuery(url)} was answered with ${status}: ${detail.replaceAll(/\s+/g, ' ')}`,
    hint:
      status === 401 || status === 403
        ? 'Check the API key. The run is complete in its folder and can be sent later.'
        : 'The run is complete in its folder and can be sent later.',
  })
}

function unreachable({ method, url }: SendRequest, cause: unknown): SendError {
  const reason =
    cause instanceof Error ? (cause.cause instanceof Error ? cause.cause.message : cause.message) : String(cause)
  return new SendError({
    code: 'server-unreachable',
    message: `${method} ${withoutQuery(url)} failed: ${reason}`,
    hint: 'The run is complete in its folder and can be sent later.',
    cause,
  })
}

/** Queries of upload URLs hold the permission to upload; they are not to be shown. */
function withoutQuery(url: string): string {
  return url.split('?')[0] as string
}

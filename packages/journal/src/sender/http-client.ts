import { isJsonObject, type JsonValue, parseJson } from '@lossline/protocol'
import { certificateRemedy } from './certificate-remedy.ts'
import { aborted, type SenderClock, sleep } from './clock.ts'
import { type RetryPolicy, retryDelayMs } from './retry-policy.ts'
import { SendError } from './send-error.ts'
import type { OpenContent } from './uploads/open-content.ts'

/** What requests need from their surroundings. */
export interface HttpClientOptions {
  readonly fetch: typeof fetch
  readonly clock: SenderClock
  readonly signal: AbortSignal
  /** Told before each wait. What it throws ends the attempts. */
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
export type RequestBody = string | ((onChunk: () => void) => Promise<OpenContent | null>)

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
    const both = AbortSignal.any([signal, timeout.signal])
    const response = await fetch(url, { method, ...toBodyInit(headers, body), signal: both })
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

/**
 * Node's fetch sends a stream with the length that a header promises, which places for uploads ask for. It keeps all of a
 * stream in memory, to have it again for redirects and for a window's prompt, unless it is told that there are neither.
 */
function toBodyInit(headers: Readonly<Record<string, string>>, body: string | OpenContent | null): RequestInit {
  if (body === null || typeof body === 'string' || body instanceof Uint8Array) return { headers, body }
  // Types of the web's fetch do not have `duplex` yet, which is required beside a stream.
  const init: RequestInit & { duplex: 'half' } = {
    headers: { ...headers, 'Content-Length': String(body.bytes) },
    body: body.stream,
    duplex: 'half',
    redirect: 'error',
    window: null,
  }
  return init
}

/** What a stream of a body fails with comes back as the cause of another error. */
function toSendError(request: SendRequest, failure: unknown): SendError {
  for (let cause = failure; cause instanceof Error; cause = cause.cause) if (cause instanceof SendError) return cause
  return unreachable(request, failure)
}

function refused({ method, url }: SendRequest, status: number, text: string): SendError {
  const words = wordsOf(text)
  const detail = words.length > 200 ? `${words.slice(0, 200)}…` : words
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

/** What a refusal says for people, if it is JSON as W&B's servers answer; else the text itself. */
function wordsOf(text: string): string {
  try {
    const answer = parseJson(text)
    const { errors, error } = isJsonObject(answer) ? answer : {}
    if (typeof error === 'string' && error !== '') return error
    const messages = (Array.isArray(errors) ? errors : []).flatMap((each: JsonValue) =>
      isJsonObject(each) && typeof each.message === 'string' ? [each.message] : [],
    )
    return messages.length === 0 ? text : messages.join('; ')
  } catch {
    return text
  }
}

function unreachable({ method, url }: SendRequest, cause: unknown): SendError {
  const reason =
    cause instanceof Error ? (cause.cause instanceof Error ? cause.cause.message : cause.message) : String(cause)
  return new SendError({
    code: 'server-unreachable',
    message: `${method} ${withoutQuery(url)} failed: ${reason}`,
    hint: 'The run is complete in its folder and can be sent later.',
    remedy: certificateRemedy(cause),
    cause,
  })
}

/** Queries of upload URLs hold the permission to upload; they are not to be shown. */
function withoutQuery(url: string): string {
  return url.split('?')[0] as string
}

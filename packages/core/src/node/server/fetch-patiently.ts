import { setTimeout as sleep } from 'node:timers/promises'
import { certificateRemedy, retryDelayMs, uploadPolicy } from '@lossline/journal'
import type { Deadline } from './deadline.ts'

/** Whether a request with this body can be sent again. A stream is gone after the first time. */
export function isRepeatable(body: RequestInit['body']): boolean {
  return !(body instanceof ReadableStream)
}

/**
 * Fetches, and tries again after failures that may pass by themselves, for as long as the deadline allows.
 *
 * @returns The answer; after the last attempt, also one that may pass.
 */
export async function fetchPatiently(url: string, init: RequestInit, deadline: Deadline): Promise<Response> {
  let lastFailure: string | undefined
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt > uploadPolicy.retryCountMax || !isRepeatable(init.body)
    let retryAfter: string | null = null
    try {
      // Only the wait for the answer is limited, not the reading of what may be a large file.
      const response = await beforeDeadline(url, init, deadline)
      if (isLast || !uploadPolicy.isRetried(response.status)) return response
      retryAfter = response.headers.get('retry-after')
      lastFailure = `status ${response.status}`
      await response.body?.cancel()
    } catch (error) {
      lastFailure = error instanceof Error ? String(error.cause ?? error.message) : String(error)
      const isHopeless = isLast || certificateRemedy(error) !== undefined
      if (isHopeless && !deadline.signal.aborted) throw error
    }
    if (deadline.signal.aborted) throw deadline.toError(describe(url), lastFailure)
    await sleep(retryDelayMs(attempt, retryAfter, Date.now()), undefined, { signal: deadline.signal }).catch(() => {})
    if (deadline.signal.aborted) throw deadline.toError(describe(url), lastFailure)
  }
}

/** One attempt, whose answer may then be read for as long as it takes. */
export async function beforeDeadline(url: string, init: RequestInit, deadline: Deadline): Promise<Response> {
  const attempt = new AbortController()
  const abort = (): void => attempt.abort(deadline.signal.reason)
  if (deadline.signal.aborted) abort()
  deadline.signal.addEventListener('abort', abort, { once: true })
  try {
    const signal = init.signal == null ? attempt.signal : AbortSignal.any([attempt.signal, init.signal])
    return await fetch(url, { ...init, signal })
  } finally {
    deadline.signal.removeEventListener('abort', abort)
  }
}

/** Queries of signed addresses hold permissions; they are not to be shown. */
export function describe(url: string): string {
  return url.split('?')[0] as string
}

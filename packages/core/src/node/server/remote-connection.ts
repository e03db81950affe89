import { certificateRemedy, graphqlPolicy, requestGraphql, SendError, systemClock } from '@lossline/journal'
import { ServerRequestError } from '../../errors.ts'
import { createKnownSecrets } from '../../redaction/known-secrets.ts'
import type { ServerConnection } from '../../server/server-connection.ts'
import { toRequestError } from '../../server/to-request-error.ts'
import { askTimeoutMs, createDeadline, fetchTimeoutMs } from './deadline.ts'
import { describe, fetchPatiently } from './fetch-patiently.ts'

/** A connection to a server somewhere, over HTTP. Nothing is sent before the first question. */
export function createRemoteConnection(place: { baseUrl: string; apiKey: string | undefined }): ServerConnection {
  const baseUrl = place.baseUrl.replace(/\/+$/, '')
  const closing = new AbortController()
  const credentials: Record<string, string> =
    place.apiKey === undefined
      ? {}
      : { Authorization: `Basic ${Buffer.from(`api:${place.apiKey}`).toString('base64')}` }
  const secrets = createKnownSecrets(place.apiKey === undefined ? [] : [place.apiKey])
  const close = async (): Promise<void> => closing.abort()

  return {
    baseUrl,
    pageBaseUrl: baseUrl,
    placeName: baseUrl,
    async graphql(operationName, query, variables, { signal, timeoutMs = askTimeoutMs } = {}) {
      const deadline = createDeadline(timeoutMs, signal, closing.signal)
      let lastFailure: string | undefined
      try {
        return await requestGraphql(operationName, query, variables, graphqlPolicy, {
          baseUrl,
          headers: credentials,
          fetch,
          clock: systemClock,
          signal: deadline.signal,
          onRetry: (error) => {
            // Whoever has asked had better know at once, and ask again.
            if (error.remedy !== undefined) throw error
            lastFailure = secrets.replaceIn(error.message)
          },
        })
      } catch (error) {
        if (deadline.signal.aborted) throw deadline.toError(`A request to ${baseUrl}`, lastFailure)
        throw error instanceof SendError ? toRequestError(error, baseUrl, secrets.replaceIn) : error
      }
    },
    async fetch(url, { withCredentials = false, ...init } = {}) {
      const target = new URL(url, `${baseUrl}/`).href
      const isOwn = target.startsWith(`${baseUrl}/`)
      const headers = new Headers(init.headers)
      if (withCredentials && isOwn) for (const [name, value] of Object.entries(credentials)) headers.set(name, value)
      const deadline = createDeadline(fetchTimeoutMs(init.body), init.signal, closing.signal)
      try {
        return await fetchPatiently(target, { ...init, headers }, deadline)
      } catch (cause) {
        if (cause instanceof ServerRequestError) throw cause
        const hint = certificateRemedy(cause)
        const message = `${describe(target)} cannot be fetched.`
        throw new ServerRequestError({ message, cause, ...(hint === undefined ? {} : { hint }) })
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

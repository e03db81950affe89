import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { requestGraphql, SendError, systemClock } from '@lossline/journal'
import { ServerRequestError } from '../../errors.ts'
import type { ServerConnection } from '../../server/server-connection.ts'
import { toRequestError } from '../../server/to-request-error.ts'
import { findLocalServerUrl, readServerFile } from '../local-server.ts'
import { askTimeoutMs, createDeadline, type Deadline, fetchTimeoutMs } from './deadline.ts'
import { beforeDeadline, describe, isRepeatable } from './fetch-patiently.ts'
import { createLocalAddress } from './find-local-address.ts'

/** Whatever listens at an address and says nothing for so long is no server of ours, or hangs. */
const readyMsMax = 10_000
/** A server on this machine is back in a moment or not at all. */
const retryDelayMs = 50
/** Answers of a server that is only just starting, or whose store is being handed over. */
const passingStatuses: ReadonlySet<number> = new Set([502, 503])
/** The server reads what the run folders hold before it answers. */
const catchUp = { 'X-Lossline-Catch-Up': '1' }

/** One attempt asks once. */
const oneAttempt = {
  attemptTimeoutMs: Number.POSITIVE_INFINITY,
  retryCountMax: 0,
  isAccepted: (status: number): boolean => status === 200,
  isRetried: (): boolean => false,
}

/**
 * A connection to whatever serves a data folder: `lossline serve`, the temporary server of another program, or one that
 * is started here. When it goes away, the next one is found or started.
 *
 * @throws {@link LocalServerMissingError}, or {@link ServerRequestError} when none can be started.
 */
export async function openLocalConnection(place: { dataDirectory: string }): Promise<ServerConnection> {
  const dataDirectory = resolve(place.dataDirectory)
  const address = createLocalAddress(dataDirectory)
  const closing = new AbortController()
  /** Addresses of its servers so far, which the next one answers for. */
  const seenUrls = new Set<string>()
  let baseUrl = ''
  let pageBaseUrl: string | undefined
  let credentials: Readonly<Record<string, string>> = {}

  /** Asks until there is an answer, finding another server whenever one is away. */
  async function ask<Answer>(
    operation: string,
    deadline: Deadline,
    attempt: (url: string) => Promise<Attempt<Answer>>,
  ): Promise<Answer> {
    let lastFailure: string | undefined
    let failedUrl: string | undefined
    for (;;) {
      if (deadline.signal.aborted) throw deadline.toError(operation, lastFailure)
      const url = await address.find(failedUrl)
      if (url !== undefined) {
        if (url !== baseUrl) {
          pageBaseUrl = findLocalServerUrl(dataDirectory)
          credentials = toCredentials(readServerFile(dataDirectory)?.token)
        }
        baseUrl = url
        seenUrls.add(url)
        const outcome = await attempt(url)
        if (outcome.kind === 'answered') return outcome.answer
        lastFailure = outcome.failure
        failedUrl = url
      }
      if (!deadline.signal.aborted) await sleep(retryDelayMs)
    }
  }

  /** An address that an earlier server of the folder gave out, at the present one. */
  function toPresent(url: string, present: string): string {
    for (const seen of seenUrls) if (url.startsWith(`${seen}/`)) return `${present}${url.slice(seen.length)}`
    return new URL(url, `${present}/`).href
  }

  /** The address of a server that may be gone when a message is read says nobody anything. */
  function withoutAddress(text: string): string {
    let shown = text
    for (const seen of seenUrls) shown = shown.replaceAll(seen, '')
    return shown
  }

  const close = async (): Promise<void> => closing.abort()

  await ask('The search for a local server', createDeadline(askTimeoutMs, undefined, closing.signal), isUp)

  return {
    get baseUrl() {
      return baseUrl
    },
    get pageBaseUrl() {
      return pageBaseUrl
    },
    placeName: dataDirectory,
    graphql(operationName, query, variables, { signal, timeoutMs = askTimeoutMs } = {}) {
      const deadline = createDeadline(timeoutMs, signal, closing.signal)
      return ask(`A request to the server of ${dataDirectory}`, deadline, async (url) => {
        const options = {
          baseUrl: url,
          headers: { ...catchUp, ...credentials },
          fetch,
          clock: systemClock,
          signal: deadline.signal,
        }
        try {
          return answered(await requestGraphql(operationName, query, variables, oneAttempt, options))
        } catch (error) {
          if (!(error instanceof SendError)) throw error
          const { status, code, message } = error
          const isAway = status === undefined ? code !== 'server-refused' : passingStatuses.has(status)
          if (isAway) return away(withoutAddress(message))
          throw toRequestError(error, dataDirectory, withoutAddress)
        }
      })
    },
    fetch(url, { withCredentials, ...init } = {}) {
      const deadline = createDeadline(fetchTimeoutMs(init.body), init.signal, closing.signal)
      return ask(withoutAddress(describe(url)), deadline, async (present) => {
        try {
          const target = toPresent(url, present)
          // Signed addresses are their own permission, and a key is nobody else's business.
          const isKeyed = withCredentials === true && target.startsWith(`${present}/`)
          const headers = isKeyed ? { ...Object.fromEntries(new Headers(init.headers)), ...credentials } : init.headers
          const response = await beforeDeadline(target, { ...init, ...(headers && { headers }) }, deadline)
          if (!passingStatuses.has(response.status) || !isRepeatable(init.body)) return answered(response)
          await response.body?.cancel()
          return away(`status ${response.status}`)
        } catch (error) {
          if (isRepeatable(init.body)) return away(reasonOf(error))
          throw new ServerRequestError({ message: `${withoutAddress(describe(url))} cannot be fetched.`, cause: error })
        }
      })
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Headers with which a server that asks for keys lets in the owner of its data folder. */
function toCredentials(token: string | undefined): Readonly<Record<string, string>> {
  return token === undefined ? {} : { Authorization: `Bearer ${token}` }
}

type Attempt<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'away'; readonly failure: string }

function answered<Answer>(answer: Answer): Attempt<Answer> {
  return { kind: 'answered', answer }
}

function away(failure: string): Attempt<never> {
  return { kind: 'away', failure }
}

async function isUp(url: string): Promise<Attempt<true>> {
  try {
    const response = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(readyMsMax) })
    await response.body?.cancel()
    return response.ok ? answered(true) : away(`status ${response.status}`)
  } catch (error) {
    return away(reasonOf(error))
  }
}

function reasonOf(error: unknown): string {
  return String(error instanceof Error ? (error.cause ?? error.message) : error)
}

/** How a kind of request is tried again. The figures are those of W&B's own client. */
export interface RetryPolicy {
  /** Time without anything moving after which an attempt has failed. */
  readonly attemptTimeoutMs: number
  readonly retryCountMax: number
  /** For attempts that nobody answered. Default: as the others. */
  readonly unansweredRetryCountMax?: number
  /** Whether the answer counts as success. */
  isAccepted(status: number): boolean
  isRetried(status: number): boolean
}

const finalStatuses: ReadonlySet<number> = new Set([400, 401, 403, 404, 409, 410, 413, 422, 501])
const isTransient = (status: number) => status >= 400 && !finalStatuses.has(status)

/** GraphQL apart from the announcement of the run. */
export const graphqlPolicy: RetryPolicy = {
  attemptTimeoutMs: 30_000,
  retryCountMax: 20,
  isAccepted: (status) => status === 200,
  isRetried: isTransient,
}

/** The announcement: its conflicts heal. */
export const upsertPolicy: RetryPolicy = {
  ...graphqlPolicy,
  isRetried: (status) => status === 409 || isTransient(status),
}

/** Lines: about seven days. */
export const streamPolicy: RetryPolicy = {
  attemptTimeoutMs: 180_000,
  retryCountMax: 10_085,
  isAccepted: (status) => status >= 200 && status <= 300,
  isRetried: isTransient,
}

/** Questions about files and artifacts: they wait for a server that is away as long as lines do. */
export const patientPolicy: RetryPolicy = { ...graphqlPolicy, unansweredRetryCountMax: streamPolicy.retryCountMax }

/** Alerts: they are beside the point when they are late, and one that a server cannot take is not to keep others waiting. */
export const alertPolicy: RetryPolicy = { ...graphqlPolicy, retryCountMax: 1 }

/** A sign of life: the next one may get through, and whoever gives it has other things to send. */
export const heartbeatPolicy: RetryPolicy = { ...streamPolicy, attemptTimeoutMs: 10_000, retryCountMax: 0 }

/** Contents of files. They may be large, so what is limited is the time in which not a byte moves. */
export const uploadPolicy: RetryPolicy = {
  attemptTimeoutMs: 600_000,
  retryCountMax: 20,
  isAccepted: (status) => status >= 200 && status <= 299,
  isRetried: (status) => status === 429 || (status >= 500 && status !== 501),
}

const firstDelayMs = 2_000
const delayMsMax = 60_000
const jitter = 0.25
// Beyond 2^31 ms a timer of Node fires at once; and whoever asks for a day would have our rows arrive a day late.
const askedDelayMsMax = 3_600_000

/**
 * How long to wait before the next attempt, milliseconds: what the server asked for, at most an hour, else from 2 s doubling up to 60 s, and
 * up to a quarter more so that clients do not come back all at once.
 *
 * @param attempt - Number of attempts that have failed, from 1.
 */
export function retryDelayMs(
  attempt: number,
  retryAfter: string | null,
  nowMs: number,
  random: () => number = Math.random,
): number {
  const asked = retryAfter === null ? undefined : parseRetryAfter(retryAfter, nowMs)
  if (asked !== undefined) return Math.min(askedDelayMsMax, asked)
  return Math.min(delayMsMax, firstDelayMs * 2 ** Math.min(attempt - 1, 10)) * (1 + jitter * random())
}

/** Milliseconds of a `Retry-After` header: seconds, also broken ones, or a date. */
export function parseRetryAfter(text: string, nowMs: number): number | undefined {
  const trimmed = text.trim()
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1000
  const dateMs = Date.parse(trimmed)
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs)
}

import { givenUp, tooLate } from '../../server/to-request-error.ts'

/** How long one question may take, and who may end it before. */
export interface Deadline {
  readonly signal: AbortSignal
  /** The error to throw when {@link signal} has aborted. */
  toError(operation: string, lastFailure: string | undefined): Error
}

/** Default of {@link AskOptions.timeoutMs}. */
export const askTimeoutMs = 60_000

/** The least speed of an upload, over which it is given up. 100 bytes a millisecond are 100 kB/s. */
const uploadBytesPerMs = 100

/** How long an address may take to answer: what is sent to it has to get there first. */
export function fetchTimeoutMs(body: RequestInit['body']): number {
  const sizeBytes = body instanceof Blob ? body.size : ArrayBuffer.isView(body) ? body.byteLength : 0
  return askTimeoutMs + Math.ceil(sizeBytes / uploadBytesPerMs)
}

/** Makes the deadline of one question. Its timer does not keep the process alive; the request that it limits does. */
export function createDeadline(
  timeoutMs: number,
  askerSignal: AbortSignal | null | undefined,
  closing: AbortSignal,
): Deadline {
  const timeout = AbortSignal.timeout(timeoutMs)
  const signals = askerSignal == null ? [timeout, closing] : [timeout, closing, askerSignal]
  return {
    signal: AbortSignal.any(signals),
    toError(operation, lastFailure) {
      if (askerSignal?.aborted) return givenUp(operation, askerSignal.reason)
      if (closing.aborted) return givenUp(operation, 'the connection was closed')
      return tooLate(operation, timeoutMs, lastFailure)
    },
  }
}

import type { SenderClock } from './clock.ts'
import type { GraphqlOptions } from './graphql.ts'
import type { SenderOptions } from './sender-types.ts'

// W&B's servers limit requests; one on this machine is there to show curves while they grow.
const foreignTransmitIntervalMs = 15_000
const localTransmitIntervalMs = 1_000

/** How requests reach the server of a sender. */
export function toGraphqlOptions(
  { target, onProgress }: SenderOptions,
  clock: SenderClock,
  signal: AbortSignal,
): GraphqlOptions {
  return {
    baseUrl: target.baseUrl.replace(/\/+$/, ''),
    headers: target.apiKey === undefined ? {} : { Authorization: basicAuthorization(target.apiKey) },
    fetch: target.fetch ?? fetch,
    clock,
    signal,
    onRetry: (error, delayMs) => onProgress?.({ kind: 'waiting', error, delayMs }),
  }
}

/** How long a sender that follows a journal lets lines wait for more. */
export function transmitIntervalOf({ target }: SenderOptions): number {
  if (target.transmitIntervalMs !== undefined) return target.transmitIntervalMs
  return isLocal(target.baseUrl) ? localTransmitIntervalMs : foreignTransmitIntervalMs
}

function basicAuthorization(apiKey: string): string {
  return `Basic ${Buffer.from(`api:${apiKey}`).toString('base64')}`
}

function isLocal(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl)
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1' || hostname === '[::1]'
}

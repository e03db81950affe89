import type { SenderClock } from './clock.ts'
import type { GraphqlOptions } from './graphql.ts'
import type { SenderOptions } from './sender-types.ts'

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

function basicAuthorization(apiKey: string): string {
  return `Basic ${Buffer.from(`api:${apiKey}`).toString('base64')}`
}

import type { ServerConnection } from '../server/server-connection.ts'
import { withSignal } from '../server/with-signal.ts'
import { ContentRefusedError } from './api-errors.ts'

/**
 * Fetches an address that a server gave out.
 *
 * @param options.shown - The address for people, in errors. Default: the address.
 * @throws {@link ContentRefusedError}; the signal's reason.
 */
export async function fetchContent(
  connection: ServerConnection,
  url: string,
  { shown = url, ...init }: RequestInit & { readonly shown?: string } = {},
): Promise<Response> {
  const asking = withSignal(connection, init.signal ?? undefined)
  const response = await asking.fetch(url, { ...init, withCredentials: true })
  if (response.ok) return response
  await response.body?.cancel()
  throw new ContentRefusedError(shown, response.status)
}

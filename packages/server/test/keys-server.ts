import { openSqliteStore, type Store } from '@lossline/store'
import { createFakeClock, type FakeClock } from '@lossline/testing'
import { type Clock, createServer, type LosslineServer } from '../src/index.ts'

export const adminToken = 'admin-token-of-the-tests'

/** What a GraphQL answer holds: tests say what they expect in it. */
// biome-ignore lint/suspicious/noExplicitAny: every test reads another shape
export type Answered = any

/** A server that asks for keys, with users who have them. */
export interface KeysServer extends AsyncDisposable {
  readonly server: LosslineServer
  readonly store: Store
  readonly clock: FakeClock
  /** @param apiKey - Undefined: nobody. */
  request(path: string, apiKey?: string, init?: RequestInit): Promise<Response>
  graphql(
    query: string,
    variables: object,
    apiKey?: string,
  ): Promise<{ status: number; data: Answered; errors: Answered }>
  admin(method: string, path: string, body?: object, token?: string): Promise<Response>
  /** Makes a user and tells the key. */
  addUser(name: string, options?: { admin?: boolean; email?: string }): Promise<string>
}

export async function openKeysServer(options: Partial<Parameters<typeof createServer>[0]> = {}): Promise<KeysServer> {
  const clock = createFakeClock()
  const store = options.store ?? (await openSqliteStore({ path: ':memory:' }))
  const server = createServer({ store, clock: clock as Clock, auth: 'keys', adminToken, ...options })
  const send = (path: string, init?: RequestInit): Promise<Response> =>
    server.fetch(new Request(new URL(path, 'http://track.example.org'), init))
  const request = (path: string, apiKey?: string, init: RequestInit = {}): Promise<Response> =>
    send(path, {
      ...init,
      headers: {
        'content-type': 'application/json',
        ...(apiKey === undefined ? {} : { authorization: toBasic(apiKey) }),
        ...Object.fromEntries(new Headers(init.headers)),
      },
    })
  const admin = (method: string, path: string, body?: object, token = adminToken): Promise<Response> =>
    send(`/api/admin${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
  return {
    server,
    store,
    clock,
    request,
    admin,
    async graphql(query, variables, apiKey) {
      const response = await request('/graphql', apiKey, {
        method: 'POST',
        body: JSON.stringify({ query, variables, operationName: '' }),
      })
      const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown }
      return { status: response.status, data, errors }
    },
    async addUser(name, user = {}) {
      const response = await admin('PUT', `/users/${name}`, user)
      const { apiKey } = (await response.json()) as { apiKey: string }
      return apiKey
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      await store.close()
    },
  }
}

export function toBasic(apiKey: string): string {
  return `Basic ${Buffer.from(`api:${apiKey}`).toString('base64')}`
}

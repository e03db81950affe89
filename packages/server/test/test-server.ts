import { openSqliteStore, type Store } from '@lossline/store'
import { createFakeClock, type FakeClock } from '@lossline/testing'
import { expect } from 'vitest'
import { type Clock, type CreateServerOptions, createServer, type LosslineServer } from '../src/index.ts'

/** A server over a store in memory, with a clock that stands still. */
export interface TestServer extends AsyncDisposable {
  readonly server: LosslineServer
  readonly store: Store
  readonly clock: FakeClock
  /** As a program on this machine would. */
  request(path: string, init?: RequestInit): Promise<Response>
  /** JSON of an answer with status 200. */
  get<T = Record<string, unknown>>(path: string): Promise<T>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  /** `data` of a GraphQL answer with status 200. */
  graphql<T = Record<string, never>>(query: string, variables?: object): Promise<T>
  stream(runId: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  /** Announces the run `local/demo/<runId>`. */
  upsert(runId: string, input?: object): Promise<{ id: string; name: string; historyLineCount: number }>
}

export interface OpenTestServerOptions
  extends Pick<
    CreateServerOptions,
    'webRoot' | 'dataDirectory' | 'notebookOrigins' | 'findFormerDatabases' | 'sample'
  > {
  readonly startMs?: number
  /** What the server sees of the store. Default: the store itself. */
  readonly wrapStore?: (store: Store) => Store
}

export async function openTestServer(options: OpenTestServerOptions = {}): Promise<TestServer> {
  const { startMs, wrapStore = (store) => store, ...rest } = options
  const clock = createFakeClock(startMs)
  const store = await openSqliteStore({ path: ':memory:' })
  const server = createServer({ store: wrapStore(store), clock: clock as Clock, ...rest })
  const request = (path: string, init?: RequestInit): Promise<Response> =>
    server.fetch(new Request(new URL(path, 'http://127.0.0.1:5757'), init))
  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const graphql = async <T>(query: string, variables: object = {}): Promise<T> => {
    const response = await post('/graphql', { query, variables, operationName: '' })
    const answer = (await response.json()) as { data: T; errors?: unknown }
    expect({ status: response.status, errors: answer.errors }, JSON.stringify(answer.errors)).toEqual({
      status: 200,
      errors: undefined,
    })
    return answer.data
  }
  return {
    server,
    store,
    clock,
    request,
    post,
    graphql,
    async get<T>(path: string) {
      const response = await request(path)
      expect(response.status).toBe(200)
      return (await response.json()) as T
    },
    stream: (runId, body, headers) => post(`/files/local/demo/${runId}/file_stream`, body, headers),
    async upsert(runId, input = {}) {
      const { upsertBucket } = await graphql<{
        upsertBucket: { bucket: { id: string; name: string; historyLineCount: number } }
      }>(upsertDocument, { input: { name: runId, modelName: 'demo', ...input } })
      return upsertBucket.bucket
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      await store.close()
    },
  }
}

const upsertDocument = `mutation Upsert($input: UpsertBucketInput!) {
  upsertBucket(input: $input) { inserted bucket { id name historyLineCount } }
}`

/** `{"_step":…,…}` lines as W&B's client sends them. */
export function historyLines(fromStep: number, rows: readonly object[]): string[] {
  return rows.map((row, i) =>
    JSON.stringify({ ...row, _step: fromStep + i, _runtime: i, _timestamp: 1_767_225_600 + i }),
  )
}

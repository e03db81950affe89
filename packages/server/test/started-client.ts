import { expect } from 'vitest'
import { findRunningServer, type StartedServer } from '../src/index.ts'
import type { TestServer } from './test-server.ts'

/** Asks a server that listens, as the helpers for artifacts and run files need it, and as its operator does. */
export interface StartedClient extends Pick<TestServer, 'request' | 'post' | 'graphql' | 'stream'> {
  upsert(runId: string): Promise<void>
  /** Content of a file of the run `local/demo/<runId>`; undefined when there is none. */
  readRunFile(runId: string, name: string): Promise<Buffer | undefined>
  admin(method: string, path: string, body?: object): Promise<Response>
  collectGarbage(options?: object): Promise<{ contentCount: number; leftovers: { count: number } }>
}

export function toStartedClient({ url, dataDirectory }: Pick<StartedServer, 'url' | 'dataDirectory'>): StartedClient {
  const request = (path: string, init?: RequestInit): Promise<Response> => fetch(new URL(path, url), init)
  const post: StartedClient['post'] = (path, body, headers = {}) =>
    request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const graphql = async <T>(query: string, variables: object = {}): Promise<T> => {
    const response = await post('/graphql', { query, variables })
    const answer = (await response.json()) as { data: T; errors?: unknown }
    if (response.status !== 200) throw new Error(`${response.status}: ${JSON.stringify(answer.errors)}`)
    return answer.data
  }
  const admin: StartedClient['admin'] = (method, path, body) =>
    request(`/api/admin${path}`, {
      method,
      headers: { authorization: `Bearer ${findRunningServer(dataDirectory)?.token}` },
      ...(body && { body: JSON.stringify(body) }),
    })
  return {
    request,
    post,
    graphql,
    admin,
    stream: (runId, body, headers) => post(`/files/local/demo/${runId}/file_stream`, body, headers),
    async upsert(runId) {
      await graphql('mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { inserted } }', {
        input: { name: runId, modelName: 'demo' },
      })
    },
    async readRunFile(runId, name) {
      const { project } = await graphql<{
        project: { run: { files: { edges: { node: { directUrl: string; sizeBytes: number } }[] } } }
      }>(
        `query ($run: String!, $names: [String]) { project(name: "demo") { run(name: $run) {
          files(names: $names) { edges { node { directUrl sizeBytes } } } } } }`,
        { run: runId, names: [name] },
      )
      const found = await request(project.run.files.edges[0]!.node.directUrl)
      if (found.status === 404) return undefined
      expect(found.status).toBe(200)
      return Buffer.from(await found.arrayBuffer())
    },
    async collectGarbage(options = { apply: true, graceMs: 0 }) {
      const response = await admin('POST', '/collect-garbage', options)
      expect(response.status).toBe(200)
      return (await response.json()) as { contentCount: number; leftovers: { count: number } }
    },
  }
}

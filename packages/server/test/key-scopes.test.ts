import type { AccountResponse, NewApiKeyResponse, SessionResponse } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { createExpectedPaths } from './api-paths.ts'
import { type KeysServer, openKeysServer } from './keys-server.ts'
import { historyLines } from './test-server.ts'

const upsertRun = 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id } } }'

async function makeKey(keys: KeysServer, apiKey: string, scope?: 'read' | 'write'): Promise<NewApiKeyResponse> {
  const init = { method: 'POST', body: JSON.stringify({ description: 'made', ...(scope && { scope }) }) }
  return (await keys.request('/api/account/keys', apiKey, init)).json() as Promise<NewApiKeyResponse>
}

async function signIn(keys: KeysServer, apiKey: string): Promise<string> {
  const response = await keys.request('/api/session', undefined, { method: 'POST', body: JSON.stringify({ apiKey }) })
  return response.headers.get('set-cookie')!.split(';')[0]!
}

/** Somebody with a run, who may do everything, and a key of theirs that may only read. */
async function openWorld() {
  const keys = await openKeysServer()
  const root = await keys.addUser('root', { admin: true })
  await keys.graphql(upsertRun, { input: { modelName: 'p', name: 'r1', config: '{"lr":{"value":1}}' } }, root)
  await keys.request('/files/root/p/r1/file_stream', root, {
    method: 'POST',
    body: JSON.stringify({
      files: { 'wandb-history.jsonl': { offset: 0, content: historyLines(0, [{ loss: 1 }, { loss: 2 }]) } },
    }),
  })
  const reader = (await makeKey(keys, root, 'read')).apiKey
  return { keys, root, reader, [Symbol.asyncDispose]: () => keys[Symbol.asyncDispose]() }
}

test('a key is made to write unless it says otherwise, and both kinds are listed', async () => {
  await using world = await openWorld()
  const made = await makeKey(world.keys, world.root)
  expect(made).toMatchObject({ scope: 'write', lastUsedAtMs: null })
  const account = (await (await world.keys.request('/api/account', world.reader)).json()) as AccountResponse
  expect(account.keys.map(({ scope }) => scope)).toEqual(['write', 'read', 'write'])
  const odd = { method: 'POST', body: JSON.stringify({ scope: 'admin' }) }
  expect((await world.keys.request('/api/account/keys', world.root, odd)).status).toBe(400)
})

test('a key to read asks GraphQL, and changes nothing there, whatever stands before the mutation', async () => {
  await using world = await openWorld()
  const { keys, root, reader } = world
  const query = '{ project(name: "p", entityName: "root") { runCount } }'
  expect((await keys.graphql(query, {}, reader)).data).toEqual({ project: { runCount: 1 } })
  const refused = await keys.graphql(upsertRun, { input: { modelName: 'p', name: 'r2' } }, reader)
  expect(refused).toMatchObject({ status: 403, errors: [{ extensions: { code: 'forbidden' } }] })
  expect(refused.errors[0].message).toBe('This API key may only read, and this would change something.')
  expect(refused.errors[0].extensions.hint).toContain('lossline key new')

  // A document may hold several operations; the one that is named counts.
  const both = `query Q ${query} mutation M { generateApiKey(input: {}) { apiKey { name } } }`
  const ask = async (operationName: string) =>
    (
      await keys.request('/graphql', reader, {
        method: 'POST',
        body: JSON.stringify({ query: both, operationName, variables: {} }),
      })
    ).status
  expect([await ask('Q'), await ask('M'), await ask('')]).toEqual([200, 403, 400])
  expect((await keys.graphql(query, {}, root)).data).toEqual({ project: { runCount: 1 } })
  const account = (await (await keys.request('/api/account', root)).json()) as AccountResponse
  expect(account.keys).toHaveLength(2)
})

test('a key to read logs nothing', async () => {
  await using world = await openWorld()
  const { keys, reader } = world
  const response = await keys.request('/files/root/p/r1/file_stream', reader, {
    method: 'POST',
    body: JSON.stringify({ complete: true, exitcode: 0 }),
  })
  expect(response.status).toBe(403)
  expect(await response.json()).toMatchObject({ code: 'forbidden' })
  const run = (await (await keys.request('/api/runs/root/p/r1', reader)).json()) as { run: { state: string } }
  expect(run.run.state).toBe('running')
})

test('what the API describes as a change is refused to a key to read; everything else answers as to one that may write', async () => {
  await using world = await openWorld()
  const { keys, root, reader } = world
  const document = await (await keys.request('/api/openapi.json', root)).json()
  const values = { entity: 'root', project: 'p', runId: 'r1', key: 'loss', q: 'loss', type: 'runs' }
  const calls = createExpectedPaths(document as Parameters<typeof createExpectedPaths>[0], values)
  const cookie = await signIn(keys, reader)
  let refusedCount = 0
  for (const { method, path, body, askers } of calls) {
    // Signing in and out is nobody's change; events go on for ever.
    if (askers !== 'account' || path.startsWith('/api/session') || path.startsWith('/api/events')) continue
    const init = { method, ...(body && { body: JSON.stringify(body) }) }
    const isQuestion =
      method === 'GET' ||
      /\/api\/(series|tables)\b|\/runs\/(query|neighbours|groups|figures|marks|best-points|contents|deletion|importance)|\/rows/.test(
        path,
      )
    const asReader = await keys.request(path, reader, init)
    if (isQuestion) {
      const asRoot = await keys.request(path, root, init)
      // Links of a project let others in: only whoever may make them sees them.
      const expected = path.endsWith('/share-links') ? 403 : asRoot.status
      expect([path, asReader.status]).toEqual([path, expected])
    } else {
      refusedCount += 1
      expect([method, path, asReader.status]).toEqual([method, path, 403])
      const bySession = await keys.request(path, undefined, { ...init, headers: { cookie } })
      expect([method, path, bySession.status]).toEqual([method, path, 403])
    }
  }
  expect(refusedCount).toBeGreaterThan(20)
})

test('a browser that signed in with a key to read knows it, and administers nothing, of an admin too', async () => {
  await using world = await openWorld()
  const { keys, root, reader } = world
  const [asReader, asRoot] = [await signIn(keys, reader), await signIn(keys, root)]
  const session = async (cookie: string) =>
    (await (await keys.request('/api/session', undefined, { headers: { cookie } })).json()) as SessionResponse
  expect((await session(asReader)).user).toEqual({ name: 'root', isAdmin: true, mayWrite: false })
  expect((await session(asRoot)).user?.mayWrite).toBe(true)
  const ask = async (method: string, cookie: string) =>
    (await keys.request('/api/admin/users/eve', undefined, { method, headers: { cookie } })).status
  expect([await ask('PUT', asReader), await ask('PUT', asRoot), await ask('DELETE', asReader)]).toEqual([403, 201, 403])
  const list = await keys.request('/api/admin/users', undefined, { headers: { cookie: asReader } })
  expect(list.status).toBe(200)
})

test('a key to read does not take the key of a program that was just made', async () => {
  await using world = await openWorld()
  const { keys, root, reader } = world
  await keys.graphql('mutation { createTeam(input: { teamName: "lab" }) { entity { name } } }', {}, root)
  const make = 'mutation { createServiceAccount(input: { entityName: "lab", description: "" }) { user { id } } }'
  expect((await keys.graphql(make, {}, root)).errors).toBeUndefined()
  const members = async (apiKey: string) =>
    (await keys.graphql('{ entity(name: "lab") { members { apiKey } } }', {}, apiKey)).data.entity.members.at(-1).apiKey
  expect(await members(reader)).toBeNull()
  expect(await members(root)).toMatch(/^\w{48}$/)
})

test('when a key was used last is told, and written once a minute at most', async () => {
  await using keys = await openKeysServer()
  const ana = await keys.addUser('ana')
  const other = (await makeKey(keys, ana, 'read')).apiKey
  const uses: number[] = []
  const { write } = keys.store
  keys.store.write = ((writes) => {
    uses.push(...writes.filter(({ kind }) => kind === 'use-api-key').map(() => keys.clock.now()))
    return write(writes)
  }) as typeof write
  const lastUse = async (apiKey: string) => {
    const account = (await (await keys.request('/api/account', apiKey)).json()) as AccountResponse
    return account.keys.map(({ lastUsedAtMs }) => lastUsedAtMs)
  }
  const startMs = keys.clock.now()
  // Those that come at the same time write once too.
  await Promise.all(Array.from({ length: 5 }, () => keys.request('/api/status', other)))
  expect(uses).toEqual([startMs])
  await keys.clock.advance(59_000)
  expect(await lastUse(other)).toEqual([startMs, startMs])
  expect(uses).toHaveLength(1)
  await keys.clock.advance(1000)
  expect(await lastUse(other)).toEqual([startMs, startMs + 60_000])
  expect(uses).toEqual([startMs, startMs + 60_000])
})

import type { AccountResponse, NewApiKeyResponse, ProjectStorageResponse, SearchResponse } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { logArtifact } from './artifact-client.ts'
import { type KeysServer, openKeysServer } from './keys-server.ts'
import { historyLines, openTestServer } from './test-server.ts'

const json = async <T>(response: Promise<Response>): Promise<T> => (await (await response).json()) as T

/** Signs in with a key, as the page does. */
async function signIn(keys: KeysServer, apiKey: string): Promise<string> {
  const answer = await keys.request('/api/session', undefined, { method: 'POST', body: JSON.stringify({ apiKey }) })
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

test('people make keys for themselves, see them once, and take them away; others of theirs are out of reach', async () => {
  await using keys = await openKeysServer()
  const [ana, bob] = [await keys.addUser('ana', { email: 'ana@example.org' }), await keys.addUser('bob')]
  const ofAna = (path: string, init?: RequestInit) => keys.request(`/api/account${path}`, ana, init)
  const made = await ofAna('/keys', { method: 'POST', body: JSON.stringify({ description: 'cluster' }) })
  expect(made.status).toBe(201)
  const { apiKey, id, prefix } = (await made.json()) as NewApiKeyResponse
  expect(apiKey).toMatch(/^[A-Za-z0-9]{48}$/)

  const account = await json<AccountResponse>(ofAna(''))
  expect(account).toMatchObject({ name: 'ana', email: 'ana@example.org', isAdmin: false, teams: [] })
  expect(account.keys.map(({ description }) => description)).toEqual(['', 'cluster'])
  expect(account.keys.at(-1)).toMatchObject({ id, prefix: apiKey.slice(0, 8) })
  expect(JSON.stringify(account)).not.toContain(apiKey)

  expect((await keys.request('/api/account', apiKey)).status).toBe(200)
  expect((await keys.request(`/api/account/keys/${id}`, bob, { method: 'DELETE' })).status).toBe(404)
  expect((await keys.request('/api/account', apiKey)).status).toBe(200)
  expect((await ofAna(`/keys/${prefix}`, { method: 'DELETE' })).status).toBe(204)
  expect((await keys.request('/api/account', apiKey)).status).toBe(401)
})

test('where nobody has an account, there is none to see', async () => {
  await using server = await openTestServer()
  expect((await server.request('/api/account')).status).toBe(404)
  expect((await server.request('/api/account/keys', { method: 'POST' })).status).toBe(404)
})

test('administration opens to the session of an admin, not to that of others nor to a page elsewhere', async () => {
  await using keys = await openKeysServer()
  const [root, bob] = [await keys.addUser('root', { admin: true }), await keys.addUser('bob')]
  const ask = async (apiKey: string, headers: Record<string, string> = {}): Promise<number> => {
    const cookie = await signIn(keys, apiKey)
    return (await keys.request('/api/admin/users/eve', undefined, { method: 'PUT', headers: { cookie, ...headers } }))
      .status
  }
  expect(await ask(bob)).toBe(401)
  expect(await ask(root, { origin: 'https://evil.example' })).toBe(403)
  expect((await keys.admin('GET', '/users')).status).toBe(200)
  expect(await ask(root)).toBe(201)
})

test('a search finds projects, runs and artifacts by their names, in all projects', async () => {
  await using server = await openTestServer()
  const upsert = 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { inserted } }'
  for (const [project, name, displayName] of [
    ['owls', 'r1', 'first'],
    ['digits', 'r2', 'swift owl'],
    ['digits', 'r3', 'slow bear'],
  ]) {
    await server.graphql(upsert, { input: { modelName: project, name, displayName } })
  }
  await logArtifact(server, {
    name: 'owl-data',
    files: { 'a.txt': 'a' },
    input: { projectName: 'digits', runName: 'r2' },
  })
  const search = (query: string) => json<SearchResponse>(server.request(`/api/search?${query}`))
  expect(await search('q=OWL')).toMatchObject({
    projects: [{ project: 'owls' }],
    runs: [{ project: 'digits', runId: 'r2', displayName: 'swift owl' }],
    artifacts: [{ project: 'digits', name: 'owl-data' }],
  })
  expect((await search('q=r&limit=2')).runs).toHaveLength(2)
  expect(await search('q=zebra')).toEqual({ projects: [], runs: [], artifacts: [] })
  expect((await server.request('/api/search?q=')).status).toBe(400)
})

test('a project says what its files and artifacts take, by kind', async () => {
  await using server = await openTestServer()
  const upsert = 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { inserted } }'
  await server.graphql(upsert, { input: { modelName: 'p', name: 'r1' } })
  await server.request('/files/local/p/r1/file_stream', {
    method: 'POST',
    body: JSON.stringify({
      files: {
        'wandb-history.jsonl': { offset: 0, content: historyLines(0, [{ loss: 1 }, { loss: 2 }]) },
        'output.log': { offset: 0, content: ['hello'] },
      },
    }),
  })
  const names = ['media/images/a.png', 'media/table/t.json', 'config.yaml', 'weights.bin']
  const slots = await server.graphql<{ createRunFiles: { files: readonly { uploadUrl: string }[] } }>(
    'mutation ($input: RunFilesInput!) { createRunFiles(input: $input) { files { uploadUrl } } }',
    { input: { entityName: 'local', projectName: 'p', runName: 'r1', files: names } },
  )
  for (const [i, { uploadUrl }] of slots.createRunFiles.files.entries()) {
    await server.request(uploadUrl, { method: 'PUT', body: 'x'.repeat(10 * (i + 1)) })
  }
  await logArtifact(server, { name: 'd', files: { 'a.txt': 'four' }, input: { projectName: 'p' } })
  const storage = await json<ProjectStorageResponse>(server.request('/api/projects/local/p/storage'))
  expect(storage).toEqual({
    runFiles: [
      { kind: 'other files', count: 1, sizeBytes: 40 },
      { kind: 'environment', count: 1, sizeBytes: 30 },
      { kind: 'tables', count: 1, sizeBytes: 20 },
      { kind: 'media', count: 1, sizeBytes: 10 },
    ],
    artifacts: [{ kind: 'dataset', count: 1, sizeBytes: 4 }],
    runCount: 1,
    historyRowCount: 2,
    logLineCount: 1,
  })
})

import type {
  AccountResponse,
  EntityResponse,
  NewApiKeyResponse,
  ProjectResponse,
  ProjectStorageResponse,
  SearchResponse,
} from '@lossline/protocol'
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
  // Whatever is called exactly so comes first, though newer ones and other projects fill the answer.
  for (let index = 1; index <= 30; index++) {
    await server.graphql(upsert, { input: { modelName: 'many', name: `id${index}`, displayName: `run-${index}` } })
  }
  const displayNames = (await search('q=run-1&limit=5')).runs.map(({ displayName }) => displayName)
  expect(displayNames).toEqual(['run-1', 'run-19', 'run-18', 'run-17', 'run-16'])
  expect((await search('q=r2&limit=1')).runs).toMatchObject([{ displayName: 'swift owl' }])
  // In any case, of each kind, and in projects where nothing was done for a while.
  expect((await search('q=RUN-1&limit=2')).runs.map(({ displayName }) => displayName)).toEqual(['run-1', 'run-19'])
  for (const name of ['all-owl-data', 'owl-data.2']) {
    const input = { projectName: 'many', runName: 'id1' }
    await logArtifact(server, { name, files: { 'a.txt': name }, input })
  }
  const names = (await search('q=OWL-data&limit=2')).artifacts.map(({ name }) => name)
  expect(names).toEqual(['owl-data', 'all-owl-data'])
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

test('a team tells its members who belongs to it; its admins take people in, change their roles and take them out', async () => {
  await using keys = await openKeysServer()
  const [ana, bob, eve, root] = [
    await keys.addUser('ana'),
    await keys.addUser('bob'),
    await keys.addUser('eve'),
    await keys.addUser('root', { admin: true }),
  ]
  await keys.admin('PUT', '/teams/lab')
  await keys.admin('PUT', '/teams/lab/members/ana', { role: 'admin' })
  const ask = (apiKey: string, path = '', init?: RequestInit) => keys.request(`/api/entities/lab${path}`, apiKey, init)
  const put = (apiKey: string, user: string, role: string) =>
    ask(apiKey, `/members/${user}`, { method: 'PUT', body: JSON.stringify({ role }) })
  expect(await (await put(ana, 'bob', 'reader')).json()).toEqual({ name: 'bob', role: 'reader', isService: false })
  const members = [
    { name: 'ana', role: 'admin', isService: false },
    { name: 'bob', role: 'reader', isService: false },
  ]
  const team = { entity: 'lab', kind: 'team', members, invites: [] }
  expect(await json<EntityResponse>(ask(ana))).toEqual({ ...team, mayWrite: true, mayAdmin: true })
  expect(await json<EntityResponse>(ask(bob))).toEqual({ ...team, mayWrite: false, mayAdmin: false })
  expect(await json<EntityResponse>(ask(root))).toEqual({ ...team, mayWrite: true, mayAdmin: true })
  expect((await ask(eve)).status).toBe(404)

  // A reader looks, and the page says so before anything is refused.
  await keys.graphql(
    'mutation ($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }',
    { input: { entityName: 'lab', name: 'p' } },
    ana,
  )
  const project = async (apiKey: string) =>
    (await json<ProjectResponse>(keys.request('/api/projects/lab/p', apiKey))).project.mayWrite
  expect([await project(ana), await project(bob), await project(root)]).toEqual([true, false, true])

  for (const [apiKey, status] of [
    [bob, 403],
    [eve, 404],
  ] as const) {
    expect((await put(apiKey, 'eve', 'member')).status).toBe(status)
    expect((await ask(apiKey, '/members/ana', { method: 'DELETE' })).status).toBe(status)
  }
  expect((await put(ana, 'nobody', 'member')).status).toBe(404)
  expect((await put(ana, 'bob', 'owner')).status).toBe(400)
  expect((await put(ana, 'bob', 'member')).status).toBe(200)
  expect((await json<EntityResponse>(ask(bob))).mayWrite).toBe(true)
  expect((await ask(ana, '/members/bob', { method: 'DELETE' })).status).toBe(204)
  expect((await ask(bob)).status).toBe(404)

  const own = await json<EntityResponse>(keys.request('/api/entities/eve', eve))
  expect(own).toEqual({ entity: 'eve', kind: 'user', mayWrite: true, mayAdmin: false, members: [], invites: [] })
})

test('a program belongs to its own team alone: no other takes it in, and so none takes it away', async () => {
  await using keys = await openKeysServer()
  const [ana, bob] = [await keys.addUser('ana'), await keys.addUser('bob')]
  const make = (apiKey: string, team: string) =>
    keys.graphql(
      'mutation ($team: String!) { createTeam(input: { teamName: $team }) { entity { name } } }',
      { team },
      apiKey,
    )
  await make(ana, 'lab')
  await make(bob, 'other')
  const added = await keys.graphql(
    'mutation { createServiceAccount(input: { entityName: "lab", description: "" }) { user { id } } }',
    {},
    ana,
  )
  expect(added.errors).toBeUndefined()
  const ofProgram = (apiKey: string, team: string, method: string) =>
    keys.request(`/api/entities/${team}/members/service-lab-1`, apiKey, {
      method,
      ...(method === 'PUT' && { body: JSON.stringify({ role: 'reader' }) }),
    })
  expect((await ofProgram(bob, 'other', 'PUT')).status).toBe(404)
  const invite =
    'mutation { createInvite(input: { entityName: "other", username: "service-lab-1" }) { invite { id } } }'
  expect((await keys.graphql(invite, {}, bob)).status).toBe(404)
  expect((await ofProgram(bob, 'other', 'DELETE')).status).toBe(404)
  expect((await keys.admin('PUT', '/teams/other/members/service-lab-1', { role: 'member' })).status).toBe(404)

  const { data } = await keys.graphql('{ entity(name: "lab") { members { apiKey } } }', {}, ana)
  expect((await make(data.entity.members.at(-1).apiKey, 'third')).status).toBe(403)
  expect((await keys.request('/api/entities/third', ana)).status).toBe(404)
  // Its own team still says what it is there.
  expect((await ofProgram(ana, 'lab', 'PUT')).status).toBe(200)
  expect((await ofProgram(ana, 'lab', 'DELETE')).status).toBe(204)
})

test('a team keeps an admin, unless an admin of the server takes the last one', async () => {
  await using keys = await openKeysServer()
  const [ana, bob, root] = [
    await keys.addUser('ana', { email: 'ana@example.org' }),
    await keys.addUser('bob', { email: 'bob@example.org' }),
    await keys.addUser('root', { admin: true }),
  ]
  await keys.admin('PUT', '/teams/lab')
  const put = async (apiKey: string, user: string, role: string) =>
    (await keys.request(`/api/entities/lab/members/${user}`, apiKey, { method: 'PUT', body: JSON.stringify({ role }) }))
      .status
  const remove = async (apiKey: string, user: string) =>
    (await keys.request(`/api/entities/lab/members/${user}`, apiKey, { method: 'DELETE' })).status
  expect([await put(root, 'ana', 'admin'), await put(ana, 'bob', 'member')]).toEqual([200, 200])
  expect([await put(ana, 'ana', 'member'), await remove(ana, 'ana')]).toEqual([400, 400])
  expect(await put(ana, 'ana', 'admin')).toBe(200)

  // Of two who take the role from each other at the same moment one stays.
  expect(await put(ana, 'bob', 'admin')).toBe(200)
  expect((await Promise.all([put(ana, 'bob', 'reader'), put(bob, 'ana', 'reader')])).toSorted()).not.toEqual([200, 200])
  const { members } = await json<EntityResponse>(keys.request('/api/entities/lab', root))
  const admins = members.filter(({ role }) => role === 'admin').map(({ name }) => name)
  expect(admins).toHaveLength(1)
  const [last] = admins
  // An invitation is no way around it.
  const invite = `mutation { createInvite(input: { entityName: "lab", email: "${last}@example.org" }) { invite { id } } }`
  expect((await keys.graphql(invite, {}, last === 'ana' ? ana : bob)).status).toBe(400)
  expect([await put(root, last!, 'reader'), await remove(root, last!)]).toEqual([200, 204])
})

test('tags of a project are kept as they were put, without blank ones and without repetition', async () => {
  await using server = await openTestServer()
  const upsert = 'mutation ($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }'
  await server.graphql(upsert, { input: { entityName: 'local', name: 'p' } })
  const body = JSON.stringify({ tags: [' vision', 'nlp', 'vision', ' '] })
  const changed = await json<ProjectResponse>(server.request('/api/projects/local/p', { method: 'PATCH', body }))
  expect(changed.project.tags).toEqual(['vision', 'nlp'])
  expect(await json(server.request('/api/projects'))).toMatchObject({ projects: [{ tags: ['vision', 'nlp'] }] })
})

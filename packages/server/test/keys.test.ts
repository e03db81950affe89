import { expect, test } from 'vitest'
import { type Answered, openKeysServer, toBasic } from './keys-server.ts'

const viewerDocument = `query Viewer {
  viewer { username entity admin apiKeys { edges { node { id name description } } } teams { edges { node { name } } } }
}`
const upsertDocument = `mutation ($input: UpsertBucketInput!) {
  upsertBucket(input: $input) { bucket { id name user { username } project { entity { name } } } }
}`

test('a key says who asks; without one, or with another, nothing is answered', async () => {
  await using test = await openKeysServer()
  const key = await test.addUser('alice')
  expect(key).toMatch(/^[A-Za-z0-9_]{40,}$/)
  expect((await test.graphql(viewerDocument, {}, key)).data.viewer).toMatchObject({
    username: 'alice',
    entity: 'alice',
    admin: false,
    teams: { edges: [{ node: { name: 'alice' } }] },
    apiKeys: { edges: [{ node: { name: key.slice(0, 8) } }] },
  })
  for (const wrong of [undefined, 'x'.repeat(48), '', `${key}x`]) {
    const { status, errors } = await test.graphql(viewerDocument, {}, wrong)
    expect([status, errors[0].message]).toEqual([401, expect.stringMatching(/API key/)])
  }
  const bearer = await test.request('/api/status', undefined, { headers: { authorization: `Bearer ${key}` } })
  expect(await bearer.json()).toMatchObject({ mode: 'keys' })
  for (const path of ['/ready', '/health', '/readyz']) expect((await test.request(path)).status).toBe(200)
  expect((await test.request('/sdk/otel/v1/metrics', undefined, { method: 'POST' })).status).toBe(404)
})

test('users are made, changed and taken away over HTTP', async () => {
  await using test = await openKeysServer()
  const given = 'a-key_given-by_hand-'.repeat(3)
  const made = await test.admin('PUT', '/users/ci', { apiKey: given, admin: true })
  expect([made.status, await made.json()]).toMatchObject([201, { name: 'ci', admin: true }])
  expect((await test.graphql(viewerDocument, {}, given)).data.viewer).toMatchObject({ username: 'ci', admin: true })
  // Doing so again is the same, and adds no key.
  const again = await test.admin('PUT', '/users/ci', { apiKey: given, admin: true })
  const body = (await again.json()) as { keys: unknown[]; apiKey?: string }
  expect([again.status, body.keys.length, body.apiKey]).toEqual([200, 1, undefined])
  expect((await test.admin('PUT', '/users/ci', { admin: false })).status).toBe(200)
  expect((await test.graphql(viewerDocument, {}, given)).data.viewer).toMatchObject({ admin: false })

  const other = (await (await test.admin('POST', '/users/ci/keys', { description: 'laptop' })).json()) as {
    apiKey: string
    prefix: string
  }
  expect((await test.graphql(viewerDocument, {}, other.apiKey)).status).toBe(200)
  expect((await test.admin('DELETE', `/users/ci/keys/${other.prefix}`)).status).toBe(204)
  expect((await test.graphql(viewerDocument, {}, other.apiKey)).status).toBe(401)

  expect((await test.admin('DELETE', '/users/ci')).status).toBe(204)
  expect((await test.graphql(viewerDocument, {}, given)).status).toBe(401)
  expect((await test.admin('DELETE', '/users/ci')).status).toBe(404)
  expect(await (await test.admin('GET', '/users')).json()).toEqual({ users: [] })
})

test.each([
  ['a short key', '/users/a', { apiKey: 'short' }],
  ['a key with other characters', '/users/a', { apiKey: 'é'.repeat(48) }],
  ['a field that is not known', '/users/a', { isAdmin: true }],
  ['a name that is a path of the server', '/users/graphql', {}],
  ['a name that is a path of the page', '/users/help', {}],
  ['a name with a space', '/users/a%20b', {}],
])('%s is refused', async (_, path, body) => {
  await using test = await openKeysServer()
  const response = await test.admin('PUT', path, body)
  expect([response.status, await response.json()]).toMatchObject([400, { error: { code: 'invalid-request' } }])
  expect(await (await test.admin('GET', '/users')).json()).toEqual({ users: [] })
})

test('an account that had a name of the page before stays what it is', async () => {
  await using test = await openKeysServer()
  await test.store.write([{ kind: 'put-account', name: 'help', accountKind: 'user', nowMs: test.clock.now() }])
  const response = await test.admin('PUT', '/users/help', { apiKey: 'k'.repeat(40) })
  expect([response.status, await response.json()]).toMatchObject([200, { name: 'help' }])
  const document = 'mutation ($i: UpsertBucketInput!) { upsertBucket(input: $i) { inserted } }'
  const { status, data } = await test.graphql(document, { i: { modelName: 'demo', name: 'r1' } }, 'k'.repeat(40))
  expect([status, data]).toEqual([200, { upsertBucket: { inserted: true } }])
})

test('nobody administers without the token; without one set, there is nothing to administer', async () => {
  await using test = await openKeysServer()
  const key = await test.addUser('root', { admin: true })
  for (const token of ['wrong', key, '']) expect((await test.admin('GET', '/users', undefined, token)).status).toBe(401)
  await using without = await openKeysServer({ adminToken: undefined })
  for (const token of ['admin-token-of-the-tests', '', 'undefined']) {
    expect((await without.admin('PUT', '/users/eve', {}, token)).status).toBe(404)
  }
})

test('keys are asked for as soon as there is a user', async () => {
  await using test = await openKeysServer({ auth: 'auto', isLoopbackOnly: false })
  expect((await test.graphql(viewerDocument, {}, 'whatever')).data.viewer.username).toBe('local')
  const status = async (apiKey?: string) => (await test.request('/api/status', apiKey)).json()
  expect(await status()).toMatchObject({ mode: 'open', isExposed: true })
  const key = await test.addUser('alice')
  expect(await status(key)).toMatchObject({ mode: 'keys', isExposed: false })
  expect((await test.graphql(viewerDocument, {}, 'whatever')).status).toBe(401)
  expect((await test.graphql(viewerDocument, {}, key)).data.viewer.username).toBe('alice')
  await test.admin('DELETE', '/users/alice')
  expect((await test.graphql(viewerDocument, {})).data.viewer.username).toBe('local')
})

test('keys are kept as digests', async () => {
  await using test = await openKeysServer()
  const key = await test.addUser('alice')
  const account = await test.store.accounts.account('alice')
  const kept = await test.store.accounts.keys(account!.id)
  expect(kept).toHaveLength(1)
  expect(JSON.stringify(kept)).not.toContain(key.slice(8))
  expect(Buffer.from(kept[0]!.digest).toString('latin1')).not.toContain(key.slice(8))
})

test('runs go to the own entity unless another one is named, which has to exist and to be open to the asker', async () => {
  await using test = await openKeysServer()
  const [alice, root] = [await test.addUser('alice'), await test.addUser('root', { admin: true })]
  await test.addUser('bob')
  const upsert = (input: object, key: string) =>
    test.graphql(upsertDocument, { input: { name: 'r1', modelName: 'p', ...input } }, key)
  const own = await upsert({}, alice)
  expect(own.data.upsertBucket.bucket).toMatchObject({
    user: { username: 'alice' },
    project: { entity: { name: 'alice' } },
  })
  const foreign = await upsert({ entityName: 'bob' }, alice)
  expect([foreign.status, foreign.errors[0].extensions.code]).toEqual([403, 'forbidden'])
  for (const key of [alice, root]) {
    const nobody = await upsert({ entityName: 'carol' }, key)
    expect([nobody.status, nobody.errors[0].message]).toEqual([404, 'There is no user or team "carol".'])
  }
  expect((await upsert({ entityName: 'bob' }, root)).status).toBe(200)
})

test('a browser signs in with a key, and is signed out when the key goes', async () => {
  await using test = await openKeysServer()
  const key = await test.addUser('alice')
  const anonymous = await test.request('/api/session')
  expect(await anonymous.json()).toEqual({ mode: 'keys' })
  const signIn = (apiKey: string, headers = {}) =>
    test.request('/api/session', undefined, { method: 'POST', body: JSON.stringify({ apiKey }), headers })
  expect((await signIn('x'.repeat(48))).status).toBe(401)
  expect((await signIn(key, { origin: 'http://evil.example' })).status).toBe(403)
  const signedIn = await signIn(key)
  expect(await signedIn.json()).toEqual({ mode: 'keys', user: { name: 'alice', isAdmin: false, mayWrite: true } })
  const setCookie = signedIn.headers.get('set-cookie')!
  expect(setCookie).toMatch(/HttpOnly; SameSite=Strict$/)
  expect(setCookie).not.toContain(key)
  const cookie = setCookie.split(';')[0]!
  const asBrowser = (path: string, init: RequestInit = {}) =>
    test.request(path, undefined, { ...init, headers: { cookie, ...Object.fromEntries(new Headers(init.headers)) } })
  expect((await asBrowser('/api/projects')).status).toBe(200)
  const body = JSON.stringify({ query: viewerDocument })
  const elsewhere = await asBrowser('/graphql', { method: 'POST', body, headers: { origin: 'http://evil.example' } })
  expect(elsewhere.status).toBe(403)
  const forged = cookie.replace(/\.\d+\./, (expires) => `.${Number(expires.slice(1, -1)) + 1}.`)
  expect((await test.request('/api/projects', undefined, { headers: { cookie: forged } })).status).toBe(401)
  const tls = await signIn(key, { 'x-forwarded-proto': 'https' })
  expect(tls.headers.get('set-cookie')).toContain('; Secure')

  await test.clock.advance(31 * 24 * 60 * 60_000)
  expect((await asBrowser('/api/projects')).status).toBe(401)
  const fresh = (await signIn(key)).headers.get('set-cookie')!.split(';')[0]!
  expect((await test.request('/api/projects', undefined, { headers: { cookie: fresh } })).status).toBe(200)
  await test.admin('DELETE', `/users/alice/keys/${key.slice(0, 8)}`)
  expect((await test.request('/api/projects', undefined, { headers: { cookie: fresh } })).status).toBe(401)
})

test('who asks too often is told to wait', async () => {
  await using test = await openKeysServer({ requestsPerSecond: 2 })
  const [alice, bob] = [await test.addUser('alice'), await test.addUser('bob')]
  const ask = (key: string) => test.request('/api/status', key)
  for (let count = 0; count < 10; count++) expect((await ask(alice)).status).toBe(200)
  const refused = await ask(alice)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
  expect(await refused.json()).toMatchObject({ error: { code: 'too-many-requests' } })
  expect((await ask(bob)).status).toBe(200)
  await test.clock.advance(1000)
  expect((await ask(alice)).status).toBe(200)
})

test('links in answers begin with the address under which the server is reached', async () => {
  const document = `mutation ($input: RunFilesInput!) { createRunFiles(input: $input) { files { uploadUrl } } }`
  const input = { entityName: 'alice', projectName: 'p', runName: 'r1', files: ['a'] }
  const urlOf = async (options: object, headers: Record<string, string>): Promise<string> => {
    await using test = await openKeysServer(options)
    const key = await test.addUser('alice')
    await test.graphql(upsertDocument, { input: { name: 'r1', modelName: 'p' } }, key)
    const response = await test.request('/graphql', key, {
      method: 'POST',
      body: JSON.stringify({ query: document, variables: { input } }),
      headers,
    })
    const { data } = (await response.json()) as Answered
    return new URL(data.createRunFiles.files[0].uploadUrl).origin
  }
  expect(await urlOf({}, {})).toBe('http://track.example.org')
  expect(await urlOf({}, { 'x-forwarded-proto': 'https' })).toBe('https://track.example.org')
  expect(await urlOf({ publicUrl: 'https://elsewhere.example/' }, {})).toBe('https://elsewhere.example')
})

test('teams: made, joined by invitation, left; with service accounts', async () => {
  await using test = await openKeysServer()
  const alice = await test.addUser('alice')
  const bob = await test.addUser('bob', { email: 'bob@example.org' })
  const run = (field: string, input: object, key: string, selection: string) =>
    test.graphql(
      `mutation ($input: ${field[0]!.toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) ${selection} }`,
      { input },
      key,
    )
  const team = () =>
    test.graphql(
      `query { entity(name: "lab") { isTeam members { id name admin pending accountType apiKey role } } }`,
      {},
      alice,
    )

  expect((await run('createTeam', { teamName: 'lab' }, alice, '{ entity { name } }')).data.createTeam.entity.name).toBe(
    'lab',
  )
  expect((await run('createTeam', { teamName: 'bob' }, alice, '{ entity { name } }')).status).toBe(400)
  const other = await run('createTeam', { teamName: 'lab2', teamAdminUserName: 'bob' }, alice, '{ entity { name } }')
  expect(other.status).toBe(403)
  const invited = await run(
    'createInvite',
    { entityName: 'lab', username: 'bob' },
    alice,
    '{ invite { name toUser { name } } }',
  )
  expect(invited.data.createInvite.invite).toEqual({ name: 'bob', toUser: { name: 'bob' } })
  await run('createInvite', { entityName: 'lab', email: 'dan@example.org' }, alice, '{ invite { id } }')
  expect((await run('createInvite', { entityName: 'lab', username: 'alice' }, bob, '{ invite { id } }')).status).toBe(
    403,
  )
  expect((await team()).data.entity.members).toMatchObject([
    { name: 'dan@example.org', pending: true },
    { name: 'alice', admin: true, pending: false },
    { name: 'bob', admin: false, role: 'member' },
  ])
  await test.addUser('dan', { email: 'dan@example.org' })
  const { members } = (await team()).data.entity
  expect(members.map((member: Answered) => `${member.name} ${member.pending}`)).toEqual([
    'alice false',
    'bob false',
    'dan false',
  ])

  await run('createServiceAccount', { entityName: 'lab', description: 'ci' }, alice, '{ user { id } }')
  const service = (await team()).data.entity.members.at(-1)
  expect(service).toMatchObject({ accountType: 'SERVICE', apiKey: expect.stringMatching(/^\w{48}$/) })
  expect((await team()).data.entity.members.at(-1).apiKey).toBeNull()
  const asService = await test.graphql(upsertDocument, { input: { name: 'r1', modelName: 'p' } }, service.apiKey)
  expect(asService.data.upsertBucket.bucket.project.entity.name).toBe('lab')

  const leave = await run('deleteInvite', { entityName: 'lab', id: members[1].id }, alice, '{ success }')
  expect(leave.data.deleteInvite.success).toBe(true)
  expect((await test.graphql(viewerDocument, {}, bob)).data.viewer.teams.edges).toEqual([{ node: { name: 'bob' } }])
})

test('keys are made and taken away by whose they are', async () => {
  await using test = await openKeysServer()
  const [alice, bob] = [await test.addUser('alice'), await test.addUser('bob')]
  const made = await test.graphql(
    'mutation { generateApiKey(input: { description: "laptop" }) { apiKey { id name description } } }',
    {},
    alice,
  )
  const { id, name: secret, description } = made.data.generateApiKey.apiKey
  expect(description).toBe('laptop')
  expect((await test.graphql(viewerDocument, {}, secret)).data.viewer.username).toBe('alice')
  const remove = (key: string) =>
    test.graphql('mutation ($id: String!) { deleteApiKey(input: { id: $id }) { success } }', { id }, key)
  expect((await remove(bob)).status).toBe(404)
  expect((await remove(alice)).data.deleteApiKey.success).toBe(true)
  expect((await test.graphql(viewerDocument, {}, secret)).status).toBe(401)
})

test('a service account may say for whom of its team it logs, and for nobody else', async () => {
  await using test = await openKeysServer()
  const [alice] = [await test.addUser('alice'), await test.addUser('bob')]
  await test.graphql('mutation { createTeam(input: { teamName: "lab" }) { entity { name } } }', {}, alice)
  await test.graphql(
    'mutation { createServiceAccount(input: { entityName: "lab", description: "" }) { user { id } } }',
    {},
    alice,
  )
  const { data } = await test.graphql('{ entity(name: "lab") { members { apiKey } } }', {}, alice)
  const key = data.entity.members.at(-1).apiKey
  const userOf = async (runId: string, username: string, apiKey: string) => {
    const response = await test.request('/graphql', undefined, {
      method: 'POST',
      headers: { authorization: toBasic(apiKey), 'x-wandb-username': username },
      body: JSON.stringify({
        query: upsertDocument,
        variables: { input: { name: runId, modelName: 'p', entityName: 'lab' } },
      }),
    })
    return ((await response.json()) as Answered).data.upsertBucket.bucket.user.username
  }
  expect(await userOf('r1', 'alice', key)).toBe('alice')
  expect(await userOf('r2', 'bob', key)).toBe('service-lab-1')
  expect(await userOf('r3', 'bob', alice)).toBe('alice')
})

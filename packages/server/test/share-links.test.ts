import { createHash } from 'node:crypto'
import type { CreateShareLinkRequest, ShareLinksResponse } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { shareStore } from '../src/auth/shared-store.ts'
import { type ApiCall, createExpectedPaths } from './api-paths.ts'
import { logArtifact } from './artifact-client.ts'
import { type Answered, type KeysServer, openKeysServer } from './keys-server.ts'
import { historyLines } from './test-server.ts'

const links = '/api/projects/carol/p/share-links'
/** Of the run that is shared, and of everything beside it. */
const [shown, hidden] = ['sesame', 'barley'] as const

interface World extends AsyncDisposable {
  readonly keys: KeysServer
  readonly carol: string
  readonly eve: string
  readonly artifacts: Readonly<Record<typeof shown | typeof hidden, number>>
  readonly logged: readonly string[]
  /** Makes a link as carol. @returns its path, `/s/…`. */
  link(request: Partial<CreateShareLinkRequest>): Promise<string>
  /** Follows a link as a browser. @returns the cookie that it gets. */
  follow(path: string): Promise<string>
  /** Asks as a browser that has followed a link. */
  ask(cookie: string, path: string, init?: RequestInit): Promise<Response>
}

/** A user with a project that has two runs, each with everything a run can have, and another project. */
async function openWorld(): Promise<World> {
  const logged: string[] = []
  const keys = await openKeysServer({ log: (...line) => logged.push(JSON.stringify(line)) })
  const [carol, eve] = [await keys.addUser('carol'), await keys.addUser('eve')]
  const graphql = async (query: string, variables: object): Promise<Answered> => {
    const { data, errors } = await keys.graphql(query, variables, carol)
    expect(errors).toBeUndefined()
    return data
  }
  const artifacts: Record<string, number> = {}
  for (const [runId, marker, project] of [
    ['r1', shown, 'p'],
    ['r2', hidden, 'p'],
    ['r3', hidden, 'q'],
  ] as const) {
    const input = {
      entityName: 'carol',
      modelName: project,
      name: runId,
      displayName: `${marker} run`,
      notes: `${marker} notes`,
      tags: [marker],
      sweep: `${marker}s`,
      config: JSON.stringify({ [`${marker}_lr`]: { value: marker } }),
      summaryMetrics: JSON.stringify({ [`${marker}_loss`]: 1 }),
    }
    await graphql('mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id } } }', { input })
    await keys.request(`/files/carol/${project}/${runId}/file_stream`, carol, {
      method: 'POST',
      body: JSON.stringify({
        files: {
          'wandb-history.jsonl': { offset: 0, content: historyLines(0, [{ [`${marker}_loss`]: 1 }]) },
          'output.log': { offset: 0, content: [`${marker} line`] },
        },
      }),
    })
    const artifact = await logArtifact(
      { graphql, request: (path: string, init?: RequestInit) => keys.request(path, undefined, init) } as never,
      {
        name: `${marker}-${project}-data`,
        files: { 'a.txt': marker },
        aliases: ['best'],
        runName: runId,
        input: { entityName: 'carol', projectName: project },
      },
    )
    if (project === 'p') artifacts[marker] = Number(atob(artifact.id).split(':').at(-1))
  }
  const view = { entityName: 'carol', projectName: 'p', name: 'v', type: 'runs', spec: `{"a":"${hidden} spec"}` }
  await graphql('mutation ($input: UpsertViewInput!) { upsertView(input: $input) { view { id } } }', { input: view })
  return {
    keys,
    carol,
    eve,
    artifacts: artifacts as World['artifacts'],
    logged,
    async link(request) {
      const body = JSON.stringify({ of: { kind: 'run', runId: 'r1' }, path: '/carol/p/runs/r1', ...request })
      const response = await keys.request(links, carol, { method: 'POST', body })
      const made = (await response.json()) as { path: string }
      expect(response.status, JSON.stringify(made)).toBe(201)
      return made.path
    },
    async follow(path) {
      const response = await keys.request(path)
      expect(response.status).toBe(303)
      return response.headers.get('set-cookie')?.split(';')[0] ?? ''
    },
    ask: (cookie, path, init = {}) =>
      keys.request(path, undefined, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), cookie } }),
    [Symbol.asyncDispose]: () => keys[Symbol.asyncDispose](),
  }
}

/** Every path of the page's API, asked about a run. */
async function pathsOf({ keys, carol, artifacts }: World, of: typeof shown | typeof hidden): Promise<ApiCall[]> {
  const document = (await (await keys.request('/api/openapi.json', carol)).json()) as Answered
  return createExpectedPaths(document, {
    entity: 'carol',
    project: 'p',
    runId: of === shown ? 'r1' : 'r2',
    trashedRunId: 'r2',
    trashedSweep: `${hidden}s`,
    collection: `${of}-p-data`,
    version: 'v0',
    id: String(artifacts[of]),
    viewId: '1',
    number: '1',
    linkId: '1',
    key: `${of}_loss`,
    metric: `${of}_loss`,
    sweep: `${of}s`,
    name: 'f.txt',
    path: 'a.txt',
    q: of,
    search: of,
  })
}

test('a link of a run shows that run, and nothing beside it, and changes nothing', async () => {
  await using world = await openWorld()
  const { keys, ask } = world
  const cookie = await world.follow(await world.link({}))
  expect(cookie).toMatch(/^lossline_share=[\w-]{43}$/)
  const read = async (path: string) => {
    const response = await ask(cookie, path)
    return [response.status, await response.text()] as const
  }
  expect(await read('/api/runs/carol/p/r1')).toEqual([200, expect.stringContaining(`${shown} notes`)])
  expect(await read('/api/runs/carol/p/r1/logs')).toEqual([200, expect.stringContaining(`${shown} line`)])
  expect(await read('/api/runs/carol/p/r1/artifacts')).toEqual([200, expect.stringContaining(`${shown}-p-data`)])
  expect((await read('/api/runs/carol/p/r2'))[0]).toBe(404)
  expect((await read('/api/runs/carol/q/r3'))[0]).toBe(404)
  expect(await read('/api/projects')).toEqual([200, '{"projects":[]}'])
  const query = await ask(cookie, '/api/projects/carol/p/runs/query', { method: 'POST', body: '{}' })
  expect(await query.json()).toMatchObject({ total: 1, runs: [{ runId: 'r1' }] })

  const before = await keys.store.runs({ entity: 'carol', project: 'p' })
  let askedCount = 0
  for (const of of [shown, hidden] as const) {
    for (const { method, path, body, askers } of await pathsOf(world, of)) {
      if (askers === 'anybody') continue
      const response = await ask(cookie, path, { method, ...(body && { body: JSON.stringify(body) }) })
      const text = path.startsWith('/api/events') ? '' : await response.text()
      await response.body?.cancel().catch(() => {})
      // What was asked for may come back in what is told.
      const told = text.replaceAll(path, '').replaceAll(`${hidden}_loss`, '').replaceAll(`${hidden}-p-data`, '')
      expect(told.replaceAll(`${hidden}s`, ''), `${method} ${path}`).not.toContain(hidden)
      expect([200, 400, 401, 403, 404], `${method} ${path}`).toContain(response.status)
      if (!['GET', 'POST'].includes(method)) expect([401, 403], `${method} ${path}`).toContain(response.status)
      askedCount += 1
    }
  }
  expect(askedCount).toBeGreaterThan(100)
  expect(await keys.store.runs({ entity: 'carol', project: 'p' })).toEqual(before)
  expect(await keys.store.views({ project: before.runs[0]!.projectId })).toHaveLength(1)
})

test('nothing but reading is open to a link: no GraphQL, files, accounts, administration or metrics', async () => {
  await using world = await openWorld()
  const cookie = await world.follow(await world.link({ of: { kind: 'project' }, path: '/carol/p' }))
  const hex = createHash('md5').update(shown).digest('hex')
  for (const [method, path] of [
    ['POST', '/graphql'],
    ['GET', '/graphql'],
    ['POST', '/files/carol/p/r1/file_stream'],
    ['GET', `/artifacts/carol/${hex}`],
    ['GET', '/api/account'],
    ['GET', '/api/account/keys'],
    ['GET', '/api/search?q=r'],
    ['GET', '/api/admin/users'],
    ['GET', '/metrics'],
    ['GET', links],
    ['POST', links],
    ['POST', '/api/view-states'],
    ['PATCH', '/api/runs/carol/p/r1'],
    ['DELETE', '/api/runs/carol/p/r1'],
    ['PUT', '/api/runs/carol/p/r1'],
  ] as const) {
    const body = method === 'GET' ? {} : { body: '{}' }
    const { status } = await world.ask(cookie, path, { method, ...body })
    expect([401, 403], `${method} ${path}`).toContain(status)
  }
})

test('who follows a link can save the rows of a table that it shows, and of no other', async () => {
  await using world = await openWorld()
  const { keys } = world
  const name = 't.table.json'
  const uploadUrls = `query ($run: String!, $names: [String]) { project(name: "p", entityName: "carol") { run(name: $run) {
    files(names: $names) { edges { node { uploadUrl } } } } } }`
  for (const run of ['r1', 'r2']) {
    const { data } = await keys.graphql(uploadUrls, { run, names: [name] }, world.carol)
    const { uploadUrl } = data.project.run.files.edges[0].node
    const file = { method: 'PUT', body: '{"columns":["a"],"data":[[1]]}' }
    expect((await keys.request(uploadUrl, world.carol, file)).status).toBe(200)
  }
  const cookie = await world.follow(await world.link({}))
  const save = (runId: string): Promise<Response> => {
    const selection = { tables: [{ kind: 'run-file', entity: 'carol', project: 'p', runId, name }] }
    return world.ask(cookie, `/api/tables/export?${new URLSearchParams({ selection: JSON.stringify(selection) })}`)
  }
  const shownRows = await save('r1')
  expect([shownRows.status, await shownRows.text()]).toEqual([200, 'a\r\n1\r\n'])
  expect((await save('r2')).status).toBe(404)
})

test('a link of a project shows all of it, and no other', async () => {
  await using world = await openWorld()
  const cookie = await world.follow(await world.link({ of: { kind: 'project' }, path: '/carol/p?nw=abc' }))
  for (const runId of ['r1', 'r2']) expect((await world.ask(cookie, `/api/runs/carol/p/${runId}`)).status).toBe(200)
  expect((await world.ask(cookie, '/api/runs/carol/q/r3')).status).toBe(404)
  expect(await (await world.ask(cookie, '/api/projects/carol/p/trash')).json()).toEqual({ runs: [], sweeps: [] })
  const session = await (await world.ask(cookie, '/api/session')).json()
  expect(session).toEqual({ mode: 'keys', sharedKind: 'project' })
})

test('a link of a version shows its files, and neither its runs nor other versions', async () => {
  await using world = await openWorld()
  const of = { kind: 'artifact', artifactId: world.artifacts[shown] } as const
  const cookie = await world.follow(await world.link({ of, path: '/carol/p/artifacts' }))
  const status = async (path: string) => (await world.ask(cookie, path)).status
  const file = await world.ask(cookie, `/api/artifacts/${world.artifacts[shown]}/file?path=a.txt`)
  expect([file.status, await file.text()]).toEqual([200, shown])
  const version = await world.ask(cookie, `/api/projects/carol/p/artifacts/${shown}-p-data/versions/v0`)
  expect([version.status, (await version.text()).includes('r1')]).toEqual([200, false])
  expect(await status(`/api/artifacts/${world.artifacts[hidden]}/file?path=a.txt`)).toBe(404)
  expect(await status(`/api/projects/carol/p/artifacts/${hidden}-p-data/versions/v0`)).toBe(404)
  expect(await status(`/api/projects/carol/p/artifacts/${hidden}-p-data/versions`)).toBe(404)
  expect(await status('/api/runs/carol/p/r1')).toBe(404)
})

test('a secret that is wrong, has ended or was taken back opens nothing', async () => {
  await using world = await openWorld()
  const { keys, ask } = world
  const path = await world.link({ expiresAtMs: keys.clock.now() + 1000 })
  const cookie = await world.follow(path)
  const run = (as: string) => ask(as, '/api/runs/carol/p/r1').then(({ status }) => status)
  expect(await run(cookie)).toBe(200)
  expect(await run('lossline_share=')).toBe(401)
  expect(await run(`${cookie.slice(0, -1)}${cookie.endsWith('A') ? 'B' : 'A'}`)).toBe(401)
  expect((await keys.request(`${path}x`)).status).toBe(404)
  await keys.clock.advance(1000)
  expect([await run(cookie), (await keys.request(path)).status]).toEqual([401, 404])
  const second = await world.link({})
  const other = await world.follow(second)
  const { links: made } = (await (await keys.request(links, world.carol)).json()) as ShareLinksResponse
  expect(made).toMatchObject([
    { kind: 'run', usedAtMs: keys.clock.now(), hasEnded: false },
    { kind: 'run', hasEnded: true },
  ])
  // Nobody else sees or takes back what carol shares.
  for (const method of ['GET', 'POST']) {
    expect((await keys.request(links, world.eve, { method, ...(method === 'POST' && { body: '{}' }) })).status).toBe(
      404,
    )
  }
  expect((await keys.request(`${links}/${made[0]!.id}`, world.eve, { method: 'DELETE' })).status).toBe(404)
  expect(await run(other)).toBe(200)
  expect((await keys.request(`${links}/${made[0]!.id}`, world.carol, { method: 'DELETE' })).status).toBe(204)
  expect([await run(other), (await keys.request(second)).status]).toEqual([401, 404])
})

test('the secret is in no log and in no list, and is kept as a digest', async () => {
  await using world = await openWorld()
  const path = await world.link({})
  const secret = path.slice('/s/'.length)
  await world.follow(path)
  expect(world.logged.some((line) => line.includes('/s/…'))).toBe(true)
  expect(world.logged.join('\n')).not.toContain(secret)
  expect(await (await world.keys.request(links, world.carol)).text()).not.toContain(secret)
  // Of one that fails neither.
  const token = 'x'.repeat(43)
  const { id: projectId } = (await world.keys.store.project('carol', 'p'))!
  const link = {
    projectId,
    kind: 'project',
    target: 0,
    path: '/a\nb',
    username: 'carol',
    expiresAtMs: undefined,
    passwordHash: undefined,
  } as const
  const digest = createHash('sha256').update(token).digest()
  await world.keys.store.write([{ kind: 'put-share-link', link, digest, nowMs: 1 }])
  for (const path of [`/s/${token}`, `/%73/${token}`]) expect((await world.keys.request(path)).status).toBe(500)
  expect(world.logged.filter((line) => line.includes('request failed'))).toHaveLength(2)
  expect(world.logged.join('\n')).not.toContain(token)
  const [kept] = await world.keys.store.shareLinks({ digest: createHash('sha256').update(secret).digest() })
  expect(kept).toMatchObject({ kind: 'run', path: '/carol/p/runs/r1' })
})

test('whoever may look anyway stays who they are; a key says more than a link', async () => {
  await using world = await openWorld()
  const path = await world.link({})
  const signIn = async (apiKey: string) => {
    const answer = await world.keys.request('/api/session', undefined, {
      method: 'POST',
      body: JSON.stringify({ apiKey }),
    })
    return answer.headers
      .getSetCookie()
      .find((cookie) => cookie.startsWith('lossline_session='))!
      .split(';')[0]!
  }
  const cookieFor = async (session: string) =>
    (await world.keys.request(path, undefined, { headers: { cookie: session } })).headers.get('set-cookie')
  expect(await cookieFor(await signIn(world.carol))).toBeNull()
  expect(await cookieFor(await signIn(world.eve))).toMatch(/^lossline_share=/)
  // A page of another site leads here: cookies come with the second request alone.
  const headers = { 'sec-fetch-site': 'cross-site' }
  const first = await world.keys.request(path, undefined, { headers })
  expect([first.status, first.headers.get('set-cookie'), await first.text()]).toEqual([
    200,
    null,
    expect.stringContaining(`content="0;url=${path}?again=1"`),
  ])
  expect((await world.keys.request(`${path}?again=1`, undefined, { headers })).status).toBe(303)
  const cookie = await world.follow(path)
  expect((await world.keys.request('/api/runs/carol/p/r2', world.carol, { headers: { cookie } })).status).toBe(200)
  const left = await world.ask(cookie, '/api/share', { method: 'DELETE' })
  expect([left.status, left.headers.get('set-cookie')]).toEqual([
    204,
    expect.stringMatching(/^lossline_share=;.*Max-Age=0/),
  ])
})

test('a link leads to this server alone, and to what is in its project', async () => {
  await using world = await openWorld()
  const make = (request: object) =>
    world.keys
      .request(links, world.carol, { method: 'POST', body: JSON.stringify(request) })
      .then(({ status }) => status)
  const of = { kind: 'run', runId: 'r1' }
  for (const path of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    '/\t/[',
    '',
  ]) {
    expect(await make({ of, path }), path).toBe(400)
  }
  expect(await make({ of, path: '/carol/p/runs/r1\n/../r1?a=b#line-3' })).toBe(201)
  const [made] = await world.keys.store.shareLinks({ id: 1 })
  expect(made?.path).toBe('/carol/p/runs/r1?a=b#line-3')
  expect(await make({ of: { kind: 'run', runId: 'r3' }, path: '/carol/p' })).toBe(404)
  expect(await make({ of: { kind: 'artifact', artifactId: 999 }, path: '/carol/p' })).toBe(404)
  expect(await make({ of, path: '/carol/p', expiresAtMs: world.keys.clock.now() })).toBe(400)
})

test('the link of a run that moves is listed and taken back where the run is, and whoever may look there stays who they are', async () => {
  await using world = await openWorld()
  const { keys, carol, eve } = world
  const path = await world.link({})
  const cookie = await world.follow(path)
  const run = (await keys.store.run({ entity: 'carol', project: 'p', runId: 'r1' }))!
  await keys.store.write([{ kind: 'move-run', run: run.id, entity: 'eve', project: 'kept', nowMs: keys.clock.now() }])
  expect((await world.ask(cookie, '/api/runs/eve/kept/r1')).status).toBe(200)
  const setFor = async (apiKey: string) => {
    const init = { method: 'POST', body: JSON.stringify({ apiKey }) }
    const session = (await keys.request('/api/session', undefined, init)).headers
      .getSetCookie()
      .find((one) => one.startsWith('lossline_session='))!
    const followed = await keys.request(path, undefined, { headers: { cookie: session.split(';')[0]! } })
    return followed.headers.get('set-cookie')
  }
  expect(await setFor(eve)).toBeNull()
  expect(await setFor(carol)).toMatch(/^lossline_share=/)
  const list = async (at: string, apiKey: string) =>
    ((await (await keys.request(at, apiKey)).json()) as ShareLinksResponse).links
  expect(await list(links, carol)).toEqual([])
  const [moved] = await list('/api/projects/eve/kept/share-links', eve)
  const taken = await keys.request(`/api/projects/eve/kept/share-links/${moved!.id}`, eve, { method: 'DELETE' })
  expect(taken.status).toBe(204)
  expect((await world.ask(cookie, '/api/runs/eve/kept/r1')).status).toBe(401)
})

test('a stream that was opened with a link tells nothing more once the link is taken back or has ended', async () => {
  for (const end of ['revoke', 'expire'] as const) {
    await using world = await openWorld()
    const { keys, carol } = world
    const expiresAtMs = keys.clock.now() + 5000
    const cookie = await world.follow(await world.link({ of: { kind: 'project' }, path: '/carol/p', expiresAtMs }))
    // Until all that was logged has been told.
    await keys.clock.advance(200)
    const events = '/api/events?entity=carol&project=p'
    const [shared, own] = [await world.ask(cookie, events), await keys.request(events, carol)].map((response) => {
      expect(response.status).toBe(200)
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
      return { reader, read: async () => (await reader.read()).value }
    })
    const change = async (notes: string) => {
      const init = { method: 'PATCH', body: JSON.stringify({ notes }) }
      expect((await keys.request('/api/runs/carol/p/r1', carol, init)).status).toBe(200)
      // What follows another change closely is told a little later.
      await keys.clock.advance(100)
    }
    const untilTold = async (read: () => Promise<string | undefined>) => {
      while (!(await read())?.includes('"runId":"r1"')) {}
    }
    await change('seen')
    await Promise.all([untilTold(shared!.read), untilTold(own!.read)])
    if (end === 'revoke') await keys.request(`${links}/1`, carol, { method: 'DELETE' })
    else await keys.clock.advance(5000)
    await change('not seen')
    await untilTold(own!.read)
    await keys.clock.advance(15_000)
    let told = ''
    while (!told.includes(': still here')) told += await shared!.read()
    expect(told, end).not.toContain('"runId"')
    await Promise.all([shared!.reader.cancel(), own!.reader.cancel()])
  }
})

test('which versions are of a run is asked once for each read, not for each row', async () => {
  await using world = await openWorld()
  const { store } = world.keys
  const run = (await store.run({ entity: 'carol', project: 'p', runId: 'r1' }))!
  const link = { id: 1, projectId: run.projectId, kind: 'run', target: run.id, path: '/', username: 'carol' } as const
  let askedCount = 0
  const counted = {
    ...store,
    artifacts: {
      ...store.artifacts,
      artifactsOfRun: (query: Parameters<typeof store.artifacts.artifactsOfRun>[0]) => {
        askedCount += 1
        return store.artifacts.artifactsOfRun(query)
      },
    },
  }
  const times = { createdAtMs: 0, expiresAtMs: undefined, usedAtMs: undefined }
  const { artifacts } = shareStore(counted, { ...link, ...times, passwordHash: undefined })
  const own = await artifacts.membershipsOf(world.artifacts[shown])
  const { collection } = own[0]!
  askedCount = 0
  const rows = await artifacts.aliases({ collection })
  expect(rows.length).toBeGreaterThan(1)
  expect(askedCount).toBe(2)
})

test('a link with a password asks for it, and its secret alone opens nothing', async () => {
  await using world = await openWorld()
  const { keys, ask } = world
  const password = 'correct horse'
  const path = await world.link({ password })
  const run = (cookie: string) => ask(cookie, '/api/runs/carol/p/r1').then(({ status }) => status)
  const send = (text: string, headers: Record<string, string> = {}) =>
    keys.request(path, undefined, { method: 'POST', body: new URLSearchParams({ password: text }).toString(), headers })

  const asked = await keys.request(path)
  expect([asked.status, asked.headers.get('set-cookie')]).toEqual([200, null])
  expect(await asked.text()).toContain('<input id="password"')
  expect(asked.headers.get('content-security-policy')).toContain("default-src 'none'")
  // Else browsers send the form with the origin `null`, which is nobody's.
  expect(asked.headers.get('referrer-policy')).toBe('same-origin')
  expect(await run(`lossline_share=${path.slice('/s/'.length)}`)).toBe(401)
  const { links: unused } = (await (await keys.request(links, world.carol)).json()) as ShareLinksResponse
  expect(unused).toMatchObject([{ hasPassword: true, usedAtMs: null }])

  const wrong = await send('correct hors')
  expect([wrong.status, wrong.headers.get('set-cookie'), await wrong.text()]).toEqual([
    403,
    null,
    expect.stringContaining('That is not the password.'),
  ])
  expect((await send(password, { origin: 'http://elsewhere.example' })).status).toBe(403)
  const right = await send(password)
  expect([right.status, right.headers.get('location')]).toEqual([303, '/carol/p/runs/r1'])
  const cookie = right.headers.get('set-cookie')!.split(';')[0]!
  expect(await run(cookie)).toBe(200)
  // Not asked again by the same browser, and nobody makes up that they were.
  expect((await keys.request(path, undefined, { headers: { cookie } })).status).toBe(303)
  const [token, proof = ''] = cookie.split('.')
  expect(await run(`${token}.${proof.startsWith('A') ? 'B' : 'A'}${proof.slice(1)}`)).toBe(401)
  const other = await world.follow(await world.link({}))
  expect(await run(`${token}.${other.split('=')[1]}`)).toBe(401)
  // People with access are who they are.
  const headers = { authorization: `Basic ${btoa(`api:${world.carol}`)}` }
  expect((await keys.request(path, undefined, { headers })).status).toBe(303)

  const [kept] = await keys.store.shareLinks({ digest: createHash('sha256').update(path.slice(3)).digest() })
  expect(kept!.passwordHash).toMatch(/^scrypt\$32768\$8\$1\$/)
  expect(await (await keys.request(links, world.carol)).text()).not.toContain(kept!.passwordHash)
  expect(world.logged.join('\n')).not.toContain(password)
  const short = { of: { kind: 'project' }, path: '/carol/p', password: 'short' }
  const refused = await keys.request(links, world.carol, { method: 'POST', body: JSON.stringify(short) })
  expect(refused.status).toBe(400)
})

test('passwords are not guessed in a row, right ones neither, and others’ links are open meanwhile', async () => {
  await using world = await openWorld()
  const { keys } = world
  const [path, other] = [await world.link({ password: 'open sesame' }), await world.link({ password: 'open sesame' })]
  const send = (to: string, password: string) =>
    keys.request(to, undefined, { method: 'POST', body: new URLSearchParams({ password }).toString() })
  const statuses = await Promise.all(
    Array.from({ length: 12 }, async (_, index) => (await send(path, `guess ${index}`)).status),
  )
  expect(statuses.filter((status) => status === 403)).toHaveLength(10)
  const refused = await send(path, 'open sesame')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30'])
  expect(await refused.text()).toContain('Try again in 30 seconds.')
  expect((await send(other, 'open sesame')).status).toBe(303)
  await keys.clock.advance(30_000)
  expect((await send(path, 'open sesame')).status).toBe(303)
})

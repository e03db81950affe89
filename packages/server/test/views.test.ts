import type { ViewDetail, ViewResponse, ViewRevisionsResponse, ViewsResponse } from '@lossline/protocol'
import { describe, expect, test } from 'vitest'
import { openTestServer, type TestServer } from './test-server.ts'

const views = '/api/projects/local/demo/views'
const upsert = `mutation ($input: UpsertViewInput!) { upsertView(input: $input) { view { id name spec } } }`

async function open(): Promise<TestServer & { readonly made: ViewDetail }> {
  const test = await openTestServer()
  await test.upsert('a')
  const body = { type: 'project-view', name: 'nw-abc-v', displayName: 'Losses', spec: '{"section": {}}' }
  const answer = await test.post(views, body)
  expect(answer.status).toBe(201)
  return { ...test, made: ((await answer.json()) as ViewResponse).view }
}

const change = (test: TestServer, id: number, body: object): Promise<Response> =>
  test.request(`${views}/${id}`, { method: 'PATCH', body: JSON.stringify(body) })

const errorOf = async (answer: Response): Promise<readonly [number, string]> => [
  answer.status,
  ((await answer.json()) as { error: { code: string } }).error.code,
]

describe('views of a project', () => {
  test('are saved, listed by type and read, the text as it came', async () => {
    await using test = await open()
    const { made } = test
    expect(made).toMatchObject({ revision: 1, savedBy: 'local', username: 'local', spec: '{"section": {}}' })
    const { spec: _, ...summary } = made
    expect(await test.get<ViewsResponse>(`${views}?type=project-view`)).toEqual({ views: [summary] })
    expect(await test.get<ViewsResponse>(`${views}?type=runs`)).toEqual({ views: [] })
    expect(await test.get(`${views}/${made.id}`)).toEqual({ view: made })
    expect((await test.request(`${views}/${made.id}`, { method: 'DELETE' })).status).toBe(204)
    expect(await errorOf(await test.request(`${views}/${made.id}`))).toEqual([404, 'not-found'])
  })

  test('a second one of the same name, one that is no JSON, and one of another project are refused', async () => {
    await using test = await open()
    const again = { type: 'project-view', name: 'nw-abc-v', displayName: '', spec: '{}' }
    expect(await errorOf(await test.post(views, again))).toEqual([409, 'conflict'])
    const wrong = { ...again, name: 'x', spec: '{' }
    expect(await errorOf(await test.post(views, wrong))).toEqual([400, 'invalid-request'])
    await test.upsert('b', { modelName: 'other' })
    for (const path of [`/api/projects/local/other/views/${test.made.id}`, `${views}/x`]) {
      expect(await errorOf(await test.request(path))).toEqual([404, 'not-found'])
    }
  })

  test('what somebody else saved meanwhile is not overwritten', async () => {
    await using test = await open()
    const { id } = test.made
    expect((await change(test, id, { spec: '{"mine":1}', revision: 1 })).status).toBe(200)
    expect(await errorOf(await change(test, id, { spec: '{"late":1}', revision: 1 }))).toEqual([409, 'conflict'])
    expect(await test.get(`${views}/${id}`)).toMatchObject({ view: { spec: '{"mine":1}', revision: 2 } })
  })

  test("a save of W&B's client is a revision, and everything is told to the page", async () => {
    await using test = await open()
    const stream = (await test.request('/api/events')).body!.getReader()
    const told = async (): Promise<string> => new TextDecoder().decode((await stream.read()).value)
    expect(await told()).toContain('hello')
    const list = `{ project(name: "demo", entityName: "local") { allViews { edges { node { id name } } } } }`
    const { project } = await test.graphql<{ project: { allViews: { edges: { node: { id: string } }[] } } }>(list)
    await test.graphql(upsert, { input: { id: project.allViews.edges[0]!.node.id, spec: '{"python":1}' } })
    expect(await told()).toMatch(/event: view\ndata: \{"type":"view".*"revision":2,"username":"local"/)
    expect(await test.get(`${views}/${test.made.id}`)).toMatchObject({ view: { spec: '{"python":1}', revision: 2 } })
    await stream.cancel()
  })

  test('any of the last revisions is looked at and restored, as a new one', async () => {
    await using test = await open()
    const at = `${views}/${test.made.id}`
    await change(test, test.made.id, { spec: '{"b":1}', displayName: 'Other' })
    const { revisions } = await test.get<ViewRevisionsResponse>(`${at}/revisions`)
    expect(revisions.map(({ number, displayName, username }) => [number, displayName, username])).toEqual([
      [2, 'Other', 'local'],
      [1, 'Losses', 'local'],
    ])
    expect(await test.get(`${at}/revisions/1`)).toMatchObject({ revision: { number: 1, spec: '{"section": {}}' } })
    const restored = await test.post(`${at}/revisions/1/restore`, '')
    expect(await restored.json()).toMatchObject({
      view: { revision: 3, displayName: 'Losses', spec: '{"section": {}}' },
    })
    expect(await errorOf(await test.request(`${at}/revisions/9`))).toEqual([404, 'not-found'])
  })

  test('one that saves itself has a revision for five minutes of work', async () => {
    await using test = await open()
    const { id } = test.made
    const save = (n: number) => change(test, id, { spec: `{"n":${n}}`, isAutomatic: true })
    for (let n = 0; n < 4; n++) {
      await test.clock.advance(2 * 60_000)
      await save(n)
    }
    const { revisions } = await test.get<ViewRevisionsResponse>(`${views}/${id}/revisions`)
    expect(revisions.map(({ number }) => number)).toEqual([5, 3])
  })
})

test('a page asks for a workspace by its name, or for its own', async () => {
  await using test = await open()
  const workspace = '/api/projects/local/demo/workspace'
  const asker = { type: 'project-view', username: 'local', mayWrite: true }
  expect(await test.get(workspace)).toEqual({ view: null, name: 'nw-local-w', ...asker })
  const own = { type: 'project-view', name: 'nw-local-w', displayName: '', spec: '{}' }
  await test.post(views, own)
  expect(await test.get(workspace)).toMatchObject({ view: own })
  // The pages of runs have panels of their own, of the same name.
  const ofRuns = { ...asker, type: 'run-view' }
  expect(await test.get(`${workspace}?type=run-view`)).toEqual({ view: null, name: 'nw-local-w', ...ofRuns })
  expect((await test.post(views, { ...own, type: 'run-view' })).status).toBe(201)
  expect(await test.get(`${workspace}?type=run-view`)).toMatchObject({ view: { type: 'run-view' }, ...ofRuns })
  expect(await test.get(workspace)).toMatchObject({ view: own })
  expect(await errorOf(await test.request(`${workspace}?type=runs`))).toEqual([400, 'invalid-request'])
  expect(await test.get(`${workspace}?name=nw-abc-v`)).toMatchObject({ view: test.made, name: 'nw-abc-v' })
})

test('a state that is too long for an address is kept under a digest of it, whatever the order of its keys', async () => {
  await using test = await openTestServer()
  const save = async (state: object) =>
    ((await (await test.post('/api/view-states', { state })).json()) as { hash: string }).hash
  const hash = await save({ q: 'lr > 1', r: 'none~a' })
  expect(hash).toMatch(/^[\w-]{22}$/)
  expect(await save({ r: 'none~a', q: 'lr > 1' })).toBe(hash)
  expect(await save({ q: 'lr > 2' })).not.toBe(hash)
  expect(await test.get(`/api/view-states/${hash}`)).toEqual({ state: { q: 'lr > 1', r: 'none~a' } })
  expect(await errorOf(await test.request('/api/view-states/none'))).toEqual([404, 'not-found'])
  const large = await test.post('/api/view-states', { state: { q: 'x'.repeat(70_000) } })
  expect(await errorOf(large)).toEqual([413, 'request-too-large'])
})

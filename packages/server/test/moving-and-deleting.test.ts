import { readdir, rm } from 'node:fs/promises'
import { openRunWriter } from '@lossline/journal'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { startServer } from '../src/index.ts'
import { logArtifact } from './artifact-client.ts'
import { historyLines, openTestServer, type TestServer } from './test-server.ts'

const rows = (from: number, values: readonly number[]) => ({
  files: {
    'wandb-history.jsonl': {
      offset: from,
      content: historyLines(
        from,
        values.map((loss) => ({ loss })),
      ),
    },
  },
})

const moveRuns = `mutation ($input: MoveRunsInput!) { moveRuns(input: $input) { success runCount } }`
const toInput = (from: string, to: string, filters: object | null = null) => ({
  input: {
    filters: filters === null ? null : JSON.stringify(filters),
    sourceEntityName: 'local',
    sourceProjectName: from,
    destinationEntityName: 'local',
    destinationProjectName: to,
  },
})
const renameProject = `mutation ($from: String!, $to: String!) {
  renameProject(input: { entityName: "local", oldProjectName: $from, newProjectName: $to }) {
    inserted project { id name createdAt access description }
  }
}`
const namesQuery = `query ($project: String) {
  project(name: $project, entityName: "local") { runs(order: "+created_at") { edges { node { name } } } }
}`
interface Names {
  readonly project: {
    readonly runs: { readonly edges: readonly { readonly node: { readonly name: string } }[] }
  } | null
}
const namesOf = async (test: TestServer, project: string) => {
  const { project: found } = await test.graphql<Names>(namesQuery, { project })
  return found?.runs.edges.map(({ node }) => node.name)
}
const finish = (test: TestServer, runId: string) => test.stream(runId, { complete: true, exitcode: 0 })

test('runs that a filter finds are moved with all that they have', async () => {
  await using test = await openTestServer()
  for (const [runId, group] of [
    ['a', 'old'],
    ['b', 'new'],
    ['c', 'old'],
  ]) {
    await test.upsert(runId!, { groupName: group })
    await test.stream(runId!, rows(0, [3, 2, 1]))
  }
  const { run: before } = await test.get<{ run: object }>('/api/runs/local/demo/a')
  const moved = await test.graphql(moveRuns, toInput('demo', 'archive', { group: 'old' }))
  expect(moved).toEqual({ moveRuns: { success: true, runCount: 2 } })
  expect([await namesOf(test, 'demo'), await namesOf(test, 'archive')]).toEqual([['b'], ['a', 'c']])
  const { run } = await test.get<{ run: object }>('/api/runs/local/archive/a')
  expect(run).toEqual({ ...before, project: 'archive', revision: expect.any(Number) })
  const { metrics } = await test.get<{ metrics: readonly { key: string }[] }>('/api/projects/local/archive/metrics')
  expect(metrics.map(({ key }) => key)).toContain('loss')
})

test('a client that goes on under the former address is led to its run: rows, files, alerts, artifacts and the end', async () => {
  await using test = await openTestServer()
  await test.upsert('r1')
  await test.stream('r1', rows(0, [3]))
  await logArtifact(test, { name: 'early', files: { 'a.txt': 'a' } })
  await test.graphql(moveRuns, toInput('demo', 'new'))
  expect((await test.stream('r1', rows(1, [2, 1]))).status).toBe(200)
  const again = await test.upsert('r1', { config: '{"lr":{"value":1}}' })
  expect(again).toMatchObject({ name: 'r1', historyLineCount: 3 })
  await test.graphql(
    `mutation { notifyScriptableRunAlert(input: { entityName: "local", projectName: "demo", runName: "r1", title: "t", text: "" }) { success } }`,
  )
  const { createRunFiles } = await test.graphql<{ createRunFiles: { files: { uploadUrl: string }[] } }>(
    `mutation { createRunFiles(input: { entityName: "local", projectName: "demo", runName: "r1", files: ["f.txt"] }) { files { uploadUrl } } }`,
  )
  await test.request(createRunFiles.files[0]!.uploadUrl, { method: 'PUT', body: 'text' })
  await logArtifact(test, { name: 'late', files: { 'b.txt': 'b' } })
  await finish(test, 'r1')
  expect([await namesOf(test, 'demo'), await namesOf(test, 'new')]).toEqual([[], ['r1']])
  const { run } = await test.get<{ run: object }>('/api/runs/local/new/r1')
  expect(run).toMatchObject({ state: 'finished', historyLineCount: 3, config: { lr: 1 } })
  // Links from before are not broken.
  expect(await test.get('/api/runs/local/demo/r1')).toMatchObject({ run: { project: 'new', runId: 'r1' } })
  expect(await test.get('/api/runs/local/new/r1/files')).toMatchObject({ files: [{ name: 'f.txt' }] })
  expect(await test.get('/api/runs/local/new/r1/alerts')).toMatchObject({ alerts: [{ title: 't' }] })
  const { outputs } = await test.get<{ outputs: { project: string; collection: string }[] }>(
    '/api/runs/local/new/r1/artifacts',
  )
  expect(outputs.map(({ project, collection }) => `${project}/${collection}`).toSorted()).toEqual([
    'demo/early',
    'new/late',
  ])
})

test('a move is refused as a whole where an id is taken, and for a name that cannot be', async () => {
  await using test = await openTestServer()
  await test.upsert('a')
  await test.upsert('b')
  await test.upsert('b', { modelName: 'new' })
  const move = (body: object) => test.post('/api/projects/local/demo/runs/move', body)
  const taken = await move({ runIds: ['a', 'b'], to: { project: 'new' } })
  expect([taken.status, await taken.json()]).toMatchObject([
    409,
    { error: { code: 'conflict', message: 'The run id "b" is taken in local/new.' } },
  ])
  expect((await move({ runIds: ['a'], to: { project: 'a/b' } })).status).toBe(400)
  expect((await move({ runIds: ['a', 'nope'], to: { project: 'new' } })).status).toBe(404)
  expect(await namesOf(test, 'demo')).toEqual(['a', 'b'])
  const done = await move({ runIds: ['a', 'a'], to: { project: 'new' } })
  expect([done.status, await done.json()]).toEqual([200, { runIds: ['a'], entity: 'local', project: 'new' }])
  expect(await namesOf(test, 'new')).toEqual(['a', 'b'])
})

test('a move that is asked for again, as no answer came, changes nothing more', async () => {
  await using test = await openTestServer()
  await test.upsert('r1')
  const move = () => test.post('/api/projects/local/demo/runs/move', { runIds: ['r1'], to: { project: 'archive' } })
  const [first, again] = [await move(), await move()]
  expect([first.status, again.status]).toEqual([200, 200])
  expect(await again.json()).toEqual(await first.json())
})

test('a run that was moved and deleted does not come back under any address', async () => {
  await using test = await openTestServer()
  const { id } = await test.upsert('a')
  await test.graphql(moveRuns, toInput('demo', 'new'))
  await test.graphql('mutation ($id: ID!) { deleteRun(input: { id: $id }) { success } }', { id })
  expect((await test.stream('a', rows(0, [1]))).status).toBe(410)
  const upsert = `mutation { upsertBucket(input: { name: "a", modelName: "demo" }) { inserted } }`
  expect((await test.post('/graphql', { query: upsert })).status).toBe(410)
  expect((await test.post('/api/projects/local/new/trash/a/restore', '')).status).toBe(200)
  expect((await test.stream('a', rows(0, [1]))).status).toBe(200)
})

test('a project is renamed, described and opened; its clients go on, and its old name is free', async () => {
  await using test = await openTestServer()
  await test.upsert('a')
  const renamed = await test.graphql(renameProject, { from: 'demo', to: 'better' })
  expect(renamed).toMatchObject({ renameProject: { inserted: false, project: { name: 'better', access: 'PRIVATE' } } })
  expect((await test.stream('a', rows(0, [1]))).status).toBe(200)
  expect([await namesOf(test, 'demo'), await namesOf(test, 'better')]).toEqual([undefined, ['a']])
  await test.upsert('fresh')
  expect([await namesOf(test, 'demo'), await namesOf(test, 'better')]).toEqual([['fresh'], ['a']])
  const taken = await test.post('/graphql', { query: renameProject, variables: { from: 'better', to: 'demo' } })
  expect([taken.status, await taken.text()]).toEqual([409, expect.stringContaining('has a project \\"demo\\" already')])
  const missing = await test.post('/graphql', { query: renameProject, variables: { from: 'nope', to: 'x' } })
  expect(missing.status).toBe(404)
  const patch = (body: object) =>
    test.request('/api/projects/local/better', { method: 'PATCH', body: JSON.stringify(body) })
  const changed = await patch({ project: 'best', description: 'all of them', access: 'read' })
  expect([changed.status, await changed.json()]).toMatchObject([
    200,
    { project: { project: 'best', runCount: 1, description: 'all of them', access: 'read' } },
  ])
  expect((await patch({ project: 'x' })).status).toBe(404)
  expect((await test.request('/api/projects/local/best', { method: 'PATCH', body: '{"project":"a#b"}' })).status).toBe(
    400,
  )
})

test('upsertModel with an id changes that project, its name too', async () => {
  await using test = await openTestServer()
  const upsert = `mutation ($input: UpsertModelInput!) { upsertModel(input: $input) { inserted project { id name description } } }`
  interface Upserted {
    readonly upsertModel: { readonly project: { readonly id: string } }
  }
  const { upsertModel } = await test.graphql<Upserted>(upsert, { input: { name: 'p', entityName: 'local' } })
  const { id } = upsertModel.project
  const input = { id, name: 'q', entityName: 'local', description: 'd' }
  expect(await test.graphql(upsert, { input })).toEqual({
    upsertModel: { inserted: false, project: { id, name: 'q', description: 'd' } },
  })
  const wrong = await test.post('/graphql', { query: upsert, variables: { input: { ...input, id: '999' } } })
  expect(wrong.status).toBe(404)
})

test('a project is deleted for good, when its name is said and nothing goes on in it', async () => {
  await using test = await openTestServer()
  await test.upsert('r1')
  await test.stream('r1', rows(0, [1]))
  const artifact = await logArtifact(test, { name: 'data', files: { 'a.txt': 'a' } })
  const remove = (body: string) => test.request('/api/projects/local/demo', { method: 'DELETE', body })
  expect([(await remove('')).status, (await remove('{"confirm":"dem"}')).status]).toEqual([400, 400])
  const early = await remove('{"confirm":"demo"}')
  expect([early.status, await early.json()]).toMatchObject([
    409,
    { error: { code: 'conflict', message: 'Run "r1" of local/demo is going on.', hint: expect.any(String) } },
  ])
  await finish(test, 'r1')
  expect((await remove('{"confirm":"demo"}')).status).toBe(204)
  expect((await remove('{"confirm":"demo"}')).status).toBe(404)
  expect((await test.request('/api/runs/local/demo/r1')).status).toBe(404)
  const left = await test.graphql(
    `query ($id: ID!) { artifact(id: $id) { id } models(entityName: "local") { edges { node { name } } } }`,
    { id: artifact.id },
  )
  expect(left).toEqual({ artifact: null, models: { edges: [] } })
  expect(await test.server.collectGarbage({ apply: true, graceMs: -1e13 })).toMatchObject({ removedRunCount: 1 })
  const { historyLineCount } = await test.upsert('r1')
  expect(historyLineCount).toBe(0)
})

test('deleteModel, which W&B’s client sends for registries, takes the id of a project', async () => {
  await using test = await openTestServer()
  await test.upsert('a')
  await finish(test, 'a')
  const { project } = await test.graphql<{ project: { id: string } }>('{ project(name: "demo") { id } }')
  const remove = 'mutation DeleteRegistry($id: String!) { deleteModel(input: {id: $id}) { success } }'
  expect(await test.graphql(remove, project)).toEqual({ deleteModel: { success: true } })
  for (const id of [project.id, 'x', '9'.repeat(40)]) {
    expect((await test.post('/graphql', { query: remove, variables: { id } })).status).toBe(404)
  }
})

test('listeners hear of both projects when runs are moved', async () => {
  await using test = await openTestServer()
  await test.upsert('a')
  const response = await test.request('/api/events')
  const reader = response.body!.getReader()
  const decoder = new TextDecoder()
  let text = ''
  await test.graphql(moveRuns, toInput('demo', 'new'))
  while (!/"project":"demo"[\s\S]*"project":"new"/.test(text)) text += decoder.decode((await reader.read()).value)
  await reader.cancel()
})

test('a journal folder that is read again does not undo a move or a rename, nor do rows that come later', async () => {
  await using directory = await openTemporaryDirectory()
  const dataDirectory = directory.join('.lossline')
  const open = (runId: string) =>
    openRunWriter({
      runDirectory: directory.join('.lossline', 'runs', `run-20261124_101500-${runId}`),
      run: { runId, project: 'demo', startTime: { seconds: Math.floor(Date.now() / 1000), nanos: 0 } },
      producer: 'test/1',
      durability: 'sync',
    })
  const [ended, live] = [await open('ended'), await open('live')]
  ended.tryLogNumbers({ loss: 1 })
  await ended.finish({ exitCode: 0 })
  live.tryLogNumbers({ loss: 1 })
  const run = async (url: string, path: string) => {
    const response = await fetch(`${url}/api/runs/local/${path}`)
    return response.ok ? ((await response.json()) as { run: Record<string, unknown> }).run : undefined
  }
  const until = (url: string, path: string) => expect.poll(() => run(url, path), { timeout: 60_000, interval: 20 })
  {
    const server = await startServer({ dataDirectory, port: 0, log: () => {} })
    try {
      await until(server.url, 'demo/ended').toMatchObject({ state: 'finished' })
      await until(server.url, 'demo/live').toMatchObject({ historyLineCount: 1 })
      const ask = (query: string, variables: object) =>
        fetch(`${server.url}/graphql`, { method: 'POST', body: JSON.stringify({ query, variables }) })
      expect((await ask(moveRuns, toInput('demo', 'kept'))).status).toBe(200)
      expect((await ask(renameProject, { from: 'kept', to: 'better' })).status).toBe(200)
      live.tryLogNumbers({ loss: 0.5 })
      await until(server.url, 'better/live').toMatchObject({ historyLineCount: 2, project: 'better' })
    } finally {
      await server.close()
    }
  }
  await live.finish({ exitCode: 0 })
  // As after a restored backup: everything is sent again.
  await rm(directory.join('.lossline', 'store-id'))
  const server = await startServer({ dataDirectory, port: 0, log: () => {} })
  try {
    await until(server.url, 'better/live').toMatchObject({ state: 'finished', historyLineCount: 2 })
    const response = await fetch(`${server.url}/api/projects/local/better/runs`)
    expect(((await response.json()) as { total: number }).total).toBe(2)
    expect(await (await fetch(`${server.url}/api/projects/local/demo/runs`)).json()).toMatchObject({ total: 0 })
    expect(await readdir(directory.join('.lossline', 'runs'))).toHaveLength(2)
  } finally {
    await server.close()
  }
})

test('requests under the former and the present address of a run take turns', async () => {
  await using test = await openTestServer()
  const headers = (writer: string) => ({
    'x-wandb-use-async-filestream': 'true',
    'x-wandb-client-id': writer,
    'x-wandb-async-client-id': writer,
  })
  await test.upsert('team')
  await test.graphql(moveRuns, toInput('demo', 'new'))
  // Writers that share a run add to its summary: whoever reads it before another one has written loses what that wrote.
  const send = (project: string, writer: string, summary: object) =>
    test.post(
      `/files/local/${project}/team/file_stream`,
      { files: { 'wandb-summary.json': { offset: 0, content: [JSON.stringify(summary)] } } },
      headers(writer),
    )
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => send(i % 2 === 0 ? 'demo' : 'new', `w${i}`, { [`key${i}`]: i })),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
  const { run } = await test.get<{ run: { summary: object } }>('/api/runs/local/new/team')
  expect(Object.keys(run.summary)).toHaveLength(20)
})

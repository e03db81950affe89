import { openDirectoryBlobs, openSqliteStore } from '@lossline/store'
import { createFakeClock, openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { createDirectoryRunFiles } from '../src/files/directory-run-files.ts'
import { type Clock, createServer } from '../src/index.ts'
import { historyLines, openTestServer } from './test-server.ts'

const deleteRun = 'mutation ($id: ID!) { deleteRun(input: { id: $id }) { success } }'
const runQuery =
  '{ project(name: "demo", entityName: "local") { runCount run(name: "a") { id displayName historyLineCount } } }'
const rows = (count: number) => ({
  files: {
    'wandb-history.jsonl': {
      offset: 0,
      content: historyLines(
        0,
        Array.from({ length: count }, () => ({ loss: 1 })),
      ),
    },
  },
})

describe('a deleted run', () => {
  test('is gone from every answer, and comes back as it was', async () => {
    await using test = await openTestServer()
    const { id } = await test.upsert('a', { displayName: 'mine' })
    await test.upsert('b')
    await test.stream('a', rows(3))
    const before = await test.graphql(runQuery)
    await test.graphql(deleteRun, { id })
    // Once more, as W&B's client may: nothing is left to do.
    expect(await test.graphql(deleteRun, { id })).toEqual({ deleteRun: { success: true } })
    expect(await test.graphql(runQuery)).toEqual({ project: { runCount: 1, run: null } })
    expect((await test.request('/api/runs/local/demo/a')).status).toBe(404)
    expect(await test.get('/api/projects/local/demo/trash')).toEqual({
      runs: [{ runId: 'a', displayName: 'mine', createdAtMs: test.clock.now(), deletedAtMs: test.clock.now() }],
      sweeps: [],
    })
    const answer = await test.post('/api/projects/local/demo/trash/a/restore', '')
    expect(await answer.json()).toMatchObject({ run: { runId: 'a', displayName: 'mine', historyLineCount: 3 } })
    expect(await test.graphql(runQuery)).toEqual(before)
    expect(await test.get('/api/projects/local/demo/trash')).toEqual({ runs: [], sweeps: [] })
  })

  test('does not come back because its client goes on, which is told for good', async () => {
    await using test = await openTestServer()
    const { id } = await test.upsert('a')
    await test.graphql(deleteRun, { id })
    const streamed = await test.stream('a', rows(1))
    expect([streamed.status, await streamed.json()]).toMatchObject([
      410,
      { error: expect.stringMatching(/was deleted/) },
    ])
    const upsert = 'mutation ($n: String) { upsertBucket(input: { name: $n, modelName: "demo" }) { inserted } }'
    const again = await test.post('/graphql', { query: upsert, variables: { n: 'a' } })
    const refusal = { message: expect.stringMatching(/was deleted/), extensions: { code: 'run-deleted' } }
    expect([again.status, await again.json()]).toMatchObject([410, { errors: [refusal] }])
    await test.store.write([{ kind: 'delete-run', run: Number(id) }])
    expect((await test.stream('a', rows(1))).status).toBe(410)
    expect((await test.stream('never', rows(1))).status).toBe(404)
  })

  test('can be put away and restored over the page API too, once', async () => {
    await using test = await openTestServer()
    await test.upsert('a')
    const remove = () => test.request('/api/runs/local/demo/a', { method: 'DELETE' })
    expect(await (await remove()).json()).toEqual({ isInTrash: true })
    expect((await remove()).status).toBe(404)
    const restore = () => test.post('/api/projects/local/demo/trash/a/restore', '')
    expect((await restore()).status).toBe(200)
    expect((await restore()).status).toBe(404)
  })

  test('keeps its files while it can come back, and loses all after 30 days', async () => {
    await using directory = await openTemporaryDirectory()
    await using store = await openSqliteStore({ path: ':memory:' })
    const clock = createFakeClock()
    const blobs = openDirectoryBlobs({ path: directory.join('blobs') })
    const files = createDirectoryRunFiles(directory.path, blobs, clock)
    const server = createServer({ store, blobs, files, clock: clock as Clock })
    try {
      const at = { entity: 'local', project: 'demo', runId: 'a' }
      const [{ run }] = await store.write([{ kind: 'put-run', at, nowMs: clock.now(), change: {} }])
      await files.put(run.id, 'f.txt', contentOf('a run file'))
      await store.write([{ kind: 'trash-run', run: run.id, nowMs: clock.now() }])
      await clock.advance(29 * 86_400_000)
      // Contents have the time of the machine, not that of the test.
      const collect = (apply: boolean) => server.collectGarbage({ apply, graceMs: -1e13 })
      expect(await collect(true)).toMatchObject({ removedRunCount: 0, forgottenRunCount: 0, contents: [] })
      await clock.advance(2 * 86_400_000)
      expect(await collect(false)).toMatchObject({ removedRunCount: 1, contents: [] })
      expect(await collect(true)).toMatchObject({
        removedRunCount: 1,
        forgottenRunCount: 1,
        contents: [{ sizeBytes: 10 }],
      })
      expect(await store.trashedRuns()).toEqual([])
    } finally {
      await server.close()
    }
  })
})

describe('saved views', () => {
  const fields = 'id name displayName description type spec user { username } project { name entityName }'
  const upsert = `mutation ($input: UpsertViewInput!) { upsertView(input: $input) { inserted view { ${fields} } } }`
  interface Upserted {
    readonly upsertView: { readonly inserted: boolean; readonly view: Readonly<Record<string, unknown>> }
  }
  const list = `query ($type: String, $name: String, $first: Int, $after: String) {
    project(name: "demo", entityName: "local") {
      allViews(viewType: $type, viewName: $name, first: $first, after: $after) {
        edges { cursor node { name spec } } pageInfo { endCursor hasNextPage }
      }
    }
  }`

  test('are returned untouched, changed by their id, and removed', async () => {
    await using test = await openTestServer()
    const spec = '{"version":5,  "blocks":[],"unknown":{"kept":1.50}}'
    const input = { entityName: 'local', projectName: 'demo', name: 'r', displayName: 'A report', type: 'runs', spec }
    const made = await test.graphql<Upserted>(upsert, { input: { ...input, createdUsing: 'WANDB_SDK' } })
    expect(made.upsertView).toMatchObject({
      inserted: true,
      view: { spec, type: 'runs', user: { username: 'local' }, project: { name: 'demo', entityName: 'local' } },
    })
    const { id } = made.upsertView.view
    const changed = await test.graphql<Upserted>(upsert, { input: { id, displayName: 'Another' } })
    expect(changed.upsertView).toMatchObject({ inserted: false, view: { id, spec, displayName: 'Another', name: 'r' } })
    expect(await test.graphql(`query ($id: ID!) { view(id: $id) { spec } }`, { id })).toEqual({ view: { spec } })
    const remove = 'mutation ($id: ID!) { deleteView(input: { id: $id, deleteDrafts: true }) { success } }'
    await test.graphql(remove, { id })
    expect(await test.graphql(`query ($id: ID!) { view(id: $id) { spec } }`, { id })).toEqual({ view: null })
    expect((await test.post('/graphql', { query: remove, variables: { id } })).status).toBe(404)
  })

  test('are listed by type and name, in pages', async () => {
    await using test = await openTestServer()
    for (const [name, type] of [
      ['a', 'runs'],
      ['b', 'runs'],
      ['nw-1-v', 'project-view'],
    ]) {
      await test.graphql(upsert, { input: { entityName: 'local', projectName: 'demo', name, type, spec: '{}' } })
    }
    interface Listed {
      readonly project: {
        readonly allViews: {
          readonly edges: readonly { readonly cursor: string; readonly node: { readonly name: string } }[]
          readonly pageInfo: { readonly hasNextPage: boolean }
        }
      }
    }
    const names = async (variables: object) => {
      const { project } = await test.graphql<Listed>(list, variables)
      return project.allViews.edges.map(({ node }) => node.name)
    }
    expect(await names({ type: 'runs' })).toEqual(['a', 'b'])
    expect(await names({ type: 'project-view', name: 'nw-1-v' })).toEqual(['nw-1-v'])
    const { project } = await test.graphql<Listed>(list, { type: 'runs', first: 1 })
    expect(project.allViews.pageInfo.hasNextPage).toBe(true)
    expect(await names({ type: 'runs', first: 1, after: project.allViews.edges[0]!.cursor })).toEqual(['b'])
  })

  test('without JSON are refused', async () => {
    await using test = await openTestServer()
    const input = { entityName: 'local', projectName: 'demo', name: 'r', type: 'runs', spec: '{' }
    expect((await test.post('/graphql', { query: upsert, variables: { input } })).status).toBe(400)
  })
})

test('a definition of a custom chart is kept under its entity and name', async () => {
  await using test = await openTestServer()
  const create = 'mutation ($input: CreateCustomChartInput!) { createCustomChart(input: $input) { chart { id } } }'
  const input = {
    entity: 'local',
    name: 'bars',
    displayName: 'Bars',
    type: 'vega2',
    access: 'PRIVATE',
    spec: '{"mark": "bar"}',
  }
  expect(await test.graphql(create, { input })).toEqual({ createCustomChart: { chart: { id: 'local/bars' } } })
  expect(await test.store.customChart({ entity: 'local', name: 'bars' })).toMatchObject({ spec: '{"mark": "bar"}' })
  for (const wrong of [{ type: 'svg' }, { name: 'a/b' }, { spec: 'no' }]) {
    const answer = await test.post('/graphql', { query: create, variables: { input: { ...input, ...wrong } } })
    expect(answer.status).toBe(400)
  }
})

async function* contentOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}

import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { removeTrashOf } from '../src/domain/trash.ts'
import { loadSample } from '../src/sample/load-sample.ts'
import { openKeysServer } from './keys-server.ts'
import { openTestServer } from './test-server.ts'

test('where there is no sample to load, none is offered and nothing is made', async () => {
  await using server = await openTestServer()
  expect(await server.get('/api/sample/local')).toMatchObject({ isAvailable: false, state: 'absent', project: null })
  const answer = await server.post('/api/sample/local', {})
  expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: 'unsupported-operation' } }])
  expect(await server.get('/api/projects')).toEqual({ projects: [] })
})

test('a pack that cannot be read makes no project', async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await openTestServer({
    sample: { packPath: directory.join('gone.br'), workDirectory: directory.path },
  })
  expect((await server.post('/api/sample/local', {})).status).toBe(500)
  expect(await server.get('/api/projects')).toEqual({ projects: [] })
})

test('with keys, people load the sample among their own projects, and for nobody else', async () => {
  await using directory = await openTemporaryDirectory()
  await using keys = await openKeysServer({
    sample: { packPath: directory.join('gone.br'), workDirectory: directory.path },
  })
  const [ana, bob] = [await keys.addUser('ana'), await keys.addUser('bob')]
  const ask = async (entity: string, apiKey?: string) => {
    const answer = await keys.request(`/api/sample/${entity}`, apiKey)
    return [answer.status, ((await answer.json()) as { isAvailable?: boolean }).isAvailable]
  }
  expect(await ask('ana')).toEqual([401, undefined])
  expect(await ask('ana', ana)).toEqual([200, true])
  expect(await ask('ana', bob)).toEqual([404, undefined])
  for (const method of ['POST', 'DELETE']) {
    expect((await keys.request('/api/sample/ana', bob, { method })).status).toBe(404)
  }
})

test('two who remove what a deleted project has left at once both succeed, and runs of others stay', async () => {
  await using server = await openTestServer()
  const { store } = server
  for (const project of ['p', 'q']) {
    for (const runId of ['r1', 'r2', 'r3']) {
      const [{ run }] = await store.write([
        { kind: 'put-run', at: { entity: 'e', project, runId }, nowMs: 1, change: {} },
      ])
      await store.write([{ kind: 'trash-run', run: run.id, nowMs: 1 }])
    }
  }
  const { id } = (await store.project('e', 'p'))!
  const removed = await Promise.all([removeTrashOf(store, id), removeTrashOf(store, id)])
  expect(removed.map((runs) => runs.length)).toEqual([3, 3])
  const other = (await store.project('e', 'q'))!.id
  expect((await store.trashedRuns()).map(({ projectId }) => projectId)).toEqual([other, other, other])
})

test('loading ends without a word when the project is removed meanwhile', async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await openTestServer()
  const { store } = server
  await server.upsert('r1')
  await server.stream('r1', { complete: true, exitcode: 0 })
  const project = (await store.project('local', 'demo'))!
  const run = { endedAtMs: 1, isCrashed: false }
  let countedCount = 0
  await loadSample({
    pack: {
      endsAtMs: 1,
      description: 'made up',
      runs: ['r1', 'r2'].map((id) => ({ ...run, id })),
      sweeps: [],
      views: [],
      files: new Map(),
    },
    store,
    runs: {
      ...server.server.runs,
      find: async (at) => {
        const found = await server.server.runs.find(at)
        await store.write([{ kind: 'delete-project', project: project.id, liveSinceMs: 2 ** 50, nowMs: 2 }])
        return found
      },
    },
    clock: server.clock,
    project,
    username: 'local',
    workDirectory: directory.join('work'),
    fetch: () => Promise.reject(new Error('asked')),
    signal: new AbortController().signal,
    release: () => Promise.reject(new Error('released')),
    onRun: () => {
      countedCount += 1
    },
  })
  expect(countedCount).toBe(1)
})

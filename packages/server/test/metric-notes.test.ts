import type { MetricNoteEdit, MetricNoteResponse, MetricsResponse } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { type KeysServer, openKeysServer } from './keys-server.ts'
import { historyLines, openTestServer, type TestServer } from './test-server.ts'

const notes = '/api/projects/local/demo/metric-notes'

async function log(test: TestServer, runId: string, row: object, said: object = {}): Promise<void> {
  const config = JSON.stringify({ _wandb: { value: said } })
  await test.upsert(runId, { config })
  await test.stream(runId, {
    files: { 'wandb-history.jsonl': { offset: 0, content: historyLines(0, [row]) } },
  })
}

async function say(test: TestServer, edit: MetricNoteEdit): Promise<MetricNoteResponse> {
  const answer = await test.request(notes, { method: 'PATCH', body: JSON.stringify(edit) })
  expect(answer.status).toBe(200)
  return (await answer.json()) as MetricNoteResponse
}

async function wordsOf(test: TestServer, key: string, query = ''): Promise<object | undefined> {
  const { metrics } = await test.get<MetricsResponse>(`/api/projects/local/demo/metrics${query}`)
  const { description, unit, goal } = metrics.find((metric) => metric.key === key)!
  return { description, unit, goal }
}

test('what runs say of their metrics is told, the newest run first, and names before prefixes', async () => {
  await using test = await openTestServer()
  const lossline = (metrics: object): object => ({ lossline: { metrics } })
  await log(
    test,
    'a',
    { 'val/loss': 1, 'a.b': 2, _hidden: 3 },
    lossline({ 'val/loss': { unit: 'bits', description: 'old' } }),
  )
  await log(
    test,
    'b',
    { 'val/loss': 1 },
    lossline({ 'val/*': { unit: 'nats', description: 'of all' }, '*': { unit: 'x' } }),
  )
  await log(
    test,
    'c',
    { 'val/loss': 1 },
    { ...lossline({ 'val/loss': { description: 'new' } }), m: [{ '1': 'val/loss', '8': 1 }] },
  )
  expect(await wordsOf(test, 'val/loss')).toEqual({ description: 'new', unit: 'bits', goal: 'minimize' })
  expect(await wordsOf(test, 'val/loss', '?run=b')).toEqual({ description: 'of all', unit: 'nats', goal: null })
  expect(await wordsOf(test, 'a\\.b')).toEqual({ description: '', unit: 'x', goal: null })
})

test('what has another form in a config is no note', async () => {
  await using test = await openTestServer()
  await log(test, 'a', { loss: 1 }, { lossline: { metrics: { loss: { unit: 3, description: null }, x: 'y' } } })
  await log(test, 'b', { loss: 1 }, { lossline: { metrics: ['loss'] } })
  await log(test, 'c', { loss: 1 }, { lossline: 'loss' })
  expect(await wordsOf(test, 'loss')).toEqual({ description: '', unit: '', goal: null })
})

test('what people say holds before it, field by field, until they take it back', async () => {
  await using test = await openTestServer()
  const said = {
    lossline: { metrics: { loss: { unit: 'nats', description: 'of runs' } } },
    m: [{ '1': 'loss', '8': 1 }],
  }
  await log(test, 'a', { loss: 1 }, said)
  const ofRuns = { description: 'of runs', unit: 'nats', goal: 'minimize' }
  expect(await test.get(`${notes}?metric=loss`)).toEqual({
    metric: 'loss',
    own: { description: null, unit: null, goal: null, said: null },
    ofRuns,
  })
  expect(await say(test, { metric: 'loss', description: ' of people ', unit: '' })).toEqual({
    metric: 'loss',
    own: { description: 'of people', unit: '', goal: null, said: { username: 'local', atMs: test.clock.now() } },
    ofRuns,
  })
  expect(await wordsOf(test, 'loss')).toEqual({ description: 'of people', unit: '', goal: 'minimize' })
  await say(test, { metric: 'loss', goal: 'none' })
  expect(await wordsOf(test, 'loss')).toEqual({ description: 'of people', unit: '', goal: null })
  await say(test, { metric: 'loss', goal: 'maximize', unit: null })
  expect(await wordsOf(test, 'loss', '?run=a')).toEqual({ description: 'of people', unit: 'nats', goal: 'maximize' })
  await say(test, { metric: 'loss', goal: null, description: null })
  expect(await wordsOf(test, 'loss')).toEqual(ofRuns)
})

test('a page is told that it should ask again', async () => {
  await using test = await openTestServer()
  await test.upsert('a')
  const stream = (await test.request('/api/events')).body!.getReader()
  const decoder = new TextDecoder()
  expect(decoder.decode((await stream.read()).value)).toContain('hello')
  await say(test, { metric: 'loss', unit: 's' })
  expect(decoder.decode((await stream.read()).value)).toContain('"type":"project"')
  await stream.cancel()
})

test.each<[string, object]>([
  ['a unit of two lines', { metric: 'loss', unit: 'a\nb' }],
  ['a unit as long as a text', { metric: 'loss', unit: 'x'.repeat(41) }],
  ['a description as long as a report', { metric: 'loss', description: 'x'.repeat(2001) }],
  ['a goal that there is not', { metric: 'loss', goal: 'up' }],
  ['no metric', { unit: 's' }],
  ['another field', { metric: 'loss', color: 'red' }],
])('%s is refused', async (_, edit) => {
  await using test = await openTestServer()
  await test.upsert('a')
  const answer = await test.request(notes, { method: 'PATCH', body: JSON.stringify(edit) })
  expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: 'invalid-request' } }])
})

test('a reader sees what people say and cannot change it; a link to a run tells of its metrics alone', async () => {
  await using keys = await openKeysServer()
  const [carol, bob] = [await keys.addUser('carol'), await keys.addUser('bob')]
  await keys.admin('PUT', '/teams/lab')
  await keys.admin('PUT', '/teams/lab/members/carol', { role: 'admin' })
  await keys.admin('PUT', '/teams/lab/members/bob', { role: 'reader' })
  await logTo(keys, carol, 'r1', { loss: 1 })
  await logTo(keys, carol, 'r2', { secret: 1 })
  const path = '/api/projects/lab/p/metric-notes'
  const edit = (apiKey: string, metric: string) =>
    keys.request(path, apiKey, { method: 'PATCH', body: JSON.stringify({ metric, unit: 'nats' }) })
  for (const metric of ['loss', 'secret']) expect((await edit(carol, metric)).status).toBe(200)
  expect((await edit(bob, 'loss')).status).toBe(403)
  const read = await keys.request(`${path}?metric=loss`, bob)
  expect(await read.json()).toMatchObject({ own: { unit: 'nats', said: { username: 'carol' } } })
  const made = await keys.request('/api/projects/lab/p/share-links', carol, {
    method: 'POST',
    body: JSON.stringify({ of: { kind: 'run', runId: 'r1' }, path: '/lab/p/runs/r1' }),
  })
  const { path: link } = (await made.json()) as { path: string }
  const followed = await keys.request(link, undefined, { redirect: 'manual' })
  const cookie = followed.headers.get('set-cookie')?.split(';')[0] ?? ''
  const ask = async (metric: string) =>
    (await (await keys.request(`${path}?metric=${metric}`, undefined, { headers: { cookie } })).json()) as object
  expect(await ask('loss')).toMatchObject({ own: { unit: 'nats' } })
  expect(await ask('secret')).toMatchObject({ own: { unit: null, said: null } })
})

async function logTo(keys: KeysServer, apiKey: string, runId: string, row: object): Promise<void> {
  await keys.graphql(
    'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id } } }',
    { input: { entityName: 'lab', modelName: 'p', name: runId } },
    apiKey,
  )
  await keys.request(`/files/lab/p/${runId}/file_stream`, apiKey, {
    method: 'POST',
    body: JSON.stringify({ files: { 'wandb-history.jsonl': { offset: 0, content: historyLines(0, [row]) } } }),
  })
}

import type { RunResponse } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { historyLines, openTestServer, type TestServer } from './test-server.ts'

interface Bucket {
  readonly name: string
  readonly historyLineCount: number
  readonly config: string
  readonly summaryMetrics: string
}

const upsertDocument = `mutation Upsert($input: UpsertBucketInput!) {
  upsertBucket(input: $input) { inserted bucket { name historyLineCount config summaryMetrics } }
}`
const rewindDocument = `mutation RewindRun($run: String!, $step: Float!) {
  rewindRun(input: {runName: $run, entityName: "local", projectName: "demo", metricName: "_step", metricValue: $step}) {
    rewoundRun { name historyLineCount config summaryMetrics }
  }
}`

async function historyOf(test: TestServer, runId: string): Promise<{ _step: number; [key: string]: unknown }[]> {
  const { project } = await test.graphql<{ project: { run: { history: string[] } } }>(
    `{ project(name: "demo", entityName: "local") { run(name: "${runId}") { history(samples: 9999) } } }`,
  )
  return project.run.history.map((line) => JSON.parse(line) as { _step: number })
}

/** A run with ten rows and a console line. */
async function openParent(): Promise<TestServer> {
  const test = await openTestServer()
  await test.upsert('parent', { config: '{"lr":{"value":0.1}}' })
  const rows = Array.from({ length: 10 }, (_, i) => ({ loss: 10 - i, nested: { best: i } }))
  await test.stream('parent', {
    files: {
      'wandb-history.jsonl': { offset: 0, content: historyLines(0, rows) },
      'output.log': { offset: 0, content: ['2026-01-01T00:00:00.000001 hello'] },
      'wandb-summary.json': { offset: 0, content: ['{"loss":1,"kept":5}'] },
    },
    complete: true,
    exitcode: 0,
  })
  return test
}

function branchConfig(runId: string, step: number): string {
  return JSON.stringify({ _wandb: { value: { branch_point: { run_id: runId, step } } } })
}

test('a fork begins with the rows of its parent up to the step, once', async () => {
  await using test = await openParent()
  const input = { name: 'child', modelName: 'demo', config: branchConfig('parent', 4) }
  for (const inserted of [true, false]) {
    const { upsertBucket } = await test.graphql<{ upsertBucket: { inserted: boolean; bucket: Bucket } }>(
      upsertDocument,
      { input },
    )
    expect(upsertBucket).toMatchObject({ inserted, bucket: { name: 'child', historyLineCount: 5 } })
  }
  await test.stream('child', {
    files: { 'wandb-history.jsonl': { offset: 5, content: historyLines(5, [{ loss: -1 }]) } },
  })
  const rows = await historyOf(test, 'child')
  expect(rows.map((row) => [row._step, row.loss])).toEqual([
    [0, 10],
    [1, 9],
    [2, 8],
    [3, 7],
    [4, 6],
    [5, -1],
  ])
  expect(rows[4]).toMatchObject({ nested: { best: 4 } })
  expect(await historyOf(test, 'parent')).toHaveLength(10)
  // The page sees the inherited curve too.
  expect(await test.get('/api/runs/local/demo/child')).toMatchObject({ run: { lastStep: 5, historyLineCount: 6 } })
})

test.each([
  ['a run that is not there', 'nobody', 4, 404, 'nobody', 'not-found'],
  ['a step that the parent has not reached', 'parent', 10, 422, 'its last is 9', 'step-not-reached'],
])('a fork of %s is refused, and nothing is made', async (_, runId, step, status, message, code) => {
  await using test = await openParent()
  const variables = { input: { name: 'child', modelName: 'demo', config: branchConfig(runId, step) } }
  const response = await test.post('/graphql', { query: upsertDocument, variables })
  expect([response.status, await response.json()]).toMatchObject([
    status,
    { errors: [{ message: expect.stringContaining(message), extensions: { code } }] },
  ])
  expect(await test.store.run({ entity: 'local', project: 'demo', runId: 'child' })).toBeUndefined()
})

test('a run that is taken back has the rows up to the step, the summary that they say, and no console', async () => {
  await using test = await openParent()
  const { rewindRun } = await test.graphql<{ rewindRun: { rewoundRun: Bucket } }>(rewindDocument, {
    run: 'parent',
    step: 3,
  })
  expect(rewindRun.rewoundRun).toMatchObject({ name: 'parent', historyLineCount: 4, config: '{"lr":{"value":0.1}}' })
  expect(JSON.parse(rewindRun.rewoundRun.summaryMetrics)).toMatchObject({ loss: 7, nested: { best: 3 }, _step: 3 })
  expect(rewindRun.rewoundRun.summaryMetrics).not.toContain('kept')
  // The client names its own run as the branch point from then on.
  await test.upsert('parent', { config: branchConfig('parent', 3) })
  await test.stream('parent', {
    files: {
      'wandb-history.jsonl': { offset: 4, content: historyLines(4, [{ loss: -4 }]) },
      'output.log': { offset: 0, content: ['2026-01-01T00:00:00.000001 again'] },
    },
  })
  expect((await historyOf(test, 'parent')).map((row) => row.loss)).toEqual([10, 9, 8, 7, -4])
  expect(await test.get('/api/runs/local/demo/parent/logs')).toMatchObject({ lines: [{ text: 'again' }] })
  // Once more changes nothing when nothing came after.
  await test.graphql(rewindDocument, { run: 'parent', step: 4 })
  expect(await historyOf(test, 'parent')).toHaveLength(5)
})

test('a writer who has gone on from there takes nothing back any more', async () => {
  await using test = await openParent()
  const headers = { 'X-Lossline-Writer': 'second' }
  const rewind = () => test.post('/graphql', { query: rewindDocument, variables: { run: 'parent', step: 3 } }, headers)
  await rewind()
  expect(await historyOf(test, 'parent')).toHaveLength(4)
  const content = historyLines(4, [{ loss: -4 }, { loss: -5 }])
  await test.stream('parent', { files: { 'wandb-history.jsonl': { offset: 0, content } } }, headers)
  await rewind()
  expect((await historyOf(test, 'parent')).map((row) => row.loss)).toEqual([10, 9, 8, 7, -4, -5])
})

test('a run that is not there cannot be taken back, nor one to a step that it has not reached', async () => {
  await using test = await openParent()
  expect(await test.graphql(rewindDocument, { run: 'nobody', step: 1 })).toEqual({ rewindRun: { rewoundRun: null } })
  const far = await test.post('/graphql', { query: rewindDocument, variables: { run: 'parent', step: 99 } })
  const hint = 'Take a step up to 9.'
  expect([far.status, await far.json()]).toMatchObject([
    422,
    { errors: [{ message: expect.stringContaining('its last is 9'), extensions: { code: 'step-not-reached', hint } }] },
  ])
})

/** Headers of W&B's client in shared mode. */
function shared(writer: string): Record<string, string> {
  return { 'x-wandb-use-async-filestream': 'true', 'x-wandb-client-id': writer, 'x-wandb-async-client-id': writer }
}

async function send(test: TestServer, runId: string, headers: Record<string, string>, body: object): Promise<void> {
  const response = await test.request(`/files/local/demo/${runId}/file_stream`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(200)
}

test('writers that share a run add rows, console lines and metrics to it, and retries of each are harmless', async () => {
  await using test = await openTestServer()
  const announce = async (writer: string, input: object) => {
    const body = JSON.stringify({
      query: upsertDocument,
      variables: { input: { name: 'team', modelName: 'demo', ...input } },
    })
    const response = await test.request('/graphql', { method: 'POST', headers: shared(writer), body })
    expect(response.status).toBe(200)
  }
  await announce('a', { tags: ['x'], config: '{"lr":{"value":1},"_wandb":{"value":{"e":{"a":{"host":"h1"}},"t":{}}}}' })
  await announce('b', { tags: [], config: '{"batch":{"value":2},"_wandb":{"value":{"e":{"b":{"host":"h2"}}}}}' })
  const rows = (offset: number, ...losses: number[]) => ({
    'wandb-history.jsonl': { offset, content: losses.map((loss) => JSON.stringify({ loss, _timestamp: 1 })) },
  })
  await send(test, 'team', shared('a'), {
    files: { ...rows(0, 1, 2), 'wandb-summary.json': { offset: 0, content: ['{"a":1,"_wandb":{"runtime":9}}'] } },
  })
  const fromB = {
    files: {
      ...rows(0, 100),
      'wandb-summary.json': { offset: 0, content: ['{"b":2,"_wandb":{"runtime":3}}'] },
      'output.log': { offset: 0, content: ['2026-01-01T00:00:00.000001 [b] from b'] },
    },
  }
  await send(test, 'team', shared('b'), fromB)
  await send(test, 'team', shared('b'), fromB)
  await send(test, 'team', shared('a'), {
    files: { ...rows(2, 3), 'output.log': { offset: 0, content: ['2026-01-01T00:00:00.000001 [a] from a'] } },
  })

  expect((await historyOf(test, 'team')).map((row) => [row._step, row.loss])).toEqual([
    [0, 1],
    [1, 2],
    [2, 100],
    [3, 3],
  ])
  const { run } = await test.get<{ run: object }>('/api/runs/local/demo/team')
  expect(run).toMatchObject({
    tags: ['x'],
    config: { lr: 1, batch: 2 },
    summary: { a: 1, b: 2 },
    runtimeSeconds: 9,
    state: 'running',
  })
  const { lines } = await test.get<{ lines: object[] }>('/api/runs/local/demo/team/logs')
  expect(lines).toMatchObject([
    { label: 'b', text: 'from b' },
    { label: 'a', text: 'from a' },
  ])
  await send(test, 'team', shared('a'), { complete: true, exitcode: 0 })
  expect(await test.get('/api/runs/local/demo/team')).toMatchObject({ run: { state: 'finished' } })
})

test('writers that come one after the other keep their steps, in whatever order they are read', async () => {
  await using test = await openTestServer()
  await test.upsert('again')
  const part = (step: number, rows: object[]) => ({
    files: { 'wandb-history.jsonl': { offset: 0, content: historyLines(step, rows) } },
  })
  await send(test, 'again', { 'x-lossline-writer': 'second' }, part(2, [{ loss: 3 }]))
  await send(test, 'again', { 'x-lossline-writer': 'first' }, part(0, [{ loss: 1 }, { loss: 2 }]))
  await send(test, 'again', { 'x-lossline-writer': 'second' }, part(2, [{ loss: 3 }, { loss: 4 }]))
  expect((await historyOf(test, 'again')).map((row) => row.loss)).toEqual([1, 2, 3, 4])
})

test('an alert is kept, told to the page, and one that was just said is not', async () => {
  await using test = await openParent()
  const alert = (title: string, rest: string) =>
    test.graphql(
      `mutation { notifyScriptableRunAlert(input: {entityName: "local", projectName: "demo", runName: "parent", title: "${title}", text: "t" ${rest}}) { success } }`,
    )
  await alert('loss is NaN', ', severity: WARN, waitDuration: 5000')
  await alert('loss is NaN', ', severity: WARN, waitDuration: 5000')
  await alert('done', '')
  await test.clock.advance(6000)
  await alert('loss is NaN', ', severity: ERROR, waitDuration: 5000')
  const { alerts } = await test.get<{ alerts: object[] }>('/api/runs/local/demo/parent/alerts')
  expect(alerts).toMatchObject([
    { title: 'loss is NaN', level: 'error', text: 't' },
    { title: 'done', level: 'info' },
    { title: 'loss is NaN', level: 'warn' },
  ])
  expect(await test.get('/api/runs/local/demo/parent/alerts?limit=1')).toMatchObject({ alerts: [{ level: 'error' }] })
})

test('a stop that the page asks for is told to the client, until the run is resumed', async () => {
  await using test = await openTestServer()
  await test.upsert('endless')
  const beat = async () => (await (await test.stream('endless', {})).json()) as { stopped: boolean }
  const isRequested = async () => ((await test.get('/api/runs/local/demo/endless')) as RunResponse).run.isStopRequested
  expect([await beat(), await isRequested()]).toEqual([{ stopped: false }, false])
  const stop = () => test.post('/api/runs/local/demo/endless/stop', {})
  expect(await (await stop()).json()).toEqual({ isStopRequested: true })
  expect([await beat(), await isRequested()]).toEqual([{ stopped: true }, true])
  await test.stream('endless', { complete: true, exitcode: 255 })
  expect(await test.get('/api/runs/local/demo/endless')).toMatchObject({ run: { state: 'killed' } })
  await test.upsert('endless')
  expect([await beat(), await isRequested()]).toEqual([{ stopped: false }, false])
  await test.stream('endless', { complete: true, exitcode: 0 })
  expect(await (await stop()).json()).toEqual({ isStopRequested: false })
  expect((await test.post('/api/runs/local/demo/nobody/stop', {})).status).toBe(404)
})

test('names, notes, tags, group and job type can be changed and emptied later', async () => {
  await using test = await openTestServer()
  const { id } = await test.upsert('named', { notes: 'n', tags: ['a'], groupName: 'g', jobType: 'j', displayName: 'd' })
  const edit = (fields: string) =>
    test.graphql(`mutation { upsertBucket(input: {id: "${id}", ${fields}}) { bucket { id } } }`)
  await edit('notes: null, displayName: "new"')
  expect(await test.get('/api/runs/local/demo/named')).toMatchObject({
    run: { displayName: 'new', notes: 'n', tags: ['a'], group: 'g', jobType: 'j' },
  })
  await edit('notes: "", tags: [], groupName: "", jobType: "", displayName: ""')
  expect(await test.get('/api/runs/local/demo/named')).toMatchObject({
    run: { displayName: 'new', notes: '', tags: [], group: '', jobType: '' },
  })
})

test('what a client without a name has sent is not there twice when a writer with a name sends the same journal', async () => {
  await using test = await openTestServer()
  await test.upsert('twice')
  const rows = historyLines(
    0,
    Array.from({ length: 6 }, (_, i) => ({ loss: i })),
  )
  const lines = rows.map((_, i) => `2026-01-01T00:00:00.00000${i} line ${i}`)
  const events = rows.map((_, i) => `{"_wandb":true,"_timestamp":${1_767_225_600.5 + i},"system.cpu":${i}}`)
  const part = (from: number, to: number) => ({
    files: {
      'wandb-history.jsonl': { offset: from, content: rows.slice(from, to) },
      'wandb-events.jsonl': { offset: from, content: events.slice(from, to) },
      'output.log': { offset: from, content: lines.slice(from, to) },
    },
  })
  // The client was killed before it had sent its last line.
  await test.stream('twice', part(0, 5))
  const named = { 'x-lossline-writer': 'journal' }
  for (const [from, to] of [
    [0, 3],
    [3, 6],
    [0, 6],
  ] as const) {
    expect((await test.stream('twice', part(from, to), named)).status).toBe(200)
  }
  const run = await test.server.runs.find({ entity: 'local', project: 'demo', runId: 'twice' })
  expect(run).toMatchObject({ historyLineCount: 6, eventsLineCount: 6, logLineCount: 6 })
  expect((await historyOf(test, 'twice')).map(({ loss }) => loss)).toEqual([0, 1, 2, 3, 4, 5])
  const kept = await test.store.lines({ run: run?.id ?? 0, from: 0, limit: 99 })
  expect(kept.map(({ text }) => text)).toEqual(lines)
})

import type { BestPointsResponse, MetricsResponse, RunMark, RunMarksResponse, SeriesX } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { logArtifact } from './artifact-client.ts'
import { historyLines, openTestServer, type TestServer } from './test-server.ts'

const project = '/api/projects/local/demo'
/** When the rows of `historyLines` begin. */
const beginMs = 1_767_225_600_000

async function marksOf(test: TestServer, runId: string, x: SeriesX): Promise<readonly RunMark[]> {
  const response = await test.post(`${project}/runs/marks`, { runIds: [runId], x })
  expect(response.status).toBe(200)
  return ((await response.json()) as RunMarksResponse).runs[0]!.marks
}

function send(test: TestServer, runId: string, fromStep: number, rows: readonly object[], more: object = {}) {
  const content = historyLines(0, rows).map((line, i) => line.replace(/"_step":\d+/, `"_step":${fromStep + i}`))
  return test.stream(runId, { files: { 'wandb-history.jsonl': { offset: fromStep, content } }, ...more })
}

test('a run’s moments are told with the step that it was at, and where that is on an axis', async () => {
  await using test = await openTestServer({ startMs: beginMs })
  await test.upsert('a')
  await send(
    test,
    'a',
    0,
    Array.from({ length: 50 }, (_, i) => ({ epoch: i / 10 })),
  )
  await test.clock.advance(20_500)
  await test.graphql(
    `mutation ($input: NotifyScriptableRunAlertInput!) { notifyScriptableRunAlert(input: $input) { success } }`,
    {
      input: {
        entityName: 'local',
        projectName: 'demo',
        runName: 'a',
        title: 'Loss is high',
        text: 't',
        severity: 'WARN',
      },
    },
  )
  await test.clock.advance(1)
  await logArtifact(test, { runName: 'a', name: 'cnn', type: 'model', aliases: ['best'], input: { historyStep: 30 } })
  await logArtifact(test, { runName: 'a', name: 'run-a-t', type: 'run_table', input: { historyStep: 31 } })
  await test.clock.advance(39_999)
  await test.stream('a', { complete: true, exitcode: 1 })
  await test.clock.advance(1000)
  await test.upsert('a')
  expect(await marksOf(test, 'a', { kind: 'metric', key: 'epoch' })).toMatchObject([
    { kind: 'alert', level: 'warn', title: 'Loss is high', step: 20, x: 2, atMs: beginMs + 20_500 },
    { kind: 'artifact', collection: 'cnn', version: 'v0', aliases: ['best'], step: 30, x: 3 },
    { kind: 'ended', state: 'failed', step: 49, x: 4.9 },
    { kind: 'resumed', step: 49, atMs: beginMs + 61_500 },
  ])
  const on = async (x: SeriesX) => (await marksOf(test, 'a', x)).map((mark) => mark.x)
  expect(await on({ kind: 'step' })).toEqual([20, 30, 49, 49])
  expect(await on({ kind: 'relative' })).toEqual([20, 30, 49, 49])
  expect((await on({ kind: 'wall' }))[0]).toBe(beginMs / 1000 + 20.5)
  expect(await on({ kind: 'expression', expression: 'epoch * 2' })).toEqual([null, null, null, null])
  expect(await on({ kind: 'metric', key: 'never' })).toEqual([null, null, null, null])
})

test('a run ends at its last step, whatever its rows say of the time', async () => {
  await using test = await openTestServer({ startMs: beginMs })
  await test.upsert('a')
  // The rows are a second apart: the last one is four seconds ahead of the server's clock.
  const rows = Array.from({ length: 5 }, (_, i) => ({ epoch: i + 1 }))
  await send(test, 'a', 0, rows, { complete: true, exitcode: 0 })
  expect(await marksOf(test, 'a', { kind: 'step' })).toMatchObject([{ kind: 'ended', step: 4, x: 4 }])
  expect(await marksOf(test, 'a', { kind: 'metric', key: 'epoch' })).toMatchObject([{ kind: 'ended', x: 5 }])
})

test('a run goes on where it was, also when all its rows are older than what the server heard', async () => {
  await using test = await openTestServer({ startMs: beginMs + 3_600_000 })
  await test.upsert('a')
  await test.upsert('a')
  await test.stream('a', { complete: true, exitcode: 1 })
  await test.upsert('a')
  await send(test, 'a', 0, [{ loss: 1 }, { loss: 2 }, { loss: 3 }], { complete: true, exitcode: 1 })
  await test.upsert('a')
  await send(test, 'a', 3, [{ loss: 4 }, { loss: 5 }], { complete: true, exitcode: 0 })
  const told = (await marksOf(test, 'a', { kind: 'step' })).map(({ kind, step, x }) => [kind, step, x])
  expect(told).toEqual([
    ['ended', null, null],
    ['resumed', null, null],
    ['ended', 2, 2],
    ['resumed', 2, 2],
    ['ended', 4, 4],
  ])
})

test('rows say when a run went on whose folder is read an hour later', async () => {
  await using test = await openTestServer({ startMs: beginMs + 3_600_000 })
  const environments = { w: { startedAt: new Date(beginMs - 5000).toISOString() } }
  await test.upsert('a', { config: JSON.stringify({ _wandb: { value: { e: environments } } }) })
  const summary = { offset: 0, content: [JSON.stringify({ _timestamp: beginMs / 1000 + 1 })] }
  const rows = historyLines(0, [{ loss: 1 }, { loss: 2 }, { loss: 3 }])
  const files = { 'wandb-history.jsonl': { offset: 0, content: rows.slice(0, 2) }, 'wandb-summary.json': summary }
  await test.stream('a', { files, complete: true, exitcode: 1 })
  await test.upsert('a')
  await test.stream('a', { files: { 'wandb-history.jsonl': { offset: 2, content: rows.slice(2) } } })
  const on = async (kind: 'wall' | 'relative-wall') => (await marksOf(test, 'a', { kind })).map((mark) => mark.x)
  expect(await on('wall')).toEqual([beginMs / 1000 + 1, beginMs / 1000 + 2])
  expect(await on('relative-wall')).toEqual([6, 7])
})

test('a run that is heard of again goes on before the rows that it brings', async () => {
  await using test = await openTestServer({ startMs: beginMs })
  await test.upsert('a')
  await send(test, 'a', 0, [{ loss: 1 }, { loss: 2 }])
  const { id } = (await test.store.run({ entity: 'local', project: 'demo', runId: 'a' }))!
  await test.server.runs.markLost({ entity: 'local', project: 'demo', runId: 'a' }, 'process gone')
  await send(test, 'a', 2, [{ loss: 3 }, { loss: 4 }])
  expect((await test.store.stateChanges(id)).map(({ state, lastStep }) => [state, lastStep])).toEqual([
    ['running', -1],
    ['crashed', 1],
    ['running', 1],
  ])
  expect(await marksOf(test, 'a', { kind: 'step' })).toMatchObject([
    { kind: 'ended', step: 1 },
    { kind: 'resumed', step: 1 },
  ])
})

test('of what happened often, the newest hundred of each kind are told, and how many more there are', async () => {
  await using test = await openTestServer({ startMs: beginMs })
  await test.upsert('a')
  await send(test, 'a', 0, [{ loss: 1 }])
  await logArtifact(test, { runName: 'a', name: 'cnn', type: 'model' })
  for (let i = 0; i < 101; i += 1) {
    await logArtifact(test, { runName: 'a', name: `run-a-t${i}`, type: 'run_table', files: { t: `${i}` } })
  }
  const found = (await test.store.run({ entity: 'local', project: 'demo', runId: 'a' }))!.id
  const alert = { kind: 'put-alert', run: found, level: 'info', text: '', quietMs: 0, nowMs: beginMs } as const
  await test.store.write(Array.from({ length: 1205 }, (_, i) => ({ ...alert, title: `${i}` })))
  for (let i = 0; i < 52; i += 1) {
    await test.stream('a', { complete: true, exitcode: 0 })
    await test.upsert('a')
  }
  const response = await test.post(`${project}/runs/marks`, { runIds: ['a'], x: { kind: 'step' } })
  const { marks, omittedCount } = ((await response.json()) as RunMarksResponse).runs[0]!
  const titles = marks.flatMap((mark) => (mark.kind === 'alert' ? mark.title : []))
  expect([titles.length, new Set(titles).has('1204'), new Set(titles).has('1104')]).toEqual([100, true, false])
  expect(marks.flatMap((mark) => (mark.kind === 'artifact' ? mark.collection : []))).toEqual(['cnn'])
  expect(marks.filter(({ kind }) => kind === 'ended' || kind === 'resumed')).toHaveLength(100)
  expect(omittedCount).toBe(1105 + 4)
})

test('a run that went on from another one’s history says where', async () => {
  await using test = await openTestServer()
  await test.upsert('a')
  await send(test, 'a', 0, [{ loss: 1 }, { loss: 2 }, { loss: 3 }])
  const config = JSON.stringify({ _wandb: { value: { branch_point: { run_id: 'a', step: 1 } } } })
  await test.upsert('b', { config })
  expect(await marksOf(test, 'b', { kind: 'step' })).toEqual([
    { kind: 'forked', fromRunId: 'a', atMs: null, step: 1, x: 1 },
  ])
  expect(await marksOf(test, 'gone', { kind: 'step' })).toEqual([])
})

test('the best point of a metric is found among many, by its direction', async () => {
  await using test = await openTestServer()
  await test.upsert('a')
  await test.upsert('b')
  const values = Array.from({ length: 5000 }, (_, i) => Math.sin(i) + 2)
  values[3210] = -1.5
  values[3300] = -1.5
  await send(
    test,
    'a',
    0,
    values.map((loss, i) => ({ loss, epoch: i / 10 })),
  )
  await send(test, 'b', 0, [{ loss: 'NaN' }])
  const best = async (goal: string, x: SeriesX) => {
    const response = await test.post(`${project}/runs/best-points`, {
      runIds: ['a', 'b', 'gone'],
      key: 'loss',
      goal,
      x,
    })
    return ((await response.json()) as BestPointsResponse).points
  }
  expect(await best('minimize', { kind: 'metric', key: 'epoch' })).toEqual([
    { step: 3210, value: -1.5, x: 321 },
    null,
    null,
  ])
  const highest = Math.max(...values)
  expect(await best('maximize', { kind: 'step' })).toEqual([
    { step: values.indexOf(highest), value: highest, x: values.indexOf(highest) },
    null,
    null,
  ])
})

test('whoever keeps one end of a metric in the summary says which direction is good', async () => {
  await using test = await openTestServer()
  // Field 7 is what the summary keeps: 1 its least, 2 its largest value; 8 the goal.
  const m = [
    { 1: 'loss', 7: [1] },
    { 1: 'acc', 7: [2] },
    { 1: 'lr', 7: [1, 2] },
    { 1: 'score', 7: [1], 8: 2 },
  ]
  await test.upsert('a', { config: JSON.stringify({ _wandb: { value: { m } } }) })
  await send(test, 'a', 0, [{ loss: 1, acc: 1, lr: 1, score: 1 }])
  const { metrics } = await test.get<MetricsResponse>(`${project}/metrics`)
  const goals = Object.fromEntries(metrics.map(({ key, goal }) => [key, goal]))
  expect(goals).toMatchObject({ loss: 'minimize', acc: 'maximize', lr: null, score: 'maximize' })
})

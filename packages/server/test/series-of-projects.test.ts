import { decodeSeriesFrame, type GroupSeries, type RawSeries, type SeriesFrame } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { openKeysServer } from './keys-server.ts'
import { historyLines, openTestServer, type TestServer } from './test-server.ts'

const source = { key: 'loss', x: { kind: 'step' } }
const request = { entity: 'local', project: 'demo', ...source, buckets: 16 }
const runsOf = (project: string, ...runIds: string[]) => ({ entity: 'local', project, runIds })

async function log(test: TestServer, project: string, runId: string, losses: readonly number[]): Promise<void> {
  await test.upsert(runId, { modelName: project, displayName: `${runId} of ${project}` })
  const content = historyLines(
    0,
    losses.map((loss) => ({ loss })),
  )
  const body = JSON.stringify({ files: { 'wandb-history.jsonl': { offset: 0, content } } })
  const response = await test.request(`/files/local/${project}/${runId}/file_stream`, { method: 'POST', body })
  expect(response.status).toBe(200)
}

async function frameOf(response: Response): Promise<SeriesFrame> {
  expect(response.status).toBe(200)
  return decodeSeriesFrame(new Uint8Array(await response.arrayBuffer()))
}

test('runs of several projects come in one frame, also where they have the same id', async () => {
  await using test = await openTestServer()
  await log(test, 'demo', 'a', [1, 2])
  await log(test, 'other', 'a', [5, 6, 7])
  await log(test, 'other', 'b', [8])
  const groups = [
    { name: 'here', runIds: ['a'] },
    { name: 'there', runIds: ['a', 'b'], of: { entity: 'local', project: 'other' } },
  ]
  const others = [runsOf('other', 'b', 'a'), runsOf('gone', 'a')]
  const { series } = await frameOf(await test.post('/api/series', { ...request, runIds: ['a'], others, groups }))
  const runs = series.slice(0, 4) as readonly RawSeries[]
  expect(runs.map(({ runId, y }) => [runId, ...y])).toEqual([['a', 1, 2], ['b', 8], ['a', 5, 6, 7], ['a']])
  const [here, there] = series.slice(4) as readonly GroupSeries[]
  expect([here!.size, here!.centre[0], there!.size, there!.centre[0]]).toEqual([1, 1, 2, 6.5])
})

test('smoothing refers to the runs of all projects that are looked at', async () => {
  await using test = await openTestServer()
  await log(test, 'demo', 'a', [1, 2, 3, 4])
  await log(test, 'other', 'long', Array.from({ length: 1000 }).fill(1) as number[])
  const smoothed = async (runs: object): Promise<number> => {
    const smoothing = { kind: 'time-weighted-ema', weight: 0.9 }
    const { series } = await frameOf(await test.post('/api/series', { ...request, smoothing, ...runs }))
    return (series[0] as RawSeries).smoothed.at(-1)!
  }
  const alone = await smoothed({ runIds: ['a'] })
  const beside = await smoothed({ runIds: ['a'], others: [runsOf('other')] })
  expect(beside).not.toBe(alone)
  // Which of them is drawn, and from where somebody looks, changes no curve.
  expect(await smoothed({ runIds: ['a'], others: [runsOf('other', 'long')] })).toBe(beside)
  expect(await smoothed({ project: 'other', runIds: [], others: [runsOf('demo', 'a')] })).toBe(beside)
})

test('how many runs a request may name counts those of all projects', async () => {
  await using test = await openTestServer()
  const ids = Array.from({ length: 501 }, (_, i) => `r${i}`)
  const asked = { ...request, runIds: ids, others: [runsOf('other', ...ids)] }
  expect((await test.post('/api/series', asked)).status).toBe(400)
  expect((await test.post('/api/series', { ...request, runIds: [], others: [runsOf('other')] })).status).toBe(400)
})

test('every point of runs of several projects says where it is from', async () => {
  await using test = await openTestServer()
  await log(test, 'demo', 'a', [1])
  await log(test, 'other', 'a', [5])
  const asked = { entity: 'local', project: 'demo', runIds: ['a'], others: [runsOf('other', 'a')], ...source }
  const csv = await test.post('/api/series/points', { ...asked, format: 'csv' })
  expect((await csv.text()).trim().split('\r\n')).toEqual([
    'project,run,run id,_step,loss',
    'local/demo,a of demo,a,0,1',
    'local/other,a of other,a,0,5',
  ])
  const json = await test.post('/api/series/points', { ...asked, format: 'json' })
  expect(await json.json()).toEqual([
    { project: 'local/demo', run: 'a of demo', runId: 'a', x: 0, value: 1 },
    { project: 'local/other', run: 'a of other', runId: 'a', x: 0, value: 5 },
  ])
})

/** Ana with an open run, and Ben with a run of his own. */
async function openTwo() {
  const keys = await openKeysServer()
  const [ana, ben] = [await keys.addUser('ana'), await keys.addUser('ben')]
  for (const [user, key, losses] of [
    ['ana', ana, [1, 2, 3]],
    ['ben', ben, [7]],
  ] as const) {
    const input = { entityName: user, modelName: 'p', name: 'r', displayName: `sesame of ${user}` }
    await keys.graphql(
      'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id } } }',
      { input },
      key,
    )
    const content = historyLines(
      0,
      losses.map((loss) => ({ loss })),
    )
    const body = JSON.stringify({ files: { 'wandb-history.jsonl': { offset: 0, content } } })
    await keys.request(`/files/${user}/p/r/file_stream`, key, { method: 'POST', body })
  }
  return { keys, ana, ben, [Symbol.asyncDispose]: () => keys[Symbol.asyncDispose]() }
}

test('of a project that somebody may not see a request shows nothing, whatever of their own is in it', async () => {
  await using world = await openTwo()
  const { keys, ana, ben } = world
  const place = { entity: 'ben', project: 'p' }
  const groups = [{ name: 'g', runIds: ['r'], of: { entity: 'ana', project: 'p' } }]
  const smoothing = { kind: 'time-weighted-ema', weight: 0.9 }
  const ask = (path: string, more: object, init: RequestInit = {}, apiKey?: string) =>
    keys.request(path, apiKey, { ...init, method: 'POST', body: JSON.stringify({ ...place, ...source, ...more }) })
  const both = {
    buckets: 16,
    smoothing,
    groups,
    runIds: ['r'],
    others: [{ entity: 'ana', project: 'p', runIds: ['r'] }],
  }
  const nothing = { buckets: 16, smoothing, groups: [{ ...groups[0], of: { entity: 'ana', project: 'gone' } }] }
  const none = { ...nothing, runIds: ['r'], others: [{ entity: 'ana', project: 'gone', runIds: ['r'] }] }

  const hidden = await frameOf(await ask('/api/series', both, {}, ben))
  expect(hidden.series.map(({ pointCount }) => pointCount)).toEqual([1, 0, 0])
  expect(hidden).toEqual(await frameOf(await ask('/api/series', none, {}, ben)))
  const points = await ask('/api/series/points', { runIds: [], others: both.others, format: 'csv' }, {}, ben)
  expect(await points.text()).not.toContain('sesame')
  // She may not see his either.
  const asAna = await frameOf(await ask('/api/series', both, {}, ana))
  expect(asAna.series.map(({ pointCount }) => pointCount)).toEqual([0, 3, 3])

  const made = await keys.request('/api/projects/ben/p/share-links', ben, {
    method: 'POST',
    body: JSON.stringify({ of: { kind: 'project' }, path: '/ben/p' }),
  })
  const { path } = (await made.json()) as { readonly path: string }
  const cookie = (await keys.request(path)).headers.get('set-cookie')?.split(';')[0] ?? ''
  const shared = await frameOf(await ask('/api/series', both, { headers: { cookie } }))
  expect(shared).toEqual(hidden)
  const theirs = await keys.request('/api/projects/ana/p', undefined, { headers: { cookie } })
  expect(theirs.status).toBe(404)
  const body = JSON.stringify({ columns: ['config.lr'] })
  const listed = await keys.request('/api/projects/ana/p/runs/query', undefined, {
    method: 'POST',
    body,
    headers: { cookie },
  })
  expect(await listed.json()).toMatchObject({ total: 0, runs: [] })
})

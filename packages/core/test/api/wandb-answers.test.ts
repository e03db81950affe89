import { describe, expect, test } from 'vitest'
import { Api } from '../../src/index.ts'
import { openFakeServer, silence } from './fake-server.ts'

const sweep = {
  id: 'U3dlZXA6MQ==',
  name: 'q1w2e3r4',
  displayName: 'brisk sweep',
  method: 'bayes',
  state: 'RUNNING',
  description: null,
  bestLoss: 0.25,
  config: 'method: bayes\nparameters:\n  lr: {min: 0.1, max: 1.0}\n',
  createdAt: '2026-01-02T03:04:05',
  runCount: 2,
  runCountExpected: null,
}
const runNode = {
  id: 'UnVuOjE=',
  name: 'r1',
  displayName: 'calm-river-1',
  state: 'finished',
  createdAt: '2026-01-02T03:04:05',
  heartbeatAt: '2026-01-02T03:05:05.5Z',
  tags: [],
  config: '{"lr":{"desc":null,"value":NaN},"wandb_version":1,"_wandb":{"value":{"t":{}}}}',
  summaryMetrics: '{"loss":0.25,"big":9007199254740993}',
  historyLineCount: 12,
  user: { username: 'ada' },
}
const lastPage = { endCursor: null, hasNextPage: false }

describe("a server with W&B's answers", () => {
  test('has sweeps, whose runs are those of the sweep alone', async () => {
    await using server = await openFakeServer({
      Viewer: () => ({
        viewer: {
          id: '1',
          entity: 'ada',
          username: 'ada',
          email: null,
          teams: { edges: [{ node: { name: 'team' } }] },
        },
      }),
      GetSweep: ({ variables }) => ({ project: { sweep: variables.name === 'q1w2e3r4' ? sweep : null } }),
      GetSweeps: ({ variables }) => {
        const isFirst = variables.cursor === null
        const edges = [{ node: { ...sweep, name: isFirst ? 'a' : 'b' }, cursor: isFirst ? 'c1' : 'c2' }]
        return { project: { totalSweeps: 2, sweeps: { edges, pageInfo: { endCursor: 'x', hasNextPage: isFirst } } } }
      },
      Runs: () => ({ project: { runs: { edges: [{ node: runNode, cursor: 'c' }], pageInfo: lastPage } } }),
    })
    await using api = new Api({ baseUrl: server.url, apiKey: 'k'.repeat(40), project: 'digits' })
    expect(await api.viewer()).toEqual({ username: 'ada', email: undefined, entity: 'ada', teams: ['team'] })
    const found = await api.sweep('q1w2e3r4')
    expect(found).toMatchObject({ id: 'q1w2e3r4', name: 'brisk sweep', path: 'ada/digits/q1w2e3r4', state: 'RUNNING' })
    expect(found).toMatchObject({ method: 'bayes', bestLoss: 0.25, runCount: 2, expectedRunCount: undefined })
    expect(found.createdAt).toEqual(new Date('2026-01-02T03:04:05Z'))
    expect(found.configYaml).toBe(sweep.config)
    expect(found.url).toBe(`${server.url}/ada/digits/sweeps/q1w2e3r4`)
    expect((await api.sweeps().toArray()).map(({ id }) => id)).toEqual(['a', 'b'])

    const best = await found.bestRun('+summary.loss')
    expect(best).toMatchObject({ id: 'r1', name: 'calm-river-1', username: 'ada', config: { lr: Number.NaN } })
    expect(best?.summary).toEqual({ loss: 0.25, big: 9007199254740993n })
    const asked = server.questions.findLast(({ operationName }) => operationName === 'Runs')?.variables
    expect(asked).toMatchObject({ order: '+summary_metrics.loss', perPage: 1, entity: 'ada', project: 'digits' })
    expect(JSON.parse(String(asked?.filters))).toEqual({ $and: [{ sweep: 'q1w2e3r4' }, {}] })
    await expect(api.sweep('other')).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('ada/digits/other'),
    })
  })

  test('asks for filters and orders in its words', async () => {
    await using server = await openFakeServer({
      Runs: () => ({ project: { runs: { edges: [], pageInfo: lastPage } } }),
    })
    await using api = new Api({ baseUrl: server.url, entity: 'ada', project: 'digits' })
    const filters = {
      'summary.val/loss': { $lt: Number.POSITIVE_INFINITY },
      displayName: /^cnn$/i,
      createdAt: { $gt: new Date(0) },
      $or: [{ tags: 'a' }, { name: { $not: { $regex: /x/ } } }],
    }
    await api.runs(undefined, { filters, order: '-summary.val/loss' }).toArray()
    const variables = server.questions[0]?.variables ?? {}
    expect(variables.order).toBe('-summary_metrics.val/loss')
    expect(variables.filters).toBe(
      '{"summary_metrics.val/loss":{"$lt":Infinity},"displayName":{"$regex":"(?i)^cnn$"},"createdAt":{"$gt":"1970-01-01T00:00:00.000Z"},' +
        '"$or":[{"tags":"a"},{"name":{"$not":{"$regex":"x"}}}]}',
    )
  })

  test('that thins out what is more than a page loses no row', async () => {
    const steps = [0, 1, 2, 500, 501, 502, 503, 504, 505, 900]
    await using server = await openFakeServer({
      Run: () => ({ project: { run: runNode } }),
      RunHistoryKeys: () => ({ project: { run: { historyKeys: { lastStep: 900, keys: {} } } } }),
      HistoryPage: ({ variables }) => {
        const { minStep, maxStep, pageSize } = variables as { minStep: number; maxStep: number; pageSize: number }
        const inside = steps.filter((step) => step >= minStep && step < maxStep)
        const thinned = inside.filter(
          (_, index) => inside.length <= pageSize || index % Math.ceil(inside.length / pageSize) === 0,
        )
        return { project: { run: { history: thinned.map((step) => `{"_step":${step}}`) } } }
      },
    })
    await using api = new Api({ baseUrl: server.url, entity: 'ada', project: 'digits' })
    const run = await api.run('r1')
    const rows = await Array.fromAsync(run.scanHistory({ pageSize: 3 }))
    expect(rows.map(({ _step }) => _step)).toEqual(steps)
    expect(server.questions.length).toBeLessThan(30)
  })

  test('without a feature is said to lack it, and a project that is not there is not found', async () => {
    await using server = await openFakeServer({ GetProject: () => ({ project: null }) })
    await using api = new Api({ baseUrl: server.url, entity: 'ada', project: 'digits' })
    await expect(api.sweep('x')).rejects.toMatchObject({ code: 'unsupported-by-server' })
    await expect(api.project()).rejects.toMatchObject({ code: 'not-found' })
  })

  test('has versions of artifacts that ask as the Api does: no longer, and in its words', async () => {
    const collection = { name: 'mnist', project: { name: 'digits', entity: { name: 'ada' } } }
    const artifact = {
      id: '1',
      artifactSequence: collection,
      artifactType: { name: 'dataset' },
      state: 'COMMITTED',
      digest: 'd',
    }
    const membership = { versionIndex: 0, artifactCollection: collection, artifact }
    await using server = await openFakeServer({
      ArtifactMembershipByName: () => ({ project: { artifactCollectionMembership: membership } }),
      ArtifactUsedBy: () => silence,
    })
    await using api = new Api({ baseUrl: server.url, entity: 'ada', project: 'digits', timeoutMs: 500 })
    const version = await api.artifact('mnist:v0')
    await expect(version.loggedBy()).rejects.toMatchObject({ code: 'unsupported-by-server' })
    await expect(version.usedBy()).rejects.toMatchObject({ code: 'server-request' })
  })

  test('that does not say who is asking needs the entity named', async () => {
    await using server = await openFakeServer({ Viewer: () => ({ viewer: null }) })
    await using api = new Api({ baseUrl: server.url, project: 'digits' })
    await expect(api.run('x')).rejects.toMatchObject({ code: 'entity-unknown' })
    await expect(api.viewer()).rejects.toMatchObject({ code: 'not-found' })
  })
})

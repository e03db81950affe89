import { expect, test } from 'vitest'
import { logArtifact, refusalOf } from './artifact-client.ts'
import { historyLines, openTestServer } from './test-server.ts'

/** Reads of what is not there, as W&B's client words them, and what it takes for "there is none". */
const questions: readonly (readonly [what: string, query: string, variables: object, data: object])[] = [
  [
    'project',
    'query ($n: String!, $e: String!) { project(name: $n, entityName: $e) { id } }',
    { n: 'x', e: 'local' },
    { project: null },
  ],
  [
    'project of an unknown entity',
    'query ($n: String!, $e: String!) { project(name: $n, entityName: $e) { id } }',
    { n: 'demo', e: 'nobody' },
    { project: null },
  ],
  [
    'project without a name',
    'query ($n: String, $e: String) { model(name: $n, entityName: $e) { id } }',
    { n: null, e: null },
    { model: null },
  ],
  [
    'run to resume',
    'query ($p: String, $e: String, $n: String!) { model(name: $p, entityName: $e) { bucket(name: $n, missingOk: true) { id } } }',
    { p: 'demo', e: 'local', n: 'nobody' },
    { model: { bucket: null } },
  ],
  [
    'run without a name, described at length',
    'query Project($entity: String!, $name: String!, $runName: String!, $desc: String!) { project(entityName: $entity, name: $name) { run(name: $runName, desc: $desc) { name summaryMetrics } } }',
    { entity: 'nobody', name: 'demo', runName: '', desc: 'x'.repeat(2_000_000) },
    { project: null },
  ],
  [
    'run',
    '{ project(name: "demo") { run(name: "nobody") { id } bucket(name: "nobody") { id } } }',
    {},
    { project: { run: null, bucket: null } },
  ],
  [
    'stop of a run',
    'query ($projectName: String, $entityName: String, $runId: String!) { project(name: $projectName, entityName: $entityName) { run(name: $runId) { stopped } } }',
    { projectName: 'demo', entityName: null, runId: 'nobody' },
    { project: { run: null } },
  ],
  [
    'runs that a filter finds',
    '{ project(name: "demo") { runCount(filters: "{\\"group\\":\\"x\\"}") runs(filters: "{\\"group\\":\\"x\\"}") { edges { cursor } pageInfo { hasNextPage endCursor } } } }',
    {},
    {
      project: { runCount: 0, runs: { edges: [], pageInfo: { hasNextPage: false, endCursor: null } } },
    },
  ],
  [
    'projects of an entity',
    '{ models(entityName: "nobody") { edges { cursor } pageInfo { hasNextPage } } }',
    {},
    { models: { edges: [], pageInfo: { hasNextPage: false } } },
  ],
  ['entity', '{ entity(name: "nobody") { id isTeam } }', {}, { entity: null }],
  [
    'organization of an entity',
    '{ entity(name: "local") { organization { coreWeaveOrganizationId } } }',
    {},
    { entity: { organization: null } },
  ],
  [
    'organization',
    '{ organization(name: "x") { featureFlags(rampIDType: OrgName) { rampKey isEnabled } } }',
    {},
    { organization: null },
  ],
  ['users', '{ users(query: "nobody") { edges { cursor } } }', {}, { users: { edges: [] } }],
  ['view', '{ view(id: "Vmlldzo5OTk=") { id } }', {}, { view: null }],
  [
    'sweeps',
    '{ project(name: "demo") { totalSweeps sweep(sweepName: "x") { id } sweeps { edges { cursor } pageInfo { hasNextPage } } } }',
    {},
    { project: { totalSweeps: 0, sweep: null, sweeps: { edges: [], pageInfo: { hasNextPage: false } } } },
  ],
  ['artifact', '{ artifact(id: "QXJ0aWZhY3Q6OTk5") { id } }', {}, { artifact: null }],
  [
    'values of a run',
    '{ project(name: "demo") { run(name: "bare") { wandbConfig(keys: ["t"]) historyTail eventsTail historyLineCount eventsLineCount logLineCount config summaryMetrics systemMetrics tags history(samples: 9) events(samples: 9) sampledHistory(specs: ["{\\"keys\\":[\\"x\\"],\\"samples\\":9}"]) fileCount logLines(first: 9) { edges { cursor } pageInfo { hasNextPage } } } } }',
    {},
    {
      project: {
        run: {
          wandbConfig: '{}',
          historyTail: '[]',
          eventsTail: '[]',
          historyLineCount: 0,
          eventsLineCount: 0,
          logLineCount: 0,
          config: '{}',
          summaryMetrics: '{}',
          systemMetrics: '{}',
          tags: [],
          history: [],
          events: [],
          sampledHistory: [[]],
          fileCount: 0,
          logLines: { edges: [], pageInfo: { hasNextPage: false } },
        },
      },
    },
  ],
  [
    'file of a run, which has a place all the same',
    '{ project(name: "demo") { run(name: "bare") { files(names: ["x.txt"]) { edges { node { name sizeBytes md5 updatedAt } } } } } }',
    {},
    { project: { run: { files: { edges: [{ node: { name: 'x.txt', sizeBytes: 0, md5: '0', updatedAt: null } }] } } } },
  ],
  [
    'files that a pattern finds',
    '{ project(name: "demo") { run(name: "bare") { files(pattern: "x%") { edges { cursor } pageInfo { hasNextPage } } } } }',
    {},
    { project: { run: { files: { edges: [], pageInfo: { hasNextPage: false } } } } },
  ],
]

test.each(questions)('a missing %s is an answer with status 200 and no error', async (_, query, variables, data) => {
  await using test = await openTestServer()
  await test.upsert('bare')
  expect(await test.graphql(query, variables)).toEqual(data)
})

test('the time that a run computed adds up over its resumptions, and stays known in between', async () => {
  await using test = await openTestServer()
  const runtime = async () => {
    const { run } = await test.get<{ run: { runtimeSeconds: number } }>('/api/runs/local/demo/r1')
    return run.runtimeSeconds
  }
  const log = (offset: number, line: object, summary: object, rest: object = {}) =>
    test.stream('r1', {
      files: {
        'wandb-history.jsonl': { offset, content: [JSON.stringify(line)] },
        'wandb-summary.json': { offset: 0, content: [JSON.stringify(summary)] },
      },
      ...rest,
    })
  await test.upsert('r1')
  await log(0, { _step: 0, _runtime: 9.5 }, { _runtime: 9.5, _wandb: { runtime: 10 } }, { complete: true, exitcode: 0 })
  expect(await runtime()).toBe(10)
  await test.clock.advance(3_600_000)
  await test.upsert('r1')
  // An hour passed, in which nothing was computed.
  expect(await runtime()).toBe(10)
  const status = await test.graphql(
    '{ model(name: "demo") { bucket(name: "r1", missingOk: true) { historyTail summaryMetrics } } }',
  )
  expect(JSON.stringify(status)).toMatch(/_runtime.{1,9}9\.5.+runtime.{1,9}10/)
  await log(1, { _step: 1, _runtime: 14.5 }, { _runtime: 14.5, _wandb: { runtime: 15 } })
  expect(await runtime()).toBe(15)
  const filters = JSON.stringify({ duration: { $gte: 14, $lt: 16 } })
  expect(
    await test.graphql('query ($filters: JSONString) { project(name: "demo") { runCount(filters: $filters) } }', {
      filters,
    }),
  ).toEqual({ project: { runCount: 1 } })
})

test('a state has its cause and the time of its end, which goes when the run goes on', async () => {
  await using test = await openTestServer()
  const { id } = await test.upsert('r1')
  const state = async () => {
    const { run } = await test.get<{ run: Record<string, unknown> }>('/api/runs/local/demo/r1')
    const { state, stateCause, exitCode, finishedAtMs } = run
    return { state, stateCause, exitCode, finishedAtMs }
  }
  const alive = { stateCause: '', exitCode: null, finishedAtMs: null }
  expect(await state()).toEqual({ state: 'running', ...alive })
  await test.stream('r1', { preempting: true })
  expect(await state()).toEqual({ state: 'preempting', ...alive, stateCause: 'preemption announced' })
  await test.stream('r1', {})
  expect(await state()).toEqual({ state: 'running', ...alive })
  await test.stream('r1', { preempting: true })
  await test.clock.advance(1000)
  await test.stream('r1', { complete: true, exitcode: 143 })
  const endedAtMs = test.clock.now()
  const preempted = { state: 'preempted', stateCause: 'exit code 143', exitCode: 143, finishedAtMs: endedAtMs }
  expect(await state()).toEqual(preempted)
  await test.upsert('r1')
  expect(await state()).toEqual({ state: 'running', ...alive })
  await test.graphql(`mutation { stopRun(input: { id: "${id}" }) { success } }`)
  await test.stream('r1', { complete: true, exitcode: 1 })
  expect(await state()).toMatchObject({ state: 'killed', stateCause: 'stop requested, exit code 1', exitCode: 1 })
  await test.upsert('r1')
  await test.stream('r1', { complete: true, exitcode: 255 })
  expect(await state()).toMatchObject({ state: 'killed', stateCause: 'exit code 255' })
  await test.upsert('r1')
  await test.graphql(`mutation { updateRunState(input: { id: "${id}", state: "failed" }) { success } }`)
  expect(await state()).toMatchObject({ state: 'failed', stateCause: 'set by a user' })
  await test.graphql(`mutation { updateRunState(input: { id: "${id}", state: "pending" }) { success } }`)
  expect(await state()).toMatchObject({ state: 'pending', finishedAtMs: null })
  const query = `mutation { updateRunState(input: { id: "${id}", state: "finished" }) { success } }`
  const refused = await test.post('/graphql', { query })
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('invalid state transition')])
})

const upsertBucket = 'mutation ($i: UpsertBucketInput!) { upsertBucket(input: $i) { inserted } }'

test('no new entity is called as addresses of the server and its page begin, whatever would make it', async () => {
  await using test = await openTestServer()
  await test.upsert('r1')
  const { id: artifactID } = await logArtifact(test, { files: { f: '1' } })
  const makers = {
    upsertBucket: (entityName: string) => [upsertBucket, { entityName, modelName: 'p', name: 'r' }],
    upsertModel: (entityName: string) => [
      'mutation ($i: UpsertModelInput!) { upsertModel(input: $i) { inserted } }',
      { entityName, name: 'p' },
    ],
    moveRuns: (destinationEntityName: string) => [
      'mutation ($i: MoveRunsInput!) { moveRuns(input: $i) { success } }',
      { sourceEntityName: 'local', sourceProjectName: 'demo', destinationEntityName, destinationProjectName: 'p' },
    ],
    createArtifactType: (entityName: string) => [
      'mutation ($i: CreateArtifactTypeInput!) { createArtifactType(input: $i) { artifactType { id } } }',
      { entityName, projectName: 'p', name: 'model' },
    ],
    createArtifact: (entityName: string) => [
      'mutation ($i: CreateArtifactInput!) { createArtifact(input: $i) { artifact { id } } }',
      {
        entityName,
        projectName: 'p',
        artifactTypeName: 'model',
        artifactCollectionNames: null,
        artifactCollectionName: 'm',
        digest: 'x',
        digestAlgorithm: 'MANIFEST_MD5',
      },
    ],
    linkArtifact: (entityName: string) => [
      'mutation ($i: LinkArtifactInput!) { linkArtifact(input: $i) { versionIndex } }',
      { artifactID, artifactPortfolioName: 'models', entityName, projectName: 'p' },
    ],
  } satisfies Record<string, (entity: string) => [document: string, input: object]>
  for (const [what, toRequest] of Object.entries(makers)) {
    const [document, i] = toRequest('help')
    expect(await refusalOf(test, document, { i }), what).toMatch(
      /^No new entity can be named "help": addresses of the server and its page begin with admin, api, .*, static\.$/,
    )
    expect(await test.store.projects('help'), what).toEqual([])
  }
  for (const entityName of ['api', 'settings', 's']) {
    expect(await refusalOf(test, upsertBucket, { i: { entityName, modelName: 'p', name: 'r' } })).toContain(entityName)
  }
})

test('an entity that had such a name before goes on: logged to, read, with new projects and with what moves there', async () => {
  await using test = await openTestServer()
  const nowMs = test.clock.now()
  await test.store.write([{ kind: 'put-project', entity: 'help', name: 'old', nowMs }])
  await test.upsert('r0')
  for (const modelName of ['old', 'new']) {
    const announced = await test.graphql(upsertBucket, { i: { entityName: 'help', modelName, name: 'r1' } })
    expect(announced).toEqual({ upsertBucket: { inserted: true } })
    const files = { 'wandb-history.jsonl': { offset: 0, content: historyLines(0, [{ loss: 1 }, { loss: 0.5 }]) } }
    expect((await test.post(`/files/help/${modelName}/r1/file_stream`, { files })).status).toBe(200)
    const { run } = await test.get<{ run: object }>(`/api/runs/help/${modelName}/r1`)
    expect(run).toMatchObject({ entity: 'help', project: modelName, lastStep: 1 })
  }
  await logArtifact(test, { runName: 'r1', files: { f: '1' }, input: { entityName: 'help', projectName: 'old' } })
  await test.graphql('mutation ($i: MoveRunsInput!) { moveRuns(input: $i) { success } }', {
    i: {
      sourceEntityName: 'local',
      sourceProjectName: 'demo',
      destinationEntityName: 'help',
      destinationProjectName: 'old',
    },
  })
  const read = `{ project(name: "old", entityName: "help") {
    runs(order: "+created_at") { edges { node { name historyLineCount } } }
  } }`
  expect(await test.graphql(read)).toEqual({
    project: {
      runs: { edges: [{ node: { name: 'r0', historyLineCount: 0 } }, { node: { name: 'r1', historyLineCount: 2 } }] },
    },
  })
})

import { expect, test } from 'vitest'
import { openTestServer } from './test-server.ts'

// The documents of W&B's client 0.28 to 0.30, shortened to what they read.
const upsertDocument = `
mutation UpsertBucket($id: String, $name: String, $project: String, $entity: String, $groupName: String,
  $description: String, $displayName: String, $notes: String, $commit: String, $config: JSONString, $host: String,
  $debug: Boolean, $program: String, $repo: String, $jobType: String, $state: String, $sweep: String,
  $tags: [String!], $summaryMetrics: JSONString) {
  upsertBucket(input: {id: $id, name: $name, groupName: $groupName, modelName: $project, entityName: $entity,
    description: $description, displayName: $displayName, notes: $notes, config: $config, commit: $commit, host: $host,
    debug: $debug, jobProgram: $program, jobRepo: $repo, jobType: $jobType, state: $state, sweep: $sweep, tags: $tags,
    summaryMetrics: $summaryMetrics}) {
    bucket { id name displayName description config sweepName project { id name entity { id name } } historyLineCount }
    inserted
  }
}`

const resumeDocument = `
query RunResumeStatus($project: String, $entity: String, $name: String!) {
  model(name: $project, entityName: $entity) {
    id name entity { id name }
    bucket(name: $name, missingOk: true) {
      id name summaryMetrics displayName logLineCount historyLineCount eventsLineCount historyTail eventsTail config tags
      notes wandbConfig(keys: ["t"])
    }
  }
}`

const nulls = {
  id: null,
  entity: null,
  groupName: null,
  description: null,
  displayName: null,
  notes: null,
  commit: null,
  debug: null,
  repo: null,
  jobType: null,
  state: null,
  sweep: null,
  tags: null,
  summaryMetrics: null,
}

const firstConfig = '{"lr":{"value":0.1},"_wandb":{"value":{"t":{"5":"0.28.2"},"m":[]}}}'

test('init, log, finish: the whole exchange', async () => {
  await using test = await openTestServer()

  const probe = await test.request('/sdk/otel/v1/metrics', { method: 'POST' })
  expect(probe.status).toBe(404)
  // Whoever asks: any other status would start telemetry.
  const foreign = { host: 'gpu.example', origin: 'http://gpu.example' }
  const stranger = await test.request('/sdk/otel/v1/logs', { method: 'POST', headers: foreign })
  expect(stranger.status).toBe(404)

  const { viewer } = await test.graphql<{ viewer: object }>(
    'query Viewer { viewer { id entity username email flags teams { edges { node { name } } } } }',
  )
  expect(viewer).toMatchObject({ entity: 'local', username: 'local', flags: '{}' })

  const { serverInfo } = await test.graphql<{ serverInfo: { features: object[] } }>(
    'query ServerFeaturesQuery { serverInfo { features { name isEnabled } } }',
  )
  expect(serverInfo.features).toContainEqual({ name: 'MARK_RUN_FILES_UPLOADED', isEnabled: true })

  const first = await test.graphql<{ upsertBucket: { inserted: boolean; bucket: Record<string, unknown> } }>(
    upsertDocument,
    {
      ...nulls,
      name: '8k2x0q1z',
      project: 'demo',
      config: firstConfig,
      host: 'box',
      program: 'train.py',
    },
  )
  expect(first.upsertBucket).toMatchObject({
    inserted: true,
    bucket: {
      name: '8k2x0q1z',
      config: firstConfig,
      sweepName: null,
      historyLineCount: 0,
      project: { name: 'demo', entity: { name: 'local' } },
    },
  })
  expect(first.upsertBucket.bucket.displayName).toMatch(/^[a-z]+-[a-z]+/)
  expect(first.upsertBucket.bucket.id).toEqual(expect.any(String))

  const organization = await test.graphql(
    'query O($entityName: String!) { entity(name: $entityName) { organization { coreWeaveOrganizationId } } }',
    { entityName: 'local' },
  )
  expect(organization).toEqual({ entity: { organization: null } })

  const events = ['{"_wandb":true,"system.cpu":3.1,"_runtime":0.1,"_timestamp":1767225600.1}']
  const sent = await test.stream('8k2x0q1z', { files: { 'wandb-events.jsonl': { offset: 0, content: events } } })
  expect([sent.status, await sent.json()]).toEqual([200, { stopped: false }])

  const later = await test.graphql<{ upsertBucket: { inserted: boolean } }>(upsertDocument, {
    ...nulls,
    name: '8k2x0q1z',
    project: 'demo',
    entity: 'local',
    config:
      '{"lr":{"value":0.1},"_wandb":{"value":{"t":{"5":"0.28.2"},"m":[],"e":{"w1":{"os":"Linux","host":"box"}}}}}',
    host: null,
    program: null,
  })
  expect(later.upsertBucket.inserted).toBe(false)

  const files = ['wandb-metadata.json', 'a dir/ünïcode %.txt']
  const { createRunFiles } = await test.graphql<{
    createRunFiles: { runID: string; uploadHeaders: string[]; files: { name: string; uploadUrl: string }[] }
  }>(
    `mutation CreateRunFiles($entity: String!, $project: String!, $run: String!, $files: [String!]!) {
      createRunFiles(input: {entityName: $entity, projectName: $project, runName: $run, files: $files}) {
        runID uploadHeaders files { name uploadUrl }
      }
    }`,
    { entity: 'local', project: 'demo', run: '8k2x0q1z', files },
  )
  expect(createRunFiles).toMatchObject({ uploadHeaders: [], files: files.map((name) => ({ name })) })
  for (const { name, uploadUrl } of createRunFiles.files) {
    const put = await test.request(uploadUrl, { method: 'PUT', body: `content of ${name}` })
    expect(put.status).toBe(200)
  }

  const last = await test.stream('8k2x0q1z', {
    files: {
      'wandb-history.jsonl': {
        offset: 0,
        content: ['{"loss":1,"nested":{"a":NaN},"_timestamp":1767225601.0,"_runtime":0.05,"_step":0}'],
      },
      'wandb-summary.json': {
        offset: 0,
        content: ['{"loss":1,"best":Infinity,"_step":0,"_runtime":0,"_wandb":{"runtime":7}}'],
      },
      'output.log': {
        offset: 0,
        content: ['2026-01-01T00:00:00.000001 hello', 'ERROR 2026-01-01T00:00:00.000002 oops'],
      },
    },
    uploaded: files,
    complete: true,
    exitcode: 0,
  })
  expect(await last.json()).toEqual({ stopped: false })

  const { run } = await test.get<{ run: Record<string, unknown> }>('/api/runs/local/demo/8k2x0q1z')
  expect(run).toMatchObject({
    state: 'finished',
    exitCode: 0,
    lastStep: 0,
    host: 'box',
    program: 'train.py',
    config: { lr: 0.1 },
    summary: { loss: 1, best: 'Infinity', _step: 0, _runtime: 0 },
    metadata: { os: 'Linux', host: 'box' },
    runtimeSeconds: 7,
    historyLineCount: 1,
    logLineCount: 2,
  })
  const logs = await test.get('/api/runs/local/demo/8k2x0q1z/logs')
  expect(logs).toEqual({
    lineCount: 2,
    lines: [
      { number: 0, timestamp: '2026-01-01T00:00:00.000001', level: 'info', text: 'hello' },
      { number: 1, timestamp: '2026-01-01T00:00:00.000002', level: 'error', text: 'oops' },
    ],
  })

  const { model } = await test.graphql<{ model: { bucket: Record<string, unknown> } }>(resumeDocument, {
    project: 'demo',
    entity: 'local',
    name: '8k2x0q1z',
  })
  expect(model.bucket).toMatchObject({
    historyLineCount: 1,
    eventsLineCount: 1,
    logLineCount: 2,
    wandbConfig: '{"t":{"5":"0.28.2"}}',
    tags: [],
    notes: '',
  })
  const tail = JSON.parse(model.bucket.historyTail as string) as string[]
  expect(tail).toHaveLength(1)
  expect(tail[0]).toMatch(/^\{"_step":0,/)
  expect(tail[0]).toContain('"nested":{"a":NaN}')

  const listed = await test.graphql<{ project: { run: { files: { edges: { node: Record<string, unknown> }[] } } } }>(
    `query Files($names: [String]) { project(name: "demo", entityName: "local") { run(name: "8k2x0q1z") {
      fileCount files(names: $names) { edges { node { name sizeBytes md5 updatedAt directUrl } } } } } }`,
    { names: ['./wandb-metadata.json', 'missing.txt'] },
  )
  const [metadata, missing] = listed.project.run.files.edges.map((edge) => edge.node)
  expect(metadata).toMatchObject({ name: './wandb-metadata.json', sizeBytes: 30 })
  expect(missing).toMatchObject({ name: 'missing.txt', sizeBytes: 0, md5: '0', updatedAt: null })
  const download = await test.request(metadata!.directUrl as string)
  expect(await download.text()).toBe('content of wandb-metadata.json')
  expect(download.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''wandb-metadata.json")
})

test('resuming a run or project that is missing answers null, not an error', async () => {
  await using test = await openTestServer()
  const missing = { project: 'demo', entity: 'local', name: 'nope' }
  expect(await test.graphql(resumeDocument, missing)).toEqual({ model: null })
  await test.upsert('a')
  expect(await test.graphql(resumeDocument, missing)).toMatchObject({ model: { bucket: null } })
})

test('a later upsert of nulls changes nothing, an empty list clears the tags', async () => {
  await using test = await openTestServer()
  await test.upsert('a', { tags: ['x', 'y'], notes: 'n', groupName: 'g', displayName: 'calm' })
  await test.upsert('a', { tags: null, notes: null, groupName: null, displayName: null, config: '{"k":{"value":1}}' })
  const read = () => test.get<{ run: object }>('/api/runs/local/demo/a')
  expect((await read()).run).toMatchObject({
    tags: ['x', 'y'],
    notes: 'n',
    group: 'g',
    displayName: 'calm',
    config: { k: 1 },
  })
  await test.upsert('a', { tags: [] })
  expect((await read()).run).toMatchObject({ tags: [] })
})

test('an edit by storage id leaves the state alone, an announcement starts the run again', async () => {
  await using test = await openTestServer()
  const { id } = await test.upsert('a')
  await test.stream('a', { complete: true, exitcode: 3 })
  const state = async () => (await test.get<{ run: { state: string; exitCode: number } }>('/api/runs/local/demo/a')).run
  expect(await state()).toMatchObject({ state: 'failed', exitCode: 3, stateCause: 'exit code 3' })
  await test.graphql(
    'mutation E($id: String) { upsertBucket(input: {id: $id, summaryMetrics: "{\\"a\\":1}"}) { bucket { id } } }',
    { id },
  )
  expect(await state()).toMatchObject({ state: 'failed', summary: { a: 1 } })
  await test.upsert('a', { id })
  expect(await state()).toMatchObject({ state: 'running', exitCode: null })
})

test('a silent run that announced its preemption is written down as preempted, also where no other runs', async () => {
  await using test = await openTestServer()
  await test.upsert('a')
  await test.stream('a', { preempting: true })
  const at = { entity: 'local', project: 'demo', runId: 'a' }
  expect(await test.store.run(at)).toMatchObject({ state: 'preempting' })
  await test.clock.advance(21 * 60_000)
  await expect
    .poll(() => test.store.run(at))
    .toMatchObject({
      state: 'preempted',
      stateCause: expect.stringContaining('no heartbeat'),
      finishedAtMs: expect.any(Number),
    })
})

test('a run that is sent long after ended when it says so, and one that fell silent when it was last heard', async () => {
  await using test = await openTestServer()
  const at = { entity: 'local', project: 'demo', runId: 'late' }
  const startedAtMs = test.clock.now() - 7 * 86_400_000
  const environment = { startedAt: new Date(startedAtMs).toISOString() }
  const config = JSON.stringify({ _wandb: { value: { t: {}, e: { writer: environment } } } })
  await test.upsert('late', { config })
  const summary = (values: object) => ({
    'wandb-summary.json': { offset: 0, content: [JSON.stringify({ loss: 1, ...values })] },
  })
  await test.clock.advance(60_000)
  const files = summary({ _runtime: 90.25, _timestamp: startedAtMs / 1000 + 90, _wandb: { runtime: 95 } })
  await test.stream('late', { files, complete: true, exitcode: 0 })
  expect(await test.store.run(at)).toMatchObject({ createdAtMs: startedAtMs, finishedAtMs: startedAtMs + 95_000 })

  // A clock that was ahead ends no run in the future, and without any time it ends now.
  await test.upsert('ahead')
  await test.stream('ahead', { files: summary({ _timestamp: 9e9 }), complete: true, exitcode: 0 })
  expect(await test.store.run({ ...at, runId: 'ahead' })).toMatchObject({ finishedAtMs: test.clock.now() })

  await test.upsert('silent')
  const heardAtMs = test.clock.now()
  await test.clock.advance(21 * 60_000)
  const silent = () => test.store.run({ ...at, runId: 'silent' })
  await expect.poll(silent).toMatchObject({ state: 'crashed', finishedAtMs: heardAtMs })
})

test('of a run that goes on, neither the store nor W&B is told how it ended before', async () => {
  await using test = await openTestServer()
  await test.upsert('a')
  await test.stream('a', { complete: true, exitcode: 3 })
  const at = { entity: 'local', project: 'demo', runId: 'a' }
  expect(await test.store.run(at)).toMatchObject({ exitCode: 3, finishedAtMs: test.clock.now() })
  await test.upsert('a')
  expect(await test.store.run(at)).toMatchObject({ state: 'running', exitCode: undefined, finishedAtMs: undefined })
  const { project } = await test.graphql<{ project: object }>(
    '{ project(name: "demo", entityName: "local") { run(name: "a") { state exitcode } } }',
  )
  expect(project).toEqual({ run: { state: 'running', exitcode: null } })
})

test('environments of earlier processes are kept when a resumed run sends its own', async () => {
  await using test = await openTestServer()
  await test.upsert('a', { config: '{"_wandb":{"value":{"e":{"w1":{"os":"Linux","gpu":"x"}}}}}' })
  await test.upsert('a', { config: '{"lr":{"value":1},"_wandb":{"value":{"t":{},"e":{"w2":{"os":"Darwin"}}}}}' })
  const { run } = await test.get<{ run: object }>('/api/runs/local/demo/a')
  expect(run).toMatchObject({ config: { lr: 1 }, metadata: { os: 'Darwin', gpu: 'x' } })
})

test('a run that is announced long after it began has the time at which it began', async () => {
  await using test = await openTestServer()
  const config = (startedAt: string) => JSON.stringify({ _wandb: { value: { e: { w: { startedAt } } } } })
  const createdAtMs = async (runId: string) =>
    (await test.get<{ run: { createdAtMs: number } }>(`/api/runs/local/demo/${runId}`)).run.createdAtMs
  await test.upsert('old', { config: config('2025-03-01T10:00:00.000Z') })
  await test.upsert('future', { config: config('2999-01-01T00:00:00Z') })
  await test.upsert('odd', { config: config('yesterday') })
  expect(await createdAtMs('old')).toBe(Date.UTC(2025, 2, 1, 10))
  expect(await createdAtMs('future')).toBe(test.clock.now())
  expect(await createdAtMs('odd')).toBe(test.clock.now())
})

test('a stop is told with the next request, and the run then counts as killed', async () => {
  await using test = await openTestServer()
  const { id } = await test.upsert('a')
  expect(
    await test.graphql('mutation S($id: ID!) { stopRun(input: {id: $id}) { success clientMutationId } }', { id }),
  ).toEqual({
    stopRun: { success: true, clientMutationId: null },
  })
  expect(await (await test.stream('a', {})).json()).toEqual({ stopped: true })
  await test.stream('a', { complete: true, exitcode: 1 })
  expect(await test.get('/api/runs/local/demo/a')).toMatchObject({ run: { state: 'killed' } })
})

test('a silent run is crashed after five minutes, and healed by the next request', async () => {
  await using test = await openTestServer()
  await test.upsert('a')
  const state = async () => (await test.get<{ run: object }>('/api/runs/local/demo/a')).run
  await test.clock.advance(4.5 * 60_000)
  expect(await state()).toMatchObject({ state: 'running' })
  await test.stream('a', {})
  await test.clock.advance(4.9 * 60_000)
  expect(await state()).toMatchObject({ state: 'running' })
  await test.clock.advance(0.2 * 60_000)
  expect(await state()).toMatchObject({ state: 'crashed', stateCause: expect.stringContaining('no heartbeat since') })
  await test.clock.advance(60_000)
  // The sweeper has written it down.
  const stored = () => test.store.run({ entity: 'local', project: 'demo', runId: 'a' })
  await expect.poll(stored).toMatchObject({ state: 'crashed' })
  await test.stream('a', {})
  expect(await state()).toMatchObject({ state: 'running', stateCause: '' })
})

test('what is not implemented fails at once: HTTP 400 and a message', async () => {
  await using test = await openTestServer()
  for (const query of [
    'mutation { createReport(input: {}) { report { id } } }',
    'query { project(name: "a") { automations(first: 1) { id } } }',
    'query {',
    'query A { viewer { id } } query B { viewer { id } }',
  ]) {
    const response = await test.post('/graphql', { query, variables: {}, operationName: '' })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ errors: [expect.objectContaining({ message: expect.any(String) })] })
  }
  for (const body of ['not json', '{"variables":{}}', '[]'])
    expect((await test.post('/graphql', body)).status).toBe(400)
})

test('mutations on what does not exist answer 404, so that nobody retries for minutes', async () => {
  await using test = await openTestServer()
  for (const query of [
    'mutation { stopRun(input: {id: "99"}) { success } }',
    'mutation { deleteRun(input: {id: "x"}) { clientMutationId } }',
    'mutation { upsertBucket(input: {id: "99", notes: "n"}) { bucket { id } } }',
    'mutation { createRunFiles(input: {entityName: "local", projectName: "demo", runName: "no", files: ["a"]}) { runID } }',
  ]) {
    expect([query, (await test.post('/graphql', { query })).status]).toEqual([query, 404])
  }
  expect((await test.stream('no', {})).status).toBe(404)
})

test('names that the client would refuse are refused here too', async () => {
  await using test = await openTestServer()
  for (const input of [
    { name: 'a/b' },
    { name: 'a', modelName: 'x#y' },
    { name: 'a', tags: [''] },
    { name: 'a', config: '[]' },
  ]) {
    const query = 'mutation U($input: UpsertBucketInput!) { upsertBucket(input: $input) { inserted } }'
    const response = await test.post('/graphql', { query, variables: { input } })
    expect([input, response.status]).toEqual([input, 400])
  }
})

test('states by name follow the rules', async () => {
  await using test = await openTestServer()
  const { id } = await test.upsert('a')
  const set = (state: string) =>
    test.post('/graphql', {
      query: 'mutation U($input: UpdateRunStateInput!) { updateRunState(input: $input) { success } }',
      variables: { input: { id, state } },
    })
  expect((await set('failed')).status).toBe(200)
  expect((await set('pending')).status).toBe(200)
  const illegal = await set('finished')
  expect([illegal.status, await illegal.json()]).toMatchObject([
    422,
    {
      errors: [
        {
          message: 'invalid state transition: from "pending" to "finished"',
          extensions: { code: 'invalid-state-transition', hint: expect.stringContaining('can be set to failed') },
        },
      ],
    },
  ])
})

test('an upload link works for one file, one method, and a day', async () => {
  await using test = await openTestServer()
  await test.upsert('a')
  const { createRunFiles } = await test.graphql<{ createRunFiles: { files: { uploadUrl: string }[] } }>(
    `mutation { createRunFiles(input: {entityName: "local", projectName: "demo", runName: "a", files: ["x"]}) {
      files { uploadUrl } } }`,
  )
  const url = createRunFiles.files[0]!.uploadUrl
  const put = async (link: string) => (await test.request(link, { method: 'PUT', body: 'x' })).status
  expect(await put(url)).toBe(200)
  expect(await put(url.replace('name=x', 'name=y'))).toBe(401)
  expect(await put(url.replace(/signature=./, 'signature=!'))).toBe(401)
  expect((await test.request(url)).status).toBe(401)
  await test.clock.advance(25 * 60 * 60_000)
  const late = await test.request(url, { method: 'PUT', body: 'x' })
  expect([late.status, await late.json()]).toMatchObject([
    401,
    {
      error: 'This link is not valid, or not any more.',
      code: 'unauthorized',
      hint: 'Ask for a new one: links to uploads and exported histories are valid for a day, links to files for an hour.',
    },
  ])
})

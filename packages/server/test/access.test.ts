import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { openSqliteStore } from '@lossline/store'
import { openTemporaryDirectory } from '@lossline/testing'
import { buildSchema } from 'graphql'
import { describe, expect, test } from 'vitest'
import { schemaText } from '../src/wandb/schema/schema-text.ts'
import { createExpectedPaths } from './api-paths.ts'
import { announceFiles, type LoggedArtifact, logArtifact } from './artifact-client.ts'
import { type Answered, type KeysServer, openKeysServer } from './keys-server.ts'
import { historyLines, type TestServer } from './test-server.ts'

const mutationFields = buildSchema(schemaText).getMutationType()!.getFields()

/** Stands in everything that only people of the team may see. */
const marker = 'sesame'

interface World extends AsyncDisposable {
  readonly keys: KeysServer
  readonly apiKeys: Readonly<Record<'eve' | 'bob' | 'carol' | 'root', string>>
  readonly run: { readonly id: string }
  readonly artifact: LoggedArtifact
  readonly pending: LoggedArtifact
  readonly ids: Readonly<
    Record<
      | 'sequence'
      | 'portfolio'
      | 'manifest'
      | 'member'
      | 'view'
      | 'project'
      | 'sweep'
      | 'agent'
      | 'sweepName'
      | 'trashedSweep',
      string
    >
  >
  /** One part of a file of the pending version has arrived. */
  readonly upload: { readonly etag: string; readonly storagePath: string; readonly uploadID: string }
  /** Of everything in the database but when keys were used. */
  digest(): string
}

/** Team `lab` (admin: carol, reader: bob) with a project full of secrets; eve is a user outside, root an admin. */
async function openWorld(): Promise<World> {
  const directory = await openTemporaryDirectory()
  const path = directory.join('store.db')
  const keys = await openKeysServer({ store: await openSqliteStore({ path, groupCommitMs: 0 }) })
  const [eve, bob, carol, root] = [
    await keys.addUser('eve'),
    await keys.addUser('bob'),
    await keys.addUser('carol'),
    await keys.addUser('root', { admin: true }),
  ]
  await keys.admin('PUT', '/teams/lab')
  await keys.admin('PUT', '/teams/lab/members/carol', { role: 'admin' })
  await keys.admin('PUT', '/teams/lab/members/bob', { role: 'reader' })
  const asCarol = toTestServer(keys, carol)
  const upsert = `mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id } } }`
  const input = {
    entityName: 'lab',
    modelName: 'p',
    name: 'r1',
    displayName: `${marker} name`,
    notes: `${marker} notes`,
    tags: [`${marker}-tag`],
    config: JSON.stringify({ [`${marker}_lr`]: { value: 1 }, _wandb: { value: { t: {} } } }),
  }
  const { data } = await keys.graphql(upsert, { input }, carol)
  await keys.request('/files/lab/p/r1/file_stream', carol, {
    method: 'POST',
    body: JSON.stringify({
      files: {
        'wandb-history.jsonl': {
          offset: 0,
          content: historyLines(0, [{ [`${marker}_loss`]: 1 }, { [`${marker}_loss`]: 2 }]),
        },
        'wandb-summary.json': { offset: 0, content: [JSON.stringify({ [`${marker}_loss`]: 2 })] },
        'output.log': { offset: 0, content: [`${marker} line`] },
      },
    }),
  })
  const files = `mutation ($input: RunFilesInput!) { createRunFiles(input: $input) { files { uploadUrl } } }`
  const names = { entityName: 'lab', projectName: 'p', runName: 'r1', files: ['f.txt'] }
  const slots = await keys.graphql(files, { input: names }, carol)
  await keys.request(slots.data.createRunFiles.files[0].uploadUrl, undefined, { method: 'PUT', body: marker })
  const place = { input: { entityName: 'lab', projectName: 'p' } }
  const artifact = await logArtifact(asCarol, { name: `${marker}-data`, files: { 'a.txt': marker }, ...place })
  const pending = await logArtifact(asCarol, {
    name: `${marker}-draft`,
    files: { 'b.txt': `${marker} 2` },
    isFinal: false,
    ...place,
  })
  const part = `${marker} part`
  const partMd5 = createHash('md5').update(part)
  const hexMD5 = partMd5.copy().digest('hex')
  const [slot] = await announceFiles(asCarol, [
    {
      artifactID: pending.id,
      name: 'c.bin',
      md5: partMd5.digest('base64'),
      uploadPartsInput: [{ partNumber: 1, hexMD5 }],
    },
  ])
  const { uploadID, uploadUrlParts } = slot!.uploadMultipartUrls!
  await keys.request(uploadUrlParts[0]!.uploadUrl, undefined, { method: 'PUT', body: part })
  const link = `mutation ($input: LinkArtifactInput!) {
    linkArtifact(input: $input) { artifactMembership { artifactCollection { id } } }
  }`
  const linked = await keys.graphql(
    link,
    {
      input: { artifactID: artifact.id, artifactPortfolioName: `${marker}-links`, entityName: 'lab', projectName: 'p' },
    },
    carol,
  )
  const manifest = await keys.graphql(
    `mutation ($input: CreateArtifactManifestInput!) { createArtifactManifest(input: $input) { artifactManifest { id } } }`,
    {
      input: {
        artifactID: pending.id,
        name: 'wandb_manifest.json',
        digest: '',
        entityName: 'lab',
        projectName: 'p',
        runName: 'r1',
      },
    },
    carol,
  )
  const gone = await keys.graphql(upsert, { input: { ...input, name: 'gone' } }, carol)
  await keys.graphql(
    'mutation ($id: ID!) { deleteRun(input: { id: $id }) { success } }',
    { id: gone.data.upsertBucket.bucket.id },
    carol,
  )
  const view = await keys.graphql(
    'mutation ($input: UpsertViewInput!) { upsertView(input: $input) { view { id } } }',
    { input: { entityName: 'lab', projectName: 'p', name: 'v', type: 'runs', spec: `{"a":"${marker} spec"}` } },
    carol,
  )
  const sweep = await keys.graphql(
    'mutation ($input: UpsertSweepInput!) { upsertSweep(input: $input) { sweep { id name } } }',
    { input: { entityName: 'lab', projectName: 'p', config: `method: random\ndescription: ${marker} search` } },
    carol,
  )
  const agent = await keys.graphql(
    'mutation ($input: CreateAgentInput!) { createAgent(input: $input) { agent { id } } }',
    {
      input: {
        entityName: 'lab',
        projectName: 'p',
        sweep: sweep.data.upsertSweep.sweep.name,
        host: `${marker}-box`,
      },
    },
    carol,
  )
  const doomed = await keys.graphql(
    'mutation ($input: UpsertSweepInput!) { upsertSweep(input: $input) { sweep { id name } } }',
    { input: { entityName: 'lab', projectName: 'p', config: `method: random\ndescription: ${marker} search` } },
    carol,
  )
  await keys.graphql(
    'mutation ($id: ID!) { deleteSweep(input: { id: $id }) { success } }',
    { id: doomed.data.upsertSweep.sweep.id },
    carol,
  )
  const found = await keys.graphql(
    `query ($id: ID!) {
      artifact(id: $id) { artifactSequence { id } } entity(name: "lab") { members { id name } }
      project(name: "p", entityName: "lab") { id }
    }`,
    { id: artifact.id },
    carol,
  )
  const digest = (): string => {
    const database = new DatabaseSync(path, { readOnly: true })
    const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).all()
    const hash = createHash('sha256')
    for (const { name } of tables) {
      for (const row of database.prepare(`SELECT * FROM "${String(name)}"`).all()) {
        // Whoever is refused has used a key all the same.
        hash.update(JSON.stringify({ ...row, last_used_at_ms: undefined }))
      }
    }
    database.close()
    return hash.digest('hex')
  }
  return {
    keys,
    apiKeys: { eve, bob, carol, root },
    run: { id: data.upsertBucket.bucket.id },
    artifact,
    pending,
    ids: {
      sequence: found.data.artifact.artifactSequence.id,
      portfolio: linked.data.linkArtifact.artifactMembership.artifactCollection.id,
      manifest: manifest.data.createArtifactManifest.artifactManifest.id,
      view: view.data.upsertView.view.id,
      sweep: sweep.data.upsertSweep.sweep.id,
      agent: agent.data.createAgent.agent.id,
      sweepName: sweep.data.upsertSweep.sweep.name,
      trashedSweep: doomed.data.upsertSweep.sweep.name,
      project: found.data.project.id,
      member: found.data.entity.members.find((member: Answered) => member.name === 'bob').id,
    },
    upload: { etag: `"${hexMD5}"`, storagePath: slot!.storagePath, uploadID },
    digest,
    async [Symbol.asyncDispose]() {
      await keys[Symbol.asyncDispose]()
      await directory[Symbol.asyncDispose]()
    },
  }
}

/** What the helpers that log artifacts need, as one user. */
function toTestServer(keys: KeysServer, apiKey: string): TestServer {
  const partial: Pick<TestServer, 'graphql' | 'request'> = {
    graphql: async (query, variables = {}) => {
      const { status, data, errors } = await keys.graphql(query, variables, apiKey)
      expect({ status, errors }).toEqual({ status: 200, errors: undefined })
      return data
    },
    request: (path, init) => keys.request(path, undefined, init),
  }
  return partial as TestServer
}

const names = { entityName: 'lab', projectName: 'p', runName: 'r1' }
const success = '{ success }'

/** Every mutation on what belongs to the team: its input, and what is asked of the answer. */
const mutations: Readonly<Record<string, (world: World) => readonly [input: object, selection: string]>> = {
  upsertBucket: () => [{ entityName: 'lab', modelName: 'p', name: 'r1', notes: 'x' }, '{ bucket { id } }'],
  updateRunState: ({ run }) => [{ id: run.id, state: 'failed' }, success],
  stopRun: ({ run }) => [{ id: run.id }, success],
  rewindRun: () => [{ ...names, metricName: '_step', metricValue: 0 }, '{ rewoundRun { id } }'],
  deleteRun: ({ run }) => [{ id: run.id }, success],
  createRunFiles: () => [{ ...names, files: ['x'] }, '{ files { name uploadUrl } }'],
  markRunFilesUploaded: () => [{ ...names, files: ['x'] }, success],
  deleteFiles: ({ run }) => [{ files: [`${run.id}/f.txt`] }, success],
  notifyScriptableRunAlert: () => [{ ...names, title: 't', text: 'x' }, success],
  upsertModel: () => [{ entityName: 'lab', name: 'p', description: 'x' }, '{ project { id } }'],
  renameProject: () => [
    { entityName: 'lab', oldProjectName: 'p', newProjectName: 'q' },
    '{ project { id name } inserted }',
  ],
  deleteModel: ({ ids }) => [{ id: ids.project }, success],
  moveRuns: () => [
    { sourceEntityName: 'lab', sourceProjectName: 'p', destinationEntityName: 'lab', destinationProjectName: 'q' },
    '{ success runCount }',
  ],
  upsertView: ({ ids }) => [{ id: ids.view, displayName: 'x' }, '{ view { id } }'],
  deleteView: ({ ids }) => [{ id: ids.view }, success],
  upsertSweep: ({ ids }) => [{ id: ids.sweep, displayName: 'x' }, '{ sweep { id } }'],
  deleteSweep: ({ ids }) => [{ id: ids.sweep }, success],
  createAgent: ({ ids }) => [
    { entityName: 'lab', projectName: 'p', sweep: ids.sweepName, host: 'box' },
    '{ agent { id } }',
  ],
  agentHeartbeat: ({ ids }) => [{ id: ids.agent, runState: '{"r1":true}' }, '{ agent { id } commands }'],
  enqueueSweepRun: ({ ids }) => [{ id: ids.sweep, config: '{"lr":0.1}' }, '{ id }'],
  createCustomChart: () => [
    { entity: 'lab', name: 'c', displayName: 'C', type: 'vega2', access: 'PRIVATE', spec: '{}' },
    '{ chart { id } }',
  ],
  createInvite: () => [{ entityName: 'lab', username: 'eve' }, '{ invite { id } }'],
  deleteInvite: ({ ids }) => [{ entityName: 'lab', id: ids.member }, success],
  createServiceAccount: () => [{ entityName: 'lab', description: '' }, '{ user { id } }'],
  createArtifact: () => [
    { entityName: 'lab', projectName: 'p', artifactTypeName: 'dataset', digest: 'd', artifactCollectionName: 'new' },
    '{ artifact { id } }',
  ],
  createArtifactManifest: ({ pending }) => [
    { ...names, artifactID: pending.id, name: 'wandb_manifest.json', digest: 'AAAAAAAAAAAAAAAAAAAAAA==' },
    '{ artifactManifest { file { uploadUrl } } }',
  ],
  updateArtifactManifest: ({ ids }) => [
    { artifactManifestID: ids.manifest, digest: 'AAAAAAAAAAAAAAAAAAAAAA==' },
    '{ artifactManifest { file { uploadUrl } } }',
  ],
  createArtifactFiles: ({ artifact }) => [
    { artifactFiles: [{ artifactID: artifact.id, name: 'n', md5: 'AAAAAAAAAAAAAAAAAAAAAA==' }] },
    '{ files { edges { node { uploadUrl } } } }',
  ],
  completeMultipartUploadArtifact: ({ pending, upload }) => [
    {
      completeMultipartAction: 'Complete',
      completedParts: [{ partNumber: 1, hexMD5: upload.etag }],
      artifactID: pending.id,
      storagePath: upload.storagePath,
      uploadID: upload.uploadID,
    },
    '{ digest }',
  ],
  commitArtifact: ({ pending }) => [{ artifactID: pending.id }, '{ artifact { id } }'],
  useArtifact: ({ artifact }) => [{ ...names, artifactID: artifact.id }, '{ artifact { id } }'],
  updateArtifact: ({ artifact }) => [{ artifactID: artifact.id, description: 'x' }, '{ artifact { id } }'],
  addAliases: ({ artifact }) => [{ artifactID: artifact.id, aliases: [alias('best')] }, success],
  deleteAliases: ({ artifact }) => [{ artifactID: artifact.id, aliases: [alias('latest')] }, success],
  deleteArtifact: ({ artifact }) => [{ artifactID: artifact.id, deleteAliases: true }, '{ artifact { id } }'],
  linkArtifact: ({ artifact }) => [
    { artifactID: artifact.id, artifactPortfolioName: 'more', entityName: 'lab', projectName: 'p' },
    '{ versionIndex }',
  ],
  unlinkArtifact: ({ artifact, ids }) => [{ artifactID: artifact.id, artifactPortfolioID: ids.portfolio }, success],
  createArtifactType: () => [{ entityName: 'lab', projectName: 'p', name: 't' }, '{ artifactType { id } }'],
  updateArtifactSequence: ({ ids }) => [
    { artifactSequenceID: ids.sequence, description: 'x' },
    '{ artifactCollection { id } }',
  ],
  updateArtifactPortfolio: ({ ids }) => [
    { artifactPortfolioID: ids.portfolio, description: 'x' },
    '{ artifactCollection { id } }',
  ],
  moveArtifactSequence: ({ ids }) => [
    { artifactSequenceID: ids.sequence, destinationArtifactTypeName: 'other' },
    '{ artifactCollection { id } }',
  ],
  deleteArtifactSequence: ({ ids }) => [{ artifactSequenceID: ids.sequence }, '{ artifactCollection { id } }'],
  deleteArtifactPortfolio: ({ ids }) => [{ artifactPortfolioID: ids.portfolio }, '{ artifactCollection { id } }'],
  createArtifactCollectionTagAssignments: () => [tagged('new'), '{ tags { name } }'],
  deleteArtifactCollectionTagAssignments: () => [tagged('old'), success],
}

function alias(name: string): object {
  return { alias: name, artifactCollectionName: `${marker}-data`, entityName: 'lab', projectName: 'p' }
}

function tagged(tagName: string): object {
  return { entityName: 'lab', projectName: 'p', artifactCollectionName: `${marker}-data`, tags: [{ tagName }] }
}

/** These are about whoever asks, not about something that others have: `keys.test.ts` has them. */
const personal = ['generateApiKey', 'deleteApiKey', 'createUser', 'createTeam']
/** Leave the database as it is, whoever asks: links, and a tag that is not there. */
const without = [
  'createRunFiles',
  'markRunFilesUploaded',
  'createArtifactFiles',
  'deleteArtifactCollectionTagAssignments',
]

describe('mutations', () => {
  test('all are walked', () => {
    expect([...Object.keys(mutations), ...personal].sort()).toEqual(Object.keys(mutationFields).sort())
  })

  test.each(Object.keys(mutations))('%s is for those who may write alone', async (field) => {
    await using world = await openWorld()
    const [input, selection] = mutations[field]!(world)
    const type = `${mutationFields[field]!.args[0]!.type}`
    const ask = (apiKey?: string) =>
      world.keys.graphql(`mutation ($input: ${type}) { ${field}(input: $input) ${selection} }`, { input }, apiKey)
    const before = world.digest()
    expect((await ask()).status).toBe(401)
    for (const asker of ['eve', 'bob'] as const) {
      const answer = await ask(world.apiKeys[asker])
      // The client takes a run that is not found for an answer, and an upload's end for nothing.
      if (!['rewindRun', 'markRunFilesUploaded'].includes(field) || asker === 'bob') {
        if (field !== 'markRunFilesUploaded') expect([403, 404]).toContain(answer.status)
      }
      expect(JSON.stringify(answer)).not.toMatch(/uploadUrl|signature/)
      expect(world.digest()).toBe(before)
    }
    if (field === 'deleteModel') {
      // A run that goes on would make the project anew.
      expect((await ask(world.apiKeys.carol)).status).toBe(409)
      await world.keys.request('/files/lab/p/r1/file_stream', world.apiKeys.carol, {
        method: 'POST',
        body: JSON.stringify({ complete: true, exitcode: 0 }),
      })
    }
    const answer = await ask(world.apiKeys.carol)
    expect([answer.status, answer.errors]).toEqual([200, undefined])
    const files = await world.keys.request('/api/runs/lab/p/r1/files', world.apiKeys.root)
    const isFileGone = files.status === 200 && !(await files.text()).includes('f.txt')
    if (field === 'deleteFiles') expect(isFileGone).toBe(true)
    else if (!without.includes(field)) expect(world.digest()).not.toBe(before)
  })
})

describe('what can be read', () => {
  const queries: readonly (readonly [name: string, query: string, variables: (world: World) => object])[] = [
    [
      'project',
      `{ project(name: "p", entityName: "lab") { id runs { edges { node { ...R } } } runCount allViews { edges { node { spec } } } sweeps { edges { node { config description agents { edges { node { host } } } } } } } }`,
      () => ({}),
    ],
    ['model', `{ model(name: "p", entityName: "lab") { bucket(name: "r1") { ...R } } }`, () => ({})],
    [
      'models',
      `{ models(entityName: "lab") { edges { node { name runs { edges { node { ...R } } } } } } }`,
      () => ({}),
    ],
    [
      'artifact',
      `query ($id: ID!) { artifact(id: $id) { id metadata artifactSequence { name } } }`,
      ({ artifact }) => ({ id: artifact.id }),
    ],
    [
      'artifactCollection',
      `query ($id: ID!) { artifactCollection(id: $id) { name } }`,
      ({ ids }) => ({ id: ids.portfolio }),
    ],
    ['entity', `{ entity(name: "lab") { members { name } } }`, () => ({})],
    ['view', `query ($id: ID!) { view(id: $id) { name spec } }`, ({ ids }) => ({ id: ids.view })],
  ]
  const fragment = `fragment R on Run { id displayName notes tags config summaryMetrics history(samples: 9) logLines { edges { node { line } } }
    files { edges { node { name directUrl } } } historyKeys outputArtifacts { edges { node { id } } } }`

  test('all queries are walked', () => {
    const fields = Object.keys(buildSchema(schemaText).getQueryType()!.getFields())
    // The others answer the same to everybody who asks, or are about the asker.
    const others = ['viewer', 'serverInfo', 'organization', 'users', 'clientIDMapping']
    expect([...queries.map(([name]) => name), ...others].sort()).toEqual(fields.sort())
  })

  test.each(queries)('query %s', async (_, query, toVariables) => {
    await using world = await openWorld()
    const document = query.includes('...R') ? `${query} ${fragment}` : query
    const ask = (apiKey?: string) => world.keys.graphql(document, toVariables(world), apiKey)
    expect((await ask()).status).toBe(401)
    const hidden = await ask(world.apiKeys.eve)
    expect(hidden.status).toBe(200)
    expect(JSON.stringify(hidden.data)).not.toMatch(/sesame|carol|r1/)
    for (const asker of ['bob', 'carol', 'root'] as const) {
      const answer = await ask(world.apiKeys[asker])
      expect([answer.status, JSON.stringify(answer.data)]).toEqual([200, expect.stringMatching(/sesame|carol/)])
    }
  })

  test('every path of the page and of scripts', async () => {
    await using world = await openWorld()
    const paths = createExpectedPaths(
      (await (await world.keys.request('/api/openapi.json', world.apiKeys.root)).json()) as Answered,
      {
        entity: 'lab',
        project: 'p',
        runId: 'r1',
        trashedRunId: 'gone',
        trashedSweep: world.ids.trashedSweep,
        collection: `${marker}-data`,
        version: 'v0',
        id: '1',
        viewId: '1',
        number: '1',
        key: `${marker}_loss`,
        metric: `${marker}_loss`,
        sweep: world.ids.sweepName,
        name: 'f.txt',
        path: 'a.txt',
        // What eve looks for is there, but not for her.
        q: marker,
        search: marker,
        selection: JSON.stringify({ tables: [{ kind: 'version', artifactId: 1, path: 'a.txt' }] }),
      },
    )
    expect(paths.length).toBeGreaterThan(20)
    for (const { method, path, body, askers } of paths) {
      if (askers !== 'account') continue
      const ask = (apiKey?: string) =>
        world.keys.request(path, apiKey, { method, ...(body && { body: JSON.stringify(body) }) })
      const label = `${method} ${path}`
      const isOpen = path.startsWith('/api/openapi') || path.startsWith('/api/status')
      expect((await ask()).status, `${label}, as nobody`).toBe(401)
      // Everybody has an account of their own: `account.test.ts`.
      if (path.startsWith('/api/account')) continue
      const hidden = await ask(world.apiKeys.eve)
      // Names that eve has said herself come back in what she is told.
      const text = path.startsWith('/api/events') ? '' : (await hidden.text()).replaceAll(/sesame[-_](data|loss)/g, '')
      await hidden.body?.cancel().catch(() => {})
      expect(text, `${label}, as eve`).not.toContain(marker)
      expect([200, 404], `${label}, as eve`).toContain(hidden.status)
      const shown = await ask(world.apiKeys.bob)
      await shown.body?.cancel()
      // A reader sees everything, and changes nothing.
      const isRead =
        // Who else was let in is for those who may let in.
        (method === 'GET' && !path.endsWith('/share-links')) ||
        path.startsWith('/api/series') ||
        path.startsWith('/api/tables/') ||
        /\/(runs\/(query|neighbours|groups|figures|marks|best-points|contents|deletion|importance)|rows|view-states)$/.test(
          path,
        )
      if (isRead) expect(shown.status, `${label}, as a reader`).not.toBe(403)
      else if (!isOpen) expect(shown.status, `${label}, as a reader`).toBe(403)
    }
  })

  test('administration opens to its own token alone, whoever asks with an API key', async () => {
    await using world = await openWorld()
    const document = await world.keys.request('/api/openapi.json', world.apiKeys.root)
    const values = { user: 'bob', team: 'lab', apiKey: '1' }
    const paths = createExpectedPaths((await document.json()) as Answered, values)
    const admin = paths.filter(({ askers }) => askers === 'adminToken')
    expect(admin.map(({ path }) => path)).toEqual(
      paths.map(({ path }) => path).filter((path) => /^\/api\/admin/.test(path)),
    )
    expect(admin.length).toBeGreaterThan(10)
    const before = world.digest()
    for (const { method, path } of admin) {
      for (const apiKey of [undefined, ...Object.values(world.apiKeys)]) {
        const answer = await world.keys.request(path, apiKey, { method })
        expect([answer.status, await answer.text()], `${method} ${path}`).toEqual([
          401,
          expect.not.stringMatching(/bob/),
        ])
      }
      expect((await world.keys.admin(method, path.slice('/api/admin'.length), undefined, 'guess')).status).toBe(401)
    }
    expect(world.digest()).toBe(before)
    for (const { method, path } of admin) {
      const answer = await world.keys.admin(method, path.slice('/api/admin'.length))
      // There is no data folder to back up here, and what a path names is gone after its DELETE.
      expect([200, 201, 204, 400, 404], `${method} ${path}`).toContain(answer.status)
      await answer.body?.cancel()
    }
    expect(world.digest()).not.toBe(before)
  })

  test('a session says who asks, and opens nothing to anybody without a key', async () => {
    await using world = await openWorld()
    const who = async (apiKey?: string) => (await world.keys.request('/api/session', apiKey)).json()
    expect(await who()).toEqual({ mode: 'keys' })
    expect(await who(world.apiKeys.eve)).toEqual({
      mode: 'keys',
      user: { name: 'eve', isAdmin: false, mayWrite: true },
    })
    expect(await who(world.apiKeys.root)).toEqual({
      mode: 'keys',
      user: { name: 'root', isAdmin: true, mayWrite: true },
    })
    const signIn = (apiKey: string) =>
      world.keys.request('/api/session', undefined, { method: 'POST', body: JSON.stringify({ apiKey }) })
    const refused = await signIn('x'.repeat(40))
    expect([refused.status, refused.headers.get('set-cookie')]).toEqual([401, null])
    const cookie = (await signIn(world.apiKeys.eve)).headers.get('set-cookie')?.split(';')[0] ?? ''
    const asEve = (path: string) => world.keys.request(path, undefined, { headers: { cookie } })
    expect(await (await asEve('/api/session')).json()).toMatchObject({ user: { name: 'eve' } })
    expect((await asEve('/api/runs/lab/p/r1')).status).toBe(404)
    const out = await world.keys.request('/api/session', undefined, { method: 'DELETE', headers: { cookie } })
    expect([out.status, out.headers.get('set-cookie')]).toEqual([204, expect.stringMatching(/Max-Age=0/)])
  })

  test('lines of a run are taken from those who may write alone', async () => {
    await using world = await openWorld()
    const send = (apiKey?: string) =>
      world.keys.request('/files/lab/p/r1/file_stream', apiKey, {
        method: 'POST',
        body: JSON.stringify({ files: { 'wandb-history.jsonl': { offset: 2, content: historyLines(2, [{ a: 1 }]) } } }),
      })
    const before = world.digest()
    expect((await send()).status).toBe(401)
    expect((await send(world.apiKeys.eve)).status).toBe(404)
    expect((await send(world.apiKeys.bob)).status).toBe(403)
    expect(world.digest()).toBe(before)
    expect((await send(world.apiKeys.carol)).status).toBe(200)
  })

  test('download addresses of artifacts ask for a key that may see them', async () => {
    await using world = await openWorld()
    const hex = createHash('md5').update(marker).digest('hex')
    const paths = [
      `/artifacts/lab/${hex}`,
      `/artifactsV2/default/lab/p/${marker}-data/${world.artifact.id}/${hex}/a.txt`,
    ]
    for (const path of paths) {
      expect((await world.keys.request(path)).status).toBe(401)
      expect((await world.keys.request(path, world.apiKeys.eve)).status).toBe(404)
      for (const asker of ['bob', 'root'] as const) {
        const response = await world.keys.request(path, world.apiKeys[asker])
        expect([response.status, await response.text()]).toEqual([200, marker])
      }
    }
  })

  test('events tell of what the reader may see', async () => {
    await using world = await openWorld()
    const listen = async (apiKey: string) => {
      const response = await world.keys.request('/api/events', apiKey)
      const reader = response.body!.getReader()
      const decoder = new TextDecoder()
      return { read: async () => decoder.decode((await reader.read()).value), close: () => reader.cancel() }
    }
    const [eve, bob] = [await listen(world.apiKeys.eve), await listen(world.apiKeys.bob)]
    for (const listener of [eve, bob]) expect(await listener.read()).toContain('hello')
    const upsert = (entityName: string, key: string) =>
      world.keys.graphql(
        `mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id } } }`,
        { input: { entityName, modelName: 'p', name: 'r9' } },
        key,
      )
    await upsert('lab', world.apiKeys.carol)
    await upsert('eve', world.apiKeys.eve)
    expect(await bob.read()).toContain('"entity":"lab"')
    // The first that eve hears of is her own: what came before was not for her.
    expect(await eve.read()).toContain('"entity":"eve"')
    for (const listener of [eve, bob]) await listener.close()
  })

  test('a project can be opened to everybody, for reading or for writing', async () => {
    await using world = await openWorld()
    const open = (access: string) =>
      world.keys.graphql(
        `mutation ($input: UpsertModelInput!) { upsertModel(input: $input) { project { access } } }`,
        { input: { entityName: 'lab', name: 'p', access } },
        world.apiKeys.carol,
      )
    const read = async () => (await world.keys.request('/api/runs/lab/p/r1', world.apiKeys.eve)).status
    const write = async () =>
      (await world.keys.request('/api/runs/lab/p/r1/stop', world.apiKeys.eve, { method: 'POST' })).status
    expect([await read(), await write()]).toEqual([404, 404])
    expect((await open('USER_READ')).data.upsertModel.project.access).toBe('USER_READ')
    expect([await read(), await write()]).toEqual([200, 403])
    await open('USER_WRITE')
    expect([await read(), await write()]).toEqual([200, 200])
    await open('PRIVATE')
    expect([await read(), await write()]).toEqual([404, 404])
    expect((await open('EVERYBODY')).status).toBe(400)
  })
})

import type {
  AliasChangesResponse,
  ArtifactFilesResponse,
  ArtifactLineageResponse,
  ArtifactSearchResponse,
  ArtifactTypesResponse,
  ArtifactVersionResponse,
  ArtifactVersionsResponse,
  RunArtifactsResponse,
} from '@lossline/protocol'
import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { type LogArtifact, type LoggedArtifact, logArtifact } from './artifact-client.ts'
import { openTestServer, type TestServer } from './test-server.ts'

const project = '/api/projects/local/demo'

async function openWithRuns(...runIds: string[]): Promise<TestServer> {
  const test = await openTestServer()
  for (const runId of runIds) await test.upsert(runId)
  return test
}

async function use(test: TestServer, runName: string, { id }: LoggedArtifact): Promise<void> {
  const at = { entityName: 'local', projectName: 'demo', artifactEntityName: 'local', artifactProjectName: 'demo' }
  await test.graphql('mutation ($input: UseArtifactInput!) { useArtifact(input: $input) { artifact { id } } }', {
    input: { ...at, runName, artifactID: id },
  })
}

const versionAt = async (test: TestServer, collection: string, version: string) =>
  (await test.get<ArtifactVersionResponse>(`${project}/artifacts/${collection}/versions/${version}`)).version

test('types hold collections, collections versions, and a version says everything of itself', async () => {
  await using test = await openWithRuns('r1', 'user')
  expect(await test.get(`${project}/artifacts`)).toEqual({ types: [] })
  expect(await test.get('/api/projects/no/body/artifacts')).toEqual({ types: [] })
  const log = (request: LogArtifact) => logArtifact(test, request)
  await log({ name: 'digits', type: 'dataset', files: { a: '1' } })
  const second = await log({
    name: 'digits',
    type: 'dataset',
    files: { a: '1', b: '22' },
    aliases: ['best'],
    input: { description: 'Handwritten.', metadata: '{"rows":3}' },
  })
  await log({ name: 'cnn', type: 'model', files: { w: 'x' } })
  await use(test, 'user', second)

  const { types } = await test.get<ArtifactTypesResponse>(`${project}/artifacts`)
  expect(types.map(({ name, collections }) => [name, collections.map((one) => one.name)])).toEqual([
    ['dataset', ['digits']],
    ['model', ['cnn']],
  ])
  expect(types[0]!.collections[0]).toMatchObject({ versionCount: 2, kind: 'sequence', newest: { version: 'v1' } })

  const listed = await test.get<ArtifactVersionsResponse>(`${project}/artifacts/digits/versions?limit=1`)
  expect(listed).toMatchObject({
    type: 'dataset',
    total: 2,
    versions: [{ version: 'v1', aliases: ['best', 'latest'] }],
  })

  await test.request('/api/runs/local/demo/user', { method: 'PATCH', body: JSON.stringify({ color: 'hue-3' }) })
  const version = await versionAt(test, 'digits', 'best')
  expect(version).toMatchObject({
    version: 'v1',
    sizeBytes: 3,
    fileCount: 2,
    description: 'Handwritten.',
    metadata: { rows: 3 },
    createdBy: { runId: 'r1', project: 'demo', color: '' },
    usedBy: [{ runId: 'user', color: 'hue-3' }],
    links: [],
  })
  expect(await versionAt(test, 'digits', 'v1')).toEqual(version)
  expect(await versionAt(test, 'digits', version.digest)).toEqual(version)
  for (const path of ['digits/versions/v7', 'none/versions', 'none/versions/v0']) {
    expect((await test.request(`${project}/artifacts/${path}`)).status).toBe(404)
  }
})

test('files come by path in pages; references are told from bytes that are here, or followed to them', async () => {
  await using test = await openWithRuns('r1')
  const base = await logArtifact(test, { name: 'base', files: { 'deep/a.txt': 'content' } })
  const hexId = Buffer.from(base.id, 'base64').toString('hex')
  const files = {
    'a <b>.html': '<script>alert(1)</script>',
    borrowed: { ref: `wandb-artifact://${hexId}/deep/a.txt`, digest: 'x', size: 7 },
    circle: { ref: 'wandb-client-artifact://itself/circle', digest: 'y' },
    outside: { ref: 's3://bucket/key', digest: 'z', size: 5 },
  }
  await logArtifact(test, { name: 'mixed', files, input: { clientID: 'itself' } })
  const { id } = await versionAt(test, 'mixed', 'latest')
  const all = await test.get<ArtifactFilesResponse>(`/api/artifacts/${id}/files`)
  expect(all.files.map(({ path, sizeBytes, reference }) => [path, sizeBytes, reference])).toEqual([
    ['a <b>.html', 25, undefined],
    ['borrowed', 7, files.borrowed.ref],
    ['circle', undefined, files.circle.ref],
    ['outside', 5, 's3://bucket/key'],
  ])
  expect(all.hasMore).toBe(false)
  const page = await test.get<ArtifactFilesResponse>(`/api/artifacts/${id}/files?after=borrowed&limit=1`)
  expect([page.files.map(({ path }) => path), page.hasMore]).toEqual([['circle'], true])

  const [html, borrowed, circle, outside] = all.files
  expect(outside!.url).toBeUndefined()
  expect(await (await test.request(borrowed!.url!)).text()).toBe('content')
  expect((await test.request(circle!.url!)).status).toBe(404)
  expect((await test.request(html!.url!)).headers.get('content-disposition')).toMatch(/^attachment/)
  expect((await test.request(`/api/artifacts/${id}/file?path=../a`)).status).toBe(404)
  expect((await test.request('/api/artifacts/999/files')).status).toBe(404)

  const zip = await test.request(`/api/artifacts/${id}/zip`)
  expect(zip.headers.get('content-disposition')).toMatch(/mixed-v0\.zip/)
  const unpacked = unzipSync(new Uint8Array(await zip.arrayBuffer()))
  expect(Object.keys(unpacked)).toEqual(['a <b>.html', 'borrowed'])
  expect(new TextDecoder().decode(unpacked.borrowed)).toBe('content')
})

test('lineage leads up to what a version was made from and down to what came of it', async () => {
  await using test = await openWithRuns('prepare', 'train', 'evaluate', 'r1')
  const log = (request: LogArtifact) => logArtifact(test, { type: 'x', ...request })
  const raw = await log({ name: 'raw', files: { f: 'raw' } })
  await use(test, 'prepare', raw)
  const data = await log({ name: 'data', runName: 'prepare', files: { f: 'data' } })
  await log({ name: 'other-product', runName: 'prepare', files: { f: 'other' } })
  await use(test, 'train', data)
  const model = await log({ name: 'model', runName: 'train', files: { f: 'model' } })
  await log({ name: 'run-train-t', type: 'run_table', runName: 'train', files: { f: 'table' } })
  await use(test, 'evaluate', model)
  await log({ name: 'report', runName: 'evaluate', files: { f: 'report' } })

  const { id } = await versionAt(test, 'data', 'v0')
  const lineageOf = async (query: string) => {
    const found = await test.get<ArtifactLineageResponse>(`/api/artifacts/${id}/lineage?${query}`)
    const names = new Map(
      found.nodes.map((node) => [node.id, node.kind === 'run' ? node.run.runId : node.version.collection]),
    )
    const edges = found.edges.map(({ from, to }) => `${names.get(from)} → ${names.get(to)}`).sort()
    return { ...found, edges, names: [...names.values()].sort() }
  }
  const both = await lineageOf('')
  expect(both.edges).toEqual([
    'data → train',
    'evaluate → report',
    'model → evaluate',
    'prepare → data',
    'r1 → raw',
    'raw → prepare',
    'train → model',
  ])
  expect(both.focus).toBe(both.nodes[0]!.id)
  expect([both.automaticCount, both.hasMore, both.omittedCount]).toEqual([1, false, 0])
  expect((await lineageOf('direction=upstream')).names).toEqual(['data', 'prepare', 'r1', 'raw'])
  const near = await lineageOf('depth=1')
  expect([near.names, near.hasMore]).toEqual([['data', 'prepare', 'train'], true])
  expect((await test.request(`/api/artifacts/${id}/lineage?depth=99`)).status).toBe(400)

  const { inputs, outputs } = await test.get<RunArtifactsResponse>('/api/runs/local/demo/train/artifacts')
  expect(inputs.map(({ collection, version }) => [collection, version])).toEqual([['data', 'v0']])
  expect(outputs.map(({ collection }) => collection)).toEqual(['model', 'run-train-t'])
})

const send = (test: TestServer, method: string, path: string, body?: object): Promise<Response> =>
  test.request(path, { method, ...(body && { body: JSON.stringify(body) }) })

test('a version is named, tagged, described and given a lifetime, and names tell where they come from', async () => {
  await using test = await openWithRuns('r1')
  for (const text of ['1', '2']) await logArtifact(test, { name: 'digits', files: { a: text }, aliases: ['best'] })
  const [first, second] = [await versionAt(test, 'digits', 'v0'), await versionAt(test, 'digits', 'v1')]
  expect([first.aliases, second.aliases, first.ttlSeconds]).toEqual([[], ['best', 'latest'], null])

  const changed = await send(test, 'PATCH', `/api/artifacts/${first.id}`, {
    description: 'Small.',
    addAliases: ['best', 'new'],
    addTags: ['clean'],
    ttlSeconds: 3600,
  })
  expect(changed.status).toBe(200)
  expect(await changed.json()).toMatchObject({
    version: {
      version: 'v0',
      description: 'Small.',
      aliases: ['best', 'new'],
      tags: ['clean'],
      ttlSeconds: 3600,
    },
    moved: [{ alias: 'best', from: { id: second.id, version: 'v1' } }],
  })
  expect((await versionAt(test, 'digits', 'v1')).aliases).toEqual(['latest'])
  const back = { removeAliases: ['new'], removeTags: ['clean'], ttlSeconds: -1, description: '' }
  await send(test, 'PATCH', `/api/artifacts/${first.id}`, back)
  expect(await versionAt(test, 'digits', 'v0')).toMatchObject({
    description: '',
    aliases: ['best'],
    tags: [],
    ttlSeconds: null,
  })
  const history = `${project}/artifacts/digits/alias-changes`
  const { changes } = await test.get<AliasChangesResponse>(history)
  expect(changes.map(({ alias, from, to }) => [alias, from, to])).toEqual([
    ['new', 'v0', null],
    ['new', null, 'v0'],
    ['best', 'v1', 'v0'],
    ['best', 'v0', 'v1'],
    ['best', null, 'v0'],
  ])
  expect(await test.get(`${history}?before=${changes[1]!.id}&limit=1`)).toEqual({ changes: [changes[2]] })
  // All of it or nothing.
  for (const body of [{ addTags: ['fine'], addAliases: ['v7'] }, { addTags: ['a/b'] }, { ttlSeconds: 0 }, { no: 1 }]) {
    expect((await send(test, 'PATCH', `/api/artifacts/${first.id}`, body)).status).toBe(400)
  }
  const elsewhere = { in: { entity: 'local', project: 'demo', collection: 'none' } }
  expect((await send(test, 'PATCH', `/api/artifacts/${first.id}`, elsewhere)).status).toBe(404)
  expect((await versionAt(test, 'digits', 'v0')).tags).toEqual([])
})

test('what runs use is deleted by its name alone, a collection always so', async () => {
  await using test = await openWithRuns('r1', 'user')
  const used = await logArtifact(test, { name: 'digits', files: { a: '1' } })
  await logArtifact(test, { name: 'digits', files: { a: '2' } })
  await use(test, 'user', used)
  const [first, second] = [await versionAt(test, 'digits', 'v0'), await versionAt(test, 'digits', 'v1')]
  expect((await send(test, 'DELETE', `/api/artifacts/${second.id}`)).status).toBe(204)
  for (const body of [undefined, {}, { confirm: 'digits:v1' }]) {
    expect((await send(test, 'DELETE', `/api/artifacts/${first.id}`, body)).status).toBe(400)
  }
  expect(await test.get(`${project}/artifacts/digits/users`)).toMatchObject({ runs: [{ runId: 'user' }] })
  expect((await send(test, 'DELETE', `/api/artifacts/${first.id}`, { confirm: 'digits:v0' })).status).toBe(204)
  expect((await send(test, 'DELETE', `/api/artifacts/${first.id}`, { confirm: 'digits:v0' })).status).toBe(404)
  expect((await send(test, 'DELETE', `${project}/artifacts/digits`, { confirm: 'digit' })).status).toBe(400)
  expect((await send(test, 'DELETE', `${project}/artifacts/digits`, { confirm: 'digits' })).status).toBe(204)
  expect((await test.request(`${project}/artifacts/digits/versions`)).status).toBe(404)
})

test('versions are found by name, alias, tag, digest and values of metadata, in pages', async () => {
  await using test = await openWithRuns('r1')
  for (let i = 0; i < 5; i += 1) {
    const input = { metadata: JSON.stringify({ source: { city: i === 3 ? 'Oslo' : 'Rome' }, rows: i }) }
    await logArtifact(test, { name: 'digits', files: { a: String(i) }, aliases: i === 1 ? ['prod'] : [], input })
  }
  await logArtifact(test, { name: 'cnn', type: 'model', files: { w: 'x' } })
  const tagged = await versionAt(test, 'digits', 'v2')
  await send(test, 'PATCH', `/api/artifacts/${tagged.id}`, { addTags: ['Clean set'] })
  const find = async (search: string, rest = ''): Promise<ArtifactSearchResponse> =>
    test.get(`${project}/artifact-versions?search=${encodeURIComponent(search)}${rest}`)
  const names = async (search: string): Promise<string[]> =>
    (await find(search)).versions.map(({ collection, version }) => `${collection}:${version}`)
  expect(await names('PROD')).toEqual(['digits:v1'])
  expect(await names('clean')).toEqual(['digits:v2'])
  expect(await names('oslo')).toEqual(['digits:v3'])
  expect(await names('city')).toEqual([])
  expect(await names('cnn')).toEqual(['cnn:v0'])
  expect(await names(tagged.digest.slice(0, 12))).toEqual(['digits:v2'])
  expect(await names('nothing has this')).toEqual([])

  const found: string[] = []
  let after: string | undefined = ''
  for (let parts = 0; after !== undefined; parts += 1) {
    const part: ArtifactSearchResponse = await find('digits', `&limit=2&after=${after}`)
    found.push(...part.versions.map(({ version }) => version))
    after = part.next
    expect(parts).toBeLessThan(3)
  }
  expect(found).toEqual(['v4', 'v3', 'v2', 'v1', 'v0'])
  expect((await test.request(`${project}/artifact-versions`)).status).toBe(400)
  expect(await test.get('/api/projects/no/body/artifact-versions?search=x')).toEqual({ versions: [] })
})

test('before runs are deleted it is told how many of the versions that they made others use', async () => {
  await using test = await openWithRuns('r1', 'r2', 'user')
  const first = await logArtifact(test, { name: 'digits', runName: 'r1', files: { a: '1' } })
  const second = await logArtifact(test, { name: 'digits', runName: 'r1', files: { a: '2' } })
  await logArtifact(test, { name: 'letters', runName: 'r2', files: { a: '3' } })
  await logArtifact(test, { name: 'run-r1-t', type: 'run_table', runName: 'r1', files: { t: '4' } })
  await use(test, 'user', first)
  await use(test, 'r2', second)
  await use(test, 'r1', second)
  const preview = async (of: object) => {
    const response = await test.post(`${project}/runs/deletion`, { of })
    return response.status === 200 ? await response.json() : response.status
  }
  expect(await preview({ runIds: ['r1'] })).toEqual({ runCount: 1, artifactCount: 2, usedArtifactCount: 2 })
  // What only the runs that go together use, nobody uses any more.
  expect(await preview({ runIds: ['r1', 'r2'] })).toEqual({ runCount: 2, artifactCount: 3, usedArtifactCount: 1 })
  expect(await preview({})).toEqual({ runCount: 3, artifactCount: 3, usedArtifactCount: 0 })
  expect(await preview({ runIds: ['gone'] })).toBe(404)
})

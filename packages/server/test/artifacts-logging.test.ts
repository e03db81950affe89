import { createHash } from 'node:crypto'
import { link, mkdir, writeFile } from 'node:fs/promises'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { announceFiles, commitArtifact, findVersion, logArtifact, md5Of } from './artifact-client.ts'
import { openTestServer } from './test-server.ts'

const sample = {
  'data/b.txt': 'two',
  'data/a b#ä.txt': 'one',
  empty: '',
  far: { ref: 's3://b/k', digest: 'etag', size: 7 },
}

test('a logged artifact is found by name, lists its files, and gives them back', async () => {
  await using test = await openTestServer()
  await test.upsert('r1')
  const logged = await logArtifact(test, { files: sample, aliases: ['best'] })
  const found = await findVersion(test, 'mnist:best')
  expect(found).toMatchObject({
    versionIndex: 0,
    aliases: [{ alias: 'best' }, { alias: 'latest' }],
    artifactCollection: {
      __typename: 'ArtifactSequence',
      name: 'mnist',
      project: { name: 'demo', entity: { name: 'local' } },
    },
    artifact: {
      id: logged.id,
      state: 'COMMITTED',
      digest: logged.digest,
      size: 13,
      fileCount: 4,
      versionIndex: 0,
      artifactType: { name: 'dataset' },
      artifactSequence: { name: 'mnist' },
    },
    files: { totalCount: 4, pageInfo: { __typename: 'PageInfo', hasNextPage: true } },
  })
  for (const name of ['mnist', 'mnist:v0', 'mnist:latest', `mnist:${logged.digest}`]) {
    expect((await findVersion(test, name))?.artifact.id).toBe(logged.id)
  }
  expect(await findVersion(test, 'mnist:v1')).toBeNull()
  const manifest = await (await test.request(found!.artifact.currentManifest.file.directUrl)).json()
  expect(manifest).toMatchObject({
    version: 1,
    storagePolicy: 'wandb-storage-policy-v1',
    storagePolicyConfig: { storageLayout: 'V2' },
    contents: {
      'data/b.txt': { digest: md5Of('two'), size: 3, birthArtifactID: logged.id },
      far: { ref: 's3://b/k', digest: 'etag', size: 7 },
    },
  })
  expect(JSON.stringify(manifest)).not.toContain('secret')
  expect(found!.files.edges.map(({ node }) => node.name)).toEqual(['data/a b#ä.txt', 'data/b.txt'])
  const download = await test.request(found!.files.edges[0]!.node.directUrl)
  expect(await download.text()).toBe('one')
  expect(download.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''a%20b%23%C3%A4.txt")
  expect(download.headers.get('content-security-policy')).toContain('sandbox')
})

test('ranges, tags and links of downloads', async () => {
  await using test = await openTestServer()
  await test.upsert('r1')
  await logArtifact(test, { files: { f: '0123456789' } })
  const url = (await findVersion(test, 'mnist:latest'))!.files.edges[0]!.node.directUrl
  const part = await test.request(url, { headers: { range: 'bytes=2-4' } })
  expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, '234', 'bytes 2-4/10'])
  const rest = await test.request(url, { headers: { range: 'bytes=7-' } })
  expect([rest.status, await rest.text(), rest.headers.get('content-length')]).toEqual([206, '789', '3'])
  expect((await test.request(url, { headers: { range: 'bytes=10-' } })).status).toBe(416)
  const etag = (await test.request(url)).headers.get('etag')!
  expect((await test.request(url, { headers: { 'if-none-match': etag } })).status).toBe(304)
  expect((await test.request(url, { method: 'PUT', body: '0123456789' })).status).toBe(401)
  expect((await test.request(url.replace('/wandb_artifacts/1/', '/wandb_artifacts/2/'))).status).toBe(401)
  await test.clock.advance(2 * 60 * 60_000)
  expect((await test.request(url)).status).toBe(401)
})

test('the same content again is the same version, with what was asked for the second time', async () => {
  await using test = await openTestServer()
  await test.upsert('r1')
  await test.upsert('r2')
  const first = await logArtifact(test, { files: { f: 'x' }, input: { clientID: 'c1', sequenceClientID: 's1' } })
  const again = await logArtifact(test, {
    files: { f: 'x' },
    runName: 'r2',
    aliases: ['second'],
    input: { clientID: 'c2', sequenceClientID: 's2' },
  })
  expect(again).toEqual({ ...first, isReused: true })
  expect((await findVersion(test, 'mnist:second'))?.versionIndex).toBe(0)
  // The last two are how histories name a version by its sequence.
  for (const clientID of ['c1', 'c2', 's1', 's2', 's2:latest', 's1:second']) {
    expect(
      await test.graphql('query ($clientID: ID!) { clientIDMapping(clientID: $clientID) { serverID } }', { clientID }),
    ).toEqual({ clientIDMapping: { serverID: first.id } })
  }
  const runs = await test.graphql(
    '{ project(name: "demo") { run(name: "r2") { outputArtifacts { totalCount edges { node { id createdBy { ... on Run { name } } } } } } } }',
  )
  expect(runs).toMatchObject({
    project: {
      run: { outputArtifacts: { totalCount: 1, edges: [{ node: { id: first.id, createdBy: { name: 'r1' } } }] } },
    },
  })
})

test('other content is the next version, and latest moves', async () => {
  await using test = await openTestServer()
  await test.upsert('r1')
  await logArtifact(test, { files: { f: 'x' }, aliases: ['old'] })
  await logArtifact(test, { files: { f: 'y' } })
  expect((await findVersion(test, 'mnist'))?.versionIndex).toBe(1)
  expect((await findVersion(test, 'mnist:old'))?.aliases).toEqual([{ id: expect.any(String), alias: 'old' }])
})

test('a client id can be asked for before the version is committed', async () => {
  await using test = await openTestServer()
  await test.upsert('r1')
  const { id } = await logArtifact(test, { files: { f: 'x' }, isFinal: false, input: { clientID: 'early' } })
  expect(await test.graphql('{ clientIDMapping(clientID: "early") { serverID } }')).toEqual({
    clientIDMapping: { serverID: id },
  })
  expect(await findVersion(test, 'mnist')).toBeNull()
  const committed = await commitArtifact(test, id)
  expect(await commitArtifact(test, id)).toEqual(committed)
  expect((await findVersion(test, 'mnist'))?.versionIndex).toBe(0)
})

test('a commit without all bytes fails and names the file', async () => {
  await using test = await openTestServer()
  await test.upsert('r1')
  const { id } = await logArtifact(test, { files: { f: 'x' }, isFinal: false })
  const other = await logArtifact(test, { name: 'other', files: {}, isFinal: false })
  const manifest = { artifactID: other.id, name: 'm', entityName: 'local', projectName: 'demo', runName: 'r1' }
  const text = JSON.stringify({
    version: 1,
    storagePolicy: 'wandb-storage-policy-v1',
    contents: { 'lost.bin': { digest: md5Of('lost'), size: 4 } },
  })
  const answer = await test.graphql<{ createArtifactManifest: { artifactManifest: { file: { uploadUrl: string } } } }>(
    `mutation ($input: CreateArtifactManifestInput!) {
      createArtifactManifest(input: $input) { artifactManifest { file { uploadUrl } } } }`,
    { input: { ...manifest, digest: md5Of(text), type: 'FULL' } },
  )
  const url = answer.createArtifactManifest.artifactManifest.file.uploadUrl
  expect((await test.request(url, { method: 'PUT', body: `${text} ` })).status).toBe(400)
  expect((await test.request(url, { method: 'PUT', body: text })).status).toBe(200)
  const refused = await test.post('/graphql', {
    query: 'mutation ($id: ID!) { commitArtifact(input: { artifactID: $id }) { artifact { id } } }',
    variables: { id: other.id },
  })
  expect([refused.status, await refused.json()]).toMatchObject([
    400,
    { errors: [{ message: 'The file "lost.bin" was not uploaded.' }] },
  ])
  expect(await commitArtifact(test, id)).toMatchObject({ id })
})

test('bytes count as here only within their project', async () => {
  await using test = await openTestServer()
  await test.upsert('r1')
  await test.upsert('r1', { modelName: 'secret' })
  await logArtifact(test, { files: { f: 'the secret' }, input: { projectName: 'secret' } })
  const { id } = await logArtifact(test, { files: {}, isFinal: false })
  const spec = { artifactID: id, name: 'f', md5: md5Of('the secret') }
  const [node] = await announceFiles(test, [spec])
  expect(node?.uploadUrl).toContain('/wandb_artifacts/')
  expect((await test.request(node!.uploadUrl!, { method: 'PUT', body: 'a guess' })).status).toBe(400)
  expect((await test.request(node!.uploadUrl!, { method: 'PUT', body: 'the secret' })).status).toBe(200)
  const [again] = await announceFiles(test, [spec])
  expect(again).toMatchObject({ uploadUrl: null, uploadMultipartUrls: null, artifact: { id } })
})

test.each([
  ['another type', { artifactTypeName: 'model' }, 'not \\"model\\"'],
  ['a version as alias', { aliases: [{ alias: 'v3', artifactCollectionName: 'mnist' }] }, 'is the name of a version'],
  ['a region', { storageRegion: 'mars-1' }, 'mars-1'],
  ['a name with a slash', { artifactCollectionName: 'a/b' }, 'a/b'],
  ['a run that is not there', { runName: 'nobody' }, 'nobody'],
])('%s is refused at once', async (_, input, message) => {
  await using test = await openTestServer()
  await test.upsert('r1')
  await logArtifact(test, { files: { f: 'x' } })
  await expect(logArtifact(test, { files: { f: 'y' }, input })).rejects.toThrow(message)
})

test('a full manifest of other content than was announced is refused', async () => {
  await using test = await openTestServer()
  await test.upsert('r1')
  const log = logArtifact(test, { files: { f: 'x' }, input: { digest: '0'.repeat(32) } })
  await expect(log).rejects.toThrow('as announced')
  expect(await findVersion(test, 'mnist')).toBeNull()
})

test('a committed version takes no manifest: neither a new one, nor one that is on its way', async () => {
  await using test = await openTestServer()
  await test.upsert('r1')
  const part = (files: Record<string, string>) =>
    logArtifact(test, { manifestType: 'PATCH', isFinal: false, input: { distributedID: 'group' }, files })
  const { id } = await part({ f: 'x' })
  const announce = async (digest: string) => {
    const query = `mutation ($input: CreateArtifactManifestInput!) {
      createArtifactManifest(input: $input) { artifactManifest { file { uploadUrl } } } }`
    const input = { artifactID: id, name: 'm', digest, entityName: 'local', projectName: 'demo', runName: 'r1' }
    return test.post('/graphql', { query, variables: { input: { ...input, type: 'PATCH' } }, operationName: '' })
  }
  const text = JSON.stringify({ version: 1, storagePolicy: 'wandb-storage-policy-v1', contents: {} })
  const late = (await (await announce(md5Of(text))).json()) as {
    data: { createArtifactManifest: { artifactManifest: { file: { uploadUrl: string } } } }
  }
  // Held up until the version is committed without it.
  const { promise: commit, resolve: goOn } = Promise.withResolvers<void>()
  const body = new ReadableStream({
    async pull(controller) {
      await commit
      controller.enqueue(Buffer.from(text))
      controller.close()
    },
  })
  const { uploadUrl } = late.data.createArtifactManifest.artifactManifest.file
  const upload = test.request(uploadUrl, { method: 'PUT', body, duplex: 'half' } as RequestInit)
  await expect(commitArtifact(test, id)).rejects.toThrow('was not uploaded')
  await test.store.write([
    {
      kind: 'commit-artifact',
      artifact: Number(Buffer.from(id, 'base64').toString().split(':')[1]),
      digest: 'd',
      sizeBytes: 1,
      fileCount: 1,
      manifestHead: '{}',
      nowMs: 0,
    },
  ])
  goOn()
  expect((await upload).status).toBe(422)
  expect((await announce(md5Of('other'))).status).toBe(422)
  // The next part is one of the next version.
  expect((await part({ g: 'y' })).id).not.toBe(id)
})

test('a caller of this process names files; others may not', async () => {
  await using directory = await openTemporaryDirectory()
  await using test = await openTestServer()
  await test.upsert('r1')
  const { id } = await logArtifact(test, { files: {}, isFinal: false })
  const sha256 = createHash('sha256').update('staged').digest('hex')
  await mkdir(directory.join('artifacts'))
  await writeFile(directory.join('artifacts', sha256), 'staged')
  await link(directory.join('artifacts', sha256), directory.join('other'))
  const [node] = await announceFiles(test, [{ artifactID: id, name: 'f', md5: md5Of('staged') }])
  const request = (path = directory.join('artifacts', sha256)) =>
    new Request(node!.uploadUrl!, { method: 'PUT', headers: { 'x-lossline-source': encodeURIComponent(path) } })
  const refused = await test.server.fetch(request())
  expect([refused.status, await refused.json()]).toMatchObject([
    401,
    { code: 'unauthorized', error: expect.stringContaining('in this process'), hint: expect.stringContaining('body') },
  ])
  // Whatever a framework hands on as its environment is not trusted.
  const fetchWith = test.server.fetch as (request: Request, environment: object) => Promise<Response>
  expect((await fetchWith(request(), { caller: 'in-process' })).status).toBe(401)
  // No repetition brings a file back.
  expect((await test.server.fetchInProcess(request(directory.join('missing')))).status).toBe(400)
  expect((await test.server.fetchInProcess(request(directory.path))).status).toBe(400)
  expect((await test.server.fetchInProcess(request())).status).toBe(200)
  const [again] = await announceFiles(test, [{ artifactID: id, name: 'f', md5: md5Of('staged') }])
  expect(again?.uploadUrl).toBeNull()
})

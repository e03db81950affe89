import { openDirectoryBlobs, openSqliteStore } from '@lossline/store'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { createDirectoryRunFiles } from '../src/files/directory-run-files.ts'
import { createServer, systemClock } from '../src/index.ts'
import {
  announceFiles,
  commitArtifact,
  digestOf,
  findVersion,
  type LogArtifact,
  logArtifact,
  md5Of,
} from './artifact-client.ts'
import { openTestServer, type TestServer } from './test-server.ts'

const now = { graceMs: Number.NEGATIVE_INFINITY }

async function openWithRun(): Promise<TestServer> {
  const test = await openTestServer()
  await test.upsert('r1')
  return test
}

interface ServedManifest {
  readonly contents: Readonly<Record<string, { readonly digest: string; readonly birthArtifactID?: string }>>
}

async function manifestOf(test: TestServer, name: string): Promise<ServedManifest> {
  const found = await findVersion(test, name)
  return (await (await test.request(found!.artifact.currentManifest.file.directUrl)).json()) as ServedManifest
}

/** Hexadecimal MD5, as in download addresses. */
const hex = (content: string): string => Buffer.from(md5Of(content), 'base64').toString('hex')

test('an increment is laid over its base, and the version has the digest of all', async () => {
  await using test = await openWithRun()
  const base = await logArtifact(test, { files: { keep: 'kept', change: 'old' } })
  const grown = await logArtifact(test, { manifestType: 'INCREMENTAL', files: { change: 'new', add: 'added' } })
  const { contents } = await manifestOf(test, 'mnist:v1')
  expect(Object.keys(contents)).toEqual(['add', 'change', 'keep'])
  expect(contents.keep).toMatchObject({ digest: md5Of('kept'), birthArtifactID: base.id })
  expect(contents.change).toMatchObject({ digest: md5Of('new'), birthArtifactID: grown.id })
  const found = await findVersion(test, 'mnist')
  expect(found?.artifact).toMatchObject({ id: grown.id, fileCount: 3, size: 12, digest: digestOf(contents) })
  expect(found?.artifact.currentManifest.file.directUrl).toContain('wandb_manifest.json')
  const again = await logArtifact(test, { manifestType: 'INCREMENTAL', baseArtifactID: base.id, files: { only: 'x' } })
  expect(Object.keys((await manifestOf(test, 'mnist')).contents)).toEqual(['change', 'keep', 'only'])
  expect(again.isReused).toBe(false)
})

test('several runs write one version; it is one after the last has committed it, and then another begins', async () => {
  await using test = await openWithRun()
  await test.upsert('r2')
  const part = (request: LogArtifact) =>
    logArtifact(test, { manifestType: 'PATCH', isFinal: false, input: { distributedID: 'group' }, ...request })
  const first = await part({ files: { a: '1', both: 'first' }, aliases: ['x'] })
  const second = await part({ files: { b: '2', both: 'second' }, runName: 'r2', aliases: ['y'] })
  expect(second.id).toBe(first.id)
  expect(await findVersion(test, 'mnist')).toBeNull()
  await commitArtifact(test, first.id)
  const { contents } = await manifestOf(test, 'mnist:y')
  expect(Object.keys(contents)).toEqual(['a', 'b', 'both'])
  expect(contents.both?.digest).toBe(md5Of('second'))
  expect((await findVersion(test, 'mnist:x'))?.artifact.digest).toBe(digestOf(contents))
  expect((await part({ files: { c: '3' } })).id).not.toBe(first.id)
})

test('a draft lists files of its parent without uploading them, also from another project of the entity', async () => {
  await using test = await openWithRun()
  await test.upsert('r1', { modelName: 'theirs' })
  const parent = await logArtifact(test, { files: { f: 'bytes' }, input: { projectName: 'theirs' } })
  const digest = digestOf({ f: { digest: md5Of('bytes') } })
  const { id } = await logArtifact(test, { files: {}, isFinal: false, input: { digest } })
  const log = async (birthArtifactID: string, digest: string) => {
    const text = JSON.stringify({
      version: 1,
      storagePolicy: 'wandb-storage-policy-v1',
      contents: { f: { digest, size: 5, birthArtifactID } },
    })
    const { createArtifactManifest } = await test.graphql<{
      createArtifactManifest: { artifactManifest: { file: { uploadUrl: string } } }
    }>(
      `mutation ($input: CreateArtifactManifestInput!) {
        createArtifactManifest(input: $input) { artifactManifest { file { uploadUrl } } } }`,
      {
        input: {
          artifactID: id,
          name: 'wandb_manifest.json',
          digest: md5Of(text),
          entityName: 'local',
          projectName: 'demo',
          runName: 'r1',
          type: 'FULL',
        },
      },
    )
    const { uploadUrl } = createArtifactManifest.artifactManifest.file
    expect((await test.request(uploadUrl, { method: 'PUT', body: text })).status).toBe(200)
    return commitArtifact(test, id)
  }
  await expect(log(parent.id, md5Of('never uploaded'))).rejects.toThrow('\\"f\\" was not uploaded')
  await expect(log('none', md5Of('bytes'))).rejects.toThrow('\\"f\\" was not uploaded')
  const foreign = { runName: null, input: { entityName: 'somebody', projectName: 'theirs' } }
  const other = await logArtifact(test, { files: { f: 'not for you' }, ...foreign })
  await expect(log(other.id, md5Of('not for you'))).rejects.toThrow('\\"f\\" was not uploaded')
  await log(parent.id, md5Of('bytes'))
  const found = await findVersion(test, 'mnist')
  expect(await (await test.request(found!.files.edges[0]!.node.directUrl)).text()).toBe('bytes')
  expect((await manifestOf(test, 'mnist')).contents.f?.birthArtifactID).toBe(parent.id)
})

test.each(['../x', '/etc/passwd', 'a//b', 'a/./b', ''])('a manifest with the path %j is refused', async (path) => {
  await using test = await openWithRun()
  await expect(logArtifact(test, { files: { [path]: { ref: 's3://b/k', digest: 'd' } } })).rejects.toThrow(
    'it holds the path',
  )
})

test("W&B's download addresses lead to bytes of the version or collection that they name, and to no others", async () => {
  await using test = await openWithRun()
  const { id } = await logArtifact(test, { files: { 'a b#c.txt': 'one', empty: '' } })
  const other = await logArtifact(test, { name: 'other', files: { f: 'two' } })
  const [version, otherVersion] = [id, other.id].map(encodeURIComponent)
  const get = async (path: string): Promise<string | number> => {
    const response = await test.request(path)
    return response.ok ? response.text() : response.status
  }
  // The client does not escape file names: "#" cuts this one off.
  expect(await get(`/artifactsV2/default/local/demo/mnist/${version}/${version}/${hex('one')}/a%20b`)).toBe('one')
  expect(await get(`/artifactsV2/default/local/demo/mnist/${version}//${hex('one')}/`)).toBe('one')
  expect(await get(`/artifactsV2/default/local/demo/mnist/${version}/${hex('one')}/x`)).toBe('one')
  expect(await get(`/artifactsV2/default/local/demo/mnist//${hex('one')}/x`)).toBe('one')
  expect(await get(`/artifactsV2/eu/local/demo/mnist/${version}/${version}/${hex('')}/empty`)).toBe('')
  expect(await get(`/artifacts/local/${hex('two')}`)).toBe('two')
  expect(await get(`/artifactsV2/default/local/demo/mnist/${version}/${version}/${hex('two')}/f`)).toBe(404)
  expect(await get(`/artifactsV2/default/local/demo/mnist/${otherVersion}/${otherVersion}/${hex('two')}/f`)).toBe(404)
  expect(await get(`/artifactsV2/default/local/demo/mnist//${hex('two')}/f`)).toBe(404)
  expect(await get(`/artifactsV2/default/local/nothing/mnist//${hex('one')}/f`)).toBe(404)
  expect(await get(`/artifacts/somebody/${hex('two')}`)).toBe(404)
  expect(await get(`/artifactsV2/default/local/demo/mnist/${hex('one')}`)).toBe(404)
  const part = await test.request(`/artifacts/local/${hex('one')}`, { headers: { range: 'bytes=1-' } })
  expect([part.status, await part.text()]).toEqual([206, 'ne'])
})

test('files are asked for by exact names, also among references', async () => {
  await using test = await openWithRun()
  const ref = { ref: 'gs://bucket/far', digest: 'etag', size: 7 }
  await logArtifact(test, { files: { 'a/b': 'one', a: 'two', far: ref } })
  const document = `query ArtifactMembershipFiles($fileNames: [String!], $perPage: Int) { project(name: "demo") {
    artifactCollection(name: "mnist") { __typename artifactMembership(aliasName: "v0") { files(names: $fileNames, first: $perPage) {
      totalCount pageInfo { __typename endCursor hasNextPage }
      edges { node { __typename id name: displayName url sizeBytes storagePath mimetype updatedAt digest md5 directUrl } }
    } } }
  } }`
  const { project } = await test.graphql<{
    project: { artifactCollection: { artifactMembership: { files: { edges: { node: object }[] } } } }
  }>(document, { fileNames: ['far', 'a', 'nothing'], perPage: 50 })
  expect(project.artifactCollection.artifactMembership.files).toMatchObject({
    totalCount: 2,
    pageInfo: { hasNextPage: false },
    edges: [
      {
        node: {
          name: 'a',
          sizeBytes: 3,
          digest: md5Of('two'),
          storagePath: expect.stringMatching(/^wandb_artifacts\//),
        },
      },
      { node: { name: 'far', sizeBytes: 7, digest: 'etag', directUrl: 'gs://bucket/far' } },
    ],
  })
})

test('ten thousand files: announced in batches, committed at once, listed by page', { timeout: 60_000 }, async () => {
  await using test = await openWithRun()
  const paths = Array.from({ length: 10_000 }, (_, i) => `folder ${i % 7}/file ${i}.bin`)
  const digest = digestOf(Object.fromEntries(paths.map((path) => [path, { digest: md5Of('x') }])))
  const { id } = await logArtifact(test, { isFinal: false, files: { seed: 'x' }, input: { digest } })
  for (let start = 0; start < paths.length; start += 2000) {
    const specs = paths.slice(start, start + 2000).map((name) => ({ artifactID: id, name, md5: md5Of('x') }))
    const nodes = await announceFiles(test, specs)
    expect(nodes.map((node) => node.uploadUrl)).toEqual(specs.map(() => null))
  }
  const text = JSON.stringify({
    version: 1,
    storagePolicy: 'wandb-storage-policy-v1',
    contents: Object.fromEntries(paths.map((path) => [path, { digest: md5Of('x'), size: 1, birthArtifactID: id }])),
  })
  const answer = await test.graphql<{ createArtifactManifest: { artifactManifest: { file: { uploadUrl: string } } } }>(
    `mutation ($input: CreateArtifactManifestInput!) {
      createArtifactManifest(input: $input) { artifactManifest { file { uploadUrl } } } }`,
    {
      input: {
        artifactID: id,
        name: 'm',
        digest: md5Of(text),
        entityName: 'local',
        projectName: 'demo',
        runName: 'r1',
      },
    },
  )
  await test.request(answer.createArtifactManifest.artifactManifest.file.uploadUrl, { method: 'PUT', body: text })
  await commitArtifact(test, id)
  const listed: string[] = []
  for (let cursor: string | null = null; ; ) {
    const page: { project: { artifactCollection: { artifactMembership: { files: FilesPage } } } } = await test.graphql(
      `query GetArtifactMembershipFileUrls($cursor: String) { project(name: "demo") { artifactCollection(name: "mnist") {
        artifactMembership(aliasName: "v0") { files(after: $cursor, first: 3000) {
          pageInfo { __typename endCursor hasNextPage } edges { node { __typename name directUrl } }
        } } } } }`,
      { cursor },
    )
    const { pageInfo, edges } = page.project.artifactCollection.artifactMembership.files
    listed.push(...edges.map(({ node }) => node.name))
    if (!pageInfo.hasNextPage) break
    cursor = pageInfo.endCursor
  }
  expect(listed).toEqual([...paths].sort())
  expect((await findVersion(test, 'mnist'))?.artifact).toMatchObject({ fileCount: 10_000, size: 10_000 })
})

interface FilesPage {
  readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean }
  readonly edges: readonly { readonly node: { readonly name: string } }[]
}

test('contents go when the last version that has them is deleted, and not before', async () => {
  await using test = await openWithRun()
  const first = await logArtifact(test, { files: { f: 'shared', g: 'alone' } })
  await logArtifact(test, { name: 'other', files: { f: 'shared' } })
  await logArtifact(test, { name: 'pending', files: { f: 'under way' }, isFinal: false })
  // The manifests of committed versions are made from their entries; what was uploaded is not needed any more.
  expect((await test.server.collectGarbage({ apply: true, ...now })).contents).toHaveLength(2)
  expect((await test.server.collectGarbage({ apply: true, ...now })).contents).toEqual([])
  await test.graphql(
    'mutation ($id: ID!) { deleteArtifact(input: { artifactID: $id, deleteAliases: true }) { artifact { id } } }',
    {
      id: first.id,
    },
  )
  expect((await test.server.collectGarbage({ apply: true })).contents).toEqual([])
  const planned = await test.server.collectGarbage({ apply: false, ...now })
  expect(planned).toMatchObject({ isApplied: false, contents: [{ sizeBytes: 5 }], sizeBytes: 5 })
  expect((await test.server.collectGarbage({ apply: true, ...now })).contents).toEqual(planned.contents)
  expect((await test.server.collectGarbage({ apply: true, ...now })).contents).toEqual([])
  expect(await (await test.request((await findVersion(test, 'other'))!.files.edges[0]!.node.directUrl)).text()).toBe(
    'shared',
  )
  // Once collected, they have to be uploaded again.
  const [node] = await announceFiles(test, [
    { artifactID: (await findVersion(test, 'other'))!.artifact.id, name: 'g', md5: md5Of('alone') },
  ])
  expect(node?.uploadUrl).not.toBeNull()
})

test('versions that were never committed are given up after a week', async () => {
  await using test = await openWithRun()
  await logArtifact(test, { files: { f: 'left' }, isFinal: false })
  expect(await test.server.collectGarbage({ apply: true, ...now })).toMatchObject({
    abandonedVersionCount: 0,
    contents: [],
  })
  await test.clock.advance(8 * 24 * 60 * 60_000)
  expect(await test.server.collectGarbage({ apply: false, ...now })).toMatchObject({ abandonedVersionCount: 1 })
  const { abandonedVersionCount, contents } = await test.server.collectGarbage({ apply: true, ...now })
  expect([abandonedVersionCount, contents.length]).toEqual([1, 2])
})

test('contents of run files stay as long as their run', async () => {
  await using directory = await openTemporaryDirectory()
  await using store = await openSqliteStore({ path: ':memory:' })
  const blobs = openDirectoryBlobs({ path: directory.join('blobs') })
  const files = createDirectoryRunFiles(directory.path, blobs, systemClock)
  const server = createServer({ store, blobs, files })
  try {
    const at = { entity: 'local', project: 'demo', runId: 'r1' }
    const [{ run }] = await store.write([{ kind: 'put-run', at, nowMs: 0, change: {} }])
    await files.put(run.id, 'a.txt', partsOf([Buffer.from('a run file')]))
    expect((await server.collectGarbage({ apply: true, ...now })).contents).toEqual([])
    await store.write([{ kind: 'delete-run', run: run.id }])
    expect((await server.collectGarbage({ apply: true, ...now })).contents).toHaveLength(1)
  } finally {
    await server.close()
  }
})

async function* partsOf(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts
}

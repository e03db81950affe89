import { createHash } from 'node:crypto'
import { createXXHash128 } from 'hash-wasm'
import { expect, test } from 'vitest'
import {
  type Asker,
  announceFiles,
  commitArtifact,
  findVersion,
  logArtifact,
  md5Of,
  refusalOf,
  uploadManifest,
} from './artifact-client.ts'
import { openTestServer, type TestServer } from './test-server.ts'

const hasher = await createXXHash128()
const xxhHex = (text: string): string => hasher.init().update(text).digest('hex')
const xxhOf = (text: string): string => Buffer.from(xxhHex(text), 'hex').toString('base64')

async function openWithRun(): Promise<TestServer> {
  const test = await openTestServer()
  await test.upsert('r1')
  return test
}

type Entry = { readonly digest: string; readonly extra?: { readonly alg: string } }

/** As W&B's client 0.30 does it. */
function digestOf(contents: Readonly<Record<string, Entry>>): string {
  const lines = Object.keys(contents)
    .sort()
    .map((path) => `${path}:${contents[path]!.digest}\n`)
  return xxhHex(['wandb-artifact-manifest-v1\n', ...lines].join(''))
}

const createFiles = `mutation CreateArtifactFiles ($input: CreateArtifactFilesInput!) {
  createArtifactFiles(input: $input) { files { edges { node { storagePath uploadUrl digest md5 artifact { id }
    uploadMultipartUrls { uploadID uploadUrlParts { uploadUrl } } } } } }
}`

interface Place {
  readonly storagePath: string
  readonly uploadUrl: string | null
  readonly uploadMultipartUrls: {
    readonly uploadID: string
    readonly uploadUrlParts: readonly { readonly uploadUrl: string }[]
  } | null
}

async function announce(test: Asker, artifactID: string, content: string, change: object = {}): Promise<Place> {
  const file = { artifactID, name: 'f', md5: md5Of(content), digest: xxhOf(content), ...change }
  const { createArtifactFiles } = await test.graphql<{
    createArtifactFiles: { files: { edges: { node: Place }[] } }
  }>(createFiles, { input: { artifactFiles: [file], digestAlgorithm: 'MANIFEST_XXH128', storageLayout: 'V2' } })
  return createArtifactFiles.files.edges[0]!.node
}

const put = (test: Asker, url: string, body: string): Promise<Response> => test.request(url, { method: 'PUT', body })
const entryOf = (content: string): Entry & { size: number } => ({
  digest: xxhOf(content),
  size: content.length,
  extra: { alg: 'XXH128' },
})

/** Creates a version with one file, uploads and commits it. */
async function log(test: Asker, content: string, input: object = {}): Promise<string> {
  const digest = digestOf({ f: entryOf(content) })
  const wanted = { digest, digestAlgorithm: 'MANIFEST_XXH128', ...input }
  const { id, isReused } = await logArtifact(test, { isFinal: false, input: wanted })
  if (isReused) return id
  const { uploadUrl } = await announce(test, id, content)
  if (uploadUrl !== null) expect((await put(test, uploadUrl, content)).status).toBe(200)
  await uploadManifest(test, id, { f: entryOf(content) })
  await commitArtifact(test, id)
  return id
}

const facts = `{ project(name: "demo") {
  artifact(name: "mnist") { digest digestAlgorithm }
  artifactCollection(name: "mnist") { ... on ArtifactSequence { digestAlgorithm }
    artifactMembership(aliasName: "latest") { files { edges { node { name digest md5 directUrl } } } } }
} }`

interface Facts {
  readonly project: {
    readonly artifact: { readonly digest: string; readonly digestAlgorithm: string } | null
    readonly artifactCollection: {
      readonly digestAlgorithm: string
      readonly artifactMembership: {
        readonly files: { readonly edges: { readonly node: { readonly directUrl: string } }[] }
      }
    } | null
  }
}

test('a version can be named by XXH128: its digest, its files, and where they are got', async () => {
  await using test = await openWithRun()
  const id = await log(test, 'hello')
  const { project } = await test.graphql<Facts>(facts)
  expect(project.artifact).toEqual({ digest: digestOf({ f: entryOf('hello') }), digestAlgorithm: 'MANIFEST_XXH128' })
  expect(project.artifactCollection).toMatchObject({
    digestAlgorithm: 'MANIFEST_XXH128',
    artifactMembership: { files: { edges: [{ node: { digest: xxhOf('hello'), md5: md5Of('hello') } }] } },
  })
  const [{ node }] = project.artifactCollection!.artifactMembership.files.edges as [{ node: { directUrl: string } }]
  expect(await (await test.request(node.directUrl)).text()).toBe('hello')
  const handler = `/artifactsV2/default/local/demo/mnist/${encodeURIComponent(id)}//${xxhHex('hello')}/f`
  expect(await (await test.request(handler)).text()).toBe('hello')
  const manifest = await test.request((await findVersion(test, 'mnist'))!.artifact.currentManifest.file.directUrl)
  expect(await manifest.json()).toMatchObject({ contents: { f: { extra: { alg: 'XXH128' }, digest: xxhOf('hello') } } })
  expect(await log(test, 'hello')).toBe(id)
})

test('a new collection has no algorithm, and one of MD5 says so', async () => {
  await using test = await openWithRun()
  expect((await test.graphql<Facts>(facts)).project).toEqual({ artifact: null, artifactCollection: null })
  await logArtifact(test, { files: { f: 'x' } })
  expect((await test.graphql<Facts>(facts)).project).toMatchObject({
    artifact: { digestAlgorithm: 'MANIFEST_MD5' },
    artifactCollection: { digestAlgorithm: 'MANIFEST_MD5' },
  })
})

test('bytes are checked by both digests, and known only by those that were checked', async () => {
  await using test = await openWithRun()
  const { id } = await logArtifact(test, { isFinal: false })
  const lying = await announce(test, id, 'hello', { digest: xxhOf('other') })
  const refused = await put(test, lying.uploadUrl!, 'hello')
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('XXH128')])
  expect((await put(test, lying.uploadUrl!, 'other')).status).toBe(400)
  // Known by MD5 alone, they are sent once more.
  await logArtifact(test, { name: 'plain', files: { f: 'hello' } })
  const honest = await announce(test, id, 'hello')
  expect((await put(test, honest.uploadUrl!, 'hello')).status).toBe(200)
  expect((await announce(test, id, 'hello')).uploadUrl).toBeNull()
  expect((await announce(test, id, 'hello', { digest: xxhOf('other') })).uploadUrl).not.toBeNull()
  const input = {
    artifactFiles: [{ artifactID: id, name: 'f', md5: md5Of('x'), digest: 'x' }],
    digestAlgorithm: 'MANIFEST_XXH128',
  }
  expect(await refusalOf(test, createFiles, { input })).toContain('Not an XXH128')
})

test('digests of different algorithms are no equal ones', async () => {
  await using test = await openWithRun()
  const digest = digestOf({ f: entryOf('hello') })
  const id = await log(test, 'hello')
  const again = await logArtifact(test, { isFinal: false, input: { digest, digestAlgorithm: 'MANIFEST_MD5' } })
  expect([again.isReused, again.id === id]).toEqual([false, false])
  // The bytes are known by another digest than the one that an entry without a mark has.
  const contents = { f: { digest: xxhOf('hello'), size: 5 } }
  const lines = `wandb-artifact-manifest-v1\nf:${xxhOf('hello')}\n`
  const plain = await logArtifact(test, {
    name: 'plain',
    isFinal: false,
    input: { digest: createHash('md5').update(lines).digest('hex') },
  })
  await uploadManifest(test, plain.id, contents)
  await expect(commitArtifact(test, plain.id)).rejects.toThrow('was not uploaded')
})

test('an increment has the XXH128 of all that it holds', async () => {
  await using test = await openWithRun()
  await log(test, 'kept')
  const text = JSON.stringify({
    version: 1,
    storagePolicy: 'wandb-storage-policy-v1',
    contents: { g: entryOf('added') },
  })
  const { id } = await logArtifact(test, {
    manifestType: 'INCREMENTAL',
    isFinal: false,
    input: { digestAlgorithm: 'MANIFEST_XXH128', digest: digestOf({ g: entryOf('added') }) },
  })
  const { uploadUrl } = await announce(test, id, 'added')
  await put(test, uploadUrl!, 'added')
  const { createArtifactManifest } = await test.graphql<{
    createArtifactManifest: { artifactManifest: { file: { uploadUrl: string } } }
  }>(
    `mutation ($input: CreateArtifactManifestInput!) {
      createArtifactManifest(input: $input) { artifactManifest { file { uploadUrl } } } }`,
    {
      input: {
        artifactID: id,
        name: 'wandb_manifest.incremental.json',
        digest: md5Of(text),
        entityName: 'local',
        projectName: 'demo',
        runName: 'r1',
        type: 'INCREMENTAL',
      },
    },
  )
  await put(test, createArtifactManifest.artifactManifest.file.uploadUrl, text)
  const merged = digestOf({ f: entryOf('kept'), g: entryOf('added') })
  expect(await commitArtifact(test, id)).toEqual({ id, digest: merged })
})

test('a draft takes over files of another project by their XXH128', async () => {
  await using test = await openWithRun()
  await test.upsert('r1', { modelName: 'theirs' })
  const parent = await log(test, 'lent', { projectName: 'theirs' })
  const digest = digestOf({ f: entryOf('lent') })
  const { id } = await logArtifact(test, { isFinal: false, input: { digest, digestAlgorithm: 'MANIFEST_XXH128' } })
  await uploadManifest(test, id, { f: { ...entryOf('lent'), birthArtifactID: parent } })
  await commitArtifact(test, id)
  const found = await findVersion(test, 'mnist')
  expect(await (await test.request(found!.files.edges[0]!.node.directUrl)).text()).toBe('lent')
})

test('a file that comes in parts is checked by its XXH128 too', async () => {
  await using test = await openWithRun()
  const { id } = await logArtifact(test, { isFinal: false })
  const hex = (text: string): string => Buffer.from(md5Of(text), 'base64').toString('hex')
  const parts = [1, 2].map((partNumber) => ({ partNumber, hexMD5: hex(`part ${partNumber}`) }))
  const complete = async (digest: string): Promise<Response> => {
    const place = await announce(test, id, 'part 1part 2', { uploadPartsInput: parts, digest })
    const { uploadID, uploadUrlParts } = place.uploadMultipartUrls!
    for (const [index, { uploadUrl }] of uploadUrlParts.entries()) await put(test, uploadUrl, `part ${index + 1}`)
    const completedParts = parts.map(({ partNumber, hexMD5 }) => ({ partNumber, hexMD5: `"${hexMD5}"` }))
    const input = {
      completeMultipartAction: 'Complete',
      completedParts,
      artifactID: id,
      storagePath: place.storagePath,
      uploadID,
    }
    const query = `mutation ($input: CompleteMultipartUploadArtifactInput!) {
      completeMultipartUploadArtifact(input: $input) { digest } }`
    return test.post('/graphql', { query, variables: { input } })
  }
  const refused = await complete(xxhOf('other'))
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('XXH128')])
  expect((await complete(xxhOf('part 1part 2'))).status).toBe(200)
  expect((await announce(test, id, 'part 1part 2')).uploadUrl).toBeNull()
  const [plain] = await announceFiles(test, [{ artifactID: id, name: 'f', md5: md5Of('part 1part 2') }])
  expect(plain?.uploadUrl).toBeNull()
})

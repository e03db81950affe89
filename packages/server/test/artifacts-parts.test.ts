import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { startServer } from '../src/index.ts'
import {
  type Asker,
  announceFiles,
  commitArtifact,
  digestOf,
  findVersion,
  logArtifact,
  md5Of,
  refusalOf,
  uploadManifest,
} from './artifact-client.ts'
import { toStartedClient } from './started-client.ts'
import { openTestServer, type TestServer } from './test-server.ts'

const now = { graceMs: Number.NEGATIVE_INFINITY }
const content = 'first part, second part, third'
const pieces = ['first part, ', 'second part, ', 'third']
const hex = (text: string): string => Buffer.from(md5Of(text), 'base64').toString('hex')
const announced = pieces.map((piece, index) => ({ partNumber: index + 1, hexMD5: hex(piece) }))
const completed = announced.map(({ partNumber, hexMD5 }) => ({ partNumber, hexMD5: `"${hexMD5}"` }))

const completeDocument = `mutation CompleteMultipartUploadArtifact(
  $completeMultipartAction: CompleteMultipartAction!, $completedParts: [UploadPartsInput!]!, $artifactID: ID!,
  $storagePath: String!, $uploadID: String!
) {
  completeMultipartUploadArtifact(input: { completeMultipartAction: $completeMultipartAction,
    completedParts: $completedParts, artifactID: $artifactID, storagePath: $storagePath, uploadID: $uploadID }) { digest }
}`

async function openWithRun(startMs?: number): Promise<TestServer> {
  const test = await openTestServer(startMs === undefined ? {} : { startMs })
  await test.upsert('r1')
  return test
}

/** A draft that shall hold {@link content} as `large.bin`, and where its parts go. */
async function announceParts(test: Asker) {
  const { id } = await logArtifact(test, {
    isFinal: false,
    input: { digest: digestOf({ 'large.bin': { digest: md5Of(content) } }) },
  })
  const spec = { artifactID: id, name: 'large.bin', md5: md5Of(content), uploadPartsInput: announced }
  const [node] = await announceFiles(test, [spec])
  const { uploadID, uploadUrlParts } = node!.uploadMultipartUrls!
  const variables = {
    completeMultipartAction: 'Complete',
    completedParts: completed,
    artifactID: node!.artifact.id,
    storagePath: node!.storagePath,
    uploadID,
  }
  return { id, spec, node: node!, urls: uploadUrlParts.map(({ uploadUrl }) => uploadUrl), variables }
}

const put = (test: Asker, url: string, body: string): Promise<Response> => test.request(url, { method: 'PUT', body })

async function commitWith(test: Asker, id: string): Promise<void> {
  await uploadManifest(test, id, { 'large.bin': { digest: md5Of(content), size: content.length, birthArtifactID: id } })
  await commitArtifact(test, id)
}

test('a file comes in parts, in any order, and is one file then', async () => {
  await using test = await openWithRun()
  const { id, spec, node, urls, variables } = await announceParts(test)
  // The client takes a null here for "is there already", whatever else is said.
  expect(node.uploadUrl).toContain('/wandb_artifacts/')
  expect(node.uploadMultipartUrls?.uploadUrlParts.map(({ partNumber }) => partNumber)).toEqual([1, 2, 3])
  const answers = await Promise.all([2, 0, 1].map((index) => put(test, urls[index]!, pieces[index]!)))
  expect(answers.map((answer) => [answer.status, answer.headers.get('etag')])).toEqual(
    [2, 0, 1].map((index) => [200, `"${hex(pieces[index]!)}"`]),
  )
  expect(await test.graphql(completeDocument, variables)).toEqual({
    completeMultipartUploadArtifact: { digest: md5Of(content) },
  })
  // Who has waited for too long asks again.
  expect(await test.graphql(completeDocument, variables)).toMatchObject({ completeMultipartUploadArtifact: {} })
  await commitWith(test, id)
  const found = await findVersion(test, 'mnist')
  expect(await (await test.request(found!.files.edges[0]!.node.directUrl)).text()).toBe(content)
  expect(found!.artifact).toMatchObject({ size: content.length })
  const [again] = await announceFiles(test, [spec])
  expect(again).toMatchObject({ uploadUrl: null, uploadMultipartUrls: null, artifact: { id } })
})

test('who has announced parts may still send the file in one piece', async () => {
  await using test = await openWithRun()
  const { id, node } = await announceParts(test)
  expect((await put(test, node.uploadUrl!, content)).status).toBe(200)
  await commitWith(test, id)
})

test('a place is for its part alone', async () => {
  await using test = await openWithRun()
  const { urls } = await announceParts(test)
  const [first = ''] = urls
  expect((await put(test, first, pieces[1]!)).status).toBe(400)
  expect((await put(test, first.replace('/parts/1', '/parts/2'), pieces[0]!)).status).toBe(401)
  expect((await put(test, first.replace(hex(pieces[0]!), hex(pieces[1]!)), pieces[1]!)).status).toBe(401)
  expect((await test.request(first)).status).toBe(404)
  await test.clock.advance(25 * 60 * 60_000)
  expect((await put(test, first, pieces[0]!)).status).toBe(401)
})

test('an upload is completed with all of its parts, and with nothing else', async () => {
  await using test = await openWithRun()
  const { urls, variables } = await announceParts(test)
  const refusal = (change: object) => refusalOf(test, completeDocument, { ...variables, ...change })
  for (const index of [0, 1]) await put(test, urls[index]!, pieces[index]!)
  expect(await refusal({})).toContain(`has no part "${hex(pieces[2]!)}"`)
  await put(test, urls[2]!, pieces[2]!)
  const numbers = [1, 2, 3].map((partNumber, index) => ({ partNumber, hexMD5: completed[2 - index]!.hexMD5 }))
  expect(await refusal({ completedParts: numbers })).toContain(`not ${md5Of(content)}`)
  expect(await refusal({ completedParts: completed.slice(0, 2) })).toContain(`not ${md5Of(content)}`)
  expect(await refusal({ completedParts: completed.slice(1) })).toContain('without gaps')
  expect(await refusal({ completedParts: [] })).toContain('counted from 1')
  expect(await refusal({ completedParts: [{ partNumber: 1, hexMD5: '"../../x"' }] })).toContain('ETag')
  const other = await logArtifact(test, { name: 'other', isFinal: false })
  expect(await refusal({ artifactID: other.id })).toContain('createArtifactFiles')
  expect(await refusal({ uploadID: '../1' })).toContain('createArtifactFiles')
  expect(await refusal({ storagePath: 'elsewhere' })).toContain('createArtifactFiles')
  const weak = completed.map(({ partNumber, hexMD5 }) => ({ partNumber, hexMD5: `W/${hexMD5}` }))
  await test.graphql(completeDocument, { ...variables, completedParts: weak })
})

test.each([
  ['a gap', [announced[0], announced[2]], 'without gaps'],
  ['a part twice', [announced[0], announced[0]], 'each once'],
  ['no MD5', [{ partNumber: 1, hexMD5: 'x' }], 'Part 1'],
  ['too many parts', Array.from({ length: 10_001 }, (_, i) => ({ partNumber: i + 1, hexMD5: hex('x') })), '10000'],
])('an announcement with %s is refused', async (_, uploadPartsInput, message) => {
  await using test = await openWithRun()
  const { id } = await logArtifact(test, { isFinal: false })
  const spec = { artifactID: id, name: 'f', md5: md5Of('f'), uploadPartsInput }
  const document = `mutation ($input: CreateArtifactFilesInput!) { createArtifactFiles(input: $input) { files { edges { node {
    uploadMultipartUrls { uploadID } } } } } }`
  expect(await refusalOf(test, document, { input: { artifactFiles: [spec] } })).toContain(message)
})

test('a server that is started again goes on with the parts that are there', async () => {
  await using directory = await openTemporaryDirectory()
  const dataDirectory = directory.join('.lossline')
  const first = await startServer({ dataDirectory, port: 0, log: () => {} })
  const before = toStartedClient(first)
  await before.upsert('r1')
  const { id, urls, variables } = await announceParts(before)
  expect((await put(before, urls[0]!, pieces[0]!)).status).toBe(200)
  await first.close()
  const second = await startServer({ dataDirectory, port: 0, log: () => {} })
  try {
    const after = toStartedClient(second)
    for (const index of [1, 2]) {
      const { pathname, search } = new URL(urls[index]!)
      expect((await put(after, `${pathname}${search}`, pieces[index]!)).status).toBe(200)
    }
    await after.graphql(completeDocument, variables)
    await commitWith(after, id)
    expect((await findVersion(after, 'mnist'))?.artifact).toMatchObject({ size: content.length })
    expect(await readdir(join(dataDirectory, 'blobs', 'uploads'))).toEqual([])
  } finally {
    await second.close()
  }
})

test('parts of a version that is done are collected', async () => {
  // Times of parts are the machine's.
  await using test = await openWithRun(Date.now())
  const { id, node, urls, variables } = await announceParts(test)
  const collect = async (apply: boolean) => (await test.server.collectGarbage({ apply, ...now })).leftovers
  await put(test, urls[0]!, pieces[0]!)
  expect(await collect(true)).toEqual({ count: 0, sizeBytes: 0 })
  await put(test, node.uploadUrl!, content)
  await commitWith(test, id)
  const found = { count: 1, sizeBytes: pieces[0]!.length }
  expect([await collect(false), await collect(true), await collect(true)]).toEqual([
    found,
    found,
    { count: 0, sizeBytes: 0 },
  ])
  // The file is there, so nobody misses them.
  await test.graphql(completeDocument, variables)
})

test('parts that have waited for a day are collected, and the running server does so by itself', async () => {
  await using directory = await openTemporaryDirectory()
  const dataDirectory = directory.join('.lossline')
  const server = await startServer({ dataDirectory, port: 0, log: () => {} })
  try {
    const client = toStartedClient(server)
    await client.upsert('r1')
    const { urls, variables } = await announceParts(client)
    await put(client, urls[0]!, pieces[0]!)
    expect((await client.collectGarbage({ apply: true, graceMs: 0 })).leftovers.count).toBe(0)
    const folder = join(dataDirectory, 'blobs', 'uploads', (await readdir(join(dataDirectory, 'blobs', 'uploads')))[0]!)
    const longAgo = new Date(Date.now() - 25 * 60 * 60_000)
    for (const path of [join(folder, hex(pieces[0]!)), folder]) await utimes(path, longAgo, longAgo)
    expect((await client.collectGarbage({ apply: false })).leftovers.count).toBe(1)
    expect((await client.collectGarbage({ apply: true })).leftovers.count).toBe(1)
    expect(await refusalOf(client, completeDocument, variables)).toContain('has no part')
  } finally {
    await server.close()
  }

  await using test = await openWithRun(Date.now())
  const { urls, variables } = await announceParts(test)
  for (const index of [0, 1, 2]) await put(test, urls[index]!, pieces[index]!)
  await test.clock.advance(26 * 60 * 60_000)
  const leftCount = async () => (await test.server.collectGarbage({ apply: false })).leftovers.count
  await expect.poll(leftCount, { timeout: 30_000 }).toBe(0)
  expect(await refusalOf(test, completeDocument, variables)).toContain('has no part')
})

test('parts wait as long as there is a database that was put aside', async () => {
  const former = ['data/before-reindex-2026']
  let askCount = 0
  const findFormerDatabases = async (): Promise<readonly string[]> => {
    askCount += 1
    return [...former]
  }
  await using test = await openTestServer({ startMs: Date.now(), findFormerDatabases })
  await test.upsert('r1')
  const { urls } = await announceParts(test)
  await put(test, urls[0]!, pieces[0]!)
  await test.clock.advance(26 * 60 * 60_000)
  await expect.poll(() => askCount, { timeout: 30_000 }).toBeGreaterThan(0)
  await expect(test.server.collectGarbage({ apply: false })).rejects.toMatchObject({ code: 'former-database' })
  former.pop()
  expect((await test.server.collectGarbage({ apply: false })).leftovers.count).toBe(1)
})

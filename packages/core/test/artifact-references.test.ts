import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test, vi } from 'vitest'
import { Artifact, init } from '../src/index.ts'

/** A store at a loopback address, and a run whose artifacts refer to it. */
async function openStore(listener: RequestListener) {
  const directory = await openTemporaryDirectory()
  const server = createServer(listener)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  vi.stubEnv('AWS_S3_ENDPOINT_URL', url)
  vi.stubEnv('STORAGE_EMULATOR_HOST', url)
  const run = await init({ dir: directory.path, mode: 'offline', silent: true })
  return {
    url,
    async [Symbol.asyncDispose]() {
      vi.unstubAllEnvs()
      await run.finish()
      server.close()
      await directory[Symbol.asyncDispose]()
    },
  }
}

const refused = expect.objectContaining({
  code: 'artifact-reference',
  hint: expect.stringContaining('checksum: false'),
})

test('an object of S3 by its tag and version, and a prefix by what is in it', async () => {
  const listing = (keys: string, token = '') => `<ListBucketResult>${keys}${token}</ListBucketResult>`
  const object = (key: string, size: number) =>
    `<Contents><Key>${key}</Key><ETag>&quot;tag-${size}&quot;</ETag><Size>${size}</Size></Contents>`
  await using _store = await openStore((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://store')
    if (pathname === '/bucket/data.csv') {
      response.setHeader('etag', '"abc"')
      response.setHeader('x-amz-version-id', '7')
      response.setHeader('content-length', '12')
      response.end()
    } else if (pathname === '/bucket/' && searchParams.get('continuation-token') === null) {
      const keys = object('folder/', 0) + object('folder/a &amp; b.txt', 1)
      response.end(listing(keys, '<NextContinuationToken>next</NextContinuationToken>'))
    } else if (pathname === '/bucket/') response.end(listing(object('folder/deep/c.txt', 2)))
    else response.writeHead(pathname === '/secret/x' ? 403 : 404).end()
  })
  const artifact = new Artifact('references', 'dataset')
  await artifact.addReference('s3://bucket/data.csv')
  await artifact.addReference('s3://bucket/folder', { name: 'all' })
  expect(artifact.entries).toMatchObject([
    {
      path: 'all/a & b.txt',
      ref: 's3://bucket/folder/a & b.txt',
      digest: 'tag-1',
      sizeBytes: 1,
      extra: { etag: 'tag-1' },
    },
    { path: 'all/deep/c.txt', ref: 's3://bucket/folder/deep/c.txt', digest: 'tag-2', sizeBytes: 2 },
    {
      path: 'data.csv',
      ref: 's3://bucket/data.csv',
      digest: 'abc',
      sizeBytes: 12,
      extra: { etag: 'abc', versionID: '7' },
    },
  ])
  await expect(artifact.addReference('s3://bucket/folder', { name: 'few', maxObjects: 1 })).rejects.toThrow(
    expect.objectContaining({ code: 'artifact-reference', message: expect.stringContaining('more than 1 files') }),
  )
  await expect(artifact.addReference('s3://secret/x')).rejects.toThrow(refused)
  const [unchecked] = await artifact.addReference('s3://secret/x', { checksum: false })
  expect(unchecked).toMatchObject({ path: 'x', digest: 's3://secret/x', sizeBytes: undefined })
})

test('an object of Google Cloud Storage by its tag and generation', async () => {
  await using _store = await openStore((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://store')
    const object = { name: 'folder/data.csv', etag: 'CK==', size: '12', generation: '1700000000000000' }
    if (pathname.endsWith('/o/folder%2Fdata.csv')) response.end(JSON.stringify(object))
    else if (pathname.endsWith('/o')) response.end(JSON.stringify({ items: [object, { name: 'folder/' }] }))
    else response.writeHead(404).end()
  })
  const artifact = new Artifact('references', 'dataset')
  await artifact.addReference('gs://bucket/folder/data.csv')
  await artifact.addReference('gs://bucket/folder', { name: 'all' })
  const entry = { ref: 'gs://bucket/folder/data.csv', digest: 'CK==', sizeBytes: 12 }
  expect(artifact.entries).toMatchObject([
    { ...entry, path: 'all/data.csv' },
    { ...entry, path: 'data.csv', extra: { versionID: 1700000000000000n } },
  ])
})

test('an https address whose server takes no HEAD, or is away', async () => {
  await using store = await openStore((request, response) => {
    if (request.method === 'HEAD') response.writeHead(405).end()
    else if (request.url === '/gone') response.writeHead(404).end()
    else response.setHeader('etag', 'W/"weak"').end('content')
  })
  const artifact = new Artifact('references', 'dataset')
  const [entry] = await artifact.addReference(`${store.url}/data.csv?signature=secret`)
  expect(entry).toMatchObject({ path: 'data.csv', digest: 'W/"weak', extra: { etag: 'W/"weak"' } })
  await expect(artifact.addReference(`${store.url}/gone`)).rejects.toThrow(refused)
  await expect(artifact.addReference('http://127.0.0.1:1/away')).rejects.toThrow(refused)
})

test('addresses that say nothing are refused', async () => {
  await using _store = await openStore((_request, response) => response.end())
  const artifact = new Artifact('references', 'dataset')
  await expect(artifact.addReference('no-scheme')).rejects.toThrow(refused)
  await expect(artifact.addReference('hf://model/weights')).rejects.toThrow(refused)
  await expect(artifact.addReference('wandb-artifact://41/a')).rejects.toThrow(refused)
  await expect(artifact.addReference('https://x/y', { name: '../y', checksum: false })).rejects.toThrow(
    expect.objectContaining({ code: 'invalid-name' }),
  )
  await expect(artifact.addReference('file:///nowhere/at/all')).rejects.toThrow(
    expect.objectContaining({ code: 'artifact-file-missing' }),
  )
})

import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { hashParts, partBytesOf, uploadParts } from '../../src/sender/artifacts/multipart.ts'
import { createLimiter } from '../../src/sender/uploads/limiter.ts'
import { createQuickClock } from './test-journal.ts'

test('parts have the sizes of those of W&B’s client', () => {
  expect(partBytesOf(2 ** 31 - 1)).toBeUndefined()
  expect(partBytesOf(2 ** 31)).toBe(104_857_600)
  expect(partBytesOf(104_857_600 * 9_999)).toBe(104_857_600)
  const large = 4 * 2 ** 40
  const partBytes = partBytesOf(large) ?? 0
  expect(partBytes % 4096).toBe(0)
  expect(Math.ceil(large / partBytes)).toBeLessThanOrEqual(10_000)
})

test('a file goes in parts, one of them after a failure, and is joined by what their answers said', async () => {
  await using directory = await openTemporaryDirectory()
  const bytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251))
  const path = directory.join('large.bin')
  writeFileSync(path, bytes)
  const parts: Buffer[] = []
  const headers: Record<string, unknown>[] = []
  let failuresLeft = 1
  let completed: Record<string, unknown> = {}
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    if (request.url === '/graphql') {
      completed = JSON.parse(body.toString()).variables
      response.end('{"data":{"completeMultipartUploadArtifact":{"digest":null}}}')
      return
    }
    if (failuresLeft > 0) {
      failuresLeft -= 1
      response.writeHead(503).end()
      return
    }
    const index = Number(request.url?.slice(1))
    parts[index] = body
    headers[index] = request.headers
    response.writeHead(200, { ETag: `"part ${index}"` }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const partBytes = 300
    const partMd5s = await hashParts(path, bytes.length, partBytes)
    const md5OfPart = (start: number) => createHash('md5').update(bytes.subarray(start, start + partBytes))
    expect(partMd5s).toEqual([0, 300, 600, 900].map((start) => md5OfPart(start).digest('hex')))
    let sentBytes = 0
    await uploadParts(
      {
        file: { path: 'large.bin', localPath: path, md5Base64: '', bytes: bytes.length },
        slot: {
          url: `${baseUrl}/whole`,
          headers: { 'Content-Type': 'application/x' },
          birthArtifactId: 'birth',
          storagePath: 'place',
          multipart: undefined,
        },
        multipart: { uploadId: 'upload', partUrls: partMd5s.map((_, index) => `${baseUrl}/${index}`) },
        partMd5s,
        partBytes,
        limit: createLimiter(2),
        onBytes: (count) => {
          sentBytes += count
        },
      },
      { baseUrl, headers: {}, fetch, clock: createQuickClock(), signal: new AbortController().signal },
    )
    expect(Buffer.concat(parts)).toEqual(bytes)
    expect(sentBytes).toBe(bytes.length)
    expect(headers[3]).toMatchObject({
      'content-md5': md5OfPart(900).digest('base64'),
      'content-length': '100',
      'content-type': 'application/x',
    })
    expect(completed).toEqual({
      completeMultipartAction: 'Complete',
      completedParts: [0, 1, 2, 3].map((index) => ({ partNumber: index + 1, hexMD5: `"part ${index}"` })),
      artifactID: 'birth',
      storagePath: 'place',
      uploadID: 'upload',
    })
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

import { createHash } from 'node:crypto'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { openTemporaryDirectory } from '@lossline/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BlobDigest, parseBlobDigest } from './blobs.ts'
import { openDirectoryBlobs } from './directory-blobs.ts'

const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')

async function* partsOf(...parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts
}

async function readAll(stream: ReadableStream<Uint8Array> | undefined): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream ?? null).arrayBuffer())
}

describe('directory blobs', () => {
  test('any content comes back by its digest, put at once or in parts', async () => {
    await using directory = await openTemporaryDirectory()
    const blobs = openDirectoryBlobs({ path: directory.join('blobs') })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 })), async (parts) => {
        const content = Buffer.concat(parts)
        const digest = sha256(content)
        expect(await blobs.put(partsOf(...parts))).toEqual({ digest, sizeBytes: content.length })
        expect(await blobs.put(content)).toEqual({ digest, sizeBytes: content.length })
        expect(Buffer.compare(await readAll(await blobs.get(parseBlobDigest(digest))), content)).toBe(0)
        expect(await blobs.size(parseBlobDigest(digest))).toBe(content.length)
        expect(await blobs.has(parseBlobDigest(digest))).toBe(true)
      }),
      { numRuns: 30 },
    )
    expect(await readdir(directory.join('blobs', 'temporary'))).toEqual([])
  })

  test('a content that is not there is undefined', async () => {
    await using directory = await openTemporaryDirectory()
    const blobs = openDirectoryBlobs({ path: directory.join('blobs') })
    const digest = parseBlobDigest('0'.repeat(64))
    expect(await blobs.get(digest)).toBeUndefined()
    expect(await blobs.size(digest)).toBeUndefined()
    expect(await blobs.has(digest)).toBe(false)
  })

  test('a content other than the expected one is refused and not kept', async () => {
    await using directory = await openTemporaryDirectory()
    const blobs = openDirectoryBlobs({ path: directory.join('blobs') })
    const content = Buffer.from('hello')
    await expect(blobs.put(content, parseBlobDigest('0'.repeat(64)))).rejects.toMatchObject({ code: 'conflict' })
    expect(await blobs.has(parseBlobDigest(sha256(content)))).toBe(false)
    expect(await readdir(directory.join('blobs'))).toEqual(['temporary'])
  })

  test('a stream that fails leaves nothing behind, and its error passes', async () => {
    await using directory = await openTemporaryDirectory()
    const blobs = openDirectoryBlobs({ path: directory.join('blobs') })
    const failure = new Error('connection lost')
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half')
      throw failure
    }
    await expect(blobs.put(failing())).rejects.toBe(failure)
    expect(await readdir(directory.join('blobs', 'temporary'))).toEqual([])
  })

  test('the same content put many times at once is kept once', async () => {
    await using directory = await openTemporaryDirectory()
    const blobs = openDirectoryBlobs({ path: directory.join('blobs') })
    const content = Buffer.alloc(200_000, 'x')
    const results = await Promise.all(Array.from({ length: 8 }, () => blobs.put(content)))
    expect(new Set(results.map((result) => result.digest))).toEqual(new Set([sha256(content)]))
    const [folder] = await readdir(directory.join('blobs', 'sha256'))
    expect(await readdir(directory.join('blobs', 'sha256', folder!))).toHaveLength(1)
  })

  test('a half-written file of an old crash is replaced', async () => {
    await using directory = await openTemporaryDirectory()
    const blobs = openDirectoryBlobs({ path: directory.join('blobs') })
    const content = Buffer.from('whole content')
    const digest = sha256(content)
    await mkdir(directory.join('blobs', 'sha256', digest.slice(0, 2)), { recursive: true })
    await writeFile(directory.join('blobs', 'sha256', digest.slice(0, 2), digest.slice(2)), 'who')
    await blobs.put(content)
    expect(Buffer.compare(await readAll(await blobs.get(parseBlobDigest(digest))), content)).toBe(0)
  })

  test.each(['', '../../etc/passwd', `${'0'.repeat(63)}/`, '0'.repeat(65), 'A'.repeat(64), `${'0'.repeat(64)}\n`])(
    'a digest that is none is refused: %j',
    async (text) => {
      await using directory = await openTemporaryDirectory()
      const blobs = openDirectoryBlobs({ path: directory.path })
      expect(() => parseBlobDigest(text)).toThrow(expect.objectContaining({ code: 'invalid' }))
      await expect(blobs.get(text as BlobDigest)).rejects.toMatchObject({ code: 'invalid' })
      await expect(blobs.put(Buffer.from('x'), text as BlobDigest)).rejects.toMatchObject({ code: 'conflict' })
    },
  )

  test('a folder that cannot be made is unavailable', async () => {
    await using directory = await openTemporaryDirectory()
    await writeFile(directory.join('file'), '')
    const blobs = openDirectoryBlobs({ path: directory.join('file') })
    await expect(blobs.put(Buffer.from('x'))).rejects.toMatchObject({ code: 'unavailable' })
  })
})

import { readdir } from 'node:fs/promises'
import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import type { BlobParts, BlobUpload } from './blob-parts.ts'
import { openDirectoryBlobs } from './directory-blobs.ts'
import { createMemoryBlobs } from './memory-blobs.ts'

async function* bytesOf(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

async function read(parts: BlobParts, upload: string, names: readonly string[]): Promise<string> {
  let text = ''
  for await (const piece of parts.read(upload, names)) text += Buffer.from(piece).toString()
  return text
}

async function listAll(parts: BlobParts): Promise<BlobUpload[]> {
  const found: BlobUpload[] = []
  for await (const upload of parts.list()) found.push(upload)
  return found
}

describe.each(['directory', 'memory'])('parts in a %s', (kind) => {
  test('are read in the order that is asked for, replaced, listed and dropped', async () => {
    await using directory = await openTemporaryDirectory()
    const blobs = kind === 'memory' ? createMemoryBlobs() : openDirectoryBlobs({ path: directory.path })
    const { parts } = blobs
    expect(await listAll(parts)).toEqual([])
    const startMs = Date.now() - 5000
    await parts.put('7-ab', 'b', bytesOf('wor', 'ld'))
    await parts.put('7-ab', 'a', bytesOf('?'))
    await parts.put('7-ab', 'a', bytesOf('hello '))
    await parts.put('8-cd', 'empty', bytesOf())
    expect(await read(parts, '7-ab', ['a', 'b', 'b'])).toBe('hello worldworld')
    await expect(read(parts, '7-ab', ['a', 'c'])).rejects.toMatchObject({ code: 'not-found' })
    await expect(read(parts, 'nothing', ['a'])).rejects.toMatchObject({ code: 'not-found' })
    const found = await listAll(parts)
    expect(found.map(({ upload, sizeBytes }) => [upload, sizeBytes]).sort()).toEqual([
      ['7-ab', 11],
      ['8-cd', 0],
    ])
    for (const { putAtMs } of found) expect(putAtMs).toBeGreaterThan(startMs)
    await parts.drop('7-ab')
    await parts.drop('7-ab')
    await expect(read(parts, '7-ab', ['a'])).rejects.toMatchObject({ code: 'not-found' })
    expect((await listAll(parts)).map(({ upload }) => upload)).toEqual(['8-cd'])
    // Parts are no contents.
    for await (const content of blobs.list()) throw new Error(content.digest)
  })

  test('have names that lead nowhere else', async () => {
    await using directory = await openTemporaryDirectory()
    const { parts } = kind === 'memory' ? createMemoryBlobs() : openDirectoryBlobs({ path: directory.path })
    for (const name of ['', '..', 'a/b', 'A', 'a'.repeat(101)]) {
      await expect(parts.put(name, 'a', bytesOf('x'))).rejects.toMatchObject({ code: 'invalid' })
      await expect(parts.put('a', name, bytesOf('x'))).rejects.toMatchObject({ code: 'invalid' })
      await expect(read(parts, name, ['a'])).rejects.toMatchObject({ code: 'invalid' })
      await expect(parts.drop(name)).rejects.toMatchObject({ code: 'invalid' })
    }
  })
})

test('a part that is broken off leaves nothing behind', async () => {
  await using directory = await openTemporaryDirectory()
  const { parts } = openDirectoryBlobs({ path: directory.path })
  const failure = new Error('connection lost')
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('half')
    throw failure
  }
  await expect(parts.put('u', 'p', failing())).rejects.toBe(failure)
  expect(await readdir(directory.join('temporary'))).toEqual([])
  expect(await listAll(parts)).toEqual([])
})

import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { openDirectoryBlobs } from './directory-blobs.ts'

test('what broken-off puts left is told, then removed; a put under way and young ones are left alone', async () => {
  await using directory = await openTemporaryDirectory()
  const temporary = directory.join('temporary')
  await mkdir(temporary)
  const left = async (name: string, atMs: number): Promise<void> => {
    await writeFile(`${temporary}/${name}`, 'half')
    await utimes(`${temporary}/${name}`, atMs / 1000, atMs / 1000)
  }
  await left('old', 1_000_000)
  await left('young', 9_000_000)
  const blobs = openDirectoryBlobs({ path: directory.path })
  const { promise: more, resolve: goOn } = Promise.withResolvers<void>()
  async function* slowly(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('first')
    await more
    yield Buffer.from('second')
  }
  const putting = blobs.put(slowly())
  await expect.poll(async () => (await readdir(temporary)).length).toBe(3)
  const untouchedSinceMs = 5_000_000
  expect(await blobs.collectLeftovers({ untouchedSinceMs, apply: false })).toEqual({ count: 1, sizeBytes: 4 })
  expect(await blobs.collectLeftovers({ untouchedSinceMs, apply: true })).toEqual({ count: 1, sizeBytes: 4 })
  const all = { untouchedSinceMs: Number.POSITIVE_INFINITY, apply: true }
  expect(await blobs.collectLeftovers(all)).toEqual({ count: 1, sizeBytes: 4 })
  goOn()
  expect(await putting).toMatchObject({ sizeBytes: 11 })
  expect(await readdir(temporary)).toEqual([])
})

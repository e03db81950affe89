import { createHash } from 'node:crypto'
import { type FileHandle, link, mkdir, open, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { openTemporaryDirectory, type TemporaryDirectory } from '@lossline/testing'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { type BlobListing, type Blobs, parseBlobDigest } from './blobs.ts'
import { openDirectoryBlobs } from './directory-blobs.ts'
import { createMemoryBlobs } from './memory-blobs.ts'
import { createFolderSync } from './sync-folder.ts'

const digestOf = (content: string | Uint8Array) => parseBlobDigest(createHash('sha256').update(content).digest('hex'))

async function listAll(blobs: Blobs): Promise<BlobListing[]> {
  const found: BlobListing[] = []
  for await (const one of blobs.list()) found.push(one)
  return found
}

async function read(blobs: Blobs, content: string): Promise<string | undefined> {
  const stream = await blobs.get(digestOf(content))
  return stream && new Response(stream).text()
}

/** A file that is named after its content, as staged files are. */
async function stage(directory: TemporaryDirectory, content: string): Promise<string> {
  await mkdir(directory.join('staged'), { recursive: true })
  const file = directory.join('staged', digestOf(content))
  await writeFile(file, content)
  return file
}

/** Notes which inodes are synced: what the disk has cannot be seen from here. */
async function watchSyncs(directory: TemporaryDirectory) {
  const handle = await open(directory.path, 'r')
  const prototype = Object.getPrototypeOf(handle) as FileHandle
  await handle.close()
  const inodes: number[] = []
  const original = prototype.sync
  const spy = vi.spyOn(prototype, 'sync').mockImplementation(async function (this: FileHandle) {
    inodes.push((await this.stat()).ino)
    await original.call(this)
  })
  return {
    inodes,
    async [Symbol.asyncDispose]() {
      spy.mockRestore()
    },
  }
}

const kinds: [string, (directory: TemporaryDirectory) => Blobs][] = [
  ['in a directory', (directory) => openDirectoryBlobs({ path: directory.join('blobs') })],
  ['in memory', () => createMemoryBlobs()],
]

describe.each(kinds)('blobs %s', (_, open) => {
  test('any part of a content is read alone', async () => {
    await using directory = await openTemporaryDirectory()
    const blobs = open(directory)
    const content = Buffer.from(Array.from({ length: 200 }, (_, i) => i))
    const { digest } = await blobs.put(content)
    await fc.assert(
      fc.asyncProperty(fc.nat(199), fc.nat(199), async (a, b) => {
        const range = { first: Math.min(a, b), last: Math.max(a, b) }
        const part = new Uint8Array(await new Response((await blobs.get(digest, range)) ?? null).arrayBuffer())
        expect(Buffer.compare(part, content.subarray(range.first, range.last + 1))).toBe(0)
      }),
      { numRuns: 30 },
    )
  })

  test('what is put is listed, what is deleted is gone, and deleting nothing says so', async () => {
    await using directory = await openTemporaryDirectory()
    const blobs = open(directory)
    expect(await listAll(blobs)).toEqual([])
    for (const content of ['one', 'three']) await blobs.put(Buffer.from(content))
    const found = (await listAll(blobs)).map(({ digest, sizeBytes }) => [digest, sizeBytes])
    expect(new Map(found as [string, number][])).toEqual(
      new Map([
        [digestOf('one'), 3],
        [digestOf('three'), 5],
      ]),
    )
    expect(await blobs.delete(digestOf('one'))).toBe(true)
    expect(await blobs.delete(digestOf('one'))).toBe(false)
    expect((await listAll(blobs)).map(({ digest }) => digest)).toEqual([digestOf('three')])
  })

  test('a content that was put since then is not deleted', async () => {
    await using directory = await openTemporaryDirectory()
    const blobs = open(directory)
    await blobs.put(Buffer.from('x'))
    const [listed] = await listAll(blobs)
    expect(await blobs.delete(digestOf('x'), listed!.putAtMs - 1)).toBe(false)
    expect(await blobs.delete(digestOf('x'), listed!.putAtMs)).toBe(true)
  })

  test('an adopted file is inspected, and refused by what the inspection throws', async () => {
    await using directory = await openTemporaryDirectory()
    const blobs = open(directory)
    const file = await stage(directory, 'content')
    const refusal = new Error('another MD5')
    async function* refuse(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      yield* content
      throw refusal
    }
    await expect(blobs.adopt(file, refuse)).rejects.toBe(refusal)
    expect(await blobs.has(digestOf('content'))).toBe(false)
    expect(await blobs.adopt(file)).toEqual({ digest: digestOf('content'), sizeBytes: 7, isRead: true })
    expect(await read(blobs, 'content')).toBe('content')
    await expect(blobs.adopt(directory.join('missing'))).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('adopting into a directory', () => {
  const inode = async (file: string) => (await stat(file)).ino
  const fileOf = (directory: TemporaryDirectory, content: string) => {
    const digest = digestOf(content)
    return directory.join('blobs', 'sha256', digest.slice(0, 2), digest.slice(2))
  }

  test('a staged file is linked, and the same inode again is not even read', async () => {
    await using directory = await openTemporaryDirectory()
    const blobs = openDirectoryBlobs({ path: directory.join('blobs') })
    const file = await stage(directory, 'staged')
    await blobs.adopt(file)
    expect(await inode(fileOf(directory, 'staged'))).toBe(await inode(file))
    const neverRead = (): never => {
      throw new Error('read')
    }
    expect(await blobs.adopt(file, neverRead)).toEqual({ digest: digestOf('staged'), sizeBytes: 6, isRead: false })
  })

  test.skipIf(process.platform === 'win32')(
    'what is acknowledged is on the disk with its name, also when nothing had to be copied',
    async () => {
      await using directory = await openTemporaryDirectory()
      const blobs = openDirectoryBlobs({ path: directory.join('blobs') })
      const file = await stage(directory, 'staged')
      const kept = fileOf(directory, 'staged')
      await mkdir(dirname(kept), { recursive: true })
      await link(file, kept)
      await using syncs = await watchSyncs(directory)
      expect(await blobs.adopt(file)).toMatchObject({ isRead: false })
      const wanted = [kept, dirname(kept), dirname(dirname(kept))]
      expect(syncs.inodes.sort()).toEqual((await Promise.all(wanted.map(inode))).sort())
    },
  )

  test.skipIf(process.platform === 'win32')('folders of many contents at once are synced few times', async () => {
    await using directory = await openTemporaryDirectory()
    const sync = createFolderSync()
    await mkdir(directory.join('parent/folder'), { recursive: true })
    await sync(directory.join('parent/folder'))
    await using syncs = await watchSyncs(directory)
    await Promise.all(Array.from({ length: 20 }, () => sync(directory.join('parent/folder'))))
    // One that was begun by the first call, and one for all that came after it.
    expect(syncs.inodes).toHaveLength(2)
    await sync(directory.join('parent/folder'))
    expect(syncs.inodes).toHaveLength(3)
  })

  test("a user's own file is copied: changing it later changes nothing here", async () => {
    await using directory = await openTemporaryDirectory()
    const blobs = openDirectoryBlobs({ path: directory.join('blobs') })
    await writeFile(directory.join('data.csv'), 'before')
    await blobs.adopt(directory.join('data.csv'))
    await writeFile(directory.join('data.csv'), 'after!')
    expect(await read(blobs, 'before')).toBe('before')
  })

  test('a file under the name of another content is kept under its own', async () => {
    await using directory = await openTemporaryDirectory()
    const blobs = openDirectoryBlobs({ path: directory.join('blobs') })
    const file = await stage(directory, 'truth')
    await writeFile(file, 'a lie')
    expect((await blobs.adopt(file)).digest).toBe(digestOf('a lie'))
    expect(await blobs.has(digestOf('truth'))).toBe(false)
    await writeFile(file, 'later')
    expect(await read(blobs, 'a lie')).toBe('a lie')
  })

  test('a content that is here is taken, not a second copy of it', async () => {
    await using directory = await openTemporaryDirectory()
    const blobs = openDirectoryBlobs({ path: directory.join('blobs') })
    await blobs.put(Buffer.from('staged'))
    const before = await inode(fileOf(directory, 'staged'))
    await blobs.adopt(await stage(directory, 'staged'))
    expect(await inode(fileOf(directory, 'staged'))).toBe(before)
  })

  test('putting a content again makes it young, so that a collection under way leaves it', async () => {
    await using directory = await openTemporaryDirectory()
    const blobs = openDirectoryBlobs({ path: directory.join('blobs') })
    await blobs.put(Buffer.from('x'))
    await utimes(fileOf(directory, 'x'), 1000, 1000)
    await blobs.put(Buffer.from('x'))
    expect(await blobs.delete(digestOf('x'), 1_000_000)).toBe(false)
  })

  test('deleting leaves the other names of the file', async () => {
    await using directory = await openTemporaryDirectory()
    const blobs = openDirectoryBlobs({ path: directory.join('blobs') })
    const file = await stage(directory, 'staged')
    await blobs.adopt(file)
    await link(file, directory.join('other'))
    await blobs.delete(digestOf('staged'))
    expect(await readFile(directory.join('other'), 'utf8')).toBe('staged')
  })
})

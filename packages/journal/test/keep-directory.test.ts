import { createHash } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { blobPathOf, stagedPathOf } from '../src/artifacts/content-paths.ts'
import { createGlobMatcher, findNameClashes, keepDirectory, keepFile, keepFiles } from '../src/index.ts'

const md5 = (bytes: Uint8Array | string): string => createHash('md5').update(bytes).digest('base64')
const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

async function openFolders() {
  const directory = await openTemporaryDirectory()
  const folder = join(directory.path, 'data')
  const dataDirectory = join(directory.path, '.lossline')
  const runDirectory = join(dataDirectory, 'runs', 'run-1')
  mkdirSync(folder)
  return {
    folder,
    dataDirectory,
    runDirectory,
    keep: (options: Partial<Parameters<typeof keepDirectory>[0]> = {}) =>
      keepDirectory({ path: folder, dataDirectory, runDirectory, policy: 'mutable', ...options }),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  }
}

/** Lets the files' time stamps become old enough to be trusted. */
function makeOld(folder: string): void {
  const past = new Date(Date.now() - 10_000.5)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), past, past)
  }
}

describe('a folder', () => {
  test('is kept whole: small files, large ones, empty ones, each content once', { timeout: 60_000 }, async () => {
    await using place = await openFolders()
    const large = Buffer.alloc(20 * 2 ** 20, 'large ')
    mkdirSync(join(place.folder, 'deep/er'), { recursive: true })
    const contents: Record<string, Buffer> = {
      'large.bin': large,
      'deep/er/größe 日本.txt': Buffer.from('x'),
      empty: Buffer.alloc(0),
    }
    for (let index = 0; index < 300; index += 1) contents[`small-${index}`] = Buffer.from(`content ${index % 100}`)
    for (const [name, bytes] of Object.entries(contents)) writeFileSync(join(place.folder, name), bytes)
    const { files, notices, reusedCount } = await place.keep()
    expect(notices).toEqual([])
    expect(reusedCount).toBe(0)
    expect(new Map(files.map((file) => [file.name, file.md5Base64]))).toEqual(
      new Map(Object.entries(contents).map(([name, bytes]) => [name, md5(bytes)])),
    )
    for (const { name, sha256Hex, sizeBytes } of files) {
      const bytes = contents[name] ?? Buffer.from('missing')
      expect(sizeBytes).toBe(bytes.length)
      expect(sha256Hex).toBe(sha256(bytes))
      const blob = blobPathOf(place.dataDirectory, sha256Hex)
      expect(readFileSync(blob).equals(bytes)).toBe(true)
      expect(statSync(blob).ino).toBe(statSync(stagedPathOf(place.runDirectory, sha256Hex)).ino)
    }
    expect(readdirSync(join(place.dataDirectory, 'blobs', 'temporary'))).toEqual([])
    expect(readdirSync(join(place.runDirectory, 'artifacts'))).toHaveLength(103)
  })

  test('that is as it was is not read again, and what changed is', async () => {
    await using place = await openFolders()
    for (const name of ['a', 'b', 'c']) writeFileSync(join(place.folder, name), name)
    makeOld(place.folder)
    await sleep(150)
    await place.keep()
    const again = await place.keep()
    expect(again.reusedCount).toBe(3)
    writeFileSync(join(place.folder, 'b'), 'B')
    const { files, reusedCount } = await place.keep({ runDirectory: join(place.dataDirectory, 'runs', 'run-2') })
    expect(reusedCount).toBe(2)
    expect(files.find(({ name }) => name === 'b')?.md5Base64).toBe(md5('B'))
    expect(existsSync(stagedPathOf(join(place.dataDirectory, 'runs', 'run-2'), sha256('a')))).toBe(true)
  })

  test('that changed with its size and its modification time kept is read again', async () => {
    await using place = await openFolders()
    const file = join(place.folder, 'a')
    writeFileSync(file, 'one')
    makeOld(place.folder)
    const { atime, mtime } = statSync(file)
    await sleep(150)
    await place.keep()
    writeFileSync(file, 'two')
    utimesSync(file, atime, mtime)
    const { files } = await place.keep()
    expect(files[0]?.md5Base64).toBe(md5('two'))
  })

  test('whose files were written just before it was read is not trusted the next time', async () => {
    await using place = await openFolders()
    writeFileSync(join(place.folder, 'a'), 'one')
    await place.keep()
    expect((await place.keep()).reusedCount).toBe(0)
    await sleep(150)
    await place.keep()
    expect((await place.keep()).reusedCount).toBe(1)
  })

  test('of which a content was removed from the data folder is read again', async () => {
    await using place = await openFolders()
    writeFileSync(join(place.folder, 'a'), 'one')
    await sleep(150)
    await place.keep()
    rmSync(blobPathOf(place.dataDirectory, sha256('one')))
    rmSync(stagedPathOf(place.runDirectory, sha256('one')))
    expect((await place.keep()).reusedCount).toBe(0)
    expect(readFileSync(stagedPathOf(place.runDirectory, sha256('one')), 'utf8')).toBe('one')
  })

  test('with a damaged index is read', async () => {
    await using place = await openFolders()
    writeFileSync(join(place.folder, 'a'), 'one')
    await sleep(150)
    await place.keep()
    const indexes = join(place.dataDirectory, 'stat-index')
    for (const name of readdirSync(indexes)) writeFileSync(join(indexes, name), 'lossline-stat-index 1\n damaged')
    expect((await place.keep()).reusedCount).toBe(0)
    expect((await place.keep()).reusedCount).toBe(1)
  })

  test('with links, special files and empty folders says what became of them', async () => {
    await using place = await openFolders()
    const { folder } = place
    mkdirSync(join(folder, 'inside/empty'), { recursive: true })
    writeFileSync(join(folder, 'inside/file'), 'file')
    writeFileSync(join(place.dataDirectory, '../outside'), 'outside')
    symlinkSync('inside/file', join(folder, 'link'))
    symlinkSync('inside', join(folder, 'linked-folder'))
    symlinkSync('../outside', join(folder, 'out'))
    symlinkSync('nowhere', join(folder, 'broken'))
    symlinkSync('..', join(folder, 'inside/loop'))
    symlinkSync('self', join(folder, 'self'))
    const socket = createServer()
    await new Promise<void>((done) => {
      socket.listen(join(folder, 'socket'), done)
    })
    const { files, notices } = await place.keep()
    socket.close()
    expect(files.map(({ name, md5Base64 }) => [name, md5Base64]).sort()).toEqual(
      [
        ['inside/file', md5('file')],
        ['link', md5('file')],
        ['linked-folder/file', md5('file')],
        ['out', md5('outside')],
      ].sort(),
    )
    expect(notices.map(({ kind, path }) => `${kind} ${path}`).sort()).toEqual([
      'broken-link broken',
      'broken-link self',
      'empty-directory inside/empty',
      'empty-directory linked-folder/empty',
      'link-loop inside/loop',
      'link-loop linked-folder/loop',
      'link-outside out',
      'special-file socket',
    ])
    const unfollowed = await place.keep({ followSymlinks: false, exclude: ['socket'] })
    expect(unfollowed.files.map(({ name }) => name)).toEqual(['inside/file'])
    expect(unfollowed.notices.filter(({ kind }) => kind === 'link-skipped')).toHaveLength(6)
  })

  test('is taken in part by globs', async () => {
    await using place = await openFolders()
    mkdirSync(join(place.folder, 'node_modules/a'), { recursive: true })
    mkdirSync(join(place.folder, 'src'))
    for (const name of ['a.ts', 'a.tmp', 'src/b.ts', 'src/c.js', 'node_modules/a/index.js']) {
      writeFileSync(join(place.folder, name), name)
    }
    const namesOf = async (options: { exclude?: string[]; include?: string[] }) =>
      (await place.keep(options)).files.map(({ name }) => name).sort()
    expect(await namesOf({ exclude: ['*.tmp', 'node_modules/'] })).toEqual(['a.ts', 'src/b.ts', 'src/c.js'])
    expect(await namesOf({ include: ['*.ts'] })).toEqual(['a.ts', 'src/b.ts'])
    expect(await namesOf({ include: ['src/**'], exclude: ['src/*.js'] })).toEqual(['src/b.ts'])
  })

  test('that is none, or that is not there, is an error', async () => {
    await using place = await openFolders()
    writeFileSync(join(place.folder, 'file'), '')
    await expect(place.keep({ path: join(place.folder, 'file') })).rejects.toMatchObject({
      code: 'artifact-file-unsupported',
    })
    await expect(place.keep({ path: join(place.folder, 'missing') })).rejects.toMatchObject({
      code: 'artifact-file-missing',
      message: expect.stringContaining('missing'),
    })
  })

  test.skipIf(process.getuid?.() === 0)('with a file that may not be read is an error that names it', async () => {
    await using place = await openFolders()
    writeFileSync(join(place.folder, 'secret'), '')
    chmodSync(join(place.folder, 'secret'), 0)
    await expect(place.keep()).rejects.toMatchObject({
      code: 'artifact-file-unreadable',
      message: expect.stringContaining('secret'),
    })
  })
})

describe('a file', () => {
  test('that grows while it is read is an error that names it', { timeout: 60_000 }, async () => {
    await using place = await openFolders()
    const path = join(place.folder, 'growing.log')
    writeFileSync(path, Buffer.alloc(64 * 2 ** 20, 1))
    const descriptor = openSync(path, 'a')
    let isDone = false
    const keeping = keepFiles([
      { path, dataDirectory: place.dataDirectory, policy: 'mutable', sizeBytes: 1 << 26 },
    ]).finally(() => {
      isDone = true
    })
    keeping.catch(() => {})
    while (!isDone) {
      writeSync(descriptor, 'more')
      await sleep(2)
    }
    closeSync(descriptor)
    await expect(keeping).rejects.toMatchObject({ code: 'artifact-file-changed', path })
    expect(readdirSync(join(place.dataDirectory, 'blobs', 'temporary'))).toEqual([])
  })

  test('that vanishes before it is read is an error that names it; none is begun after it', async () => {
    await using place = await openFolders()
    const large = 9 * 2 ** 20
    const files = Array.from({ length: 24 }, (_, index) => ({
      path: join(place.folder, String(index)),
      dataDirectory: place.dataDirectory,
      policy: 'mutable' as const,
      sizeBytes: large,
    }))
    for (const { path } of files) writeFileSync(path, Buffer.alloc(large, path))
    rmSync(join(place.folder, '0'))
    const kept: number[] = []
    await expect(keepFiles(files, { onKept: (position) => kept.push(position) })).rejects.toMatchObject({
      code: 'artifact-file-missing',
      path: join(place.folder, '0'),
    })
    // Each thread but one may be at a file of its own, and at the next one before the failure is known.
    const threadCount = Math.min(availableParallelism(), 16)
    expect(kept.length).toBeLessThanOrEqual(Math.min(2 * threadCount, files.length - 2))
  })

  test('that cannot be read does not keep the others from being kept, where that is asked for', async () => {
    await using place = await openFolders()
    const optionsOf = (sizeBytes: number) =>
      ['a', 'b', 'c'].map((name) => {
        writeFileSync(join(place.folder, name), Buffer.alloc(sizeBytes, name))
        return { path: join(place.folder, name), dataDirectory: undefined, policy: 'mutable' as const, sizeBytes }
      })
    for (const sizeBytes of [10, 300_000]) {
      const files = optionsOf(sizeBytes)
      rmSync(join(place.folder, 'a'))
      const failed: [number, unknown][] = []
      const kept = await keepFiles(files, { onFailed: (position, error) => failed.push([position, error]) })
      expect(kept.map(({ md5Base64 }) => md5Base64)).toEqual(
        ['b', 'c'].map((name) => md5(Buffer.alloc(sizeBytes, name))),
      )
      expect(failed).toEqual([[0, expect.objectContaining({ code: 'artifact-file-missing' })]])
    }
  })

  test('and many more at once share a thread for each core', { timeout: 60_000 }, async () => {
    await using place = await openFolders()
    let threadCount = 0
    const count = (): void => {
      threadCount += 1
    }
    process.on('worker', count)
    try {
      const keeping = Array.from({ length: 200 }, (_, index) => {
        const path = join(place.folder, String(index))
        writeFileSync(path, Buffer.alloc(300_000, String(index)))
        return keepFile({ path, dataDirectory: place.dataDirectory, policy: 'mutable' })
      })
      const kept = await Promise.all(keeping)
      expect(kept[123]?.md5Base64).toBe(md5(Buffer.alloc(300_000, '123')))
    } finally {
      process.off('worker', count)
    }
    expect(threadCount).toBeLessThanOrEqual(Math.min(availableParallelism(), 16))
  })

  test.each([
    ['small', 100],
    ['large', 3 * 2 ** 20],
  ])('that is a link to a %s one is kept as that one', async (_, sizeBytes) => {
    await using place = await openFolders()
    const [path, target] = ['link', 'target'].map((name) => join(place.folder, name)) as [string, string]
    writeFileSync(target, Buffer.alloc(sizeBytes, 'target'))
    symlinkSync('target', path)
    for (const policy of ['mutable', 'immutable'] as const) {
      const dataDirectory = join(place.dataDirectory, policy)
      const { sha256Hex } = await keepFile({ path, dataDirectory, runDirectory: join(dataDirectory, 'run'), policy })
      const blob = blobPathOf(dataDirectory, sha256Hex)
      expect(sha256Hex).toBe(sha256(readFileSync(target)))
      expect(lstatSync(blob).isFile()).toBe(true)
      expect(lstatSync(blob).ino === statSync(target).ino).toBe(policy === 'immutable')
      expect(readFileSync(stagedPathOf(join(dataDirectory, 'run'), sha256Hex)).equals(readFileSync(target))).toBe(true)
    }
  })

  test.each([
    ['small', 100],
    ['large', 9 * 2 ** 20],
  ])('that is %s and was touched is the content that is there, once on disk', async (_, sizeBytes) => {
    await using place = await openFolders()
    const path = join(place.folder, 'weights')
    for (const policy of ['mutable', 'immutable'] as const) {
      const dataDirectory = join(place.dataDirectory, policy)
      const options = { path, dataDirectory, runDirectory: join(dataDirectory, 'run'), policy }
      writeFileSync(path, Buffer.alloc(sizeBytes, 'weights'))
      const { sha256Hex } = await keepFile(options)
      const blob = blobPathOf(dataDirectory, sha256Hex)
      const { ino } = statSync(blob)
      utimesSync(path, 1, 1)
      await keepFile(options)
      expect(statSync(blob).ino).toBe(ino)
      expect(statSync(stagedPathOf(options.runDirectory, sha256Hex)).ino).toBe(ino)
      const temporary = join(dataDirectory, 'blobs', 'temporary')
      expect(existsSync(temporary) ? readdirSync(temporary) : []).toEqual([])
      rmSync(path)
    }
  })

  test('that is immutable is linked and not copied; one that is mutable is its own', async () => {
    await using place = await openFolders()
    const path = join(place.folder, 'weights')
    for (const [bytes, name] of [
      [100, 'small'],
      [3 * 2 ** 20, 'large'],
    ] as const) {
      writeFileSync(path, Buffer.alloc(bytes, name))
      const mutable = await keepFile({ path, dataDirectory: join(place.folder, 'mutable'), policy: 'mutable' })
      expect(statSync(blobPathOf(join(place.folder, 'mutable'), mutable.sha256Hex)).ino).not.toBe(statSync(path).ino)
      const kept = await keepFile({ path, dataDirectory: place.dataDirectory, policy: 'immutable' })
      expect(statSync(blobPathOf(place.dataDirectory, kept.sha256Hex)).ino).toBe(statSync(path).ino)
      rmSync(path)
    }
  })

  test('that is large and unchanged is not read again', async () => {
    await using place = await openFolders()
    const path = join(place.folder, 'weights')
    writeFileSync(path, Buffer.alloc(9 * 2 ** 20, 'weights'))
    await sleep(150)
    const options = { path, dataDirectory: place.dataDirectory, policy: 'mutable' } as const
    const first = await keepFile(options)
    // A wrong digest in the index comes back only if the index is believed.
    const indexPath = join(
      place.dataDirectory,
      'stat-index',
      readdirSync(join(place.dataDirectory, 'stat-index'))[0] ?? '',
    )
    const index = readFileSync(indexPath)
    index.writeUInt8(index.readUInt8(index.length - 48) ^ 1, index.length - 48)
    writeFileSync(indexPath, index)
    const second = await keepFile(options)
    expect(second.sha256Hex).toBe(first.sha256Hex)
    expect(second.md5Base64).not.toBe(first.md5Base64)
  })

  test('of zeros stays a hole on disk', { timeout: 120_000 }, async () => {
    await using place = await openFolders()
    const path = join(place.folder, 'sparse')
    // 5 GB take half a minute on a slow machine: LOSSLINE_TEST_SPARSE_BYTES=5000000000 asks for them.
    const sizeBytes = Number(process.env.LOSSLINE_TEST_SPARSE_BYTES ?? 300 * 10 ** 6)
    const descriptor = openSync(path, 'w')
    ftruncateSync(descriptor, sizeBytes)
    writeSync(descriptor, 'end', sizeBytes - 3)
    closeSync(descriptor)
    const { sha256Hex, sizeBytes: keptBytes } = await keepFile({
      path,
      dataDirectory: place.dataDirectory,
      policy: 'mutable',
    })
    const stats = statSync(blobPathOf(place.dataDirectory, sha256Hex))
    expect([keptBytes, stats.size]).toEqual([sizeBytes, sizeBytes])
    expect(stats.blocks * 512).toBeLessThan(20 * 2 ** 20)
  })

  test('has one content under several names', async () => {
    await using place = await openFolders()
    writeFileSync(join(place.folder, 'a'), 'same')
    linkSync(join(place.folder, 'a'), join(place.folder, 'b'))
    const { files } = await place.keep()
    expect(files.map(({ sha256Hex }) => sha256Hex)).toEqual([sha256('same'), sha256('same')])
  })
})

test('many files at once', { timeout: 300_000 }, async () => {
  await using place = await openFolders()
  // LOSSLINE_TEST_FILE_COUNT=100000 asks for more.
  const count = Number(process.env.LOSSLINE_TEST_FILE_COUNT ?? 10_000)
  for (let index = 0; index < count; index += 1) writeFileSync(join(place.folder, String(index)), `content ${index}`)
  const { files } = await place.keep()
  expect(files).toHaveLength(count)
  expect(files.find(({ name }) => name === '1234')?.md5Base64).toBe(md5('content 1234'))
})

test('names that clash elsewhere are found', () => {
  expect(findNameClashes(['a/B', 'a/b', 'Ã©', 'café', 'cafe\u0301', 'STRASSE'])).toEqual([
    { kind: 'name-clash', path: 'a/b', target: 'a/B' },
    { kind: 'name-clash', path: 'cafe\u0301', target: 'café' },
  ])
})

test.each([
  ['*.tmp', 'a.tmp', true],
  ['*.tmp', 'x/y/a.tmp', true],
  ['*.tmp', 'a.tmpx', false],
  ['/*.tmp', 'x/a.tmp', false],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['a/*/b', 'a/x/y/b', false],
  ['.git/', '.git/config', true],
  ['.git', '.gitignore', false],
  ['{a,b}.txt', 'b.txt', true],
  ['[a-c].txt', 'd.txt', false],
  ['[!a-c].txt', 'd.txt', true],
  ['a?c', 'a/c', false],
  ['größe*', 'größe.txt', true],
  ['a+(b).txt', 'a+(b).txt', true],
])('the glob %s and the path %s: %s', (glob, path, isMatch) => {
  expect(createGlobMatcher([glob])(path)).toBe(isMatch)
})

import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { blobPathOf, stagedPathOf } from './content-paths.ts'
import { stageBytesSync } from './staged-files.ts'

const bytes = new TextEncoder().encode('three little words')
const sha256Hex = createHash('sha256').update(bytes).digest('hex')

test('staged bytes are one file under two names, with both digests', async () => {
  await using directory = await openTemporaryDirectory()
  const runDirectory = join(directory.path, 'runs', 'run-1')
  const staged = stageBytesSync(runDirectory, bytes)
  expect(staged).toEqual({
    md5Base64: createHash('md5').update(bytes).digest('base64'),
    sha256Hex,
    sizeBytes: bytes.length,
    localPath: stagedPathOf(runDirectory, sha256Hex),
  })
  expect(readFileSync(staged.localPath, 'utf8')).toBe('three little words')
  expect(statSync(staged.localPath).ino).toBe(statSync(blobPathOf(directory.path, sha256Hex)).ino)
  expect(readdirSync(join(directory.path, 'blobs'))).toEqual(['sha256'])
})

test('the same bytes again change nothing, also for a second run', async () => {
  await using directory = await openTemporaryDirectory()
  const [first, second] = ['run-1', 'run-2'].map((name) => join(directory.path, 'runs', name)) as [string, string]
  const { localPath } = stageBytesSync(first, bytes)
  const before = statSync(localPath)
  expect(stageBytesSync(first, bytes).localPath).toBe(localPath)
  expect(statSync(stageBytesSync(second, bytes).localPath).ino).toBe(before.ino)
  expect(statSync(localPath).mtimeMs).toBe(before.mtimeMs)
})

test('a content that two threads kept at the same time becomes one file again', async () => {
  await using directory = await openTemporaryDirectory()
  const runDirectory = join(directory.path, 'runs', 'run-1')
  const { localPath } = stageBytesSync(runDirectory, bytes)
  rmSync(localPath)
  writeFileSync(localPath, bytes)
  stageBytesSync(runDirectory, bytes)
  expect(statSync(localPath).ino).toBe(statSync(blobPathOf(directory.path, sha256Hex)).ino)
  expect(readdirSync(join(runDirectory, 'artifacts'))).toEqual([sha256Hex])
})

test('a content that a crash cut off is written again', async () => {
  await using directory = await openTemporaryDirectory()
  const runDirectory = join(directory.path, 'runs', 'run-1')
  const { localPath } = stageBytesSync(runDirectory, bytes)
  chmodSync(localPath, 0o644)
  truncateSync(localPath, 3)
  stageBytesSync(runDirectory, bytes)
  expect(readFileSync(localPath, 'utf8')).toBe('three little words')
  expect(readFileSync(blobPathOf(directory.path, sha256Hex), 'utf8')).toBe('three little words')
})

test('an empty content is a content', async () => {
  await using directory = await openTemporaryDirectory()
  const staged = stageBytesSync(join(directory.path, 'runs', 'run-1'), new Uint8Array())
  expect(staged).toMatchObject({ md5Base64: '1B2M2Y8AsgTpgAmY7PhCfg==', sizeBytes: 0 })
  expect(statSync(staged.localPath).size).toBe(0)
})

test('what the file system refuses is thrown', async () => {
  await using directory = await openTemporaryDirectory()
  writeFileSync(join(directory.path, 'blobs'), 'in the way')
  mkdirSync(join(directory.path, 'runs', 'run-1'), { recursive: true })
  expect(() => stageBytesSync(join(directory.path, 'runs', 'run-1'), bytes)).toThrow(/EEXIST|ENOTDIR/)
})

import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { openTemporaryDirectory } from '@lossline/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reindexDataDirectory, restoreBackup, startServer } from '../src/index.ts'
import { uploadRunFile } from './run-file-client.ts'
import { toStartedClient } from './started-client.ts'

let umaskBefore = 0

beforeEach(() => {
  // What most systems have: others may read.
  umaskBefore = process.umask(0o022)
})
afterEach(() => {
  process.umask(umaskBefore)
})

const start = (dataDirectory: string) => startServer({ dataDirectory, port: 0, log: () => {} })

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)

/** Modes of the entries of a data folder; folders that were put aside by their names up to the time. */
function modesIn(dataDirectory: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(dataDirectory).map((name) => [name.replace(/-\d{4}-.*$/, ''), modeOf(`${dataDirectory}/${name}`)]),
  )
}

// Windows has no such modes.
test.skipIf(process.platform === 'win32')('other accounts read nothing of what a server makes', async () => {
  await using directory = await openTemporaryDirectory()
  const dataDirectory = directory.join('deep/data')
  const file = directory.join('backup.tar')
  const server = await start(dataDirectory)
  try {
    const client = toStartedClient(server)
    await client.upsert('r1')
    await uploadRunFile(client, 'r1', 'notes.txt', 'private')
    expect([modeOf(directory.join('deep')), modeOf(dataDirectory)]).toEqual(['700', '700'])
    expect(modesIn(dataDirectory)).toMatchObject({
      'store.db': '600',
      'store.db-wal': '600',
      'store.db-shm': '600',
      'upload-secret': '600',
      'server.json': '600',
      blobs: '700',
      'run-files': '700',
      runs: '700',
    })
    mkdirSync(directory.join('deep/data/runs/mine'))
    writeFileSync(directory.join('deep/data/runs/mine/readable.txt'), 'mine')
    writeFileSync(directory.join('deep/data/server-settings.json'), '{}')
    writeFileSync(file, await (await client.admin('GET', '/backup')).bytes())
  } finally {
    await server.close()
  }

  const restored = directory.join('restored')
  for (const nowMs of [Date.UTC(2026, 1, 1), Date.UTC(2026, 1, 2)]) {
    await restoreBackup({ file, dataDirectory: restored, replace: true, nowMs })
  }
  expect(modeOf(restored)).toBe('700')
  expect(modesIn(restored)).toEqual({
    'store.db': '600',
    'upload-secret': '600',
    'server-settings.json': '600',
    blobs: '700',
    'run-files': '700',
    runs: '700',
    'before-restore': '700',
  })
  // Files keep the modes that they had, in a folder that is closed.
  expect(modeOf(`${restored}/runs/mine/readable.txt`)).toBe('644')

  await reindexDataDirectory({ dataDirectory: restored, fresh: true })
  expect(modesIn(restored)).toMatchObject({ 'store.db': '600', 'before-reindex': '700' })
})

test.skipIf(process.platform === 'win32')(
  'a folder that was there stays open, and what an earlier release has left open in it is closed',
  async () => {
    await using directory = await openTemporaryDirectory()
    const dataDirectory = directory.join('data')
    await (await start(dataDirectory)).close()
    const folders = ['runs', 'blobs', 'run-files', 'before-reindex-2026-01-01']
    for (const name of folders) mkdirSync(`${dataDirectory}/${name}`, { recursive: true })
    for (const name of ['', ...folders]) chmodSync(`${dataDirectory}/${name}`, 0o755)
    writeFileSync(`${dataDirectory}/server-settings.json`, '{}')
    chmodSync(`${dataDirectory}/store.db`, 0o644)
    await (await start(dataDirectory)).close()
    expect(modeOf(dataDirectory)).toBe('755')
    expect(modesIn(dataDirectory)).toMatchObject({
      'store.db': '600',
      'server-settings.json': '600',
      blobs: '700',
      'run-files': '700',
      'before-reindex': '700',
      runs: '755',
    })
  },
)

test('a restore that fails leaves no folder behind, and takes none away', async () => {
  await using directory = await openTemporaryDirectory()
  const bad = directory.join('bad.tar')
  writeFileSync(bad, 'not an archive '.repeat(100))
  const restore = (file: string, dataDirectory: string) => restoreBackup({ file, dataDirectory, nowMs: Date.now() })
  for (const file of [bad, directory.join('none.tar')]) {
    await expect(restore(file, directory.join('a/b'))).rejects.toMatchObject({ code: 'backup-damaged' })
  }
  mkdirSync(directory.join('mine'))
  await expect(restore(bad, directory.join('mine'))).rejects.toMatchObject({ code: 'backup-damaged' })
  expect(readdirSync(directory.path).sort()).toEqual(['bad.tar', 'mine'])
  expect(readdirSync(directory.join('mine'))).toEqual([])
  await expect(restore(bad, `${bad}/x`)).rejects.toMatchObject({ code: 'data-directory' })
  expect(readFileSync(bad, 'utf8')).toContain('not an archive')
})

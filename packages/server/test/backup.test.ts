import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { openDirectoryBlobs } from '@lossline/store'
import { fixtureUrl, openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { toManifestLine } from '../src/backup/backup-format.ts'
import { tarEnd, tarHeader, tarPadding } from '../src/backup/tar.ts'
import { openBackup } from '../src/backup/write-backup.ts'
import { findRunningServer, restoreBackup, type StartedServer, startServer } from '../src/index.ts'
import { logArtifact } from './artifact-client.ts'
import { uploadRunFile } from './run-file-client.ts'
import { toStartedClient } from './started-client.ts'
import { historyLines } from './test-server.ts'

const nowMs = Date.UTC(2026, 3, 1)

async function saveBackup(server: StartedServer, file: string): Promise<void> {
  const { token } = findRunningServer(server.dataDirectory)!
  const response = await fetch(`${server.url}/api/admin/backup`, { headers: { authorization: `Bearer ${token}` } })
  expect(response.status).toBe(200)
  const handle = await open(file, 'w')
  try {
    for await (const part of response.body!) await handle.appendFile(part)
  } finally {
    await handle.close()
  }
}

function start(dataDirectory: string): Promise<StartedServer> {
  return startServer({ dataDirectory, port: 0, log: () => {} })
}

async function runOf(server: StartedServer, runId: string) {
  const response = await fetch(`${server.url}/api/runs/local/demo/${runId}`)
  return ((await response.json()) as { run?: { historyLineCount: number } }).run
}

test('a backup made under load holds everything that was acknowledged before it, and restores elsewhere', async () => {
  await using directory = await openTemporaryDirectory()
  const file = directory.join('backup.tar')
  const large = Buffer.alloc(3_000_000, 'abc')
  {
    const server = await start(directory.join('data'))
    try {
      const client = toStartedClient(server)
      await client.upsert('r1')
      await uploadRunFile(client, 'r1', 'media/é/a file.bin', large)
      await uploadRunFile(client, 'r1', 'notes.txt', 'first')
      await uploadRunFile(client, 'r1', 'notes.txt', 'second')
      await logArtifact(client, { files: { 'train.csv': 'a,b\n1,2\n' } })
      let acknowledged = 0
      const append = async (): Promise<void> => {
        const content = historyLines(acknowledged, [{ loss: acknowledged }, { loss: acknowledged + 1 }])
        const files = { 'wandb-history.jsonl': { offset: acknowledged, content } }
        expect((await client.stream('r1', { files })).status).toBe(200)
        acknowledged += 2
      }
      for (let i = 0; i < 50; i++) await append()
      const acknowledgedBefore = acknowledged
      let isSaved = false
      const saving = saveBackup(server, file).finally(() => {
        isSaved = true
      })
      while (!isSaved) await append()
      await saving
      const restored = await restoreBackup({ file, dataDirectory: directory.join('restored'), nowMs })
      expect(restored).toMatchObject({ formerDirectory: undefined })
      const database = new DatabaseSync(directory.join('restored/store.db'), { readOnly: true })
      expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
      database.close()
      const second = await start(directory.join('restored'))
      try {
        const count = (await runOf(second, 'r1'))!.historyLineCount
        expect(count).toBeGreaterThanOrEqual(acknowledgedBefore)
        expect(count).toBeLessThanOrEqual(acknowledged)
        const copy = toStartedClient(second)
        expect(await copy.readRunFile('r1', 'notes.txt')).toEqual(Buffer.from('second'))
        expect((await copy.readRunFile('r1', 'media/é/a file.bin'))?.equals(large)).toBe(true)
        expect((await copy.collectGarbage()).contentCount).toBe(0)
        // What only the superseded file had was left out.
        expect(blobCount(directory.join('restored'))).toBe(blobCount(directory.join('data')) - 2)
      } finally {
        await second.close()
      }
    } finally {
      await server.close()
    }
  }
  expect(readdirSync(directory.join('data')).filter((name) => name.startsWith('backup-work'))).toEqual([])
})

function blobCount(dataDirectory: string): number {
  return readdirSync(`${dataDirectory}/blobs/sha256`, { recursive: true }).filter((name) =>
    /..[/\\]/.test(String(name)),
  ).length
}

test('a backup holds run folders; a restored one that the database lacks is read', async () => {
  await using directory = await openTemporaryDirectory()
  const folder = directory.join('data/runs/offline-run-1')
  const source = fixtureUrl('wandb-runs/scalars/offline-run-20261124_020339-scalars1')
  const server = await startServer({ dataDirectory: directory.join('data'), port: 0, log: () => {}, watch: [] })
  try {
    cpSync(source, folder, { recursive: true })
    await saveBackup(server, directory.join('backup.tar'))
  } finally {
    await server.close()
  }
  await restoreBackup({ file: directory.join('backup.tar'), dataDirectory: directory.join('restored'), nowMs })
  const files = (root: string) => readdirSync(root, { recursive: true }).map(String).sort()
  expect(files(directory.join('restored/runs/offline-run-1'))).toEqual(files(folder))
  const restored = await start(directory.join('restored'))
  try {
    await expect
      .poll(async () => (await (await fetch(`${restored.url}/api/projects`)).json()) as { projects: unknown[] }, {
        timeout: 20_000,
      })
      .toMatchObject({ projects: [{}] })
  } finally {
    await restored.close()
  }
})

async function smallBackup(directory: { join(name: string): string }): Promise<string> {
  const server = await start(directory.join('data'))
  try {
    const client = toStartedClient(server)
    await client.upsert('r1')
    await uploadRunFile(client, 'r1', 'a.txt', 'content of the file')
    await saveBackup(server, directory.join('backup.tar'))
  } finally {
    await server.close()
  }
  return directory.join('backup.tar')
}

test('a damaged, shortened or foreign archive changes nothing, and says what is wrong', async () => {
  await using directory = await openTemporaryDirectory()
  const file = await smallBackup(directory)
  const whole = readFileSync(file)
  const target = directory.join('restored')
  const tryWith = async (bytes: Buffer): Promise<unknown> => {
    writeFileSync(directory.join('bad.tar'), bytes)
    return restoreBackup({ file: directory.join('bad.tar'), dataDirectory: target, nowMs }).catch((error) => error)
  }
  const changed = Buffer.from(whole)
  changed.write('CONTENT', changed.indexOf('content of the file'))
  expect(await tryWith(changed)).toMatchObject({
    code: 'backup-damaged',
    message: expect.stringMatching(/blobs\/sha256/),
  })
  for (const length of [0, 100, 512, 2000, whole.length >> 1, whole.length - 1100]) {
    expect(await tryWith(whole.subarray(0, length)), `${length} bytes`).toMatchObject({ code: 'backup-damaged' })
  }
  expect(await tryWith(Buffer.from('not an archive '.repeat(100)))).toMatchObject({ code: 'backup-damaged' })
  expect(existsSync(target) ? readdirSync(target) : []).toEqual([])
  await restoreBackup({ file, dataDirectory: target, nowMs })
  expect(existsSync(`${target}/store.db`)).toBe(true)
})

test('a data folder with data, or with a server, is left alone; told to replace, what it held is put aside', async () => {
  await using directory = await openTemporaryDirectory()
  const file = await smallBackup(directory)
  const dataDirectory = directory.join('data')
  const server = await start(dataDirectory)
  await expect(restoreBackup({ file, dataDirectory, nowMs, replace: true })).rejects.toMatchObject({
    code: 'server-already-running',
  })
  await toStartedClient(server).upsert('later')
  await server.close()
  await expect(restoreBackup({ file, dataDirectory, nowMs })).rejects.toMatchObject({
    code: 'data-directory',
    message: expect.stringContaining('holds data already'),
  })
  const { formerDirectory } = await restoreBackup({ file, dataDirectory, nowMs, replace: true })
  const restored = await start(dataDirectory)
  expect([await runOf(restored, 'later'), (await runOf(restored, 'r1')) !== undefined]).toEqual([undefined, true])
  await restored.close()
  renameSync(formerDirectory!, directory.join('former'))
  const former = await start(directory.join('former'))
  expect(await runOf(former, 'later')).toBeDefined()
  await former.close()
})

test('a large file that becomes shorter while it is read ends the backup, and what it needed is removed', async () => {
  await using directory = await openTemporaryDirectory()
  await smallBackup(directory)
  const dataDirectory = directory.join('data')
  const file = directory.join('data/runs/r/files/large.bin')
  mkdirSync(directory.join('data/runs/r/files'), { recursive: true })
  writeFileSync(file, Buffer.alloc(30_000_000))
  const blobs = openDirectoryBlobs({ path: directory.join('data/blobs') })
  const opened = await openBackup({ dataDirectory, blobs, version: '1.0.0', nowMs })
  let readCount = 0
  const read = async (): Promise<void> => {
    for await (const part of opened.parts) {
      readCount += part.length
      if (readCount > 10_000_000) truncateSync(file, 1000)
    }
  }
  await expect(read()).rejects.toMatchObject({ code: 'backup-changed', message: expect.stringContaining('large.bin') })
  await opened.close()
  expect(readdirSync(dataDirectory).filter((name) => name.startsWith('backup-work'))).toEqual([])
})

test('a backup that nobody reads to its end lets go of the turn, so that garbage is collected', async () => {
  await using directory = await openTemporaryDirectory()
  const server = await start(directory.join('data'))
  try {
    const client = toStartedClient(server)
    await client.upsert('r1')
    await uploadRunFile(client, 'r1', 'large.bin', Buffer.alloc(50_000_000))
    const response = await client.admin('GET', '/backup')
    const collecting = client.collectGarbage()
    const reader = response.body!.getReader()
    await reader.read()
    await reader.cancel()
    expect((await collecting).contentCount).toBe(0)
    const names = readdirSync(directory.join('data'))
    expect(names.filter((name) => name.startsWith('backup-work'))).toEqual([])
  } finally {
    await server.close()
  }
})

/** An archive as `lossline backup` makes it, of whatever files. */
function archiveOf(files: Readonly<Record<string, Uint8Array>>): Buffer {
  const lines = Object.entries(files).map(([path, content]) =>
    toManifestLine({ path, sizeBytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }),
  )
  const head = JSON.stringify({ format: 'lossline-backup/1', version: '99.0.0', createdAtMs: nowMs })
  const all = { 'backup.json': Buffer.from(head), ...files, 'manifest.jsonl': Buffer.from(lines.join('')) }
  const parts = Object.entries(all).flatMap(([path, content]) => [
    tarHeader({ path, sizeBytes: content.length, mode: 0o600, mtimeMs: nowMs }),
    content,
    tarPadding(content.length),
  ])
  return Buffer.concat([...parts, tarEnd])
}

test('a backup of a later release is refused before anything is put aside', async () => {
  await using directory = await openTemporaryDirectory()
  await smallBackup(directory)
  const path = directory.join('data/store.db')
  const database = new DatabaseSync(path)
  database.exec('PRAGMA user_version = 99')
  database.close()
  const file = directory.join('later.tar')
  writeFileSync(file, archiveOf({ 'store.db': readFileSync(path) }))
  const dataDirectory = directory.join('data')
  await expect(restoreBackup({ file, dataDirectory, nowMs, replace: true })).rejects.toMatchObject({
    code: 'newer-version',
  })
  expect(readdirSync(dataDirectory).filter((name) => /restore/.test(name))).toEqual([])
})

test.each(['../outside', 'runs/../../outside', '/outside', 'blobs/./x', 'server.json', 'runs\\..\\x', 'runs/'])(
  'an archive with %j is refused',
  async (path) => {
    await using directory = await openTemporaryDirectory()
    writeFileSync(directory.join('bad.tar'), archiveOf({ [path]: Buffer.from('x') }))
    const restoring = restoreBackup({ file: directory.join('bad.tar'), dataDirectory: directory.join('a/data'), nowMs })
    await expect(restoring).rejects.toMatchObject({ code: 'backup-damaged' })
    expect(readdirSync(directory.path, { recursive: true })).toEqual(['bad.tar'])
  },
)

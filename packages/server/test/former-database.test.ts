import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { reindexDataDirectory, type StartedServer, startServer } from '../src/index.ts'
import { findFormerDatabases } from '../src/start/data-directory.ts'
import { findVersion, logArtifact } from './artifact-client.ts'
import { uploadRunFile } from './run-file-client.ts'
import { type StartedClient, toStartedClient } from './started-client.ts'

async function withServer<T>(
  dataDirectory: string,
  work: (client: StartedClient, server: StartedServer) => Promise<T>,
) {
  const server = await startServer({ dataDirectory, port: 0, log: () => {} })
  try {
    return await work(toStartedClient(server), server)
  } finally {
    await server.close()
  }
}

test('contents stay while a former database lies in the data folder, so that there is a way back to it', async () => {
  await using directory = await openTemporaryDirectory()
  const dataDirectory = directory.join('data')
  await withServer(dataDirectory, async (client) => {
    await client.upsert('r1')
    await uploadRunFile(client, 'r1', 'notes.txt', 'only clients sent this')
    await logArtifact(client, { files: { 'train.csv': 'a,b' } })
    // What the upload leaves behind.
    await client.collectGarbage()
  })
  const report = await reindexDataDirectory({ dataDirectory, fresh: true })
  expect(report).toMatchObject({ runCountBefore: 1, runCount: 0, accountCount: 0 })
  const former = report.formerDirectory!

  await withServer(dataDirectory, async (client, server) => {
    for (const apply of [false, true]) {
      const response = await client.admin('POST', '/collect-garbage', { apply, graceMs: 0 })
      expect([response.status, await response.json()]).toMatchObject([
        409,
        { error: { code: 'former-database', message: expect.stringContaining(former) } },
      ])
      await expect(server.collectGarbage({ apply, graceMs: 0 })).rejects.toMatchObject({ code: 'former-database' })
    }
  })

  // The way back that `lossline reindex` tells.
  for (const name of ['store.db', 'store.db-wal', 'store.db-shm', 'store-id', 'run-files']) {
    rmSync(join(dataDirectory, name), { recursive: true, force: true })
  }
  for (const name of readdirSync(former)) renameSync(join(former, name), join(dataDirectory, name))
  await withServer(dataDirectory, async (client) => {
    // The empty folder is in nobody's way.
    expect((await client.collectGarbage()).contentCount).toBe(0)
    expect((await client.readRunFile('r1', 'notes.txt'))?.toString()).toBe('only clients sent this')
    expect((await findVersion(client, 'mnist'))?.artifact).toMatchObject({ size: 3 })
  })

  await reindexDataDirectory({ dataDirectory, fresh: true })
  for (const folder of await findFormerDatabases(dataDirectory)) {
    renameSync(folder, directory.join(basename(folder)))
  }
  await withServer(dataDirectory, async (client) => {
    expect((await client.collectGarbage()).contentCount).toBeGreaterThan(0)
  })
})

test('only folders that were put aside and hold a database count', async () => {
  await using directory = await openTemporaryDirectory()
  for (const name of ['before-reindex-1', 'before-restore-2', 'before-restore-3', 'backup-work-4']) {
    mkdirSync(directory.join(name))
    if (name !== 'before-restore-3') writeFileSync(directory.join(name, 'store.db'), '')
  }
  expect(await findFormerDatabases(directory.path)).toEqual([
    directory.join('before-reindex-1'),
    directory.join('before-restore-2'),
  ])
})

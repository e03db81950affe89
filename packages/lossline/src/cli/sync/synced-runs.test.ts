import { mkdir, rm, writeFile } from 'node:fs/promises'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { findRunFolders } from '../run-folders.ts'
import { readSyncedRuns } from './synced-runs.ts'

test('a folder that is removed between the look for folders and the look into it is left out', async () => {
  await using directory = await openTemporaryDirectory()
  for (const id of ['first', 'gone', 'last']) {
    await mkdir(directory.join(id))
    await writeFile(directory.join(id, `run-${id}.wandb`), 'nothing')
  }
  const folders = findRunFolders([directory.path])
  await rm(directory.join('gone'), { recursive: true })
  const target = { stateKey: 'server', stateHome: directory.join('state') }
  const found: [string, number][] = []
  for await (const { run, unsentBytes } of readSyncedRuns(folders, target)) found.push([run.runId, unsentBytes])
  expect(found).toEqual([
    ['first', 7],
    ['last', 7],
  ])
})

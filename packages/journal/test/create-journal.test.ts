import { mkdir, writeFile } from 'node:fs/promises'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { openRunWriter } from '../src/index.ts'

const options = (runDirectory: string) => ({
  runDirectory,
  run: { runId: 'a', project: 'p', startTime: { seconds: 1 } },
  producer: 'test',
})

test('a journal that is there already is left alone', async () => {
  await using directory = await openTemporaryDirectory()
  const runDirectory = directory.join('run')
  await mkdir(runDirectory)
  await writeFile(`${runDirectory}/run-a.wandb`, 'of somebody else')
  await expect(openRunWriter(options(runDirectory))).rejects.toMatchObject({ code: 'journal-exists' })
})

test('a folder that cannot be made is said at once', async () => {
  await using directory = await openTemporaryDirectory()
  await writeFile(directory.join('file'), '')
  const opening = openRunWriter(options(directory.join('file/run')))
  await expect(opening).rejects.toMatchObject({ code: 'journal-not-writable', hint: expect.any(String) })
})

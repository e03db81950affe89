import { appendFile } from 'node:fs/promises'
import { openDirectoryBlobs } from '@lossline/store'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { systemClock } from '../src/clock.ts'
import { createDirectoryRunFiles } from '../src/files/directory-run-files.ts'

async function* content(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

test('an upload behind an entry that a crash cut short is not lost', async () => {
  await using directory = await openTemporaryDirectory()
  const files = createDirectoryRunFiles(
    directory.path,
    openDirectoryBlobs({ path: directory.join('blobs') }),
    systemClock,
  )
  await files.put(1, 'a.txt', content('a'))
  await appendFile(directory.join('run-files', '1.jsonl'), '{"name":"cut.txt","sha2')
  await files.put(1, 'b.txt', content('b'))
  expect((await files.list(1)).map((file) => file.name)).toEqual(['a.txt', 'b.txt'])
  const found = await files.get(1, 'b.txt')
  expect(await new Response(await found?.read()).text()).toBe('b')
})

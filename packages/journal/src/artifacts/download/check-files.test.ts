import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { type CheckedFile, findRightFiles } from './check-files.ts'

async function openFolder() {
  const directory = await openTemporaryDirectory()
  const root = directory.join('root')
  const dataDirectory = directory.join('.lossline')
  const write = (name: string): CheckedFile => {
    const path = directory.join(name)
    writeFileSync(path, name)
    const past = new Date(Date.now() - 10_000.5)
    utimesSync(path, past, past)
    return { path, name, md5Base64: createHash('md5').update(name).digest('base64'), sizeBytes: name.length }
  }
  return {
    write,
    find: (files: readonly CheckedFile[]) => findRightFiles(root, files, dataDirectory),
    readIndex() {
      const folder = join(dataDirectory, 'stat-index')
      return readFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'latin1')
    },
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  }
}

// A regular file of 0 bytes whose reading fails, whoever reads it.
const unreadable: CheckedFile = { path: '/proc/self/mem', name: 'mem', md5Base64: '', sizeBytes: 0 }

test.runIf(process.platform === 'linux').each([2, 100])(
  'of files of which one cannot be read the %s others are right',
  async (count) => {
    await using folder = await openFolder()
    const names = Array.from({ length: count }, (_, index) => `file-${index}`)
    expect(await folder.find([unreadable, ...names.map(folder.write)])).toEqual(new Set(names))
  },
)

test('asking for some files forgets nothing about the others', async () => {
  await using folder = await openFolder()
  const files = ['one', 'two', 'three'].map(folder.write)
  // Files that were touched just now are not remembered.
  await new Promise((resolve) => setTimeout(resolve, 150))
  await folder.find(files)
  await folder.find(files.slice(1, 2))
  for (const { name } of files) expect(folder.readIndex()).toContain(`"${name}"`)
})

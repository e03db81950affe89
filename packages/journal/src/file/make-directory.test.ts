import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { makeDirectorySync } from './make-directory.ts'

test('makes what is missing, and is content with what is there', async () => {
  await using directory = await openTemporaryDirectory()
  mkdirSync(directory.join('a'))
  const path = directory.join('a', 'b', 'c')
  expect(makeDirectorySync(path)).toEqual([directory.join('a', 'b'), path])
  expect(makeDirectorySync(path)).toEqual([])
  expect(statSync(directory.join('a', 'b', 'c')).isDirectory()).toBe(true)
})

test('a file in the way is refused, wherever it is', async () => {
  await using directory = await openTemporaryDirectory()
  writeFileSync(directory.join('file'), '')
  for (const path of [directory.join('file'), directory.join('file', 'below', 'it')]) {
    expect(() => makeDirectorySync(path)).toThrow(/ENOTDIR/)
  }
})

test.skipIf(!existsSync('/proc/self'))('a folder that takes none is refused, and not tried for ever', () => {
  expect(() => makeDirectorySync('/proc/lossline/x')).toThrow(/ENOENT/)
})

import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openTemporaryDirectory } from './temporary-directory.ts'

test('the directory and its contents are gone after disposal', async () => {
  let path: string
  {
    await using directory = await openTemporaryDirectory()
    path = directory.path
    await writeFile(directory.join('a.txt'), 'a')
    expect(existsSync(path)).toBe(true)
  }
  expect(existsSync(path)).toBe(false)
})

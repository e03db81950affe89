import { readdirSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { openNewContent } from './new-content.ts'

function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
}

test('a new content that is forgotten is closed and removed', async () => {
  await using directory = await openTemporaryDirectory()
  const warnings: string[] = []
  const onWarning = ({ name, message }: Error): void => void warnings.push(`${name}: ${message}`)
  process.on('warning', onWarning)
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  async function forget(): Promise<void> {
    const content = await openNewContent(directory.path)
    await content.write(Uint8Array.of(1))
  }
  await forget()
  expect(filesIn(directory.path)).toHaveLength(1)
  await expect
    .poll(() => {
      collect()
      return filesIn(directory.path)
    })
    .toEqual([])
  process.off('warning', onWarning)
  expect(warnings).toEqual([])
})

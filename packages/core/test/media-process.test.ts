import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTemporaryDirectory, spawnScript } from '@lossline/testing'
import { expect, test } from 'vitest'
import { readRun } from './read-run.ts'

const program = new URL('programs/media.ts', import.meta.url)

test.each([
  ['exit', 'process.exit within 50 ms of 1,000 rows and three images', { exitCode: 0, signal: null }],
  ['kill', 'SIGKILL a while after them', { exitCode: null, signal: 'SIGKILL' }],
])('%s: %s loses none of them', async (ending, _name, expected) => {
  await using directory = await openTemporaryDirectory()
  await using child = spawnScript(program, { args: [ending], cwd: directory.path })
  expect(await child.exited).toEqual(expected)
  const run = await readRun(directory.path)
  const numbers = run.rows.flatMap(({ row }) => (row === undefined ? [] : [row]))
  expect(numbers).toEqual(Array.from({ length: 1000 }, (_, index) => index))
  const images = run.rows.filter((row) => row['image|_type'] === 'image-file')
  expect(images).toHaveLength(3)
  for (const image of images) {
    const bytes = readFileSync(join(run.directory, 'files', String(image['image|path'])))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(image['image|sha256'])
  }
  if (ending === 'exit') expect(run.exitCode).toBe(0)
})

test('200 MB of images in a loop without a pause take a bounded part of the memory', async () => {
  await using directory = await openTemporaryDirectory()
  await using child = spawnScript(program, { args: ['many'], cwd: directory.path })
  expect(await child.exited).toEqual({ exitCode: 0, signal: null })
  const { addedBytes } = JSON.parse(child.stdout)
  // 32 MiB of waiting media, their messages, and what the garbage collectors of two threads leave for later.
  console.log(`memory that 1,000 images of 200 kB added: ${Math.round(addedBytes / 1e6)} MB`)
  expect(addedBytes).toBeLessThan(120e6)
  expect((await readRun(directory.path)).rows).toHaveLength(1001)
})

import { writeFile } from 'node:fs/promises'
import { expect, test, vi } from 'vitest'
import { spawnScript } from './spawn-script.ts'
import { openTemporaryDirectory, type TemporaryDirectory } from './temporary-directory.ts'

async function write(directory: TemporaryDirectory, source: string): Promise<string> {
  const path = directory.join('script.mts')
  await writeFile(path, source)
  return path
}

test('output, arguments, environment and exit code arrive', async () => {
  await using directory = await openTemporaryDirectory()
  const source = `
    const word: string = process.argv[2] + process.env.LOSSLINE_TEST_WORD
    console.log('out ' + word)
    console.error('err ' + word)
    process.exitCode = 3`
  await using child = spawnScript(await write(directory, source), { args: ['a'], env: { LOSSLINE_TEST_WORD: 'b' } })
  expect(await child.exited).toEqual({ exitCode: 3, signal: null })
  expect(child.stdout).toBe('out ab\n')
  expect(child.stderr).toContain('err ab')
})

test('waiting for output resolves while the child runs, and a signal ends it', async () => {
  await using directory = await openTemporaryDirectory()
  const script = await write(directory, `console.log('port 123'); setInterval(() => {}, 1000)`)
  await using child = spawnScript(script)
  expect((await child.waitForOutput(/port (\d+)/))[1]).toBe('123')
  child.send('SIGTERM')
  expect(await child.exited).toEqual({ exitCode: null, signal: 'SIGTERM' })
})

test('waiting for output that never comes fails when the child ends', async () => {
  await using directory = await openTemporaryDirectory()
  await using child = spawnScript(await write(directory, `console.log('something else')`))
  await expect(child.waitForOutput('a.b')).rejects.toThrow('something else')
})

test('disposal ends a child that would run for ever', async () => {
  await using directory = await openTemporaryDirectory()
  const child = spawnScript(await write(directory, `console.log('up'); setInterval(() => {}, 1000)`))
  await child.waitForOutput('up')
  await child[Symbol.asyncDispose]()
  expect((await child.exited).signal).toBe('SIGKILL')
})

test('workspace packages load from source in the child, or as they are built', async () => {
  const script = new URL('../test/resolve-protocol.mts', import.meta.url)
  const loaded = async (built: string | undefined): Promise<string> => {
    vi.stubEnv('LOSSLINE_TEST_BUILT', built)
    await using child = spawnScript(script)
    await child.exited
    return child.stdout || child.stderr
  }
  expect(await loaded(undefined)).toMatch(/protocol\/src\/index\.ts\n$/)
  expect(await loaded('true')).toMatch(/protocol\/dist\/index\.js/)
})

import { execFile } from 'node:child_process'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startServer } from '@lossline/server'
import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'

const packageFolder = fileURLToPath(new URL('../../', import.meta.url))
const run = promisify(execFile)

describe('guides', { timeout: 400_000 }, () => {
  test.each(['api', 'settings'])('the programs of docs/guide/%s.md print what stands beside them', async (name) => {
    const guide = await readFile(new URL(`../../../../docs/guide/${name}.md`, import.meta.url), 'utf8')
    const programs = [...guide.matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, program]) => program ?? '')
    expect(programs.length).toBeGreaterThan(0)
    await using directory = await openTemporaryDirectory()
    await mkdir(directory.join('node_modules/@lossline'), { recursive: true })
    await symlink(packageFolder, directory.join('node_modules/@lossline/core'))
    // Programs ask a server that is up; each would start its own otherwise, as other tests do.
    const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {} })
    try {
      // One after the other: later ones look at what earlier ones have made.
      for (const [index, program] of programs.entries()) {
        const path = directory.join(`program-${index + 1}.mjs`)
        await writeFile(path, program)
        const nodeArgs = ['--conditions=source', '--disable-warning=ExperimentalWarning']
        const { stdout } = await run(process.execPath, [...nodeArgs, path], { cwd: directory.path })
        expect(stdout.split('\n').slice(0, -1), program).toEqual(outputBeside(program))
      }
    } finally {
      await server.close()
    }
  })
})

/** What a program prints stands beside it in a comment, with ` / ` between the lines of one that prints several times. */
function outputBeside(program: string): string[] {
  return [...program.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].flatMap(([, text = '']) => text.split(' / '))
}

import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { settingTable } from '../src/settings/setting-table.ts'
import { version } from '../src/version.ts'
import { readRuns } from './read-run.ts'

const packageFolder = new URL('../', import.meta.url)
const run = promisify(execFile)

function textOf(path: string): string {
  return readFileSync(new URL(path, packageFolder), 'utf8')
}

function programsOf(path: string): string[] {
  return [...textOf(path).matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, program]) => program ?? '')
}

const programs = [
  'README.md',
  '../../docs/guide/runs.md',
  '../../docs/guide/media.md',
  '../../docs/guide/artifacts.md',
  '../../docs/guide/tables.md',
  '../../docs/guide/resume.md',
].flatMap((path) => programsOf(path).map((program, index) => ({ path, number: index + 1, program })))

describe('programs in documents', () => {
  test.each(programs)('$path, number $number runs and makes a run', async ({ program }) => {
    await using directory = await openTemporaryDirectory()
    const nodeArgs = ['--conditions=source', '--disable-warning=ExperimentalWarning', '--input-type=module']
    const { stdout } = await run(process.execPath, [...nodeArgs, '--eval', program], {
      // Programs given as text find packages from the working directory.
      cwd: fileURLToPath(packageFolder),
      env: { ...process.env, LOSSLINE_DIR: directory.path },
    })
    // What a program prints stands beside it in a comment.
    const expected = [...program.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, line]) => line)
    expect(stdout.split('\n').slice(0, -1)).toEqual(expected)
    const [onDisk] = await readRuns(directory.path)
    expect(onDisk?.exitCode).toBe(0)
  })
})

test('the guide lists all settings with their names in the environment', () => {
  const rows = [
    ...textOf('../../docs/guide/settings.md').matchAll(/^\| `(\w+)` +\| `LOSSLINE_(\w+)` +\| (?:`WANDB_(\w+)`)? *\|/gm),
  ]
  const documented = Object.fromEntries(rows.map(([, name = '', environment, wandb]) => [name, { environment, wandb }]))
  const actual = Object.entries(settingTable).map(([name, { environment, wandb }]) => [name, { environment, wandb }])
  expect(documented).toEqual(Object.fromEntries(actual))
})

test('the version is that of the package', () => {
  expect(version).toBe(JSON.parse(textOf('package.json')).version)
})

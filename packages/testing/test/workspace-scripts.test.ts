import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { fixtureUrl, spawnScript, workspaceUrl } from '../src/index.ts'

interface Sources {
  importsOf(path: string): { specifier: string; isType: boolean; isDynamic: boolean }[]
  nodeGlobalsOf(path: string): string[]
  packageNameOf(specifier: string): string
  findCycle(graph: Map<string, string[]>): string[] | undefined
}
interface Toolchain {
  isNodeNewEnough(version: string): boolean
  explainFailure(output: string): string
}
// The scripts are plain JavaScript without declarations, so that they run before anything is installed.
const sources = (await import(workspaceUrl('scripts/lib/sources.mjs').href)) as Sources
const toolchain = (await import(workspaceUrl('scripts/lib/toolchain.mjs').href)) as Toolchain

describe('the check of the arrows', () => {
  test('sees every form of import, and not those in comments and templates', () => {
    const path = fileURLToPath(fixtureUrl('imports-of-every-form.ts'))
    expect(sources.importsOf(path).map((one) => [one.specifier, one.isType, one.isDynamic])).toEqual([
      ['effect', false, false],
      ['@scope/types', true, false],
      ['only-types', true, false],
      ['./mixed.ts', false, false],
      ['many-lines', false, false],
      ['../re-exported.ts', false, false],
      ['@scope/late/part', false, true],
    ])
  })

  test("sees Node's globals, and not words like them", () => {
    expect(sources.nodeGlobalsOf(fileURLToPath(fixtureUrl('globals-of-node.ts')))).toEqual(['process', 'Buffer'])
  })

  test('knows the package of a deep import', () => {
    expect(sources.packageNameOf('@scope/name/deep/part')).toBe('@scope/name')
    expect(sources.packageNameOf('name/part')).toBe('name')
  })

  test('finds a cycle and names its members in order', () => {
    const graph = { a: ['b', 'd'], b: ['c'], c: ['b'], d: [] }
    expect(sources.findCycle(new Map(Object.entries(graph)))).toEqual(['b', 'c', 'b'])
    expect(sources.findCycle(new Map(Object.entries({ ...graph, c: ['d'] })))).toBeUndefined()
  })
})

describe('the bootstrap', () => {
  test.each([
    ['18.20.8', false],
    ['20.20.2', false],
    ['22.17.1', false],
    ['22.18.0', true],
    ['23.11.0', false],
    ['24.0.0', true],
    ['26.10.0', true],
  ])('Node %s is new enough: %s', (version, expected) => {
    expect(toolchain.isNodeNewEnough(version)).toBe(expected)
  })

  test('says in a few words why a package manager failed', () => {
    expect(toolchain.explainFailure('npm error code ENOTFOUND\nnpm error network …')).toBe('no connection: ENOTFOUND')
    expect(toolchain.explainFailure('Progress: 3\n ERR_PNPM_OUTDATED_LOCKFILE  Cannot install\n')).toBe(
      'ERR_PNPM_OUTDATED_LOCKFILE  Cannot install',
    )
    expect(toolchain.explainFailure('')).toBe('no reason given')
  })

  test('an unknown command is one line and a failure', async () => {
    await using child = spawnScript(workspaceUrl('scripts/bootstrap.mjs'), { args: ['fly'] })
    expect((await child.exited).exitCode).toBe(1)
    expect(child.stderr).toMatch(/^lossline: "fly" is no command\. There are: start, .*\n$/)
  })
})

test('the commands of packages are files that are in git, so that an install before the build links them', () => {
  const files = execFileSync('git', ['ls-files'], { cwd: workspaceUrl('.'), encoding: 'utf8' }).split('\n')
  const packages = readdirSync(workspaceUrl('packages'))
  const commands = packages.flatMap((name) => {
    const { bin = {} } = JSON.parse(readFileSync(workspaceUrl(`packages/${name}/package.json`), 'utf8')) as {
      bin?: Readonly<Record<string, string>>
    }
    return Object.values(bin).map((path) => `packages/${name}/${path.replace(/^\.\//, '')}`)
  })
  expect(commands).toEqual(['packages/lossline/bin/lossline.js'])
  for (const command of commands) expect(files).toContain(command)
})

import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import * as evaluation from '../src/index.ts'
import * as metrics from '../src/metrics.ts'

const run = promisify(execFile)
const packageFolder = new URL('../', import.meta.url)
const readme = readFileSync(new URL('README.md', packageFolder), 'utf8')

test('the programs of the README print what stands beside them', async () => {
  const programs = [...readme.matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, program]) => program ?? '')
  for (const program of programs) {
    const nodeArgs = ['--conditions=source', '--disable-warning=ExperimentalWarning', '--input-type=module']
    const { stdout } = await run(process.execPath, [...nodeArgs, '--eval', program], {
      // Programs given as text find packages from the working directory.
      cwd: fileURLToPath(packageFolder),
    })
    const expected = [...program.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, line]) => line)
    expect(stdout.split('\n').slice(0, -1)).toEqual(expected)
  }
})

test('the README names every function', () => {
  const functions = Object.entries(evaluation).filter(([name]) => !name.endsWith('Error'))
  expect(functions.map(([name]) => name).filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
})

/** Packages that a module and its siblings import. */
function packagesOf(module: URL, seen = new Set<string>()): string[] {
  if (seen.has(module.href)) return []
  seen.add(module.href)
  const specifiers = [...readFileSync(module, 'utf8').matchAll(/(?:from|import) '([^']+)'/g)].map(
    ([, name]) => name ?? '',
  )
  return specifiers.flatMap((name) => (name.startsWith('.') ? packagesOf(new URL(name, module), seen) : [name]))
}

test('the metrics alone load nothing of the SDK and nothing of Node', () => {
  expect(new Set(packagesOf(new URL('src/metrics.ts', packageFolder)))).toEqual(new Set(['@lossline/protocol']))
  expect(packagesOf(new URL('src/index.ts', packageFolder))).toContain('@lossline/core')
})

test('all metrics are also in the main entry', () => {
  expect(evaluation).toMatchObject(metrics)
})

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { workspaceUrl } from '../src/index.ts'

const packageNames = readdirSync(workspaceUrl('packages')).filter((name) => name !== 'testing')

function sourcesOf(packageName: string): { path: string; text: string }[] {
  const folder = workspaceUrl(`packages/${packageName}/src/`)
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return paths
    .filter((path) => /\.tsx?$/.test(path) && !/\.test(-d)?\.tsx?$/.test(path))
    .map((path) => ({ path, text: readFileSync(new URL(path, folder), 'utf8') }))
}

const literal = /'([a-z][a-z0-9-]*)'/g

function literalsIn(text: string): string[] {
  return [...text.matchAll(literal)].map(([, code]) => code ?? '')
}

/** Codes in the union types `…ErrorCode`, and in literals that are given to an error's constructor. */
function codesIn(text: string): string[] {
  const unions = [...text.matchAll(/type \w+ErrorCode =((?:\s*\|?\s*'[a-z0-9-]+')+)/g)].flatMap(([, union]) =>
    literalsIn(union ?? ''),
  )
  const constructed = [...text.matchAll(/(?:new \w+Error|super)\(\s*\{\s*(?:[\w]+,\s*)*code:\s*('[a-z0-9-]+')/g)]
  return [...unions, ...constructed.flatMap(([, code]) => literalsIn(code ?? ''))]
}

/** Classes that stand for one code. */
function classesIn(text: string): { name: string; code: string }[] {
  const classes = [...text.matchAll(/class (\w+Error) extends[\s\S]*?(?=\nexport |\nclass |$)/g)]
  return classes.flatMap(([body, name = '']) => codesIn(body).map((code) => ({ name, code })))
}

/** First cells of the tables, by the package that the heading above names. */
function documentedCodes(): Map<string, string[]> {
  const sections = readFileSync(workspaceUrl('docs/errors.md'), 'utf8').split(/^## /m).slice(1)
  return new Map(
    sections.map((section) => {
      const name = section.slice(0, section.indexOf('\n')).trim()
      return [
        name.replace('@lossline/', ''),
        [...section.matchAll(/^\| `([a-z0-9-]+)`\s*\|/gm)].map(([, code]) => code ?? ''),
      ]
    }),
  )
}

/** Everything that tests of any package are made of, their programs included. */
function testTexts(): string {
  const texts = readdirSync(workspaceUrl('packages'))
    .flatMap((name) => ['src/', 'test/'].map((folder) => workspaceUrl(`packages/${name}/${folder}`)))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => {
      const isSource = folder.href.endsWith('/src/')
      const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      return paths
        .filter((path) => (isSource ? /\.test\.tsx?$/ : /\.(tsx?|mjs)$/).test(path))
        .filter((path) => path !== 'error-codes.test.ts')
        .map((path) => readFileSync(new URL(path, folder), 'utf8'))
    })
  return texts.join('\n')
}

describe('tests', () => {
  const tests = testTexts()
  const tested = new Set([...tests.matchAll(/['"`]([a-z][a-z0-9-]*)['"`]/g)].map(([, word]) => word))

  test.each(packageNames)('see every code of %s', (name) => {
    const sources = sourcesOf(name)
    const codes = new Set(sources.flatMap(({ text }) => codesIn(text)))
    const classes = sources.flatMap(({ text }) => classesIn(text))
    // An error with a class of its own may be told by that.
    const isSeen = (code: string): boolean =>
      tested.has(code) || classes.some((one) => one.code === code && tests.includes(one.name))
    expect([...codes].filter((code) => !isSeen(code))).toEqual([])
  })
})

describe('docs/errors.md', () => {
  const documented = documentedCodes()

  test.each(packageNames)('lists the codes of %s, and no others', (name) => {
    const codes = new Set(sourcesOf(name).flatMap(({ text }) => codesIn(text)))
    expect([...(documented.get(name) ?? [])].sort()).toEqual([...codes].sort())
  })

  test('has sections only for packages that exist', () => {
    expect([...documented.keys()].filter((name) => !packageNames.includes(name))).toEqual([])
  })
})

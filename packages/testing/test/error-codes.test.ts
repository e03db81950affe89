import { readdirSync, readFileSync } from 'node:fs'
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

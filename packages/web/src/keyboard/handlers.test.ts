import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { shortcuts } from './registry.ts'

test('every entry of the registry has something that acts on it', () => {
  const source = join(import.meta.dirname, '..')
  const texts = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.ts$/.test(path) && !path.startsWith('keyboard'))
    .map((path) => readFileSync(join(source, path), 'utf8'))
  const registered = new Set(
    texts.flatMap((text) => [
      // useShortcut('id', …), register('id', …), and pages whose entry names their key.
      ...[...text.matchAll(/(?:useShortcut|register)\(\s*'([\w-]+)'/g)].map(([, id]) => id),
      ...[...text.matchAll(/shortcut: '([\w-]+)'/g)].map(([, id]) => id),
      // Keys for one panel are names of an object.
      ...[...text.matchAll(/useActivePanel\(\{([^}]*)\}/g)].flatMap(([, keys]) =>
        [...(keys ?? '').matchAll(/'([\w-]+)':/g)].map(([, id]) => id),
      ),
    ]),
  )
  expect(shortcuts.map(({ id }) => id).filter((id) => !registered.has(id))).toEqual([])
})

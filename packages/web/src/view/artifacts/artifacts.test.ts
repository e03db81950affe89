import { expect, test } from 'vitest'
import { compareFiles, compareMetadata, countKinds } from './compare-versions.ts'
import { inherited, keptForever, lifetimeChoices } from './lifetime.ts'
import { aliasQuestion } from './protected-alias.ts'
import { movedWords, takeBack } from './version-change.ts'

const version = { id: 5, version: 'v5', collection: 'digits' } as never

test('a name that moves says from where, and goes back to there', () => {
  const moved = [{ alias: 'prod', from: { id: 3, version: 'v3' } }]
  const change = { addAliases: ['prod', 'new'] }
  expect(movedWords(version, change, moved)).toBe('prod: v3 → v5')
  expect(takeBack(version, change, moved)).toEqual([{ id: 3, change: { addAliases: ['prod'] } }])
  const removal = { removeAliases: ['old'], removeTags: ['raw'] }
  expect(movedWords(version, removal, [])).toBe('old, raw removed from v5')
  expect(takeBack(version, removal, [])).toEqual([{ id: 5, change: { addAliases: ['old'], addTags: ['raw'] } }])
  expect(takeBack(version, { addTags: ['x'], description: 'y' }, [])).toEqual([])
})

test('a protected alias asks with where it goes from and to, and whom that concerns', () => {
  const from = { version: 'v3', usedBy: [{ displayName: 'calm-river' }], links: [] } as never
  expect(aliasQuestion({ collection: 'digits', alias: 'prod', from, to: 'v5' })).toEqual({
    title: 'Move the protected alias prod?',
    lead: 'prod: v3 → v5',
    text: '1 run used v3: calm-river. Programs that ask for digits:prod get v5 from now on.',
    action: 'Move prod',
  })
  const lead = (move: object) => aliasQuestion({ collection: 'digits', alias: 'prod', ...move } as never)
  expect(lead({ from: undefined, to: 'v5' })).toMatchObject({ lead: 'prod: none → v5', action: 'Give prod' })
  expect(lead({ from, to: undefined })).toMatchObject({ lead: 'prod: v3 → none', action: 'Remove prod' })
})

test('files differ by their digests, metadata by its values', () => {
  const file = (path: string, digest: string) => ({ path, digest })
  const files = compareFiles(
    [file('a', '1'), file('b', '1'), file('c', '1')],
    [file('d', '1'), file('b', '2'), file('c', '1')],
  )
  expect(files.map(({ path, kind }) => [path, kind])).toEqual([
    ['a', 'removed'],
    ['b', 'changed'],
    ['c', 'same'],
    ['d', 'added'],
  ])
  expect(countKinds(files)).toEqual({ added: 1, removed: 1, changed: 1, same: 1 })
  expect(compareMetadata({ net: { depth: 2 }, rows: 3 }, { net: { depth: 4 }, rows: 3, tags: [] })).toMatchObject([
    { name: 'net.depth', kind: 'changed', before: 2, after: 4 },
    { name: 'rows', kind: 'same' },
    { name: 'tags', kind: 'added' },
  ])
})

test('a lifetime that a program has set can be chosen too', () => {
  expect(lifetimeChoices(null).map(([seconds]) => seconds)).toEqual([
    inherited,
    keptForever,
    ...[1, 7, 30, 90, 365].map((days) => days * 86_400),
  ])
  expect(lifetimeChoices(3).at(-1)).toEqual([3, 'Deleted 3 seconds after it was made'])
  expect(lifetimeChoices(86_400)).toHaveLength(7)
})

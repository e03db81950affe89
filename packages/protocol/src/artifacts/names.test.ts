import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  isReservedArtifactType,
  isVersionAlias,
  makeArtifactNameSafe,
  parseArtifactAlias,
  parseArtifactName,
  parseArtifactTag,
  parseArtifactType,
} from './artifact-names.ts'
import { formatArtifactPath, parseArtifactPath } from './artifact-path.ts'
import { formatArtifactUri, maybeParseArtifactUri } from './artifact-uri.ts'
import { toBase64 } from './base64.ts'
import { generateClientId } from './client-id.ts'
import { normalizeEntryPath, parseEntryPath } from './entry-path.ts'

const refused = expect.objectContaining({ code: 'invalid-name' })

test.each(['mnist', 'a', 'Run-1_b.c', 'x'.repeat(128)])('%s is an artifact name', (name) => {
  expect(parseArtifactName(name)).toBe(name)
})

test.each(['', 'a b', 'ä', 'a/b', 'a:v1', '.', '..', 'x'.repeat(129)])('%o is no artifact name', (name) => {
  expect(() => parseArtifactName(name)).toThrow(refused)
})

test('types and aliases may hold anything but the separators of a path', () => {
  for (const parse of [parseArtifactType, parseArtifactAlias]) {
    expect(parse('größte Menge #1')).toBe('größte Menge #1')
    for (const text of ['', 'a/b', 'a:b', 'x'.repeat(129)]) expect(() => parse(text)).toThrow(refused)
  }
})

test('tags are words', () => {
  for (const tag of ['clean', 'two words', 'größe', 'a-b_c', '日本']) expect(parseArtifactTag(tag)).toBe(tag)
  for (const tag of ['', ' a', 'a ', 'a.b', 'a:b', 'a\nb']) expect(() => parseArtifactTag(tag)).toThrow(refused)
})

test('types of artifacts that clients make themselves are reserved', () => {
  for (const [type, name] of [
    ['job', 'a'],
    ['wandb-x', 'a'],
    ['run_table', 'run-1-a'],
    ['code', 'source-a'],
  ] as const) {
    expect(isReservedArtifactType(type, name)).toBe(true)
  }
  for (const [type, name] of [
    ['run_table', 'a'],
    ['code', 'mine'],
    ['model', 'run-1'],
  ] as const) {
    expect(isReservedArtifactType(type, name)).toBe(false)
  }
  expect(['v0', 'v12', 'v', 'v1a', 'best'].map(isVersionAlias)).toEqual([true, true, false, false, false])
})

test('a path in an artifact is tidied, and never leads out of it', () => {
  expect(normalizeEntryPath('./a//b/')).toBe('a/b')
  expect(normalizeEntryPath('a/./b c/größe')).toBe('a/b c/größe')
  for (const path of ['', '.', '/a', '../a', 'a/..', 'a\0b', '\ud800', 'C:\\a', '\\a']) {
    expect(() => normalizeEntryPath(path), path).toThrow(refused)
  }
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      let path: string
      try {
        path = normalizeEntryPath(text)
      } catch {
        return
      }
      expect(parseEntryPath(path)).toBe(path)
      const { pathname } = new URL(path.split('/').map(encodeURIComponent).join('/'), 'http://host/root/')
      expect(pathname.startsWith('/root/')).toBe(true)
    }),
  )
})

test.each([
  ['mnist', { collection: 'mnist' }],
  ['mnist:v3', { collection: 'mnist', version: 'v3' }],
  ['digits/mnist:a/b:c', { project: 'digits', collection: 'mnist', version: 'a/b:c' }],
  ['ada/digits/mnist:latest', { entity: 'ada', project: 'digits', collection: 'mnist', version: 'latest' }],
])('%s is a path of an artifact', (text, path) => {
  expect(parseArtifactPath(text)).toEqual(path)
  expect(formatArtifactPath(path)).toBe(text)
})

test.each(['', ':v1', 'a:', 'a//b', '/a', 'a/b/c/d'])('%o is no path of an artifact', (text) => {
  expect(() => parseArtifactPath(text)).toThrow(refused)
})

test('URIs of files in other artifacts are read as they were written', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 20 }), fc.webPath(), (id, path) => {
      const uri = { kind: 'server', artifactId: toBase64(id), path } as const
      expect(maybeParseArtifactUri(formatArtifactUri(uri) ?? '')).toEqual(uri)
    }),
  )
  const client = { kind: 'client', clientId: generateClientId(), alias: 'latest', path: 'a/b.json' } as const
  expect(maybeParseArtifactUri(formatArtifactUri(client) ?? '')).toEqual(client)
  expect(formatArtifactUri({ kind: 'server', artifactId: 'QXJ0aWZhY3Q6Nw==', path: 'a.txt' })).toBe(
    'wandb-artifact://41727469666163743a37/a.txt',
  )
  expect(formatArtifactUri({ kind: 'server', artifactId: 'no base64', path: 'a' })).toBeUndefined()
  for (const other of ['s3://bucket/a', 'wandb-artifact://no-hex/a', 'https://a']) {
    expect(maybeParseArtifactUri(other)).toBeUndefined()
  }
})

test('client ids are 128 characters that nobody else has', () => {
  const ids = Array.from({ length: 50 }, generateClientId)
  expect(new Set(ids).size).toBe(50)
  for (const id of ids) expect(id).toMatch(/^[a-z0-9]{128}$/)
})

test('a name made of a path keeps its two ends', () => {
  expect(makeArtifactNameSafe('source-digits-train/main.ts')).toBe('source-digits-train_main.ts')
  const long = makeArtifactNameSafe(`a${'/'.repeat(200)}z`)
  expect(long).toHaveLength(128)
  expect(long).toMatch(/^a_{62}\.\._{62}z$/)
})

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareCodePoints } from './code-point-order.ts'
import { parseEntryPath } from './entry-path.ts'
import { createManifest, type ManifestEntry, manifestDigest, parseManifest, stringifyManifest } from './manifest.ts'
import { fromManifestRecord, storagePolicyConfigOf, toManifestRecord } from './manifest-record.ts'
import { md5 } from './md5.ts'

const anyPath = fc
  .array(fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join('/'))
  .filter((path) => {
    try {
      return parseEntryPath(path) === path
    } catch {
      return false
    }
  })

const anyEntry: fc.Arbitrary<ManifestEntry> = fc.record(
  {
    digest: fc.string(),
    size: fc.nat(),
    ref: fc.webUrl(),
    birthArtifactId: fc.base64String({ minLength: 4 }),
    extra: fc.dictionary(fc.string({ minLength: 1 }), fc.oneof(fc.string(), fc.integer(), fc.boolean()), {
      minKeys: 1,
    }),
  },
  { requiredKeys: ['digest'], noNullPrototype: true },
)

const anyManifest = fc.array(fc.tuple(anyPath, anyEntry), { maxLength: 20 }).map((entries) => createManifest(entries))

test('what was written as a manifest is read as it was', () => {
  fc.assert(
    fc.property(anyManifest, (manifest) => {
      expect(parseManifest(stringifyManifest(manifest))).toEqual(manifest)
    }),
  )
})

test('what was written into a record is read as it was', () => {
  fc.assert(
    fc.property(anyManifest, (manifest) => {
      const entries = [...manifest.contents].map(([path, entry]) => ({
        path,
        ...entry,
        localPath: '/a',
        skipCache: true,
      }))
      const record = toManifestRecord(entries.toReversed())
      // A file always has a size.
      const expected = entries.map((entry) => (entry.ref === undefined ? { size: 0, ...entry } : entry))
      expect(fromManifestRecord(record)).toEqual(expected)
      expect(storagePolicyConfigOf(record)).toEqual({ storageLayout: 'V2' })
    }),
  )
})

test('the digest is that of the lines in the order of their bytes in UTF-8, whatever the order of the entries', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1 })), (paths) => {
      const entries = paths.map((path) => ({ path, digest: `digest of ${path.length}` }))
      const sorted = entries.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)))
      const text = ['wandb-artifact-manifest-v1', ...sorted.map(({ path, digest }) => `${path}:${digest}`), ''].join(
        '\n',
      )
      expect(manifestDigest(entries)).toBe(createHash('md5').update(text).digest('hex'))
    }),
  )
})

test('code points decide the order, not UTF-16 units', () => {
  expect(['\u{1f600}', '\uffee', 'a'].sort(compareCodePoints)).toEqual(['a', '\uffee', '\u{1f600}'])
  expect(manifestDigest([])).toBe('64e7c61456b10382e2f3b571ac24b659')
})

test('MD5 is MD5', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(Buffer.from(md5(bytes)).toString('hex')).toBe(createHash('md5').update(bytes).digest('hex'))
    }),
  )
})

test('what only the writing machine knows is not read', () => {
  const text = JSON.stringify({
    version: 1,
    storagePolicy: 'wandb-storage-policy-v1',
    storagePolicyConfig: { storageLayout: 'V2', storageRegion: 'eu-1' },
    contents: { 'a.txt': { digest: 'x', size: 3, local_path: '/home/ada/a.txt', skip_cache: true } },
  })
  const manifest = parseManifest(text)
  expect(manifest.contents.get('a.txt')).toEqual({ digest: 'x', size: 3 })
  expect(manifest.storagePolicyConfig).toEqual({ storageLayout: 'V2', storageRegion: 'eu-1' })
})

test.each([
  ['no JSON', '{'],
  ['a list', '[]'],
  ['another version', '{"version": 2, "storagePolicy": "wandb-storage-policy-v1", "contents": {}}'],
  ['another policy', '{"version": 1, "storagePolicy": "other", "contents": {}}'],
  ['no contents', '{"version": 1, "storagePolicy": "wandb-storage-policy-v1"}'],
  ...['../a', '/a', 'a/../../b', 'a//b', './a', '', 'C:/a', 'a\\..\\b', '\\\\host\\share'].map((path) => [
    `the path ${path}`,
    JSON.stringify({
      version: 1,
      storagePolicy: 'wandb-storage-policy-v1',
      contents: { [path]: { digest: 'x', size: 1 } },
    }),
  ]),
  ['no digest', '{"version": 1, "storagePolicy": "wandb-storage-policy-v1", "contents": {"a": {"size": 1}}}'],
  [
    'a size below zero',
    '{"version":1,"storagePolicy":"wandb-storage-policy-v1","contents":{"a":{"digest":"","size":-1}}}',
  ],
])('a manifest with %s is refused', (_what, text) => {
  expect(() => parseManifest(text)).toThrow(expect.objectContaining({ code: 'invalid-manifest' }))
})

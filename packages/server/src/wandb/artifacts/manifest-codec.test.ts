import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ManifestEntry } from '../../domain/artifacts/manifest.ts'
import { manifestCodec, writeManifest } from './manifest-codec.ts'

const part = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
  .filter((text) => !/[/\\:\0]/.test(text) && text !== '.' && text !== '..' && text.isWellFormed())
const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'))
const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(values, { nil: undefined })
const entry: fc.Arbitrary<ManifestEntry> = fc.record({
  digest: fc.string(),
  algorithm: fc.constant('md5'),
  sizeBytes: maybe(fc.nat()),
  ref: maybe(fc.webUrl()),
  birthArtifact: maybe(fc.nat()),
  extra: maybe(
    fc.dictionary(fc.string(), fc.string(), { minKeys: 1, noNullPrototype: true }).map((o) => JSON.stringify(o)),
  ),
})

async function* batchesOf(entries: ReadonlyMap<string, ManifestEntry>, size: number) {
  const rows = [...entries].map(([path, fields]) => ({
    path,
    ...fields,
    blob: undefined,
    sha256: undefined,
    md5: undefined,
  }))
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size)
}

async function write(head: string, entries: ReadonlyMap<string, ManifestEntry>, size = 2): Promise<string> {
  let text = ''
  for await (const piece of writeManifest(head, batchesOf(entries, size))) text += piece
  return text
}

test('entries come back as they were, however they are cut into batches', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(path, entry)), fc.integer({ min: 1, max: 4 }), async (list, size) => {
      const entries = new Map(list)
      const text = await write('{}', entries, size)
      expect(new Map(manifestCodec.parse(text).entries)).toEqual(entries)
    }),
  )
})

test('what clients get is version 1 and layout V2, with the policy of who logged it', async () => {
  const uploaded = {
    version: 1,
    storagePolicy: 'wandb-storage-policy-v1',
    storagePolicyConfig: { storageRegion: 'default' },
  }
  const contents = { a: { digest: 'd', local_path: '/home/ada/a', skip_cache: false, size: null } }
  const { head, entries } = manifestCodec.parse(JSON.stringify({ ...uploaded, contents }))
  expect(JSON.parse(await write(head, entries))).toEqual({
    ...uploaded,
    storagePolicyConfig: { storageLayout: 'V2', storageRegion: 'default' },
    contents: { a: { digest: 'd' } },
  })
})

test.each(['', '[]', '{"version":2}', '{"version":1,"storagePolicy":"wandb-storage-policy-v1","contents":{"a":{}}}'])(
  '%j is no manifest',
  (text) => {
    expect(() => manifestCodec.parse(text)).toThrow(expect.objectContaining({ code: 'invalid-request' }))
  },
)

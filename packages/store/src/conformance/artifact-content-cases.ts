import { describe, expect, test } from 'vitest'
import { commit, contentOf, link, putArtifact, putBlob, putPortfolio } from './artifact-samples.ts'
import { type CreateStorePlace, nowMs, openTestStore } from './store-place.ts'

/** Entries, manifests, bytes, and which of them are needed. */
export function describeArtifactContents(createPlace: CreateStorePlace): void {
  describe('contents of artifacts', () => {
    test('entries come by path in order of code points, a few at a time or by name', async () => {
      await using test = await openTestStore(createPlace)
      const paths = ['b', 'a/z', 'a', '\u{1f600}', '\uff5e', 'B', "it's"]
      const artifact = await putArtifact(test.store, { entries: paths.map((path) => ({ path, md5: `md5 ${path}` })) })
      const sorted = [...paths].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      const list = async (query: object) =>
        (await test.store.artifacts.entries({ artifact: artifact.id, ...query })).map(({ path }) => path)
      expect(await list({})).toEqual(sorted)
      expect(await list({ limit: 3 })).toEqual(sorted.slice(0, 3))
      expect(await list({ after: sorted[2], limit: 3 })).toEqual(sorted.slice(3, 6))
      expect(await list({ paths: ['b', 'nothing', 'B'] })).toEqual(['B', 'b'])
      expect(await test.store.artifacts.entryByDigest({ artifact: artifact.id, digest: 'md5 a/z' })).toMatchObject({
        path: 'a/z',
        sha256: contentOf('md5 a/z'),
        birthArtifact: artifact.id,
      })
    })

    test('entries of a commit that begins again replace what was there; a committed version keeps its own', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const artifact = await putArtifact(store, { isCommitted: false, entries: [{ path: 'old', ref: 's3://old' }] })
      const fields = { sizeBytes: undefined, birthArtifact: undefined, extra: '{"etag":"x"}', blob: undefined }
      const entry = (path: string) => ({ path, digest: 'd', ref: `s3://${path}`, ...fields })
      const put = (isFirst: boolean, path: string) =>
        store.write([{ kind: 'put-artifact-entries', artifact: artifact.id, isFirst, entries: [entry(path)] }])
      await put(true, 'new')
      await put(false, 'more')
      expect(await store.artifacts.entries({ artifact: artifact.id })).toEqual([
        { ...entry('more'), sha256: undefined, md5: undefined },
        { ...entry('new'), sha256: undefined, md5: undefined },
      ])
      await commit(store, artifact)
      await expect(put(true, 'late')).rejects.toMatchObject({ code: 'conflict' })
    })

    test('bytes are known by MD5 in one project; the version that brought them first stays their birth artifact', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const [first, second] = [await putArtifact(store), await putArtifact(store)]
      const blob = await putBlob(store, first, 'm')
      expect(await putBlob(store, second, 'm')).toEqual(blob)
      expect(await store.artifacts.blobs({ project: first.projectId, digests: ['m', 'n'], algorithm: 'md5' })).toEqual([
        blob,
      ])
      expect(await store.artifacts.blobs({ project: first.projectId + 1, digests: ['m'], algorithm: 'md5' })).toEqual(
        [],
      )
    })

    test('bytes have an XXH128 too, if one came with them, and the first one that has it keeps it', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const artifact = await putArtifact(store, { isCommitted: false })
      const known = (algorithm: 'md5' | 'xxh128', digest: string) =>
        store.artifacts.blobs({ project: artifact.projectId, digests: [digest], algorithm })
      const plain = await putBlob(store, artifact, 'm')
      expect([plain.xxh128, await known('xxh128', 'x')]).toEqual([undefined, []])
      const named = await putBlob(store, artifact, 'm', 'x')
      expect(named).toEqual({ ...plain, xxh128: 'x' })
      expect(await putBlob(store, artifact, 'm')).toEqual(named)
      expect((await putBlob(store, artifact, 'forged', 'x')).xxh128).toBeUndefined()
      expect(await known('xxh128', 'x')).toEqual([named])
      expect(await known('md5', 'x')).toEqual([])
      const { id, birthArtifact } = named
      const entry = { path: 'f', digest: 'x', sizeBytes: 1, ref: undefined, birthArtifact, extra: undefined, blob: id }
      await store.write([{ kind: 'put-artifact-entries', artifact: artifact.id, isFirst: true, entries: [entry] }])
      await commit(store, artifact)
      for (const digest of ['m', 'x']) {
        expect(await store.artifacts.entryByDigest({ artifact: artifact.id, digest })).toMatchObject({
          digest: 'x',
          md5: 'm',
        })
      }
    })

    test('bytes are found through a version, a collection that links it, and its entity', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const artifact = await putArtifact(store, { entries: [{ path: 'f', md5: 'm' }] })
      const elsewhere = await putPortfolio(store)
      const find = async (at: { artifact: number } | { collection: number } | { entity: string }) =>
        (await store.artifacts.entryByDigest({ digest: 'm', ...at }))?.path
      expect(await find({ artifact: artifact.id })).toBe('f')
      expect(await find({ collection: artifact.sequence })).toBe('f')
      expect(await find({ collection: elsewhere })).toBeUndefined()
      expect(await find({ entity: 'e' })).toBe('f')
      expect(await find({ entity: 'other' })).toBeUndefined()
      await store.write([link(elsewhere, artifact)])
      expect(await find({ collection: elsewhere })).toBe('f')
    })

    test('contents are in use while an entry, a pending version or a manifest needs them', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const md5s = ['kept', 'shared', 'uploaded', 'claimed', 'unused']
      const sha256s = md5s.map(contentOf)
      const inUse = async () => {
        const used = await store.artifacts.contentsInUse([...sha256s, 'manifest'])
        return [...md5s.filter((md5) => used.has(contentOf(md5))), ...(used.has('manifest') ? ['manifest'] : [])]
      }
      const first = await putArtifact(store, {
        entries: ['kept', 'shared', 'claimed'].map((md5) => ({ path: md5, md5 })),
      })
      const second = await putArtifact(store, { entries: [{ path: 'shared', md5: 'shared' }] })
      await putBlob(store, first, 'unused')
      const pending = await putArtifact(store, { isCommitted: false })
      await putBlob(store, pending, 'uploaded')
      const [{ manifest }] = await store.write([
        {
          kind: 'put-artifact-manifest',
          artifact: pending.id,
          manifest: undefined,
          manifestKind: 'full',
          name: 'm',
          digest: 'd',
          baseArtifact: first.id,
        },
        { kind: 'claim-artifact-blobs', artifact: pending.id, md5s: ['claimed'] },
      ])
      await store.write([{ kind: 'put-manifest-content', manifest: manifest.id, sha256: 'manifest', sizeBytes: 9 }])
      expect(await inUse()).toEqual(['kept', 'shared', 'uploaded', 'claimed', 'manifest'])
      await store.write([{ kind: 'delete-artifact', artifact: first.id, nowMs }])
      expect(await inUse()).toEqual(['shared', 'uploaded', 'claimed', 'manifest'])
      await store.write([{ kind: 'forget-contents', sha256s }])
      const left = await store.artifacts.blobs({ project: first.projectId, digests: md5s, algorithm: 'md5' })
      expect(left.map(({ md5 }) => md5).sort()).toEqual(['claimed', 'shared', 'uploaded'])
      await store.write([
        { kind: 'delete-artifact', artifact: pending.id, nowMs },
        { kind: 'delete-artifact', artifact: second.id, nowMs },
      ])
      expect(await inUse()).toEqual([])
    })

    test('a version that its client came back to is not given up', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const pending = await putArtifact(store, { isCommitted: false })
      const committed = await putArtifact(store, { digest: 'other' })
      const giveUp = (artifact: number, onlyIfPendingSinceMs: number) =>
        store.write([{ kind: 'delete-artifact', artifact, onlyIfPendingSinceMs, nowMs: nowMs + 9 }])
      await giveUp(committed.id, nowMs + 5)
      await giveUp(pending.id, nowMs - 1)
      await giveUp(999, nowMs + 5)
      const stateOf = async (id: number) => (await store.artifacts.artifact(id))?.state
      expect([await stateOf(pending.id), await stateOf(committed.id)]).toEqual(['pending', 'committed'])
      await giveUp(pending.id, nowMs)
      expect(await stateOf(pending.id)).toBe('deleted')
    })

    test('a committed version takes no manifest, and an entry no content that was let go of', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const artifact = await putArtifact(store, { isCommitted: false })
      const announce = (manifest: number | undefined) =>
        store.write([
          {
            kind: 'put-artifact-manifest',
            artifact: artifact.id,
            manifest,
            manifestKind: 'full',
            name: 'm',
            digest: 'd',
            baseArtifact: undefined,
          },
        ])
      const [{ manifest }] = await announce(undefined)
      const entry = { path: 'f', digest: 'm', sizeBytes: 1, ref: undefined, birthArtifact: undefined, extra: undefined }
      const gone = store.write([
        { kind: 'put-artifact-entries', artifact: artifact.id, isFirst: true, entries: [{ ...entry, blob: 999 }] },
      ])
      await expect(gone).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('"f"') })
      await commit(store, artifact)
      await expect(announce(undefined)).rejects.toMatchObject({ code: 'conflict' })
      await expect(announce(manifest.id)).rejects.toMatchObject({ code: 'conflict' })
      const upload = store.write([
        { kind: 'put-manifest-content', manifest: manifest.id, sha256: contentOf('x'), sizeBytes: 1 },
      ])
      await expect(upload).rejects.toMatchObject({ code: 'conflict' })
      await putBlob(store, artifact, 'late')
      await store.write([
        { kind: 'claim-artifact-blobs', artifact: artifact.id, md5s: ['late'] },
        { kind: 'forget-contents', sha256s: [contentOf('late')] },
      ])
      expect(await store.artifacts.blobs({ project: artifact.projectId, digests: ['late'], algorithm: 'md5' })).toEqual(
        [],
      )
    })

    test('a manifest is announced, completed and uploaded; a new digest waits for new bytes', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const artifact = await putArtifact(store, { isCommitted: false })
      const announce = async (manifest: number | undefined, digest: string, baseArtifact?: number) => {
        const [result] = await store.write([
          {
            kind: 'put-artifact-manifest',
            artifact: artifact.id,
            manifest,
            manifestKind: 'patch',
            name: 'm',
            digest,
            baseArtifact,
          },
        ])
        return result.manifest
      }
      const { id } = await announce(undefined, '', artifact.id)
      expect(await announce(id, 'd1')).toMatchObject({ id, digest: 'd1', baseArtifact: artifact.id, kind: 'patch' })
      await store.write([{ kind: 'put-manifest-content', manifest: id, sha256: 's', sizeBytes: 9 }])
      expect(await announce(id, '')).toMatchObject({ digest: 'd1', sha256: 's', sizeBytes: 9 })
      expect(await announce(id, 'd2')).toMatchObject({ digest: 'd2', sha256: undefined })
      const other = await announce(undefined, '')
      expect((await store.artifacts.manifests(artifact.id)).map((manifest) => manifest.id)).toEqual([id, other.id])
      expect(await store.artifacts.manifest(id)).toMatchObject({ digest: 'd2' })
    })

    test('versions that nobody has touched since are found, the oldest first', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const [old, recent] = [
        await putArtifact(store, { isCommitted: false }),
        await putArtifact(store, { isCommitted: false, nowMs: nowMs + 10 }),
      ]
      await putArtifact(store)
      const find = async (untilMs: number, limit: number) =>
        (await store.artifacts.abandonedArtifacts({ untilMs, limit })).map(({ id }) => id)
      expect(await find(nowMs, 5)).toEqual([old.id])
      expect(await find(nowMs + 10, 5)).toEqual([old.id, recent.id])
      expect(await find(nowMs + 10, 1)).toEqual([old.id])
    })
  })
}

import { describe, expect, test } from 'vitest'
import type { ArtifactRow } from '../artifacts/artifact-rows.ts'
import type { Store } from '../store.ts'
import { commit, contentOf, putArtifact, putBlob } from './artifact-samples.ts'
import { type CreateStorePlace, nowMs, openTestStore } from './store-place.ts'

async function aliasesOf(store: Store, collection: number): Promise<Record<string, number>> {
  const aliases = await store.artifacts.aliases({ collection })
  return Object.fromEntries(aliases.map(({ alias, artifact }) => [alias, artifact]))
}

async function portfolio(store: Store, name = 'portfolio'): Promise<number> {
  const [{ collection }] = await store.write([
    {
      kind: 'put-artifact-collection',
      entity: 'e',
      project: 'elsewhere',
      name,
      type: 'dataset',
      collectionKind: 'portfolio',
      nowMs,
    },
  ])
  return collection.id
}

function link(collection: number, artifact: ArtifactRow, aliases: readonly string[] = []) {
  return { kind: 'link-artifact', collection, artifact: artifact.id, aliases, nowMs } as const
}

/** Types, collections, versions, aliases, links, lineage. */
export function describeArtifacts(createPlace: CreateStorePlace): void {
  describe('artifacts', () => {
    test('a version has the fields that were given; committing gives it an index, its aliases and latest', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const pending = await putArtifact(store, {
        isCommitted: false,
        run: test.run,
        description: 'd',
        metadata: '{"a":1}',
        labels: '{}',
        ttlSeconds: 60,
        historyStep: 3,
        storageRegion: 'default',
        distributedId: 'group',
        requestedAliases: ['best'],
        tags: ['b', 'a'],
      })
      expect(pending).toMatchObject({ state: 'pending', requestedAliases: ['best'], tags: ['a', 'b'] })
      expect(await store.artifacts.membershipsOf(pending.id)).toEqual([])
      const at = { sequence: pending.sequence, distributedId: 'group' }
      expect(await store.artifacts.pendingArtifact(at)).toEqual(pending)
      expect(await store.artifacts.artifactByDigest({ sequence: pending.sequence, digest: 'd0' })).toBeUndefined()

      const committed = await commit(store, pending)
      await test.reopen()
      expect(committed).toEqual({ ...pending, state: 'committed', sizeBytes: 1, fileCount: 1 })
      expect(await test.store.artifacts.artifact(pending.id)).toEqual(committed)
      expect(await test.store.artifacts.pendingArtifact(at)).toBeUndefined()
      expect(await test.store.artifacts.artifactByDigest({ sequence: pending.sequence, digest: 'd0' })).toEqual(
        committed,
      )
      expect(await aliasesOf(test.store, pending.sequence)).toEqual({ best: pending.id, latest: pending.id })
    })

    test('committing twice is once', async () => {
      await using test = await openTestStore(createPlace)
      const artifact = await putArtifact(test.store)
      const other = await putArtifact(test.store)
      expect((await commit(test.store, artifact)).updatedAtMs).toBe(artifact.updatedAtMs)
      const versions = await test.store.artifacts.memberships({ collection: artifact.sequence })
      expect(versions.map((one) => [one.versionIndex, one.artifact.id])).toEqual([
        [0, artifact.id],
        [1, other.id],
      ])
      expect(await aliasesOf(test.store, artifact.sequence)).toEqual({ latest: other.id })
    })

    test('a version is found by index, alias, digest, id and as the newest', async () => {
      await using test = await openTestStore(createPlace)
      const first = await putArtifact(test.store, { digest: 'one', requestedAliases: ['a'] })
      const second = await putArtifact(test.store, { digest: 'two' })
      const collection = first.sequence
      const find = async (at: object) =>
        (await test.store.artifacts.membership({ collection, ...at } as { collection: number; isNewest: true }))
          ?.versionIndex
      expect(await find({ versionIndex: 0 })).toBe(0)
      expect(await find({ alias: 'a' })).toBe(0)
      expect(await find({ alias: 'latest' })).toBe(1)
      expect(await find({ digest: 'two' })).toBe(1)
      expect(await find({ artifact: second.id })).toBe(1)
      expect(await find({ isNewest: true })).toBe(1)
      expect(await find({ versionIndex: 2 })).toBeUndefined()
      expect(await find({ alias: 'b' })).toBeUndefined()
      const page = await test.store.artifacts.memberships({ collection, isNewestFirst: true, offset: 1, limit: 1 })
      expect(page.map(({ artifact }) => artifact)).toEqual([await test.store.artifacts.artifact(first.id)])
      expect(await test.store.artifacts.countMemberships(collection)).toBe(2)
    })

    test('an alias moves; only the version that has it can lose it', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const first = await putArtifact(store, { requestedAliases: ['a', 'b'] })
      const second = await putArtifact(store)
      const collection = first.sequence
      const change = (kind: 'put-artifact-aliases' | 'delete-artifact-aliases', { id: artifact }: ArtifactRow) =>
        store.write([{ kind, collection, artifact, aliases: ['a'], nowMs: nowMs + 5 }])
      await change('put-artifact-aliases', second)
      await change('delete-artifact-aliases', first)
      expect(await aliasesOf(store, collection)).toEqual({ a: second.id, b: first.id, latest: second.id })
      await change('delete-artifact-aliases', second)
      expect(await aliasesOf(store, collection)).toEqual({ b: first.id, latest: second.id })
      expect((await store.artifacts.artifact(second.id))?.updatedAtMs).toBe(nowMs + 5)
    })

    test('a deleted version is gone from everywhere; latest goes to the newest that is left, indexes are not given again', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const first = await putArtifact(store)
      const second = await putArtifact(store, { clientId: 'client', entries: [{ path: 'f', md5: 'm' }], run: test.run })
      const elsewhere = await portfolio(store)
      await store.write([link(elsewhere, second)])
      await store.write([{ kind: 'delete-artifact', artifact: second.id, nowMs }])
      expect(await aliasesOf(store, first.sequence)).toEqual({ latest: first.id })
      expect(await aliasesOf(store, elsewhere)).toEqual({})
      expect(await store.artifacts.membershipsOf(second.id)).toEqual([])
      expect(await store.artifacts.entries({ artifact: second.id })).toEqual([])
      expect(await store.artifacts.artifact(second.id)).toMatchObject({ state: 'deleted' })
      expect(await store.artifacts.clientId('client')).toEqual({ artifact: second.id })
      expect(await store.artifacts.artifactsOfRun({ run: test.run, direction: 'output' })).toEqual({
        artifacts: [],
        total: 0,
      })
      await expect(store.write([link(elsewhere, second)])).rejects.toMatchObject({ code: 'not-found' })
      const third = await putArtifact(store)
      expect((await store.artifacts.membershipsOf(third.id))[0]?.versionIndex).toBe(2)
    })

    test('links have indexes of their own; linking again changes aliases only', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const first = await putArtifact(store)
      const second = await putArtifact(store)
      const elsewhere = await portfolio(store)
      await store.write([link(elsewhere, second, ['prod']), link(elsewhere, first)])
      const [{ membership }] = await store.write([link(elsewhere, second, ['again'])])
      expect(membership.versionIndex).toBe(0)
      expect(await aliasesOf(store, elsewhere)).toEqual({ again: second.id, latest: first.id, prod: second.id })
      await store.write([{ kind: 'unlink-artifact', collection: elsewhere, artifact: first.id, nowMs }])
      expect(await aliasesOf(store, elsewhere)).toMatchObject({ latest: second.id })
      expect((await store.artifacts.membershipsOf(first.id)).map(({ collection }) => collection)).toEqual([
        first.sequence,
      ])
      const pending = await putArtifact(store, { isCommitted: false })
      await expect(store.write([link(elsewhere, pending)])).rejects.toMatchObject({ code: 'conflict' })
    })

    test('a name is taken once in a project, whatever the kind and type', async () => {
      await using test = await openTestStore(createPlace)
      await putArtifact(test.store)
      const put = (type: string, collectionKind: 'sequence' | 'portfolio') =>
        test.store.write([
          { kind: 'put-artifact-collection', entity: 'e', project: 'p', name: 'c', type, collectionKind, nowMs },
        ])
      await expect(put('model', 'sequence')).rejects.toMatchObject({ code: 'conflict' })
      await expect(put('dataset', 'portfolio')).rejects.toMatchObject({ code: 'conflict' })
      const [{ collection }] = await put('dataset', 'sequence')
      expect(collection).toMatchObject({ name: 'c', type: 'dataset', entity: 'e', project: 'p', kind: 'sequence' })
    })

    test('a collection is renamed, retyped, described and tagged with its versions in it', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const artifact = await putArtifact(store, { sequenceClientId: 'sequence' })
      await putArtifact(store, { collection: 'taken' })
      const change = (fields: object) =>
        store.write([
          { kind: 'change-artifact-collection', collection: artifact.sequence, nowMs: nowMs + 1, ...fields },
        ])
      await change({ name: 'new', type: 'model', description: 'd', tagsToAdd: ['y', 'x'] })
      await change({ tagsToDelete: ['y'] })
      const collection = await store.artifacts.collectionById(artifact.sequence)
      expect(collection).toMatchObject({ name: 'new', type: 'model', description: 'd', tags: ['x'] })
      const project = artifact.projectId
      expect(await store.artifacts.collection({ project, name: 'new' })).toEqual(collection)
      expect(await store.artifacts.collection({ project, name: 'c' })).toBeUndefined()
      expect((await store.artifacts.types(project)).map(({ name }) => name)).toEqual(['dataset', 'model'])
      expect((await store.artifacts.collections({ project })).map(({ name }) => name)).toEqual(['new', 'taken'])
      expect(await store.artifacts.collections({ project, type: 'model' })).toEqual([collection])
      expect(await store.artifacts.clientId('sequence')).toEqual({ collection: artifact.sequence })
      await expect(change({ name: 'taken' })).rejects.toMatchObject({ code: 'conflict' })
    })

    test('deleting a portfolio leaves versions, deleting a sequence does not', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const artifact = await putArtifact(store, { requestedAliases: ['a'] })
      const pending = await putArtifact(store, { isCommitted: false })
      const [one, other] = [await portfolio(store, 'one'), await portfolio(store, 'other')]
      await store.write([link(one, artifact, ['x']), link(other, artifact)])
      await store.write([{ kind: 'delete-artifact-collection', collection: one, nowMs }])
      expect(await store.artifacts.collectionById(one)).toBeUndefined()
      expect((await store.artifacts.membershipsOf(artifact.id)).map(({ collection }) => collection)).toEqual([
        artifact.sequence,
        other,
      ])
      await store.write([{ kind: 'delete-artifact-collection', collection: artifact.sequence, nowMs }])
      for (const { id } of [artifact, pending]) {
        expect(await store.artifacts.artifact(id)).toMatchObject({ state: 'deleted' })
      }
      expect(await store.artifacts.membershipsOf(artifact.id)).toEqual([])
      expect(await store.artifacts.countMemberships(other)).toBe(0)
    })

    test('runs use and make versions once, and take their edges along', async () => {
      await using test = await openTestStore(createPlace)
      const { store, run } = test
      const [first, second] = [await putArtifact(store, { run }), await putArtifact(store, { run })]
      const use = { kind: 'put-artifact-usage', run, direction: 'input', artifact: first.id } as const
      await store.write([use, { ...use, usedAs: 'data' }])
      expect(await store.artifacts.runsOf({ artifact: first.id, direction: 'input' })).toEqual([run])
      const made = await store.artifacts.artifactsOfRun({ run, direction: 'output', offset: 1, limit: 1 })
      expect([made.total, made.artifacts.map(({ id }) => id)]).toEqual([2, [second.id]])
      expect((await store.artifacts.artifactsCreatedBy(run)).map(({ id }) => id)).toEqual([first.id, second.id])
      await expect(store.write([{ ...use, run: 999 }])).rejects.toMatchObject({ code: 'not-found' })
      await store.write([{ kind: 'delete-run', run }])
      expect(await store.artifacts.runsOf({ artifact: first.id, direction: 'input' })).toEqual([])
    })

    test('client ids: the newest meaning counts', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const first = await putArtifact(store, { clientId: 'c1', sequenceClientId: 's1' })
      const second = await putArtifact(store, { clientId: 'c2' })
      await store.write([
        { kind: 'put-artifact-client-ids', artifact: second.id, clientId: 'c1', sequenceClientId: 's2' },
      ])
      expect(await store.artifacts.clientId('c1')).toEqual({ artifact: second.id })
      expect(await store.artifacts.clientId('s1')).toEqual({ collection: first.sequence })
      expect(await store.artifacts.clientId('s2')).toEqual({ collection: first.sequence })
      expect(await store.artifacts.clientId('c3')).toBeUndefined()
    })
  })

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
      expect(await test.store.artifacts.entryByMd5({ artifact: artifact.id, md5: 'md5 a/z' })).toMatchObject({
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
        { ...entry('more'), sha256: undefined },
        { ...entry('new'), sha256: undefined },
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
      expect(await store.artifacts.blobs({ project: first.projectId, md5s: ['m', 'n'] })).toEqual([blob])
      expect(await store.artifacts.blobs({ project: first.projectId + 1, md5s: ['m'] })).toEqual([])
    })

    test('bytes are found through a version, a collection that links it, and its entity', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const artifact = await putArtifact(store, { entries: [{ path: 'f', md5: 'm' }] })
      const elsewhere = await portfolio(store)
      const find = async (at: { artifact: number } | { collection: number } | { entity: string }) =>
        (await store.artifacts.entryByMd5({ md5: 'm', ...at }))?.path
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
      const left = await store.artifacts.blobs({ project: first.projectId, md5s })
      expect(left.map(({ md5 }) => md5).sort()).toEqual(['claimed', 'shared', 'uploaded'])
      await store.write([
        { kind: 'delete-artifact', artifact: pending.id, nowMs },
        { kind: 'delete-artifact', artifact: second.id, nowMs },
      ])
      expect(await inUse()).toEqual([])
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

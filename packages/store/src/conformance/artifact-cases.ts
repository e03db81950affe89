import { describe, expect, test } from 'vitest'
import type { ArtifactRow } from '../artifacts/artifact-rows.ts'
import type { Store } from '../store.ts'
import { commit, link, putArtifact, putPortfolio } from './artifact-samples.ts'
import { type CreateStorePlace, nowMs, openTestStore } from './store-place.ts'

async function aliasesOf(store: Store, collection: number): Promise<Record<string, number>> {
  const aliases = await store.artifacts.aliases({ collection })
  return Object.fromEntries(aliases.map(({ alias, artifact }) => [alias, artifact]))
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
      expect(
        await store.artifacts.artifactByDigest({ sequence: pending.sequence, digest: 'd0', digestAlgorithm: 'md5' }),
      ).toBeUndefined()

      const committed = await commit(store, pending)
      await test.reopen()
      expect(committed).toEqual({ ...pending, state: 'committed', sizeBytes: 1, fileCount: 1 })
      expect(await test.store.artifacts.artifact(pending.id)).toEqual(committed)
      expect(await test.store.artifacts.pendingArtifact(at)).toBeUndefined()
      expect(
        await test.store.artifacts.artifactByDigest({
          sequence: pending.sequence,
          digest: 'd0',
          digestAlgorithm: 'md5',
        }),
      ).toEqual(committed)
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

    test('how names have moved is kept, with the versions they pointed to, until the collection goes', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const first = await putArtifact(store, { requestedAliases: ['a'] })
      const second = await putArtifact(store, { requestedAliases: ['b'] })
      const collection = first.sequence
      const names = { collection, artifact: second.id, nowMs: nowMs + 5 }
      await store.write([{ kind: 'put-artifact-aliases', ...names, aliases: ['a', 'b'] }])
      await store.write([{ kind: 'delete-artifact-aliases', ...names, aliases: ['b', 'never'] }])
      await store.write([{ kind: 'delete-artifact-aliases', ...names, artifact: first.id, aliases: ['a'] }])
      await store.write([{ kind: 'delete-artifact', artifact: second.id, nowMs: nowMs + 9 }])
      const changes = await store.artifacts.aliasChanges({ collection, limit: 10 })
      expect(changes.map(({ alias, from, to }) => [alias, from, to])).toEqual([
        ['a', 1, undefined],
        ['b', 1, undefined],
        ['a', 0, 1],
        ['b', undefined, 1],
        ['a', undefined, 0],
      ])
      expect(changes[0]?.atMs).toBe(nowMs + 9)
      const { id: before } = changes[2]!
      expect(await store.artifacts.aliasChanges({ collection, before, limit: 1 })).toEqual([changes[3]])
      await store.write([{ kind: 'delete-artifact-collection', collection, nowMs }])
      expect(await store.artifacts.aliasChanges({ collection, limit: 10 })).toEqual([])
    })

    test('a deleted version is gone from everywhere; latest goes to the newest that is left, indexes are not given again', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const first = await putArtifact(store)
      const second = await putArtifact(store, { clientId: 'client', entries: [{ path: 'f', md5: 'm' }], run: test.run })
      const elsewhere = await putPortfolio(store)
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
      const elsewhere = await putPortfolio(store)
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
      const namesWith = async (search: string, limit: number) =>
        (await store.artifacts.collections({ project, search, limit })).map(({ name }) => name)
      expect(await namesWith('E', 5)).toEqual(['new', 'taken'])
      expect(await namesWith('TAKEN', 1)).toEqual(['taken'])
      await change({ name: 'untaken Ünwrap', type: 'model' })
      expect(await namesWith('ÜNW', 5)).toEqual(['untaken Ünwrap'])
      expect(await namesWith('taken', 1)).toEqual(['taken'])
      await change({ name: 'is taken', type: 'model' })
      expect([await namesWith('Taken', 1), await namesWith('taken', 2)]).toEqual([['taken'], ['taken', 'is taken']])
      await change({ name: 'new', type: 'model' })
      expect(await store.artifacts.clientId('sequence')).toEqual({ collection: artifact.sequence })
      await expect(change({ name: 'taken' })).rejects.toMatchObject({ code: 'conflict' })
    })

    test('deleting a portfolio leaves versions, deleting a sequence does not', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const artifact = await putArtifact(store, { requestedAliases: ['a'] })
      const pending = await putArtifact(store, { isCommitted: false })
      const [one, other] = [await putPortfolio(store, 'one'), await putPortfolio(store, 'other')]
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
      const table = await putArtifact(store, { run, collection: 't', type: 'run_table' })
      const output = { run, direction: 'output', offset: 1 } as const
      const idsOf = async (exceptTypes: readonly string[]) => {
        const { total, artifacts } = await store.artifacts.artifactsOfRun({ ...output, exceptTypes })
        return [total, ...artifacts.map(({ id }) => id)]
      }
      expect(await idsOf([])).toEqual([3, second.id, table.id])
      expect(await idsOf(['run_table', 'code'])).toEqual([2, second.id])
      expect(await idsOf(['dataset'])).toEqual([1])
      await expect(store.write([{ ...use, run: 999 }])).rejects.toMatchObject({ code: 'not-found' })
      await store.write([{ kind: 'delete-run', run }])
      expect(await store.artifacts.runsOf({ artifact: first.id, direction: 'input' })).toEqual([])
    })

    test('a version is expired when its lifetime is over, unless another collection links to it', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const make = async (ttlSeconds: number | undefined, isCommitted = true) =>
        (await putArtifact(store, { ttlSeconds, isCommitted })).id
      const [short, long] = [await make(60), await make(3600)]
      for (const other of [await make(undefined), await make(-2), await make(1, false)])
        expect(other).toBeGreaterThan(0)
      const linked = await putArtifact(store, { ttlSeconds: 60 })
      await store.write([link(await putPortfolio(store), linked)])
      const expired = async (afterMs: number, after = 0, limit = 10) =>
        (await store.artifacts.expiredArtifacts({ nowMs: nowMs + afterMs, after, limit })).map(({ id }) => id)
      expect(await expired(59_999)).toEqual([])
      expect(await expired(60_000)).toEqual([short])
      expect(await expired(3_600_000)).toEqual([short, long])
      expect([await expired(3_600_000, short), await expired(3_600_000, 0, 1)]).toEqual([[long], [short]])
      const remove = (artifact: number, atMs: number) =>
        store.write([{ kind: 'delete-artifact', artifact, onlyIfExpiredAtMs: nowMs + atMs, nowMs }])
      for (const [artifact, atMs] of [
        [long, 60_000],
        [linked.id, 3_600_000],
        [short, 60_000],
      ] as const)
        await remove(artifact, atMs)
      const states = [short, long, linked.id].map(async (id) => (await store.artifacts.artifact(id))?.state)
      expect(await Promise.all(states)).toEqual(['deleted', 'committed', 'committed'])
      await store.write([{ kind: 'change-artifact', artifact: long, ttlSeconds: null, nowMs }])
      expect(await expired(3_600_000)).toEqual([])
    })

    test('a version is referred to as long as a committed version has such an entry', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const ref = 'wandb-artifact://41/a/b'
      const isReferred = () =>
        Promise.all(['41', '4', '42'].map((hex) => store.artifacts.isReferredTo(`wandb-artifact://${hex}/`)))
      const pending = await putArtifact(store, {
        isCommitted: false,
        entries: [
          { path: 'f', ref },
          { path: 'g', ref: 's3://41/a' },
        ],
      })
      expect(await isReferred()).toEqual([false, false, false])
      await commit(store, pending)
      expect(await isReferred()).toEqual([true, false, false])
      await store.write([{ kind: 'delete-artifact', artifact: pending.id, nowMs }])
      expect(await isReferred()).toEqual([false, false, false])
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
}

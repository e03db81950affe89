import { describe, expect, test } from 'vitest'
import { putArtifact, putPortfolio } from './artifact-samples.ts'
import { at, type CreateStorePlace, nowMs, openTestStore } from './store-place.ts'

/** Texts that people and programs give to what is no run: they come back whole, U+0000 in them included. */
export function describeTexts(createPlace: CreateStorePlace): void {
  const odd = (text: string) => `${text}\u0000 and more`

  describe('texts with U+0000 in them come back whole', () => {
    test('of a project, of its runs in the trash', async () => {
      await using test = await openTestStore(createPlace)
      const { id: project } = (await test.store.project('e', 'p'))!
      await test.store.write([
        { kind: 'change-project', project, description: odd('description'), nowMs },
        { kind: 'put-run', at: at('r1'), nowMs, change: { displayName: odd('name') } },
        { kind: 'trash-run', run: test.run, nowMs },
      ])
      await test.reopen()
      const found = await test.store.projectById(project)
      expect(found).toMatchObject({ description: odd('description') })
      expect([await test.store.project('e', 'p'), ...(await test.store.projects('e'))]).toEqual([found, found])
      expect(await test.store.projects()).toEqual([found])
      expect(await test.store.trashedRuns({ project })).toMatchObject([{ displayName: odd('name') }])
    })

    test('of views, what they were, states of pages and definitions of charts', async () => {
      await using test = await openTestStore(createPlace)
      const { id: project } = (await test.store.project('e', 'p'))!
      const names = ['type', 'name', 'displayName', 'description', 'spec'] as const
      const fields = Object.fromEntries(names.map((name) => [name, odd(name)]))
      const username = odd('ada')
      const [{ view }] = await test.store.write([{ kind: 'put-view', project, fields, username, nowMs }])
      // What is left out stays as it is, and is not cut by being read and written again.
      await test.store.write([{ kind: 'put-view', project, view: view.id, fields: { type: 'runs' }, username, nowMs }])
      const chart = {
        entity: 'e',
        name: odd('chart'),
        displayName: odd('Chart'),
        type: odd('vega2'),
        access: 'private',
        spec: odd('{}'),
        username,
      } as const
      await test.store.write([
        { kind: 'put-custom-chart', ...chart, nowMs },
        { kind: 'put-view-state', hash: 'h', state: odd('state'), nowMs },
      ])
      await test.reopen()
      const { store } = test
      expect(await store.view(view.id)).toEqual({ ...view, ...fields, username, savedBy: username, type: 'runs' })
      expect(await store.views({ project, name: odd('name'), username })).toHaveLength(1)
      const { type: _type, name: _name, ...kept } = fields
      expect(await store.viewRevision({ view: view.id, number: 1 })).toMatchObject({ ...kept, username })
      const [revision] = await store.viewRevisions(view.id)
      expect(revision).toMatchObject({ displayName: odd('displayName'), description: odd('description'), username })
      expect(await store.customChart(chart)).toMatchObject(chart)
      expect(await store.viewState('h')).toBe(odd('state'))
    })

    test('of types, collections and versions of artifacts', async () => {
      await using test = await openTestStore(createPlace)
      const { id: project } = (await test.store.project('e', 'p'))!
      const names = ['description', 'metadata', 'labels', 'storageRegion', 'distributedId', 'username'] as const
      const texts = Object.fromEntries(names.map((name) => [name, odd(name)]))
      const lists = { requestedAliases: [odd('best')], tags: [odd('tag')] }
      const artifact = await putArtifact(test.store, { ...texts, ...lists })
      expect(artifact).toMatchObject({ ...texts, ...lists })
      await putPortfolio(test.store)
      await test.store.write([
        { kind: 'put-artifact-type', project, name: 'dataset', description: odd('type'), nowMs },
        { kind: 'change-artifact-collection', collection: artifact.sequence, description: odd('collection'), nowMs },
        // Reads all the other texts and writes them again.
        { kind: 'change-artifact', artifact: artifact.id, labels: odd('other'), nowMs },
        { kind: 'change-artifact-collection', collection: artifact.sequence, tagsToAdd: [odd('tag')], nowMs },
      ])
      await test.reopen()
      const { artifacts } = test.store
      const changed = { ...artifact, labels: odd('other') }
      expect(await artifacts.artifact(artifact.id)).toEqual(changed)
      expect(await artifacts.membership({ collection: artifact.sequence, isNewest: true })).toMatchObject({
        artifact: changed,
      })
      expect(await artifacts.types(project)).toMatchObject([{ name: 'dataset', description: odd('type') }])
      const collection = { description: odd('collection'), tags: [odd('tag')] }
      expect(await artifacts.collectionById(artifact.sequence)).toMatchObject(collection)
      expect(await artifacts.collections({ project })).toMatchObject([collection])
      const [other] = await artifacts.collections({
        project: (await test.store.project('e', 'elsewhere'))!.id,
      })
      expect(other?.description).toBeUndefined()
    })

    test('of entries and manifests', async () => {
      await using test = await openTestStore(createPlace)
      const { id: artifact } = await putArtifact(test.store, { isCommitted: false })
      const entry = { path: 'a', digest: odd('etag'), ref: odd('s3://bucket'), extra: odd('{}') }
      const rest = { sizeBytes: 1, birthArtifact: undefined, blob: undefined }
      const plain = { path: 'b', digest: 'etag', ref: 's3://bucket/b', extra: undefined, ...rest }
      const [, { manifest }] = await test.store.write([
        { kind: 'put-artifact-entries', artifact, isFirst: true, entries: [{ ...entry, ...rest }, plain] },
        {
          kind: 'put-artifact-manifest',
          manifest: undefined,
          artifact,
          name: odd('manifest'),
          digest: odd('digest'),
          baseArtifact: undefined,
          manifestKind: 'full',
        },
      ])
      await test.reopen()
      const { artifacts } = test.store
      expect(await artifacts.entries({ artifact })).toMatchObject([entry, plain])
      expect(await artifacts.manifest(manifest.id)).toMatchObject({ name: odd('manifest'), digest: odd('digest') })
    })

    test('of accounts, keys and invites', async () => {
      await using test = await openTestStore(createPlace)
      const [{ account }, { account: team }] = await test.store.write([
        { kind: 'put-account', name: 'ada', accountKind: 'user', email: odd('a@b'), nowMs },
        { kind: 'put-account', name: 'team', accountKind: 'team', nowMs },
      ])
      const digest = Uint8Array.of(1)
      await test.store.write([
        {
          kind: 'put-api-key',
          account: account.id,
          digest,
          prefix: 'x',
          description: odd('key'),
          scope: 'write',
          nowMs,
        },
        { kind: 'put-invite', team: team.id, email: odd('c@d'), role: 'member', nowMs },
      ])
      await test.reopen()
      const { accounts } = test.store
      expect(await accounts.account('ada')).toMatchObject({ email: odd('a@b') })
      expect(await accounts.keys(account.id)).toMatchObject([{ description: odd('key'), digest }])
      expect(await accounts.invites({ team: team.id })).toMatchObject([{ email: odd('c@d') }])
      expect(await accounts.invites({ email: odd('c@d') })).toHaveLength(1)
    })
  })
}

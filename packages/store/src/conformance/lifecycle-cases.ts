import { describe, expect, test } from 'vitest'
import type { AccountReads } from '../accounts/account-reads.ts'
import type { ArtifactReads } from '../artifacts/artifact-reads.ts'
import type { Store } from '../store.ts'
import { putArtifact } from './artifact-samples.ts'
import { toRowGroup } from './plain-rows.ts'
import { at, type CreateStorePlace, nowMs, openTestStore } from './store-place.ts'

const grid = { from: 0, to: 10, count: 5 }

/** Every method but `close`, with arguments that suit any store. */
const calls: {
  readonly [M in Exclude<
    keyof Store,
    'specification' | 'artifacts' | 'accounts' | 'close' | typeof Symbol.asyncDispose
  >]: (store: Store) => Promise<unknown>
} = {
  write: (store) => store.write([{ kind: 'put-project', entity: 'e', name: 'p', nowMs }]),
  projects: (store) => store.projects(),
  project: (store) => store.project('e', 'p'),
  projectById: (store) => store.projectById(1),
  place: (store) => store.place({ run: 1 }),
  run: (store) => store.run(at('r1')),
  runById: (store) => store.runById(1),
  runs: (store) => store.runs({ entity: 'e', project: 'p' }),
  runCount: (store) => store.runCount({ entity: 'e', project: 'p' }),
  runNeighbours: (store) => store.runNeighbours({ entity: 'e', project: 'p', run: 1 }),
  runGroups: (store) =>
    store.runGroups({ entity: 'e', project: 'p', by: [{ kind: 'field', field: 'state' }], columns: [] }),
  runValueKeys: (store) => store.runValueKeys({ entity: 'e', project: 'p', runCountMax: 10 }),
  runFieldValues: (store) => store.runFieldValues({ entity: 'e', project: 'p', runCountMax: 10 }),
  liveRuns: (store) => store.liveRuns({ heartbeatBeforeMs: nowMs + 1 }),
  metricKeys: (store) => store.metricKeys({ entity: 'e', project: 'p' }),
  column: (store) => store.column({ run: 1, key: 'loss' }),
  joinedColumns: (store) => store.joinedColumns({ run: 1, keys: ['loss', 'accuracy'] }),
  sampleRows: (store) => store.sampleRows({ run: 1, count: 3 }),
  buckets: (store) => store.buckets({ run: 1, key: 'loss', grid }),
  rows: (store) => store.rows({ run: 1 }),
  otherKeys: (store) => store.otherKeys({ run: 1 }),
  stateChanges: (store) => store.stateChanges(1),
  historyExports: (store) => store.historyExports(1),
  lines: (store) => store.lines({ run: 1, from: 0, limit: 10 }),
  writerLineCount: (store) => store.writerLineCount({ run: 1, stream: 'history', writer: 'w' }),
  alerts: (store) => store.alerts({ limit: 10 }),
  countAlerts: (store) => store.countAlerts(1),
  acquireLease: (store) => store.acquireLease({ name: 'l', owner: 'o', untilMs: nowMs + 1, nowMs }),
  releaseLease: (store) => store.releaseLease({ name: 'l', owner: 'o' }),
  compact: (store) => store.compact(),
  trashedRuns: (store) => store.trashedRuns(),
  isRunIdSpent: (store) => store.isRunIdSpent(at('r1')),
  metricNotes: (store) => store.metricNotes({ project: 1 }),
  shareLinks: (store) => store.shareLinks({ project: 1 }),
  sweeps: (store) => store.sweeps({ project: 1 }),
  sweepAgents: (store) => store.sweepAgents({ sweep: 1 }),
  sweepTrials: (store) => store.sweepTrials({ sweep: 1 }),
  views: (store) => store.views({ project: 1 }),
  customChart: (store) => store.customChart({ entity: 'e', name: 'c' }),
  view: (store) => store.view(1),
  viewRevisions: (store) => store.viewRevisions(1),
  viewRevision: (store) => store.viewRevision({ view: 1, number: 1 }),
  viewState: (store) => store.viewState('h'),
  ping: (store) => store.ping(),
}

/** The same for accounts. */
const accountCalls: { readonly [M in keyof AccountReads]: (store: Store) => Promise<unknown> } = {
  account: ({ accounts }) => accounts.account('a'),
  accountById: ({ accounts }) => accounts.accountById(1),
  accounts: ({ accounts }) => accounts.accounts(),
  keyByDigest: ({ accounts }) => accounts.keyByDigest(new Uint8Array(32)),
  keyById: ({ accounts }) => accounts.keyById(1),
  keys: ({ accounts }) => accounts.keys(1),
  members: ({ accounts }) => accounts.members(1),
  memberById: ({ accounts }) => accounts.memberById(1),
  memberships: ({ accounts }) => accounts.memberships(1),
  invites: ({ accounts }) => accounts.invites({ team: 1 }),
}

/** The same for artifacts. */
const artifactCalls: { readonly [M in keyof ArtifactReads]: (store: Store) => Promise<unknown> } = {
  types: ({ artifacts }) => artifacts.types(1),
  collection: ({ artifacts }) => artifacts.collection({ project: 1, name: 'c' }),
  collectionById: ({ artifacts }) => artifacts.collectionById(1),
  collections: ({ artifacts }) => artifacts.collections({ project: 1 }),
  artifact: ({ artifacts }) => artifacts.artifact(1),
  artifactByDigest: ({ artifacts }) => artifacts.artifactByDigest({ sequence: 1, digest: 'd', digestAlgorithm: 'md5' }),
  pendingArtifact: ({ artifacts }) => artifacts.pendingArtifact({ sequence: 1, distributedId: 'd' }),
  expiredArtifacts: ({ artifacts }) => artifacts.expiredArtifacts({ nowMs: 1, after: 0, limit: 1 }),
  isReferredTo: ({ artifacts }) => artifacts.isReferredTo('wandb-artifact://00/'),
  abandonedArtifacts: ({ artifacts }) => artifacts.abandonedArtifacts({ untilMs: nowMs, limit: 10 }),
  membership: ({ artifacts }) => artifacts.membership({ collection: 1, versionIndex: 0 }),
  memberships: ({ artifacts }) => artifacts.memberships({ collection: 1 }),
  membershipsOf: ({ artifacts }) => artifacts.membershipsOf(1),
  countMemberships: ({ artifacts }) => artifacts.countMemberships(1),
  aliases: ({ artifacts }) => artifacts.aliases({ collection: 1 }),
  aliasChanges: ({ artifacts }) => artifacts.aliasChanges({ collection: 1, limit: 10 }),
  clientId: ({ artifacts }) => artifacts.clientId('client'),
  manifest: ({ artifacts }) => artifacts.manifest(1),
  manifests: ({ artifacts }) => artifacts.manifests(1),
  entries: ({ artifacts }) => artifacts.entries({ artifact: 1 }),
  entryByDigest: ({ artifacts }) => artifacts.entryByDigest({ artifact: 1, digest: 'm' }),
  blobs: ({ artifacts }) => artifacts.blobs({ project: 1, digests: ['m'], algorithm: 'md5' }),
  storageBytes: ({ artifacts }) => artifacts.storageBytes('e'),
  contentsInUse: ({ artifacts }) => artifacts.contentsInUse(['0'.repeat(64)]),
  runsOf: ({ artifacts }) => artifacts.runsOf({ artifact: 1, direction: 'output' }),
  artifactsOfRun: ({ artifacts }) => artifacts.artifactsOfRun({ run: 1, direction: 'output' }),
  artifactsCreatedBy: ({ artifacts }) => artifacts.artifactsCreatedBy(1),
}

/** Open, closed, reopened: for every method. */
export function describeLifecycle(createPlace: CreateStorePlace): void {
  describe('lifecycle', () => {
    describe.each(Object.entries({ ...calls, ...artifactCalls, ...accountCalls }))('%s', (_, call) => {
      test('works on an empty store', async () => {
        await using place = await createPlace()
        await using store = await place.open()
        await call(store)
      })

      test('rejects with code closed after close', async () => {
        await using place = await createPlace()
        const store = await place.open()
        await store.close()
        await expect(call(store)).rejects.toMatchObject({ name: 'StoreError', code: 'closed' })
      })

      test('answers the same after the store was closed and opened', async () => {
        await using test = await openTestStore(createPlace)
        await test.store.write([
          {
            kind: 'append-rows',
            run: test.run,
            stream: 'history',
            lineOffset: 0,
            rows: toRowGroup([
              { step: 0, values: { loss: 1, accuracy: 2, note: '"a"' } },
              { step: 1, values: { loss: Number.NaN } },
            ]),
            nowMs,
          },
          { kind: 'put-lines', run: test.run, lineOffset: 0, lines: ['hello'], nowMs },
        ])
        await putArtifact(test.store, { run: test.run, clientId: 'client', entries: [{ path: 'a', md5: 'm' }] })
        const before = await call(test.store)
        await test.reopen()
        expect(await call(test.store)).toEqual(before)
      })
    })

    test('close may be called twice', async () => {
      await using place = await createPlace()
      const store = await place.open()
      await store.close()
      await store.close()
    })

    test('a write that waits when the store closes is still done', async () => {
      await using place = await createPlace()
      const store = await place.open()
      const written = store.write([{ kind: 'put-run', at: at('r1'), nowMs, change: {} }])
      await store.close()
      expect(await written).toMatchObject([{ isCreated: true }])
      if (!place.isPersistent) return
      await using reopened = await place.open()
      expect(await reopened.run(at('r1'))).toMatchObject({ runId: 'r1' })
    })

    test('the store names the interface that it implements', async () => {
      await using place = await createPlace()
      await using store = await place.open()
      expect(store.specification).toBe('lossline-store/1')
    })
  })
}

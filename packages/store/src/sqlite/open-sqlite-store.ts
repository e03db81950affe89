import { StoreError } from '../errors.ts'
import type { RunSelection } from '../runs/run-selection.ts'
import type { Store, Write, WriteResult } from '../store.ts'
import { createAccountReader } from './accounts/reader.ts'
import { countAlerts, listAlerts } from './alerts.ts'
import { applyWrite } from './apply-write.ts'
import { createArtifactReader } from './artifacts/reader.ts'
import { createCompactor, type StoreClock } from './compactor.ts'
import { type Connection, openConnection } from './connection.ts'
import { findCustomChart } from './custom-charts.ts'
import { createGroupCommit, type Outcome } from './group-commit.ts'
import { listHistoryExports } from './history-exports.ts'
import { readBuckets, readColumn, readJoinedColumns } from './history-reader.ts'
import { createKeyDictionary } from './key-dictionary.ts'
import { acquireLease, releaseLease } from './leases.ts'
import { createPatterns } from './match-function.ts'
import { listMetricNotes } from './metric-notes.ts'
import { checkDatabase, migrate } from './migrations.ts'
import { readOtherKeys } from './other-keys.ts'
import { containsAnyCase, containsFunction } from './queries.ts'
import { readRows } from './row-reader.ts'
import { listRunFieldValues } from './run-query/list-field-values.ts'
import { listRunValueKeys } from './run-query/list-value-keys.ts'
import { listRunGroups } from './run-query/select-groups.ts'
import { countRuns, findRunNeighbours, listRuns } from './run-query/select-runs.ts'
import {
  findPlace,
  findProject,
  findProjectById,
  findRun,
  findRunById,
  listLines,
  listLiveRuns,
  listMetricKeys,
  listProjects,
  streamIds,
} from './run-reader.ts'
import { sampleRows } from './sample-rows.ts'
import { listShareLinks } from './share-links.ts'
import { listStateChanges } from './state-changes.ts'
import { listSweepAgents } from './sweep-agents.ts'
import { listSweepTrials } from './sweep-trials.ts'
import { listSweeps } from './sweeps.ts'
import { isRunIdSpent, listTrashedRuns } from './trash.ts'
import { createTurns } from './turns.ts'
import { findViewRevision, findViewState, listViewRevisions } from './view-revisions.ts'
import { findView, listViews } from './views.ts'
import { readWriterCount, readWriterCounts } from './writers.ts'

/** Where the database is, and how it behaves. */
export interface OpenSqliteStoreOptions {
  /** The database file, made if missing (its folder must exist), or `:memory:`. */
  readonly path: string
  /** For the 60 quiet seconds before compaction. Default: the system's. */
  readonly clock?: StoreClock
  /** Least time between two transactions of {@link Store.write}; what arrives in between shares the next one. Default 5. */
  readonly groupCommitMs?: number
  /** How long to wait for another process' transaction before `locked`; blocks the thread. Default 5,000. */
  readonly busyTimeoutMs?: number
  /** The database answers `full` instead of growing beyond this. Default: as much as the disk holds. */
  readonly fileBytesMax?: number
  /** Told when a compaction in the background fails; nothing is lost by that and it is tried again. Default: nobody. */
  readonly onProblem?: (error: unknown) => void
}

/**
 * Opens a store in one SQLite file (write-ahead log, every acknowledged write synced to disk).
 *
 * Everything runs in the calling thread. Several processes may have the file open; each transaction takes the write lock.
 *
 * @throws {@link StoreError} `unavailable`, `locked`, `corrupt`, `newer-version`.
 * @example
 * await using store = await openSqliteStore({ path: 'store.db' })
 * const [{ run }] = await store.write([
 *   { kind: 'put-run', at: { entity: 'me', project: 'digits', runId: 'a1' }, nowMs: Date.now(), change: {} },
 * ])
 */
export async function openSqliteStore(options: OpenSqliteStoreOptions): Promise<Store> {
  const connection = openConnection(options.path, options.busyTimeoutMs ?? 5_000)
  try {
    prepareDatabase(connection, options)
    return createStore(connection, options)
  } catch (error) {
    connection.close()
    throw error
  }
}

function prepareDatabase(connection: Connection, options: OpenSqliteStoreOptions): void {
  checkDatabase(connection, options.path)
  connection.exec('PRAGMA journal_mode = WAL')
  connection.exec('PRAGMA synchronous = FULL')
  // 64 MiB: the heads and rollups of some ten million points.
  connection.exec('PRAGMA cache_size = -65536')
  connection.define(containsFunction, (text, part) => (containsAnyCase(String(text), String(part)) ? 1 : 0))
  migrate(connection)
  if (options.fileBytesMax !== undefined) {
    const { page_size: pageBytes } = connection.get<{ page_size: number }>('PRAGMA page_size')!
    connection.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(options.fileBytesMax / pageBytes))}`)
  }
}

function createStore(connection: Connection, options: OpenSqliteStoreOptions): Store {
  const keys = createKeyDictionary(connection)
  const compactor = createCompactor({
    connection,
    clock: options.clock ?? systemClock,
    onProblem: options.onProblem ?? (() => {}),
  })
  const commits = createGroupCommit<readonly Write[], unknown[]>({
    commit: commitCalls,
    intervalMs: options.groupCommitMs ?? 5,
  })
  const artifacts = createArtifactReader(connection)
  const accounts = createAccountReader(connection)
  const patterns = createPatterns(connection)
  let isClosed = false

  function commitCalls(calls: readonly (readonly Write[])[]): Outcome<unknown[]>[] {
    let outcomes: Outcome<unknown[]>[]
    try {
      outcomes = connection.transaction(() => calls.map(applyCall))
    } catch (error) {
      keys.forget()
      throw error
    }
    for (const [index, outcome] of outcomes.entries())
      if ('result' in outcome) compactor.note(calls[index]!, outcome.result)
    return outcomes
  }

  function applyCall(writes: readonly Write[]): Outcome<unknown[]> {
    try {
      return { result: connection.savepoint(() => writes.map((write) => applyWrite(connection, keys, write))) }
    } catch (error) {
      keys.forget()
      if (connection.isTransactionLost) throw error
      return { error }
    }
  }

  function requireOpen(): void {
    if (isClosed) throw new StoreError({ code: 'closed', message: 'The store is closed.' })
  }

  /** Rejects instead of throwing, as every method does. */
  async function whenOpen<T>(work: () => T): Promise<Awaited<T>> {
    requireOpen()
    return await work()
  }

  async function whenSelectable<T>({ filter }: RunSelection, work: () => T): Promise<Awaited<T>> {
    if (filter !== undefined) await whenOpen(() => patterns.prepare(filter))
    return whenOpen(work)
  }

  const store: Store = {
    specification: 'lossline-store/1',
    write: <const W extends readonly Write[]>(writes: W) =>
      // applyWrite gives each write the result of its kind.
      whenOpen(() => commits.submit(writes) as Promise<{ [I in keyof W]: WriteResult<W[I]> }>),
    projects: (entity) => whenOpen(() => listProjects(connection, entity)),
    project: (entity, name) => whenOpen(() => findProject(connection, entity, name)),
    projectById: (id) => whenOpen(() => findProjectById(connection, id)),
    place: (of) => whenOpen(() => findPlace(connection, of)),
    run: (at) => whenOpen(() => findRun(connection, at)),
    runById: (storageId) => whenOpen(() => findRunById(connection, storageId)),
    runs: (query) => whenSelectable(query, () => listRuns(connection, query)),
    runCount: (selection) => whenSelectable(selection, () => countRuns(connection, selection)),
    runNeighbours: (query) => whenSelectable(query, () => findRunNeighbours(connection, query)),
    runValueKeys: (query) => whenOpen(() => listRunValueKeys(connection, query)),
    runFieldValues: (query) => whenOpen(() => listRunFieldValues(connection, query)),
    runGroups: (query) => whenSelectable(query, () => listRunGroups(connection, query)),
    liveRuns: ({ heartbeatBeforeMs }) => whenOpen(() => listLiveRuns(connection, heartbeatBeforeMs)),
    metricKeys: (query) => whenOpen(() => listMetricKeys(connection, query)),
    column: (query) => whenOpen(() => readColumn(connection, query)),
    joinedColumns: (query) => whenOpen(() => readJoinedColumns(connection, query)),
    sampleRows: (query) => whenOpen(() => sampleRows(connection, query, createTurns(requireOpen))),
    buckets: (query) => whenOpen(() => readBuckets(connection, query)),
    rows: (query) => whenOpen(() => readRows(connection, query)),
    otherKeys: (query) => whenOpen(() => readOtherKeys(connection, query)),
    artifacts: {
      types: (project) => whenOpen(() => artifacts.types(project)),
      collection: (at) => whenOpen(() => artifacts.collection(at)),
      collectionById: (id) => whenOpen(() => artifacts.collectionById(id)),
      collections: (query) => whenOpen(() => artifacts.collections(query)),
      artifact: (id) => whenOpen(() => artifacts.artifact(id)),
      expiredArtifacts: (query) => whenOpen(() => artifacts.expiredArtifacts(query)),
      isReferredTo: (uriPrefix) => whenOpen(() => artifacts.isReferredTo(uriPrefix)),
      artifactByDigest: (at) => whenOpen(() => artifacts.artifactByDigest(at)),
      pendingArtifact: (at) => whenOpen(() => artifacts.pendingArtifact(at)),
      abandonedArtifacts: (query) => whenOpen(() => artifacts.abandonedArtifacts(query)),
      membership: (at) => whenOpen(() => artifacts.membership(at)),
      memberships: (query) => whenOpen(() => artifacts.memberships(query)),
      membershipsOf: (artifact) => whenOpen(() => artifacts.membershipsOf(artifact)),
      countMemberships: (collection) => whenOpen(() => artifacts.countMemberships(collection)),
      aliases: (query) => whenOpen(() => artifacts.aliases(query)),
      aliasChanges: (query) => whenOpen(() => artifacts.aliasChanges(query)),
      clientId: (id) => whenOpen(() => artifacts.clientId(id)),
      manifest: (id) => whenOpen(() => artifacts.manifest(id)),
      manifests: (artifact) => whenOpen(() => artifacts.manifests(artifact)),
      entries: (query) => whenOpen(() => artifacts.entries(query)),
      entryByDigest: (at) => whenOpen(() => artifacts.entryByDigest(at)),
      blobs: (query) => whenOpen(() => artifacts.blobs(query)),
      storageBytes: (entity) => whenOpen(() => artifacts.storageBytes(entity)),
      contentsInUse: (sha256s) => whenOpen(() => artifacts.contentsInUse(sha256s)),
      runsOf: (query) => whenOpen(() => artifacts.runsOf(query)),
      artifactsOfRun: (query) => whenOpen(() => artifacts.artifactsOfRun(query)),
      artifactsCreatedBy: (run) => whenOpen(() => artifacts.artifactsCreatedBy(run)),
    },
    accounts: {
      account: (name) => whenOpen(() => accounts.account(name)),
      accountById: (id) => whenOpen(() => accounts.accountById(id)),
      accounts: () => whenOpen(() => accounts.accounts()),
      keyByDigest: (digest) => whenOpen(() => accounts.keyByDigest(digest)),
      keyById: (id) => whenOpen(() => accounts.keyById(id)),
      keys: (account) => whenOpen(() => accounts.keys(account)),
      members: (team) => whenOpen(() => accounts.members(team)),
      memberById: (id) => whenOpen(() => accounts.memberById(id)),
      memberships: (user) => whenOpen(() => accounts.memberships(user)),
      invites: (query) => whenOpen(() => accounts.invites(query)),
    },
    stateChanges: (run) => whenOpen(() => listStateChanges(connection, run)),
    historyExports: (run) => whenOpen(() => listHistoryExports(connection, run)),
    lines: (query) => whenOpen(() => listLines(connection, query)),
    writerLineCount: ({ run, stream, writer }) =>
      whenOpen(() =>
        writer === undefined
          ? readWriterCounts(connection, run, streamIds[stream])
          : readWriterCount(connection, run, streamIds[stream], writer),
      ),
    trashedRuns: (query = {}) => whenOpen(() => listTrashedRuns(connection, query)),
    isRunIdSpent: (at) => whenOpen(() => isRunIdSpent(connection, at)),
    views: (query) => whenOpen(() => listViews(connection, query)),
    metricNotes: ({ project }) => whenOpen(() => listMetricNotes(connection, project)),
    shareLinks: (query) => whenOpen(() => listShareLinks(connection, query)),
    sweeps: (query) => whenOpen(() => listSweeps(connection, query)),
    sweepAgents: (query) => whenOpen(() => listSweepAgents(connection, query)),
    sweepTrials: (query) => whenOpen(() => listSweepTrials(connection, query)),
    customChart: ({ entity, name }) => whenOpen(() => findCustomChart(connection, entity, name)),
    view: (id) => whenOpen(() => findView(connection, id)),
    viewRevisions: (view) => whenOpen(() => listViewRevisions(connection, view)),
    viewRevision: (at) => whenOpen(() => findViewRevision(connection, at)),
    viewState: (hash) => whenOpen(() => findViewState(connection, hash)),
    alerts: (query) => whenOpen(() => listAlerts(connection, query)),
    countAlerts: (run) => whenOpen(() => countAlerts(connection, run)),
    acquireLease: (lease) => whenOpen(() => connection.transaction(() => acquireLease(connection, lease))),
    releaseLease: (lease) => whenOpen(() => connection.transaction(() => releaseLease(connection, lease))),
    compact: (compactOptions) => whenOpen(() => compactor.compact({ all: compactOptions?.all ?? false })),
    ping: () => whenOpen(() => void connection.get('SELECT count(*) FROM project')),
    async close() {
      if (isClosed) return
      isClosed = true
      compactor.stop()
      commits.flush()
      connection.close()
    },
    [Symbol.asyncDispose]: () => store.close(),
  }
  return store
}

const systemClock: StoreClock = {
  now: () => performance.now(),
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
}

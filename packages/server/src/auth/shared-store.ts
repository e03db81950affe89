import type {
  AccountReads,
  ArtifactCollectionRow,
  ArtifactReads,
  PlaceQuery,
  ProjectRow,
  RunPredicate,
  ShareLinkRow,
  Store,
} from '@lossline/store'
import { ServerError } from '../errors.ts'
import type { Access } from './access.ts'
import { guardStore } from './guarded-store.ts'

/** A project that somebody may look at, if they may at all, and nothing else. */
export function accessOfLink(store: Store, link: ShareLinkRow): Access {
  const at = toPlaceQuery(link)
  return {
    ofEntity: async () => 'none',
    isAdminOf: async () => false,
    ofPlace: async ({ projectId }) => ((await store.place(at))?.projectId === projectId ? 'read' : 'none'),
  }
}

/** Where what a link is of is now. Runs move, and the link goes along; wherever it is, nothing beside it is shown. */
export function toPlaceQuery({ kind, target, projectId }: ShareLinkRow): PlaceQuery {
  switch (kind) {
    case 'project':
      return { projectId }
    case 'run':
      return { run: target }
    case 'artifact':
      return { artifact: target }
  }
}

/** The store as whoever has a link sees it: nothing can be changed, and beside what the link is of there is nothing. */
export function shareStore(store: Store, link: ShareLinkRow): Store {
  const guarded: Store = {
    ...guardStore(store, accessOfLink(store, link)),
    accounts: noAccounts,
    write: async () => {
      throw new ServerError({ code: 'forbidden', message: 'This link lets you look, and change nothing.' })
    },
    // What was thrown away is nobody's to see.
    trashedRuns: async () => [],
    shareLinks: async () => [],
  }
  const { sweeps } = guarded
  const readable: Store = {
    ...guarded,
    sweeps: async (query) => ('project' in query && !query.isTrashed ? sweeps(query) : []),
  }
  switch (link.kind) {
    case 'project':
      return readable
    case 'run':
      return narrowStore(store, readable, { run: link.target })
    case 'artifact':
      return narrowStore(store, readable, { artifact: link.target })
  }
}

/** What is left of a project: a run with the versions it used and made, or a version. */
type Scope = { readonly run: number } | { readonly artifact: number }

function narrowStore(whole: Store, store: Store, scope: Scope): Store {
  const isRun = (run: number | undefined): boolean => 'run' in scope && run === scope.run
  const ifRun = <T>(run: number | undefined, read: () => Promise<T>, otherwise: T): Promise<T> =>
    isRun(run) ? read() : Promise.resolve(otherwise)
  const none: RunPredicate = { kind: 'or', of: [] }
  /** Ids of runs are unique in a project, and only the project of the link is seen. */
  const onlyRun = async (): Promise<RunPredicate> => {
    const run = 'run' in scope ? await whole.runById(scope.run) : undefined
    return run === undefined ? none : { kind: 'eq', path: { kind: 'field', field: 'runId' }, value: run.runId }
  }
  const select = async <Q extends { readonly filter?: RunPredicate }>(query: Q): Promise<Q> => {
    const own = await onlyRun()
    return { ...query, filter: query.filter === undefined ? own : { kind: 'and', of: [own, query.filter] } }
  }
  const bare = (project: ProjectRow | undefined): ProjectRow | undefined =>
    project && {
      ...project,
      description: '',
      tags: [],
      protectedAliases: [],
      runCount: 'run' in scope ? 1 : 0,
      runningCount: 0,
    }
  const shownArtifacts = async (): Promise<ReadonlySet<number>> => {
    if ('artifact' in scope) return new Set([scope.artifact])
    const found = await Promise.all(
      (['input', 'output'] as const).map((direction) => whole.artifacts.artifactsOfRun({ run: scope.run, direction })),
    )
    return new Set(found.flatMap(({ artifacts }) => artifacts.map(({ id }) => id)))
  }
  return {
    ...store,
    artifacts: narrowArtifacts(store.artifacts, { isRun, shownArtifacts }),
    projects: async () => [],
    project: async (entity, name) => bare(await store.project(entity, name)),
    projectById: async (id) => bare(await store.projectById(id)),
    place: async (of) => {
      if ('run' in of && !isRun(of.run)) return undefined
      if ('artifact' in of && !(await shownArtifacts()).has(of.artifact)) return undefined
      if ('manifest' in of) return undefined
      return store.place(of)
    },
    run: async (at) => {
      const run = await store.run(at)
      return isRun(run?.id) ? run : undefined
    },
    runById: (id) => ifRun(id, () => store.runById(id), undefined),
    runs: async (query) => store.runs(await select(query)),
    runCount: async (query) => store.runCount(await select(query)),
    runNeighbours: async (query) => store.runNeighbours(await select(query)),
    runGroups: async (query) => store.runGroups(await select(query)),
    // Of all runs of a project: they would tell what the others have.
    runValueKeys: async () => [],
    runFieldValues: async () => [],
    liveRuns: async () => [],
    metricKeys: async (query) => ('run' in scope ? store.metricKeys({ ...query, runs: [scope.run] }) : []),
    // Names of metrics would tell what other runs have.
    metricNotes: async (query) => {
      const run = 'run' in scope ? await whole.runById(scope.run) : undefined
      if (run === undefined) return []
      const { entity, project, id } = run
      const keys = new Set((await store.metricKeys({ entity, project, runs: [id] })).map(({ key }) => key))
      return (await store.metricNotes(query)).filter(({ metric }) => keys.has(metric))
    },
    isRunIdSpent: async () => false,
    views: async () => [],
    view: async () => undefined,
    viewRevisions: async () => [],
    viewRevision: async () => undefined,
    sweeps: async () => [],
    sweepAgents: async () => [],
    sweepTrials: async () => [],
    alerts: async (query) => ('run' in scope ? store.alerts({ ...query, run: scope.run }) : []),
    countAlerts: (run) => ifRun(run, () => store.countAlerts(run), 0),
    column: async (query) => (isRun(query.run) ? store.column(query) : nothingOf(store.column, query)),
    joinedColumns: async (query) =>
      isRun(query.run) ? store.joinedColumns(query) : { steps: new Float64Array(), columns: [] },
    sampleRows: (query) => ifRun(query.run, () => store.sampleRows(query), []),
    buckets: async (query) => (isRun(query.run) ? store.buckets(query) : nothingOf(store.buckets, query)),
    rows: (query) => ifRun(query.run, () => store.rows(query), []),
    otherKeys: (query) => ifRun(query.run, () => store.otherKeys(query), []),
    stateChanges: (run) => ifRun(run, () => store.stateChanges(run), []),
    historyExports: (run) => ifRun(run, () => store.historyExports(run), []),
    lines: (query) => ifRun(query.run, () => store.lines(query), []),
    writerLineCount: (query) => ifRun(query.run, () => store.writerLineCount(query), 0),
  }
}

/** The answer for a run that does not exist. */
function nothingOf<Q extends { readonly run: number }, T>(read: (query: Q) => Promise<T>, query: Q): Promise<T> {
  return read({ ...query, run: -1 })
}

function narrowArtifacts(
  reads: ArtifactReads,
  {
    isRun,
    shownArtifacts,
  }: {
    readonly isRun: (run: number) => boolean
    /** Ids. Asked once for each read, however many rows it finds. */
    readonly shownArtifacts: () => Promise<ReadonlySet<number>>
  },
): ArtifactReads {
  const isArtifact = async (artifact: number): Promise<boolean> => (await shownArtifacts()).has(artifact)
  const selectShown = async <T>(rows: readonly T[], toArtifact: (row: T) => number): Promise<readonly T[]> => {
    const shown = await shownArtifacts()
    return rows.filter((row) => shown.has(toArtifact(row)))
  }
  const ifArtifact = async <T>(artifact: number, read: () => Promise<T>, otherwise: T): Promise<T> =>
    (await isArtifact(artifact)) ? read() : otherwise
  const ofScope = async (collection: number) =>
    selectShown(await reads.memberships({ collection }), ({ artifact }) => artifact.id)
  /** A collection is there for the versions that are. */
  const ifCollection = async (found: ArtifactCollectionRow | undefined): Promise<ArtifactCollectionRow | undefined> =>
    found !== undefined && (await ofScope(found.id)).length > 0 ? found : undefined
  return {
    ...reads,
    types: async () => [],
    collection: async (at) => ifCollection(await reads.collection(at)),
    collectionById: async (id) => ifCollection(await reads.collectionById(id)),
    collections: async () => [],
    artifact: (id) => ifArtifact(id, () => reads.artifact(id), undefined),
    artifactByDigest: async (at) => {
      const found = await reads.artifactByDigest(at)
      return found !== undefined && (await isArtifact(found.id)) ? found : undefined
    },
    pendingArtifact: async () => undefined,
    membership: async (at) => {
      const found = await reads.membership(at)
      return found !== undefined && (await isArtifact(found.artifact.id)) ? found : undefined
    },
    memberships: async ({ offset = 0, limit, ...query }) => {
      const all = await selectShown(await reads.memberships(query), ({ artifact }) => artifact.id)
      return all.slice(offset, limit === undefined ? undefined : offset + limit)
    },
    membershipsOf: (artifact) => ifArtifact(artifact, () => reads.membershipsOf(artifact), []),
    countMemberships: async (collection) => (await ofScope(collection)).length,
    aliases: async (query) => selectShown(await reads.aliases(query), ({ artifact }) => artifact),
    aliasChanges: async () => [],
    clientId: async (id) => {
      const found = await reads.clientId(id)
      return found !== undefined && 'artifact' in found && (await isArtifact(found.artifact)) ? found : undefined
    },
    manifest: async () => undefined,
    manifests: (artifact) => ifArtifact(artifact, () => reads.manifests(artifact), []),
    entries: (query) => ifArtifact(query.artifact, () => reads.entries(query), []),
    entryByDigest: async (at) =>
      'artifact' in at ? ifArtifact(at.artifact, () => reads.entryByDigest(at), undefined) : undefined,
    blobs: reads.blobs,
    storageBytes: async () => 0,
    runsOf: async (query) => (await reads.runsOf(query)).filter(isRun),
    artifactsOfRun: async (query) => (isRun(query.run) ? reads.artifactsOfRun(query) : { artifacts: [], total: 0 }),
    artifactsCreatedBy: async (run) => (isRun(run) ? reads.artifactsCreatedBy(run) : []),
  }
}

/** Who else is here is no business of somebody with a link. */
const noAccounts: AccountReads = {
  account: async () => undefined,
  accountById: async () => undefined,
  accounts: async () => [],
  keyByDigest: async () => undefined,
  keyById: async () => undefined,
  keys: async () => [],
  members: async () => [],
  memberById: async () => undefined,
  memberships: async () => [],
  invites: async () => [],
}

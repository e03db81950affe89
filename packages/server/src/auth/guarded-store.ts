import type { ProjectPlace, ProjectRow, RunRow, Store, ViewRow, Write } from '@lossline/store'
import { assertNever, ServerError } from '../errors.ts'
import type { Access } from './access.ts'
import { guardArtifacts } from './guarded-artifacts.ts'
import { createCheckAliases } from './protected-aliases.ts'
import { createRequireWrite, requireAdmin, requireEntity } from './require-write.ts'
import { createVisibility } from './visibility.ts'

/**
 * A store as one asker may see and change it. What is in a hidden project does not exist, and every change is checked here, so
 * that no route above has to remember to ask.
 */
export function guardStore(store: Store, access: Access): Store {
  const requireWrite = createRequireWrite(store, access)
  const checkAliases = createCheckAliases(store, access)

  const { isPlaceVisible, isVisible, isEntityVisible, ifVisible, select } = createVisibility(store, access)
  const toPlace = ({ id, entity, name, access: projectAccess }: ProjectRow): ProjectPlace => ({
    projectId: id,
    entity,
    project: name,
    access: projectAccess,
  })
  const visibleProject = async (project: ProjectRow | undefined): Promise<ProjectRow | undefined> =>
    project !== undefined && (await isPlaceVisible(toPlace(project))) ? project : undefined
  const visibleRun = async (run: RunRow | undefined): Promise<RunRow | undefined> =>
    run !== undefined && (await isVisible({ projectId: run.projectId })) ? run : undefined

  const visibleView = async (id: number): Promise<ViewRow | undefined> => {
    const view = await store.view(id)
    return view !== undefined && (await isVisible({ projectId: view.projectId })) ? view : undefined
  }

  /** In a project that may not be there yet. */
  const requireAddress = async (at: { readonly entity: string; readonly project: string }): Promise<void> => {
    const place = await store.place(at)
    if (place !== undefined && (await access.ofPlace(place)) === 'write') return
    await requireEntity(access, at.entity)
  }

  /** Whoever may log into a project that is open to everybody has no say over the project itself. */
  const requireOwner = async (projectId: number): Promise<void> => {
    await requireWrite({ projectId })
    await requireEntity(access, (await store.place({ projectId }))!.entity)
  }
  const requireAdminOf = async (projectId: number, what: string): Promise<void> =>
    requireAdmin(access, (await store.place({ projectId }))!.entity, what)

  const check = async (write: Write): Promise<void> => {
    switch (write.kind) {
      case 'put-run':
        return requireAddress(write.at)
      case 'put-project':
        return requireAddress({ entity: write.entity, project: write.name })
      case 'put-custom-chart':
        return requireEntity(access, write.entity)
      case 'put-artifact-collection':
        return requireAddress(write)
      case 'append-rows':
      case 'put-lines':
      case 'cut-history':
      case 'put-alert':
      case 'trash-run':
      case 'put-history-export':
      case 'put-sweep-trial':
      case 'delete-run':
        return requireWrite({ run: write.run })
      case 'put-artifact-usage':
        await requireWrite({ run: write.run })
        return requireVisible({ artifact: write.artifact })
      case 'move-run':
        await requireWrite({ run: write.run })
        return requireAddress(write)
      case 'copy-history':
        await requireVisible({ run: write.from })
        return requireAddress(write.to)
      case 'change-project':
        await requireWrite({ projectId: write.project })
        // Whoever may not move them may not say which they are either.
        return write.protectedAliases && requireAdminOf(write.project, 'say which aliases are protected')
      case 'put-view':
      case 'put-metric-note':
      case 'put-sweep':
      case 'put-artifact-type':
      case 'put-artifact-blob':
        return requireWrite({ projectId: write.project })
      case 'rename-project':
      case 'delete-project':
        return requireOwner(write.project)
      case 'create-artifact':
        return requireWrite({ collection: write.sequence })
      case 'restore-run':
        return requireWrite({ projectId: await projectOfTrashed(write.run) })
      case 'delete-view':
        return requireWrite({ projectId: (await store.view(write.view))?.projectId ?? 0 })
      case 'put-share-link':
        return requireWrite({ projectId: write.link.projectId })
      case 'delete-share-link':
        return requireWrite({ projectId: (await store.shareLinks({ id: write.link }))[0]?.projectId ?? 0 })
      case 'trash-sweep':
      case 'restore-sweep':
      case 'delete-sweep':
      case 'put-sweep-agent':
        return requireWrite({ projectId: await projectOfSweep(write.sweep) })
      case 'hear-sweep-agent':
      case 'offer-sweep-run':
        return requireWrite({
          projectId: await projectOfSweep((await store.sweepAgents({ id: write.agent }))[0]?.sweep ?? 0),
        })
      case 'link-artifact':
        await requireVisible({ artifact: write.artifact })
        return requireWrite({ collection: write.collection })
      case 'change-artifact-collection':
      case 'delete-artifact-collection':
      case 'put-artifact-aliases':
      case 'delete-artifact-aliases':
      case 'unlink-artifact':
        return requireWrite({ collection: write.collection })
      case 'change-artifact':
      case 'put-artifact-manifest':
      case 'put-artifact-entries':
      case 'commit-artifact':
      case 'claim-artifact-blobs':
      case 'put-artifact-client-ids':
      case 'delete-artifact':
        return requireWrite({ artifact: write.artifact })
      case 'put-manifest-content':
        return requireWrite({ manifest: write.manifest })
      case 'put-view-state':
        // Whoever keeps one knows what it holds, and nobody finds it without its digest.
        return
      case 'forget-contents':
      case 'use-share-link':
      case 'put-account':
      case 'put-api-key':
      case 'use-api-key':
      case 'put-member':
      case 'put-invite':
      case 'delete-account':
      case 'delete-api-key':
      case 'delete-member':
      case 'delete-invite':
        // Their own rules say who may: they work on the store itself.
        throw new ServerError({ code: 'internal', message: `"${write.kind}" through a guarded store` })
      default:
        return assertNever(write)
    }
  }

  /** 0, which is the id of no project, where there is no such sweep. */
  const projectOfSweep = async (sweep: number): Promise<number> =>
    (await store.sweeps({ id: sweep }))[0]?.projectId ?? 0
  /** 0, which is the id of no project, where there is no such run. */
  const projectOfTrashed = async (run: number): Promise<number> => (await store.trashedRuns({ run }))[0]?.projectId ?? 0

  const artifacts = guardArtifacts(store, access)
  const requireVisible = async (of: { readonly artifact: number } | { readonly run: number }): Promise<void> => {
    const found = 'run' in of ? await isVisible(of) : (await artifacts.artifact(of.artifact)) !== undefined
    if (!found) throw new ServerError({ code: 'not-found', message: 'There is no such thing.' })
  }

  return {
    specification: store.specification,
    artifacts,
    accounts: store.accounts,
    write: async (writes) => {
      for (const write of writes) {
        await check(write)
        await checkAliases(write)
      }
      return store.write(writes)
    },
    projects: async (entity) => {
      const projects = await Promise.all((await store.projects(entity)).map(visibleProject))
      return projects.filter((project) => project !== undefined)
    },
    project: async (entity, name) => visibleProject(await store.project(entity, name)),
    projectById: async (id) => visibleProject(await store.projectById(id)),
    place: async (of) => {
      const place = await store.place(of)
      return (await isPlaceVisible(place)) ? place : undefined
    },
    run: async (at) => visibleRun(await store.run(at)),
    runById: async (id) => visibleRun(await store.runById(id)),
    runs: (query) => ifVisible(query, () => store.runs(query), { runs: [], positions: [] }),
    runCount: (selection) => ifVisible(selection, () => store.runCount(selection), 0),
    runNeighbours: (query) => ifVisible(query, () => store.runNeighbours(query), undefined),
    runValueKeys: (query) => ifVisible(query, () => store.runValueKeys(query), []),
    runFieldValues: (query) => ifVisible(query, () => store.runFieldValues(query), []),
    runGroups: (query) => ifVisible(query, () => store.runGroups(query), { groups: [], total: 0 }),
    liveRuns: async (query) => select(await store.liveRuns(query), ({ projectId }) => ({ projectId })),
    metricKeys: (query) => ifVisible(query, () => store.metricKeys(query), []),
    column: (query) => ifVisible({ run: query.run }, () => store.column(query), emptyColumn()),
    joinedColumns: (query) =>
      ifVisible({ run: query.run }, () => store.joinedColumns(query), { steps: new Float64Array(), columns: [] }),
    sampleRows: (query) => ifVisible({ run: query.run }, () => store.sampleRows(query), []),
    buckets: (query) => ifVisible({ run: query.run }, () => store.buckets(query), emptyBuckets()),
    rows: (query) => ifVisible({ run: query.run }, () => store.rows(query), []),
    otherKeys: (query) => ifVisible({ run: query.run }, () => store.otherKeys(query), []),
    stateChanges: (run) => ifVisible({ run }, () => store.stateChanges(run), []),
    historyExports: (run) => ifVisible({ run }, () => store.historyExports(run), []),
    lines: (query) => ifVisible({ run: query.run }, () => store.lines(query), []),
    writerLineCount: (query) => ifVisible({ run: query.run }, () => store.writerLineCount(query), 0),
    trashedRuns: async (query) => select(await store.trashedRuns(query), ({ projectId }) => ({ projectId })),
    isRunIdSpent: async (at) => {
      // A project that has another name now has left its ids behind.
      const place = await store.place(at)
      const isOpen = place === undefined ? await isEntityVisible(at.entity) : await isPlaceVisible(place)
      return isOpen && (await store.isRunIdSpent(at))
    },
    views: (query) => ifVisible({ projectId: query.project }, () => store.views(query), []),
    metricNotes: (query) => ifVisible({ projectId: query.project }, () => store.metricNotes(query), []),
    shareLinks: async (query) => {
      if ('project' in query) return ifVisible({ projectId: query.project }, () => store.shareLinks(query), [])
      // By a secret nobody is looked for here: that is how people are let in, before there is a view of the store.
      if ('digest' in query) return []
      return select(await store.shareLinks(query), ({ projectId }) => ({ projectId }))
    },
    sweeps: async (query) => {
      if ('project' in query) return ifVisible({ projectId: query.project }, () => store.sweeps(query), [])
      return select(await store.sweeps(query), ({ projectId }) => ({ projectId }))
    },
    sweepAgents: async (query) => {
      const agents = await store.sweepAgents(query)
      const { sweep } = agents[0] ?? { sweep: 0 }
      return ifVisible({ projectId: await projectOfSweep(sweep) }, async () => agents, [])
    },
    sweepTrials: ({ sweep }) =>
      projectOfSweep(sweep).then((projectId) => ifVisible({ projectId }, () => store.sweepTrials({ sweep }), [])),
    customChart: async (at) => {
      const chart = await store.customChart(at)
      return chart?.access === 'public' || (await isEntityVisible(at.entity)) ? chart : undefined
    },
    view: visibleView,
    viewRevisions: async (view) => ((await visibleView(view)) ? store.viewRevisions(view) : []),
    viewRevision: async (at) => ((await visibleView(at.view)) ? store.viewRevision(at) : undefined),
    viewState: store.viewState,
    alerts: async (query) => {
      if (query.run !== undefined) return ifVisible({ run: query.run }, () => store.alerts(query), [])
      return select(await store.alerts(query), ({ run }) => ({ run }))
    },
    countAlerts: (run) => ifVisible({ run }, () => store.countAlerts(run), 0),
    acquireLease: store.acquireLease,
    releaseLease: store.releaseLease,
    compact: store.compact,
    ping: store.ping,
    // Its owner closes it.
    close: async () => {},
    [Symbol.asyncDispose]: async () => {},
  }
}

const emptyColumn = () => ({ steps: new Float64Array(), values: new Float64Array() })

const emptyBuckets = () => ({
  index: new Uint32Array(),
  count: new Uint32Array(),
  first: new Float64Array(),
  min: new Float64Array(),
  max: new Float64Array(),
  last: new Float64Array(),
  sum: new Float64Array(),
  firstStep: new Float64Array(),
  lastStep: new Float64Array(),
  nonFinite: emptyColumn(),
  pointCount: 0,
})

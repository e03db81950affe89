import type { ProjectRow, RunOrder, RunPredicate } from '@lossline/store'
import { applyFilter } from '../filters/apply-filter.ts'
import { parseRunFilter, parseRunOrder } from '../filters/run-filters.ts'
import type { WandbServices, WireObject } from './context.ts'
import { type PageArguments, toConnection } from './pages.ts'
import { listRunPage } from './run-pages.ts'
import { listViews, type ViewsArguments } from './saved-views.ts'
import { sweepField } from './sweep-filters.ts'
import { toWireProjectHeader } from './wire-project-header.ts'
import { toWireRun } from './wire-run.ts'
import { toWireSweep } from './wire-sweep.ts'

/** `Project`, which older documents call a model. */
export function toWireProject(project: ProjectRow, services: WandbServices): WireObject {
  const { entity, name } = project
  const findRun = async (args: { name: string }) => {
    const run = await services.runs.find({ entity, project: name, runId: args.name })
    return run && toWireRun(run, services)
  }
  const listRuns = (filter: RunPredicate | undefined, order: RunOrder | undefined, page: PageArguments) =>
    listRunPage(services.runs, { entity, project: name, filter, order }, page, (run) => toWireRun(run, services))
  return {
    ...toWireProjectHeader(project, services),
    run: findRun,
    bucket: findRun,
    runs: async (args: PageArguments & { filters?: string | null; order?: string | null }) =>
      listRuns(await parseRunFilter(args.filters), parseRunOrder(args.order), args),
    allViews: (args: ViewsArguments) => listViews(project.id, args, services),
    buckets: (args: PageArguments) => listRuns(undefined, parseRunOrder(undefined), args),
    ...services.artifactWire.ofProject(project),
    totalSweeps: async () => (await services.store.sweeps({ project: project.id })).length,
    sweeps: async (args: PageArguments & { filters?: string | null }) => {
      const all = await services.store.sweeps({ project: project.id })
      const sweeps = await applyFilter(all, sweepField, { filters: args.filters })
      return toConnection(sweeps, args, (sweep) => toWireSweep(sweep, project, services))
    },
    sweep: async ({ sweepName }: { sweepName: string }) => {
      const [sweep] = await services.store.sweeps({ project: project.id, name: sweepName })
      return sweep === undefined ? null : toWireSweep(sweep, project, services)
    },
    runCount: async (args: { filters?: string | null }) => {
      const filter = await parseRunFilter(args.filters)
      return services.runs.count({ entity, project: name, ...(filter && { filter }) })
    },
  }
}

import type { ProjectRow } from '@lossline/store'
import type { WandbServices, WireObject } from './context.ts'
import { type PageArguments, toConnection } from './pages.ts'
import { parseRunFilter, parseRunOrder } from './run-filters.ts'
import { toWireProjectHeader } from './wire-project-header.ts'
import { toWireRun } from './wire-run.ts'

/** `Project`, which older documents call a model. */
export function toWireProject(project: ProjectRow, services: WandbServices): WireObject {
  const { entity, name } = project
  const findRun = async (args: { name: string }) => {
    const run = await services.runs.find({ entity, project: name, runId: args.name })
    return run && toWireRun(run, services)
  }
  const select = async (filters: string | null | undefined) => {
    const isMatch = await parseRunFilter(filters)
    return (await services.runs.all(entity, name)).filter(isMatch)
  }
  return {
    ...toWireProjectHeader(project, services),
    run: findRun,
    bucket: findRun,
    runs: async (args: PageArguments & { filters?: string | null; order?: string | null }) => {
      const compareRuns = parseRunOrder(args.order)
      const selected = (await select(args.filters)).sort(compareRuns)
      return toConnection(selected, args, (run) => toWireRun(run, services))
    },
    buckets: async (args: PageArguments) =>
      toConnection(await select(undefined), args, (run) => toWireRun(run, services)),
    ...services.artifactWire.ofProject(project),
    runCount: async (args: { filters?: string | null }) => (await select(args.filters)).length,
  }
}

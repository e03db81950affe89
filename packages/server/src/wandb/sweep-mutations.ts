import type { ProjectRow } from '@lossline/store'
import { everyRun, namesOf } from '../domain/sweeps/sweep-runs.ts'
import { parseSweepState, readSweepConfig, type SweepEdit } from '../domain/sweeps/sweeps.ts'
import { ServerError } from '../errors.ts'
import { parseRunFilter } from '../filters/run-filters.ts'
import type { WandbContext, WandbServices, WireObject } from './context.ts'
import { requireSweep } from './require-sweep.ts'
import { toWireSweep } from './wire-sweep.ts'

type Maybe<T> = T | null | undefined

interface UpsertSweepInput {
  readonly id?: Maybe<string>
  readonly config?: Maybe<string>
  readonly description?: Maybe<string>
  readonly entityName?: Maybe<string>
  readonly projectName?: Maybe<string>
  readonly controller?: Maybe<string>
  readonly scheduler?: Maybe<string>
  readonly launchScheduler?: Maybe<string>
  readonly priorRunsFilters?: Maybe<string>
  readonly displayName?: Maybe<string>
  readonly state?: Maybe<string>
}

const defaultProject = 'uncategorized'

export function createSweepMutations(services: WandbServices): WireObject {
  const { store, projects, runs, sweeps } = services

  const findPriorRuns = async (project: ProjectRow, filters: Maybe<string>): Promise<string[] | undefined> => {
    const filter = await parseRunFilter(filters)
    if (filter === undefined) return undefined
    const found = await everyRun(runs, namesOf(project), filter)
    return found.map(({ runId }) => runId)
  }

  const toEdit = (input: UpsertSweepInput): SweepEdit => ({
    config: input.config ?? undefined,
    description: input.description ?? undefined,
    displayName: input.displayName ?? undefined,
    controller: input.controller ?? undefined,
    scheduler: input.scheduler ?? undefined,
    launchScheduler: input.launchScheduler ?? undefined,
    state: input.state == null ? undefined : parseSweepState(input.state),
  })

  const create = async (input: UpsertSweepInput, { identity }: WandbContext) => {
    const { config } = input
    if (config == null) throw new ServerError({ code: 'invalid-request', message: 'A sweep needs a configuration.' })
    // The client sends what was refused up to four times more: nothing may have come of it.
    readSweepConfig(config)
    const edit = toEdit(input)
    const at = { entity: input.entityName || identity.defaultEntity, project: input.projectName || defaultProject }
    const { project } = await projects.put(at, {})
    const priorRunIds = await findPriorRuns(project, input.priorRunsFilters)
    return { project, ...(await sweeps.create(project, { ...edit, config, priorRunIds }, identity.username)) }
  }

  return {
    upsertSweep: async ({ input }: { input: UpsertSweepInput }, context: WandbContext) => {
      if (input.id == null) {
        const { project, sweep, warnings } = await create(input, context)
        return { sweep: toWireSweep(sweep, project, services), configValidationWarnings: warnings }
      }
      const { project, sweep: before } = await requireSweep(store, input.id)
      const priorRunIds = await findPriorRuns(project, input.priorRunsFilters)
      const { sweep, warnings } = await sweeps.change(before, { ...toEdit(input), priorRunIds })
      return { sweep: toWireSweep(sweep, project, services), configValidationWarnings: warnings }
    },
    deleteSweep: async ({ input }: { input: { id: string } }) => {
      await sweeps.remove((await requireSweep(store, input.id)).sweep)
      return { success: true }
    },
  }
}

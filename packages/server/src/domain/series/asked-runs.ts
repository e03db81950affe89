import type { SeriesGroup, SeriesRequest } from '@lossline/protocol'

/** Where a run is that a request names. */
export interface AskedRun {
  readonly entity: string
  readonly project: string
  readonly runId: string
}

/** The runs of a request one by one, in the order of its series: those of its project, then those of others. */
export function askedRuns(request: Pick<SeriesRequest, 'entity' | 'project' | 'runIds' | 'others'>): AskedRun[] {
  return [request, ...(request.others ?? [])].flatMap(({ entity, project, runIds }) =>
    runIds.map((runId) => ({ entity, project, runId })),
  )
}

/** The members of a group. */
export function runsOfGroup(
  request: Pick<SeriesRequest, 'entity' | 'project'>,
  { runIds, of }: SeriesGroup,
): AskedRun[] {
  const { entity, project } = of ?? request
  return runIds.map((runId) => ({ entity, project, runId }))
}

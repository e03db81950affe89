import type { ProjectSummary, RunSummary } from '@lossline/protocol'

/** A run and where it is. */
export interface PlacedRun<P = ProjectSummary> {
  readonly project: P
  readonly run: RunSummary
}

/** Projects whose latest runs are asked for: those that were active last, but for the sample, whose runs are made up. */
export function recentProjects(projects: readonly ProjectSummary[], countMax: number): readonly ProjectSummary[] {
  return projects
    .filter(({ isSample, runCount }) => !isSample && runCount > 0)
    .toSorted((a, b) => b.updatedAtMs - a.updatedAtMs)
    .slice(0, countMax)
}

/** The latest runs that are over, those that ended last first. What goes on is listed elsewhere. */
export function latestRuns<P>(runs: readonly PlacedRun<P>[], countMax: number): readonly PlacedRun<P>[] {
  return runs
    .filter(({ run }) => run.state !== 'running' && run.state !== 'pending' && run.state !== 'preempting')
    .toSorted((a, b) => b.run.heartbeatAtMs - a.run.heartbeatAtMs)
    .slice(0, countMax)
}

import type { FoundArtifact } from '@lossline/protocol'
import type { ProjectRow, RunRow, Store } from '@lossline/store'
import type { Runs } from './runs.ts'

/** What has a text in its name. */
export interface Found {
  readonly projects: readonly ProjectRow[]
  readonly runs: readonly RunRow[]
  readonly artifacts: readonly FoundArtifact[]
}

/**
 * Looks for a text in all projects that the store shows, the latest active first, until there are enough of each kind.
 *
 * @param store - Of whoever asks: what is hidden from them is not found.
 * @param limit - At most so many of each kind.
 */
export async function searchEverything(store: Store, runs: Runs, text: string, limit: number): Promise<Found> {
  const projects = (await store.projects()).toSorted((a, b) => b.updatedAtMs - a.updatedAtMs)
  const lower = text.toLowerCase()
  const foundRuns: RunRow[] = []
  const artifacts: FoundArtifact[] = []
  for (const { id, entity, name: project } of projects) {
    if (foundRuns.length < limit) {
      const page = await runs.list({ entity, project, search: text, offset: 0, limit: limit - foundRuns.length })
      foundRuns.push(...page.runs)
    }
    if (artifacts.length < limit) {
      const collections = await store.artifacts.collections({ project: id })
      const named = collections.filter(({ name }) => name.toLowerCase().includes(lower))
      artifacts.push(...named.map(({ type, name }) => ({ entity, project, type, name })))
    }
  }
  return {
    projects: projects.filter(({ name }) => name.toLowerCase().includes(lower)).slice(0, limit),
    runs: foundRuns,
    artifacts: artifacts.slice(0, limit),
  }
}

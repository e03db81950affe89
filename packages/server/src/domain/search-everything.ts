import type { FoundArtifact } from '@lossline/protocol'
import type { ProjectRow, RunPredicate, RunQuery, RunRow, Store } from '@lossline/store'
import type { Runs } from './runs.ts'

/** What has a text in its name. */
export interface Found {
  readonly projects: readonly ProjectRow[]
  readonly runs: readonly RunRow[]
  readonly artifacts: readonly FoundArtifact[]
}

/**
 * Looks for a text in all projects that the store shows, the latest active first, until there are enough of each kind. What is
 * called exactly like it comes before the rest, wherever it is.
 *
 * @param store - Of whoever asks: what is hidden from them is not found.
 * @param limit - At most so many of each kind.
 */
export async function searchEverything(store: Store, runs: Runs, text: string, limit: number): Promise<Found> {
  const projects = (await store.projects()).toSorted((a, b) => b.updatedAtMs - a.updatedAtMs)
  const lower = text.toLowerCase()
  const artifacts: FoundArtifact[] = []
  for (const { id, entity, name: project } of projects) {
    const collections = await store.artifacts.collections({ project: id })
    const named = collections.filter(({ name }) => name.toLowerCase().includes(lower))
    artifacts.push(...named.map(({ type, name }) => ({ entity, project, type, name })))
  }
  const namedFirst = <T extends { readonly name: string }>(found: readonly T[]): readonly T[] =>
    found.toSorted((a, b) => Number(b.name.toLowerCase() === lower) - Number(a.name.toLowerCase() === lower))
  return {
    projects: namedFirst(projects.filter(({ name }) => name.toLowerCase().includes(lower))).slice(0, limit),
    runs: await findRuns(projects, runs, text, limit),
    artifacts: namedFirst(artifacts).slice(0, limit),
  }
}

async function findRuns(
  projects: readonly ProjectRow[],
  runs: Runs,
  text: string,
  limit: number,
): Promise<readonly RunRow[]> {
  const find = async (ask: Pick<RunQuery, 'search' | 'filter'>): Promise<readonly RunRow[]> => {
    const found: RunRow[] = []
    for (const { entity, name: project } of projects) {
      if (found.length === limit) break
      const page = await runs.list({ entity, project, ...ask, offset: 0, limit: limit - found.length })
      found.push(...page.runs)
    }
    return found
  }
  const named = await find({ filter: isCalled(text) })
  const namedIds = new Set(named.map(({ id }) => id))
  const others = (await find({ search: text })).filter(({ id }) => !namedIds.has(id))
  return [...named, ...others].slice(0, limit)
}

function isCalled(text: string): RunPredicate {
  const fields = ['displayName', 'runId'] as const
  return { kind: 'or', of: fields.map((field) => ({ kind: 'eq', path: { kind: 'field', field }, value: text })) }
}

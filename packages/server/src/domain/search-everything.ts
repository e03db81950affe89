import { escapePattern, type FoundArtifact } from '@lossline/protocol'
import type { ProjectRow, RunPredicate, RunQuery, RunRow, Store } from '@lossline/store'
import type { Runs } from './runs.ts'

/** What has a text in its name. */
export interface Found {
  readonly projects: readonly ProjectRow[]
  readonly runs: readonly RunRow[]
  readonly artifacts: readonly FoundArtifact[]
}

/** What is looked for, and how many of each kind are wanted. */
interface Search {
  readonly text: string
  readonly limit: number
}

/**
 * Looks for a text in all projects that the store shows, in any case, the latest active first, until there are enough of each
 * kind. What is called just so comes before the rest, wherever it is.
 *
 * @param store - Of whoever asks: what is hidden from them is not found.
 * @param limit - At most so many of each kind.
 */
export async function searchEverything(store: Store, runs: Runs, text: string, limit: number): Promise<Found> {
  const projects = (await store.projects()).toSorted((a, b) => b.updatedAtMs - a.updatedAtMs)
  const search = { text, limit }
  const lower = text.toLowerCase()
  return {
    projects: namedFirst(
      projects.filter(({ name }) => name.toLowerCase().includes(lower)),
      search,
    ),
    runs: await findRuns(projects, runs, search),
    artifacts: await findArtifacts(projects, store, search),
  }
}

function namedFirst<T extends { readonly name: string }>(found: readonly T[], { text, limit }: Search): readonly T[] {
  const lower = text.toLowerCase()
  const isCalled = ({ name }: T): number => Number(name.toLowerCase() === lower)
  return found.toSorted((a, b) => isCalled(b) - isCalled(a)).slice(0, limit)
}

async function findArtifacts(
  projects: readonly ProjectRow[],
  store: Store,
  search: Search,
): Promise<readonly FoundArtifact[]> {
  let found: readonly FoundArtifact[] = []
  for (const { id, entity, name: project } of projects) {
    const collections = await store.artifacts.collections({ project: id, search: search.text, limit: search.limit })
    const here = collections.map(({ type, name }) => ({ entity, project, type, name }))
    found = namedFirst([...found, ...here], search)
  }
  return found
}

async function findRuns(projects: readonly ProjectRow[], runs: Runs, search: Search): Promise<readonly RunRow[]> {
  const { text, limit } = search
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
  const pattern = `^(?i)${escapePattern(text)}$`
  const fields = ['displayName', 'runId'] as const
  return { kind: 'or', of: fields.map((field) => ({ kind: 'regex', path: { kind: 'field', field }, pattern })) }
}

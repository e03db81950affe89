import type { RunPosition, RunRow, Store } from '@lossline/store'

const pageRunCount = 1000

/** Every run of a project, oldest first. */
export async function allRuns(store: Store, entity: string, project: string): Promise<RunRow[]> {
  const runs: RunRow[] = []
  let after: RunPosition | undefined
  for (;;) {
    const page = await store.runs({ entity, project, limit: pageRunCount, ...(after && { after }) })
    runs.push(...page.runs)
    after = page.positions.at(-1)
    if (page.runs.length < pageRunCount) return runs.reverse()
  }
}

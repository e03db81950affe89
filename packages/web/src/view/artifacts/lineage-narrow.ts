import type { ArtifactLineageResponse, LineageEdge } from '@lossline/protocol'

/** What a lineage shows: all, runs alone, versions alone, or runs with the versions of one type (`type:model`). */
export type LineageSelection = 'all' | 'runs' | 'versions' | `type:${string}`

type Lineage = ArtifactLineageResponse

/** The types of versions in a lineage, by name. */
export function lineageTypes({ nodes }: Pick<Lineage, 'nodes'>): readonly string[] {
  return [...new Set(nodes.flatMap((node) => (node.kind === 'artifact' ? [node.version.type] : [])))].sort()
}

/** Leaves out what is not selected, but for the version that it is about. What was joined by it is joined still. */
export function narrowLineage(lineage: Lineage, selection: LineageSelection): Lineage {
  if (selection === 'all') return lineage
  const nodes = lineage.nodes.filter((node) => {
    if (node.id === lineage.focus) return true
    if (node.kind === 'run') return selection !== 'versions'
    return selection === 'versions' || selection === `type:${node.version.type}`
  })
  const kept = new Set(nodes.map(({ id }) => id))
  const next = Map.groupBy(lineage.edges, ({ from }) => from)
  const edges = nodes.flatMap(({ id }) => reach(id, kept, next).map((to) => ({ from: id, to })))
  return { ...lineage, nodes, edges }
}

/** The nearest nodes that are kept, behind any number of those that are not. */
function reach(
  from: string,
  kept: ReadonlySet<string>,
  next: ReadonlyMap<string, readonly LineageEdge[]>,
): readonly string[] {
  const found = new Set<string>()
  const seen = new Set([from])
  for (let open = [from]; open.length > 0; ) {
    const [id = ''] = open.splice(-1)
    for (const { to } of next.get(id) ?? []) {
      if (seen.has(to)) continue
      seen.add(to)
      if (kept.has(to)) found.add(to)
      else open.push(to)
    }
  }
  return [...found]
}

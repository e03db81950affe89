import type { ArtifactLineageResponse, LineageEdge, LineageNode } from '@lossline/protocol'
import { formatCount } from '../text/format.ts'

/** What is drawn as one: a node, or siblings that stand together until somebody opens them. */
export type DrawnNode =
  | { readonly kind: 'node'; readonly id: string; readonly node: LineageNode }
  | { readonly kind: 'cluster'; readonly id: string; readonly nodes: readonly LineageNode[] }

/** A graph to draw. */
export interface DrawnLineage {
  readonly nodes: readonly DrawnNode[]
  readonly edges: readonly LineageEdge[]
}

/** Fewer siblings are seen at a glance. */
const siblingsMin = 5

/**
 * Puts siblings together: nodes of one kind that are alike in what leads to them and what comes of them, however far, and hang on the
 * same nodes that are drawn. Fifty runs over one data set that made a model each are two clusters.
 *
 * @param open - Ids of clusters that are drawn one by one.
 */
export function clusterLineage(
  { nodes, edges, focus }: Pick<ArtifactLineageResponse, 'nodes' | 'edges' | 'focus'>,
  open: ReadonlySet<string>,
): DrawnLineage {
  const neighbours = new Map<string, { from: string[]; to: string[] }>(
    nodes.map(({ id }) => [id, { from: [], to: [] }]),
  )
  for (const { from, to } of edges) {
    neighbours.get(to)?.from.push(from)
    neighbours.get(from)?.to.push(to)
  }
  const classes = likeClasses(nodes, neighbours, focus)
  const sizes = new Map<string, number>()
  for (const name of classes.values()) sizes.set(name, (sizes.get(name) ?? 0) + 1)
  const isSingle = (id: string): boolean => (sizes.get(classes.get(id) ?? '') ?? 0) < siblingsMin
  const groups = Map.groupBy(nodes, ({ id }) => {
    const { from = [], to = [] } = neighbours.get(id) ?? {}
    const anchors = [from, to].map((ids) => ids.filter(isSingle).sort().join(' '))
    return `${classes.get(id)} ${anchors.join('|')}`
  })
  const place = new Map<string, string>()
  const drawn: DrawnNode[] = []
  for (const members of groups.values()) {
    const [first] = members as [LineageNode, ...LineageNode[]]
    const id = `cluster-${first.id}`
    if (members.length >= siblingsMin && !open.has(id)) {
      drawn.push({ kind: 'cluster', id, nodes: members })
      for (const member of members) place.set(member.id, id)
    } else {
      for (const node of members) drawn.push({ kind: 'node', id: node.id, node })
    }
  }
  const kept = new Map<string, LineageEdge>()
  for (const edge of edges) {
    const [from, to] = [place.get(edge.from) ?? edge.from, place.get(edge.to) ?? edge.to]
    kept.set(`${from} ${to}`, { from, to })
  }
  return { nodes: drawn, edges: [...kept.values()] }
}

/** Rounds of telling nodes apart by their neighbours: as far as a graph reaches on either side. */
const roundCount = 10

/** Names of classes whose members cannot be told apart by what is around them. */
function likeClasses(
  nodes: readonly LineageNode[],
  neighbours: ReadonlyMap<string, { readonly from: readonly string[]; readonly to: readonly string[] }>,
  focus: string,
): ReadonlyMap<string, string> {
  let classes = new Map(
    nodes.map((node) => [
      node.id,
      node.id === focus ? 'focus' : node.kind === 'run' ? 'run' : `of ${node.version.type}`,
    ]),
  )
  for (let round = 0, count = 0; round < roundCount; round += 1) {
    const names = new Map<string, string>()
    const around = (ids: readonly string[]): string => [...new Set(ids.map((id) => classes.get(id)))].sort().join(' ')
    classes = new Map(
      nodes.map(({ id }) => {
        const { from = [], to = [] } = neighbours.get(id) ?? {}
        const description = JSON.stringify([classes.get(id), around(from), around(to)])
        const name = names.get(description) ?? `c${names.size}`
        names.set(description, name)
        return [id, name]
      }),
    )
    if (names.size === count) break
    count = names.size
  }
  return classes
}

/** What a cluster is called: `37 runs`. */
export function clusterName(nodes: readonly LineageNode[]): string {
  const [first] = nodes
  return first?.kind === 'artifact'
    ? `${formatCount(nodes.length, 'version')}, ${first.version.type}`
    : formatCount(nodes.length, 'run')
}

import type { ArtifactLineageResponse, LineageNode } from '@lossline/protocol'
import { type ReactElement, useMemo } from 'react'
import { layoutLineage } from '../../view/artifacts/lineage-layout.ts'
import { RunLink, VersionLink } from './version-link.tsx'

/** The same graph in words, one sentence an edge, from what came first to what came last. */
export function LineageList({ lineage }: { readonly lineage: ArtifactLineageResponse }): ReactElement {
  const { nodes, edges } = lineage
  const sentences = useMemo(() => {
    const { places } = layoutLineage(
      nodes.map(({ id }) => id),
      edges,
    )
    const layerOf = (id: string): number => places.get(id)?.layer ?? 0
    const byId = new Map(nodes.map((node) => [node.id, node]))
    return edges
      .toSorted((a, b) => layerOf(a.from) - layerOf(b.from) || layerOf(a.to) - layerOf(b.to))
      .flatMap(({ from, to }) => {
        const [start, end] = [byId.get(from), byId.get(to)]
        return start && end ? [{ start, end }] : []
      })
  }, [nodes, edges])
  return (
    <ol aria-label="Lineage, from first to last" className="min-h-0 flex-1 overflow-y-auto px-4">
      {sentences.map(({ start, end }) => (
        <li className="flex flex-wrap items-center gap-x-1.5 border-line border-b py-1.5" key={`${start.id} ${end.id}`}>
          {start.kind === 'run' ? (
            <>
              Run <NodeName node={start} /> made <NodeName node={end} />
            </>
          ) : (
            <>
              Run <NodeName node={end} /> used <NodeName node={start} />
            </>
          )}
        </li>
      ))}
    </ol>
  )
}

function NodeName({ node }: { readonly node: LineageNode }): ReactElement {
  return node.kind === 'run' ? <RunLink run={node.run} /> : <VersionLink version={node.version} />
}

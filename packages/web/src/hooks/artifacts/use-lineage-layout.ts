import type { LineageEdge } from '@lossline/protocol'
import { useEffect, useMemo, useState } from 'react'
import { type LineageLayout, layoutLineage } from '../../view/artifacts/lineage-layout.ts'
import type { LayoutRequest } from '../../view/artifacts/lineage-worker.ts'

/** Nodes and edges that are laid out within a frame; more of them leave the page's thread. */
const smallCount = 300

/** Places of a graph's nodes; undefined while a large one is laid out elsewhere. */
export function useLineageLayout(ids: readonly string[], edges: readonly LineageEdge[]): LineageLayout | undefined {
  const isSmall = ids.length + edges.length <= smallCount
  const small = useMemo(() => (isSmall ? layoutLineage(ids, edges) : undefined), [isSmall, ids, edges])
  const [large, setLarge] = useState<{ readonly ids: readonly string[]; readonly layout: LineageLayout }>()
  useEffect(() => {
    if (isSmall) return
    const worker = new Worker(new URL('../../view/artifacts/lineage-worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<LineageLayout>) => setLarge({ ids, layout: data })
    // Slow is better than nothing.
    worker.onerror = () => setLarge({ ids, layout: layoutLineage(ids, edges) })
    worker.postMessage({ ids, edges } satisfies LayoutRequest)
    return () => worker.terminate()
  }, [isSmall, ids, edges])
  return small ?? (large?.ids === ids ? large.layout : undefined)
}

import type { LineageEdge } from '@lossline/protocol'
import { layoutLineage } from './lineage-layout.ts'

/** What a graph is laid out from; the answer is a `LineageLayout`. */
export interface LayoutRequest {
  readonly ids: readonly string[]
  readonly edges: readonly LineageEdge[]
}

self.onmessage = ({ data: { ids, edges } }: MessageEvent<LayoutRequest>) => self.postMessage(layoutLineage(ids, edges))

import type { ArtifactLineageResponse } from '@lossline/protocol'
import { type KeyboardEvent, type ReactElement, useEffect, useMemo, useRef, useState } from 'react'
import { useLineageLayout } from '../hooks/use-lineage-layout.ts'
import { clusterLineage } from '../view/lineage-clusters.ts'
import { type LineageLayout, nextNode } from '../view/lineage-layout.ts'
import { ClusterButton, NodeLink } from './lineage-node.tsx'

const nodeWidth = 196
const nodeHeight = 50
const layerGap = 64
const rowGap = 14
const margin = 16

/** A graph from left to right: runs are rectangles, versions rounded, siblings stand together. Arrow keys follow its edges. */
export function LineageGraph({ lineage }: { readonly lineage: ArtifactLineageResponse }): ReactElement {
  const { focus } = lineage
  const container = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const { nodes, edges } = useMemo(() => clusterLineage(lineage, open), [lineage, open])
  const ids = useMemo(() => nodes.map(({ id }) => id), [nodes])
  const layout = useLineageLayout(ids, edges)
  const isLaidOut = layout !== undefined
  useEffect(() => {
    if (!isLaidOut) return
    const element = container.current?.querySelector<HTMLElement>(`[data-node="${focus}"]`)
    // Newer browsers answer with a promise, which an effect must not return.
    void element?.scrollIntoView({ block: 'center', inline: 'center' })
  }, [focus, isLaidOut])
  if (layout === undefined) return <div aria-label="Laying out the graph" className="skeleton m-4 h-40" role="img" />

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const from = (event.target as Element).closest<HTMLElement>('[data-node]')?.dataset.node
    // The list of a cluster lies within its node, and has arrow keys of its own.
    if (from === undefined || (event.target as Element).closest('[role=dialog]')) return
    const to = nextNode(layout, edges, from, event.key)
    if (to === undefined) return
    event.preventDefault()
    container.current?.querySelector<HTMLElement>(`[data-node="${to}"] :is(a, button)`)?.focus()
  }
  const ordered = nodes.toSorted((a, b) => {
    const [one, other] = [layout.places.get(a.id), layout.places.get(b.id)]
    return (one?.layer ?? 0) - (other?.layer ?? 0) || (one?.row ?? 0) - (other?.row ?? 0)
  })
  const width = 2 * margin + layout.layerCount * (nodeWidth + layerGap) - layerGap
  const height = 2 * margin + layout.rowCount * (nodeHeight + rowGap) - rowGap
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this groups the links of a graph.
    <div
      aria-label="Lineage graph. Arrow keys follow its edges."
      className="min-h-0 flex-1 overflow-auto"
      onKeyDown={onKeyDown}
      ref={container}
      role="group"
    >
      <div className="relative mx-auto" style={{ width, height }}>
        <svg aria-hidden="true" className="absolute inset-0" height={height} width={width}>
          {edges.map(({ from, to }) => (
            <path
              className="fill-none stroke-line-strong"
              d={edgePath(layout, from, to)}
              key={`${from} ${to}`}
              strokeWidth={1.5}
            />
          ))}
        </svg>
        {ordered.map((drawn) => {
          const { x, y } = cornerOf(layout, drawn.id)
          const box = { left: x, top: y, width: nodeWidth, height: nodeHeight }
          return (
            <div className="absolute" data-node={drawn.id} key={drawn.id} style={box}>
              {drawn.kind === 'node' ? (
                <NodeLink isFocus={drawn.id === focus} node={drawn.node} />
              ) : (
                <ClusterButton nodes={drawn.nodes} onDraw={() => setOpen(new Set([...open, drawn.id]))} />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function cornerOf(layout: LineageLayout, id: string): { readonly x: number; readonly y: number } {
  const { layer, row } = layout.places.get(id) ?? { layer: 0, row: 0 }
  return { x: margin + layer * (nodeWidth + layerGap), y: margin + row * (nodeHeight + rowGap) }
}

function edgePath(layout: LineageLayout, from: string, to: string): string {
  const start = cornerOf(layout, from)
  const end = cornerOf(layout, to)
  const [x1, y1] = [start.x + nodeWidth, start.y + nodeHeight / 2]
  const [x2, y2] = [end.x, end.y + nodeHeight / 2]
  const bend = Math.max(layerGap / 2, (x2 - x1) / 2)
  return `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`
}

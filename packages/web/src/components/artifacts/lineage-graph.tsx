import type { ArtifactLineageResponse } from '@lossline/protocol'
import { type KeyboardEvent, type ReactElement, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useLineageLayout } from '../../hooks/artifacts/use-lineage-layout.ts'
import { useLineageZoom } from '../../hooks/artifacts/use-lineage-zoom.ts'
import { useElementSize } from '../../hooks/use-element-size.ts'
import { clusterLineage } from '../../view/artifacts/lineage-clusters.ts'
import { fitLineage, type LineageMeasures, lineageExtent, lineageSizes } from '../../view/artifacts/lineage-fit.ts'
import { edgeName, type LineageLayout, type LineagePlace, nextNode } from '../../view/artifacts/lineage-layout.ts'
import { ClusterButton, NodeLink } from './lineage-node.tsx'
import { LineageZoom } from './lineage-zoom.tsx'

const { nodeHeight, rowGap, margin } = lineageSizes
/** Pixels that are left for one, so that a graph that is high is not cut at its side. */
const scrollbarWidth = 16

/** A graph from left to right: runs are rectangles, versions rounded, siblings stand together. Arrow keys follow its edges. */
export function LineageGraph({ lineage }: { readonly lineage: ArtifactLineageResponse }): ReactElement {
  const { focus } = lineage
  const frame = useRef<HTMLDivElement>(null)
  const container = useRef<HTMLDivElement>(null)
  const room = useElementSize(frame)
  const arrow = useId()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const { nodes, edges } = useMemo(() => clusterLineage(lineage, open), [lineage, open])
  const ids = useMemo(() => nodes.map(({ id }) => id), [nodes])
  const layout = useLineageLayout(ids, edges)
  const isLaidOut = layout !== undefined && room.width > 0
  const { zoom, setZoom, keepCenter } = useLineageZoom(container, isLaidOut)
  useEffect(() => {
    if (!isLaidOut) return
    const element = container.current?.querySelector<HTMLElement>(`[data-node="${focus}"]`)
    // Newer browsers answer with a promise, which an effect must not return.
    void element?.scrollIntoView({ block: 'center', inline: 'center' })
  }, [focus, isLaidOut])
  if (layout === undefined || room.width === 0) {
    return (
      <div className="min-h-0 flex-1" ref={frame}>
        <div aria-label="Laying out the graph" className="skeleton m-4 h-40" role="img" />
      </div>
    )
  }

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
  const measures = fitLineage(layout, { ...room, width: room.width - scrollbarWidth }, zoom)
  const { nodeWidth, scale } = measures
  keepCenter(scale)
  const { width, height } = lineageExtent(layout, measures)
  return (
    <div className="relative flex min-h-0 flex-1 flex-col" ref={frame}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this groups the links of a graph. */}
      <div
        aria-label="Lineage graph. Arrow keys follow its edges."
        className="min-h-0 flex-1 overflow-auto"
        onKeyDown={onKeyDown}
        ref={container}
        role="group"
      >
        <div className="mx-auto overflow-hidden" style={{ width: width * scale, height: height * scale }}>
          <div className="relative origin-top-left" style={{ width, height, transform: `scale(${scale})` }}>
            <svg aria-hidden="true" className="absolute inset-0" height={height} width={width}>
              <marker
                className="fill-(--border-strong)"
                id={arrow}
                markerHeight={9}
                markerUnits="userSpaceOnUse"
                markerWidth={9}
                orient="auto"
                refX={8}
                refY={4.5}
              >
                <path d="M0,0.5 L9,4.5 L0,8.5 z" />
              </marker>
              {edges.map(({ from, to }) => (
                <path
                  className="fill-none stroke-line-strong"
                  d={edgePath(layout, measures, from, to)}
                  key={`${from} ${to}`}
                  markerEnd={`url(#${arrow})`}
                  strokeWidth={1.5}
                />
              ))}
            </svg>
            {ordered.map((drawn) => {
              const { x, y } = cornerAt(layout.places.get(drawn.id) ?? nowhere, measures)
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
      </div>
      <LineageZoom isWhole={zoom === 'whole'} onZoom={setZoom} scale={scale} />
    </div>
  )
}

const nowhere: LineagePlace = { layer: 0, row: 0 }

function cornerAt(
  { layer, row }: LineagePlace,
  { nodeWidth, layerGap }: LineageMeasures,
): { readonly x: number; readonly y: number } {
  return { x: margin + layer * (nodeWidth + layerGap), y: margin + row * (nodeHeight + rowGap) }
}

/** From node to node, and straight through the places that it has between. */
function edgePath(layout: LineageLayout, measures: LineageMeasures, from: string, to: string): string {
  const { nodeWidth, layerGap } = measures
  const { places, routes } = layout
  const stops = [places.get(from), ...(routes.get(edgeName({ from, to })) ?? []), places.get(to)].map((place) => {
    const { x, y } = cornerAt(place ?? nowhere, measures)
    return { x, y: y + nodeHeight / 2 }
  })
  const legs = stops.slice(1).map(({ x, y }, index) => {
    const before = stops[index]!
    const start = before.x + nodeWidth
    const bend = Math.max(layerGap / 2, (x - start) / 2)
    const through = index + 2 < stops.length ? ` H${x + nodeWidth}` : ''
    return `C${start + bend},${before.y} ${x - bend},${y} ${x},${y}${through}`
  })
  return `M${stops[0]!.x + nodeWidth},${stops[0]!.y} ${legs.join(' ')}`
}

import type { ArtifactLineageResponse, LineageNode } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactElement, useEffect, useMemo, useRef } from 'react'
import { type LineageLayout, layoutLineage, nextNode } from '../view/lineage-layout.ts'
import { nodeName } from '../view/lineage-state.ts'

const nodeWidth = 196
const nodeHeight = 50
const layerGap = 64
const rowGap = 14
const margin = 16

/** A graph from left to right: runs are rectangles, versions rounded. Arrow keys follow its edges. */
export function LineageGraph({ lineage }: { readonly lineage: ArtifactLineageResponse }): ReactElement {
  const { nodes, edges, focus } = lineage
  const container = useRef<HTMLDivElement>(null)
  const layout = useMemo(
    () =>
      layoutLineage(
        nodes.map(({ id }) => id),
        edges,
      ),
    [nodes, edges],
  )
  useEffect(() => {
    const element = container.current?.querySelector<HTMLElement>(`[data-node="${focus}"]`)
    element?.scrollIntoView({ block: 'center', inline: 'center' })
  }, [focus])

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const from = (event.target as Element).closest<HTMLElement>('[data-node]')?.dataset.node
    const to = from === undefined ? undefined : nextNode(layout, edges, from, event.key)
    if (to === undefined) return
    event.preventDefault()
    container.current?.querySelector<HTMLElement>(`[data-node="${to}"]`)?.focus()
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
        {ordered.map((node) => {
          const { x, y } = cornerOf(layout, node.id)
          return (
            <div className="absolute" key={node.id} style={{ left: x, top: y, width: nodeWidth, height: nodeHeight }}>
              <NodeLink isFocus={node.id === focus} node={node} />
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

const nodeClass =
  'flex h-full flex-col justify-center overflow-hidden border bg-panel px-3 hover:bg-hover data-focus:border-2 data-focus:bg-selected'

function NodeLink({ node, isFocus }: { readonly node: LineageNode; readonly isFocus: boolean }): ReactElement {
  const name = <span className="truncate font-medium">{nodeName(node)}</span>
  if (node.kind === 'run') {
    const { entity, project, runId, state, jobType } = node.run
    return (
      <Link
        className={`${nodeClass} rounded-sm border-line-strong`}
        data-node={node.id}
        params={{ entity, project, runId }}
        title={`Run ${nodeName(node)}, ${state}`}
        to="/$entity/$project/runs/$runId"
      >
        {name}
        <span className="truncate text-muted text-sm">run{jobType === '' ? '' : ` · ${jobType}`}</span>
      </Link>
    )
  }
  const { entity, project, type, collection, version } = node.version
  return (
    <Link
      className={`${nodeClass} rounded-full border-accent`}
      data-focus={isFocus || undefined}
      data-node={node.id}
      params={{ entity, project, type, name: collection, version, tab: 'lineage' }}
      title={`Artifact ${nodeName(node)}, ${type}`}
      to="/$entity/$project/artifacts/$type/$name/$version/$tab"
    >
      {name}
      <span className="truncate text-muted text-sm">
        {type}
        {node.version.aliases.length > 0 && ` · ${node.version.aliases.join(', ')}`}
      </span>
    </Link>
  )
}

/** How large a lineage graph is drawn, CSS pixels. */
export interface LineageMeasures {
  readonly nodeWidth: number
  /** Between layers, for the edges. */
  readonly layerGap: number
  /** Of the whole drawing. */
  readonly scale: number
}

/** Pixels of a node, of the space between rows, and around everything. */
export const lineageSizes = { nodeHeight: 50, rowGap: 14, margin: 16 } as const

const wide = { nodeWidth: 196, layerGap: 64 }
/** Names are cut earlier, but can still be told apart. */
const narrow = { nodeWidth: 128, layerGap: 40 }
/** Text is too small to be read below it. */
const readableScale = 0.65

/** Width and height of a drawing before it is scaled. */
export function lineageExtent(
  graph: { readonly layerCount: number; readonly rowCount: number },
  { nodeWidth, layerGap }: Pick<LineageMeasures, 'nodeWidth' | 'layerGap'>,
): { readonly width: number; readonly height: number } {
  const { nodeHeight, rowGap, margin } = lineageSizes
  return {
    width: 2 * margin + graph.layerCount * (nodeWidth + layerGap) - layerGap,
    height: 2 * margin + graph.rowCount * (nodeHeight + rowGap) - rowGap,
  }
}

/** Each press of a button makes a graph so much larger or smaller. */
const zoomStep = 1.25
const zoomLimits = [0.1, 2] as const

/** The next larger or smaller scale. */
export function zoomLineage(scale: number, isIn: boolean): number {
  return Math.max(zoomLimits[0], Math.min(zoomLimits[1], isIn ? scale * zoomStep : scale / zoomStep))
}

/**
 * Nodes as wide as there is room for all layers, and smaller only then. A graph that could not be read any more when all of it
 * is in sight keeps its size, unless `zoom` asks for the whole.
 *
 * @param zoom - A scale that somebody has chosen, or `whole`. Default: as large as it can be read.
 */
export function fitLineage(
  graph: { readonly layerCount: number; readonly rowCount: number },
  room: { readonly width: number; readonly height: number },
  zoom?: number | 'whole',
): LineageMeasures {
  const [most, least] = [lineageExtent(graph, wide).width, lineageExtent(graph, narrow).width]
  const share = most === least ? 1 : Math.max(0, Math.min(1, (room.width - least) / (most - least)))
  const measures = {
    nodeWidth: narrow.nodeWidth + Math.floor(share * (wide.nodeWidth - narrow.nodeWidth)),
    layerGap: narrow.layerGap + Math.floor(share * (wide.layerGap - narrow.layerGap)),
  }
  const { width, height } = lineageExtent(graph, measures)
  const scale = Math.min(1, room.width / width, room.height / height)
  if (zoom === 'whole') return { ...measures, scale }
  if (zoom !== undefined) return { ...measures, scale: zoom }
  // Higher than the room is no harm at first: the page scrolls, and names stay large.
  const across = Math.min(1, room.width / width)
  return across >= readableScale ? { ...measures, scale: across } : { ...wide, scale: 1 }
}

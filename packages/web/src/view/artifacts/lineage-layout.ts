import type { LineageEdge } from '@lossline/protocol'

/** Where a node stands: its layer from the left, and its row, which may be a half. */
export interface LineagePlace {
  readonly layer: number
  readonly row: number
}

/** Places of all nodes. */
export interface LineageLayout {
  readonly places: ReadonlyMap<string, LineagePlace>
  readonly layerCount: number
  readonly rowCount: number
}

/** Passes over the layers; more change little. */
const sweepCount = 6

/**
 * Layers a graph from left to right: a node stands behind everything that leads to it, and in its layer near what it is connected
 * with. An edge that closes a circle, as when a run uses what it made, counts for nothing.
 */
export function layoutLineage(ids: readonly string[], edges: readonly LineageEdge[]): LineageLayout {
  const before = new Map<string, string[]>(ids.map((id) => [id, []]))
  const after = new Map<string, string[]>(ids.map((id) => [id, []]))
  for (const { from, to } of edges) {
    if (!before.has(from) || !before.has(to) || from === to) continue
    before.get(to)?.push(from)
    after.get(from)?.push(to)
  }
  const layers: string[][] = []
  for (const [id, layer] of toLayers(ids, before)) {
    layers[layer] ??= []
    layers[layer].push(id)
  }
  const rowCount = Math.max(0, ...layers.map((layer) => layer.length))
  const rows = new Map<string, number>()
  const place = (layer: readonly string[]): void => {
    for (const [index, id] of layer.entries()) rows.set(id, (rowCount - layer.length) / 2 + index)
  }
  for (const layer of layers) place(layer)
  for (let sweep = 0; sweep < sweepCount; sweep += 1) {
    const isForward = sweep % 2 === 0
    for (const layer of isForward ? layers : [...layers].reverse()) {
      const neighbours = isForward ? before : after
      const centre = new Map(layer.map((id) => [id, meanRow(neighbours.get(id) ?? [], rows) ?? rows.get(id) ?? 0]))
      layer.sort((a, b) => (centre.get(a) ?? 0) - (centre.get(b) ?? 0))
      place(layer)
    }
  }
  const places = new Map(
    layers.flatMap((layer, index) => layer.map((id) => [id, { layer: index, row: rows.get(id) ?? 0 }] as const)),
  )
  return { places, layerCount: layers.length, rowCount }
}

function meanRow(ids: readonly string[], rows: ReadonlyMap<string, number>): number | undefined {
  if (ids.length === 0) return undefined
  return ids.reduce((sum, id) => sum + (rows.get(id) ?? 0), 0) / ids.length
}

/** The longest way to each node from one that nothing leads to. */
function toLayers(ids: readonly string[], before: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, number> {
  const layers = new Map<string, number>()
  const onWay = new Set<string>()
  const layerOf = (id: string): number => {
    const known = layers.get(id)
    if (known !== undefined) return known
    onWay.add(id)
    let layer = 0
    for (const other of before.get(id) ?? []) if (!onWay.has(other)) layer = Math.max(layer, layerOf(other) + 1)
    onWay.delete(id)
    layers.set(id, layer)
    return layer
  }
  for (const id of ids) layerOf(id)
  return layers
}

/** The node that an arrow key leads to: along edges sideways, in the layer up and down. */
export function nextNode(
  { places }: LineageLayout,
  edges: readonly LineageEdge[],
  id: string,
  key: string,
): string | undefined {
  const here = places.get(id)
  if (here === undefined) return undefined
  const nearest = (ids: readonly string[]): string | undefined =>
    ids.toSorted((a, b) => distance(places.get(a), here) - distance(places.get(b), here))[0]
  if (key === 'ArrowRight') return nearest(edges.filter(({ from }) => from === id).map(({ to }) => to))
  if (key === 'ArrowLeft') return nearest(edges.filter(({ to }) => to === id).map(({ from }) => from))
  const direction = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0
  if (direction === 0) return undefined
  const beside = [...places].filter(([, place]) => place.layer === here.layer && (place.row - here.row) * direction > 0)
  return nearest(beside.map(([other]) => other))
}

function distance(place: LineagePlace | undefined, here: LineagePlace): number {
  return place === undefined ? Number.POSITIVE_INFINITY : Math.abs(place.row - here.row)
}

import type { LineageEdge } from '@lossline/protocol'

/** Where a node stands: its layer from the left, and its row, which may be a half. */
export interface LineagePlace {
  readonly layer: number
  readonly row: number
}

/** Places of all nodes. */
export interface LineageLayout {
  readonly places: ReadonlyMap<string, LineagePlace>
  /** For an edge over several layers, by {@link edgeName}: its place in each layer between, free of nodes. */
  readonly routes: ReadonlyMap<string, readonly LineagePlace[]>
  readonly layerCount: number
  readonly rowCount: number
}

/** An edge in the routes of a layout. */
export function edgeName({ from, to }: LineageEdge): string {
  return `${from} ${to}`
}

/** Passes over the layers; more change little. */
const sweepCount = 6

/**
 * Layers a graph from left to right: a node stands behind everything that leads to it, and in its layer near what it is connected
 * with. An edge that closes a circle, as when a run uses what it made, counts for nothing. One that goes over layers has places in
 * them, so that it does not pass behind nodes.
 */
export function layoutLineage(ids: readonly string[], edges: readonly LineageEdge[]): LineageLayout {
  const before = new Map<string, string[]>(ids.map((id) => [id, []]))
  const after = new Map<string, string[]>(ids.map((id) => [id, []]))
  for (const { from, to } of edges) {
    if (!before.has(from) || !before.has(to) || from === to) continue
    before.get(to)?.push(from)
    after.get(from)?.push(to)
  }
  const ownLayers = toLayers(ids, before)
  const chains = toChains(edges, ownLayers)
  for (const { from, to } of edges) {
    const chain = chains.get(edgeName({ from, to })) ?? []
    for (const [index, id] of chain.entries()) {
      before.set(id, [...(before.get(id) ?? []), chain[index - 1] ?? from])
      after.set(id, [...(after.get(id) ?? []), chain[index + 1] ?? to])
    }
    if (chain.length === 0) continue
    before.set(to, [...(before.get(to) ?? []).filter((id) => id !== from), chain.at(-1)!])
    after.set(from, [...(after.get(from) ?? []).filter((id) => id !== to), chain[0]!])
  }
  const layers: string[][] = []
  const put = (id: string, layer: number): void => {
    layers[layer] ??= []
    if (!layers[layer].includes(id)) layers[layer].push(id)
  }
  for (const [id, layer] of ownLayers) put(id, layer)
  for (const edge of edges) {
    for (const [index, id] of (chains.get(edgeName(edge)) ?? []).entries())
      put(id, ownLayers.get(edge.from)! + 1 + index)
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
  const all = new Map(
    layers.flatMap((layer, index) => layer.map((id) => [id, { layer: index, row: rows.get(id) ?? 0 }] as const)),
  )
  const places = new Map([...all].filter(([id]) => ownLayers.has(id)))
  const routes = new Map([...chains].map(([name, chain]) => [name, chain.map((id) => all.get(id)!)]))
  return { places, routes, layerCount: layers.length, rowCount }
}

/**
 * For each edge that goes over layers, what stands for it in them. Edges that begin or end together go together, else a data set
 * that everything uses would have a row for each.
 */
function toChains(
  edges: readonly LineageEdge[],
  layers: ReadonlyMap<string, number>,
): ReadonlyMap<string, readonly string[]> {
  const long = edges.filter(({ from, to }) => layers.get(to)! - layers.get(from)! > 1)
  const count = (end: 'from' | 'to', id: string): number => long.filter((edge) => edge[end] === id).length
  return new Map(
    long.map((edge) => {
      const { from, to } = edge
      const shared = count('from', from) >= count('to', to) ? `from ${from}` : `to ${to}`
      const [first, last] = [layers.get(from)! + 1, layers.get(to)!]
      // No node is called so.
      return [edgeName(edge), Array.from({ length: last - first }, (_, i) => `\0${first + i} ${shared}`)]
    }),
  )
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

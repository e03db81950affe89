import type { ArtifactLineageResponse, LineageEdge, LineageNode } from '@lossline/protocol'
import { type ArtifactServices, existingArtifact } from './artifact-services.ts'
import { automaticTypes } from './automatic-types.ts'
import { toRunReference, versionInfo } from './version-infos.ts'

/** How far, and which way. */
export interface LineageQuery {
  readonly artifact: number
  /** Edges between the version and the farthest node. */
  readonly depth: number
  readonly direction: 'upstream' | 'downstream' | 'both'
}

/** More cannot be read as a graph. */
const nodeCountMax = 500

type Place = { readonly kind: 'run' | 'artifact'; readonly id: number }

/**
 * What a version was made from and what was made with it, the nearest first. Going up, only what led to it is followed, and going
 * down, only what came of it: other products of the same run are no relatives.
 *
 * @throws {@link ServerError} `not-found`.
 */
export async function traceLineage(services: ArtifactServices, query: LineageQuery): Promise<ArtifactLineageResponse> {
  const start: Place = { kind: 'artifact', id: (await existingArtifact(services, query.artifact)).id }
  const nodes = new Map<string, LineageNode>()
  const edges = new Map<string, LineageEdge>()
  const automatic = new Set<number>()
  const omitted = new Set<string>()
  let hasMore = false

  /** Makes the node of a place; false when it is not to be shown. */
  const show = async (place: Place): Promise<boolean> => {
    const id = idOf(place)
    if (nodes.has(id)) return true
    if (place.kind === 'run') {
      const run = await services.store.runById(place.id)
      if (run === undefined || !hasRoom(id)) return false
      nodes.set(id, { id, kind: 'run', run: toRunReference(run) })
      return true
    }
    const artifact = await services.reads.artifact(place.id)
    const version = artifact && (await versionInfo(services, artifact))
    if (version === undefined) return false
    if (automaticTypes.has(version.type) && place.id !== start.id) {
      automatic.add(place.id)
      return false
    }
    if (!hasRoom(id)) return false
    nodes.set(id, { id, kind: 'artifact', version })
    return true
  }
  const hasRoom = (id: string): boolean => {
    if (nodes.size < nodeCountMax) return true
    hasMore = true
    omitted.add(id)
    return false
  }

  const walk = async (isDown: boolean): Promise<void> => {
    let reached: readonly Place[] = [start]
    const seen = new Set([idOf(start)])
    for (let depth = 0; reached.length > 0; depth += 1) {
      const next: Place[] = []
      for (const place of reached) {
        for (const neighbour of await neighbours(services, place, isDown)) {
          const isNew = !seen.has(idOf(neighbour))
          if (depth >= query.depth) {
            // Only said if it would have been shown, so that no button leads nowhere.
            hasMore ||= isNew && !(await isAutomatic(services, neighbour))
            continue
          }
          if (!(await show(neighbour))) continue
          const [from, to] = isDown ? [idOf(place), idOf(neighbour)] : [idOf(neighbour), idOf(place)]
          edges.set(`${from} ${to}`, { from, to })
          if (!isNew) continue
          seen.add(idOf(neighbour))
          next.push(neighbour)
        }
      }
      reached = next
    }
  }

  await show(start)
  if (query.direction !== 'downstream') await walk(false)
  if (query.direction !== 'upstream') await walk(true)
  return {
    focus: idOf(start),
    nodes: [...nodes.values()],
    edges: [...edges.values()],
    automaticCount: automatic.size,
    hasMore,
    omittedCount: omitted.size,
  }
}

function idOf({ kind, id }: Place): string {
  return `${kind}-${id}`
}

async function isAutomatic({ reads }: ArtifactServices, place: Place): Promise<boolean> {
  if (place.kind === 'run') return false
  const artifact = await reads.artifact(place.id)
  const collection = artifact && (await reads.collectionById(artifact.sequence))
  return collection === undefined || automaticTypes.has(collection.type)
}

async function neighbours({ reads }: ArtifactServices, place: Place, isDown: boolean): Promise<Place[]> {
  if (place.kind === 'run') {
    const direction = isDown ? 'output' : 'input'
    const { artifacts } = await reads.artifactsOfRun({ run: place.id, direction })
    return artifacts.map(({ id }) => ({ kind: 'artifact', id }))
  }
  const direction = isDown ? 'input' : 'output'
  return (await reads.runsOf({ artifact: place.id, direction })).map((id) => ({ kind: 'run', id }))
}

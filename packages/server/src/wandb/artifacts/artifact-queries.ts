import { resolveClientId } from '../../domain/artifacts/lineage.ts'
import type { ArtifactWire, WandbServices, WireObject } from '../context.ts'
import { parseGlobalId, toGlobalId } from './global-ids.ts'

/** Root fields of Query. What does not exist is null: the client makes its own messages of that. */
export function createArtifactQueries(services: WandbServices, wire: ArtifactWire): WireObject {
  const { artifacts } = services
  return {
    artifact: async (args: { readonly id: string }) => {
      const id = parseGlobalId('Artifact', args.id)
      const artifact = id === undefined ? undefined : await artifacts.reads.artifact(id)
      return artifact === undefined || artifact.state === 'deleted' ? null : wire.artifact(artifact)
    },
    artifactCollection: async (args: { readonly id: string }) => {
      const id = parseGlobalId('ArtifactCollection', args.id)
      const collection = id === undefined ? undefined : await artifacts.reads.collectionById(id)
      return collection ? wire.collection(collection) : null
    },
    clientIDMapping: async (args: { readonly clientID: string }) => {
      const id = await resolveClientId(artifacts, args.clientID)
      return id === undefined ? null : { serverID: toGlobalId('Artifact', id) }
    },
  }
}

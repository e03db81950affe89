import { resolveName } from '../../domain/artifacts/resolve-name.ts'
import type { ArtifactWire, ListArguments, WandbServices, WireObject } from '../context.ts'
import { toIsoTime } from '../iso-time.ts'
import { type PageArguments, toConnection } from '../pages.ts'
import { toGlobalId } from './global-ids.ts'
import { toWireArtifact } from './wire-artifact.ts'
import { toWireCollection, toWireMembership } from './wire-collection.ts'
import { listCollections } from './wire-collections.ts'
import { listVersions } from './wire-versions.ts'

/** Ties together the objects of artifacts, which lead to each other. */
export function createArtifactWire(servicesOf: () => WandbServices): ArtifactWire {
  const reads = () => servicesOf().artifacts.reads
  const wire: ArtifactWire = {
    artifact: (artifact, options) => toWireArtifact(artifact, servicesOf(), wire, options),
    collection: (collection) => toWireCollection(collection, servicesOf(), wire),
    membership: (membership) => toWireMembership(membership, servicesOf(), wire),
    type: (type) => ({
      __typename: 'ArtifactType',
      id: toGlobalId('ArtifactType', type.id),
      name: type.name,
      description: type.description ?? null,
      createdAt: toIsoTime(type.createdAtMs),
      artifactCollections: (args: ListArguments) =>
        listCollections(servicesOf(), wire, { project: type.projectId, type: type.name }, args),
      artifactCollection: async (args: { readonly name: string }) => {
        const collection = await reads().collection({ project: type.projectId, name: args.name })
        return collection?.type === type.name ? wire.collection(collection) : null
      },
    }),
    typeOf: async (collection) => {
      const types = await reads().types(collection.projectId)
      const type = types.find(({ id }) => id === collection.typeId)
      return type ? wire.type(type) : null
    },
    versions: (collection, args) => listVersions(servicesOf(), wire, collection, args),
    ofProject: ({ id: project }): WireObject => ({
      artifact: async (args: { readonly name: string }) => {
        const found = await resolveName(servicesOf().artifacts, project, args.name)
        return found ? wire.artifact(found.membership.artifact) : null
      },
      artifactType: async (args: { readonly name: string }) => {
        const type = (await reads().types(project)).find(({ name }) => name === args.name)
        return type ? wire.type(type) : null
      },
      artifactTypes: async (args: PageArguments) => toConnection(await reads().types(project), args, wire.type),
      artifactCollection: async (args: { readonly name: string }) => {
        const collection = await reads().collection({ project, name: args.name })
        return collection ? wire.collection(collection) : null
      },
      artifactCollections: (args: ListArguments) => listCollections(servicesOf(), wire, { project }, args),
      artifactCollectionMembership: async (args: { readonly name: string }) => {
        const found = await resolveName(servicesOf().artifacts, project, args.name)
        return found ? wire.membership(found.membership) : null
      },
      allowAllArtifactTypesInRegistry: true,
    }),
    ofRun: ({ id: run }): WireObject => {
      const list = async (direction: 'input' | 'output', args: PageArguments) => {
        const { artifacts } = await reads().artifactsOfRun({ run, direction })
        return toConnection(artifacts, args, (artifact) => wire.artifact(artifact))
      }
      return {
        outputArtifacts: (args: PageArguments) => list('output', args),
        inputArtifacts: (args: PageArguments) => list('input', args),
      }
    },
  }
  return wire
}

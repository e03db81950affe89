import type { ArtifactCollectionKind } from '@lossline/store'
import { createType, deleteCollection, editCollection, tagCollection } from '../../domain/artifacts/collections.ts'
import type { ArtifactWire, WandbServices, WireObject } from '../context.ts'
import type { CollectionTagsInput, CreateTypeInput, Input, UpdateCollectionInput } from './artifact-inputs.ts'
import { requireGlobalId } from './global-ids.ts'
import { wireTag } from './wire-labels.ts'

/** Mutations of collections and types. */
export function createCollectionMutations(services: WandbServices, wire: ArtifactWire): WireObject {
  const { artifacts } = services
  const collectionId = (text: string | undefined): number => requireGlobalId('ArtifactCollection', text ?? '')
  const addressOf = (input: CollectionTagsInput) => ({
    entity: input.entityName,
    project: input.projectName,
    collection: input.artifactCollectionName,
  })

  const update = async (input: UpdateCollectionInput, kind: ArtifactCollectionKind): Promise<WireObject> => {
    const id = collectionId(kind === 'sequence' ? input.artifactSequenceID : input.artifactPortfolioID)
    const collection = await editCollection(artifacts, id, kind, {
      name: input.name ?? undefined,
      description: input.description ?? undefined,
    })
    return { artifactCollection: wire.collection(collection) }
  }

  const remove = async (id: string, kind: ArtifactCollectionKind): Promise<WireObject> => {
    const collection = await deleteCollection(artifacts, collectionId(id), kind)
    return { artifactCollection: { ...wire.collection(collection), state: 'DELETED' } }
  }

  return {
    createArtifactType: async ({ input }: Input<CreateTypeInput>) => {
      const { entityName: entity, projectName: project, name } = input
      const description = input.description ?? undefined
      return { artifactType: wire.type(await createType(artifacts, { entity, project, name, description })) }
    },
    updateArtifactSequence: ({ input }: Input<UpdateCollectionInput>) => update(input, 'sequence'),
    updateArtifactPortfolio: ({ input }: Input<UpdateCollectionInput>) => update(input, 'portfolio'),
    moveArtifactSequence: async ({
      input,
    }: Input<{ artifactSequenceID: string; destinationArtifactTypeName: string }>) => {
      const id = collectionId(input.artifactSequenceID)
      const edit = { type: input.destinationArtifactTypeName }
      return { artifactCollection: wire.collection(await editCollection(artifacts, id, 'sequence', edit)) }
    },
    deleteArtifactSequence: ({ input }: Input<{ artifactSequenceID: string }>) =>
      remove(input.artifactSequenceID, 'sequence'),
    deleteArtifactPortfolio: ({ input }: Input<{ artifactPortfolioID: string }>) =>
      remove(input.artifactPortfolioID, 'portfolio'),
    createArtifactCollectionTagAssignments: async ({ input }: Input<CollectionTagsInput>) => {
      const tagsToAdd = input.tags.map(({ tagName }) => tagName)
      const { id, tags } = await tagCollection(artifacts, addressOf(input), { tagsToAdd })
      return { tags: tags.map((tag) => wireTag(`collection ${id}`, tag)) }
    },
    deleteArtifactCollectionTagAssignments: async ({ input }: Input<CollectionTagsInput>) => {
      await tagCollection(artifacts, addressOf(input), { tagsToDelete: input.tags.map(({ tagName }) => tagName) })
      return { success: true }
    },
  }
}

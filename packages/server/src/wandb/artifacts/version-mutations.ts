import { invalid } from '../../domain/artifacts/artifact-names.ts'
import { existingArtifact } from '../../domain/artifacts/artifact-services.ts'
import { requireCollectionById } from '../../domain/artifacts/collections.ts'
import { changeAliases, deleteArtifact, editArtifact } from '../../domain/artifacts/edit.ts'
import { resolveClientId } from '../../domain/artifacts/lineage.ts'
import { type LinkTarget, linkArtifact, unlinkArtifact } from '../../domain/artifacts/link.ts'
import type { ArtifactWire, WandbContext, WandbServices, WireObject } from '../context.ts'
import type { AliasesInput, Input, LinkArtifactInput, UpdateArtifactInput } from './artifact-inputs.ts'
import { requireGlobalId } from './global-ids.ts'

const done = { success: true }

/** Mutations of versions that are there: edits, aliases, links, deletion. */
export function createVersionMutations(services: WandbServices, wire: ArtifactWire): WireObject {
  const { artifacts } = services
  const artifactId = (text: string): number => requireGlobalId('Artifact', text)

  const changeAliasesOf = async (input: AliasesInput, change: 'add' | 'delete'): Promise<typeof done> => {
    const aliases = input.aliases.map(({ alias, entityName, projectName, artifactCollectionName }) => ({
      alias,
      entity: entityName,
      project: projectName,
      collection: artifactCollectionName,
    }))
    await changeAliases(artifacts, artifactId(input.artifactID), aliases, change)
    return done
  }

  const linkedId = async ({ artifactID, clientID }: LinkArtifactInput): Promise<number> => {
    if (artifactID) return artifactId(artifactID)
    const id = clientID ? await resolveClientId(artifacts, clientID) : undefined
    if (id === undefined) throw invalid('linkArtifact needs the id of a version.')
    return id
  }

  const linkTarget = async (input: LinkArtifactInput, artifact: number, context: WandbContext): Promise<LinkTarget> => {
    if (input.artifactPortfolioID) {
      return { portfolio: requireGlobalId('ArtifactCollection', input.artifactPortfolioID) }
    }
    if (!input.artifactPortfolioName) throw invalid('linkArtifact needs the name of a collection.')
    const { sequence } = await existingArtifact(artifacts, artifact)
    const source = await requireCollectionById(artifacts, sequence)
    return {
      entity: input.entityName || context.identity.defaultEntity,
      project: input.projectName || source.project,
      name: input.artifactPortfolioName,
    }
  }

  return {
    updateArtifact: async ({ input }: Input<UpdateArtifactInput>) => {
      const artifact = await editArtifact(artifacts, artifactId(input.artifactID), {
        description: input.description ?? undefined,
        metadata: input.metadata ?? undefined,
        labels: input.labels ?? undefined,
        ttlSeconds: input.ttlDurationSeconds ?? undefined,
        tagsToAdd: (input.tagsToAdd ?? []).map(({ tagName }) => tagName),
        tagsToDelete: (input.tagsToDelete ?? []).map(({ tagName }) => tagName),
        aliases: input.aliases?.map(({ alias }) => alias),
      })
      return { artifact: wire.artifact(artifact) }
    },
    addAliases: ({ input }: Input<AliasesInput>) => changeAliasesOf(input, 'add'),
    deleteAliases: ({ input }: Input<AliasesInput>) => changeAliasesOf(input, 'delete'),
    deleteArtifact: async ({ input }: Input<{ artifactID: string; deleteAliases?: boolean | null }>) => {
      const withAliases = input.deleteAliases ?? false
      const artifact = await deleteArtifact(artifacts, artifactId(input.artifactID), { withAliases })
      return { artifact: { ...wire.artifact(artifact), state: 'DELETED' } }
    },
    linkArtifact: async ({ input }: Input<LinkArtifactInput>, context: WandbContext) => {
      const id = await linkedId(input)
      const aliases = (input.aliases ?? []).map(({ alias }) => alias)
      const membership = await linkArtifact(artifacts, id, await linkTarget(input, id, context), aliases)
      return { versionIndex: membership.versionIndex, artifactMembership: wire.membership(membership) }
    },
    unlinkArtifact: async ({ input }: Input<{ artifactID: string; artifactPortfolioID: string }>) => {
      const portfolio = requireGlobalId('ArtifactCollection', input.artifactPortfolioID)
      await unlinkArtifact(artifacts, artifactId(input.artifactID), portfolio)
      return done
    },
  }
}

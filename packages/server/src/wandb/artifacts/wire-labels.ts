import type { ArtifactAliasRow } from '@lossline/store'
import type { ArtifactWire, WandbServices, WireObject } from '../context.ts'
import { toGlobalId } from './global-ids.ts'

/** `ArtifactAlias`. */
export function wireAlias(alias: ArtifactAliasRow, services: WandbServices, wire: ArtifactWire): WireObject {
  return {
    __typename: 'ArtifactAlias',
    id: toGlobalId('ArtifactAlias', alias.id),
    alias: alias.alias,
    artifactCollection: async () => {
      const collection = await services.artifacts.reads.collectionById(alias.collection)
      return collection && wire.collection(collection)
    },
  }
}

/** `Tag`. @param owner - What the tag is on: a tag has no id of its own. */
export function wireTag(owner: string, tag: string): WireObject {
  return { __typename: 'Tag', id: Buffer.from(`Tag:${owner}:${tag}`).toString('base64'), name: tag }
}

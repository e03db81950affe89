import { isJsonObject, type JsonValue, parseJson } from '@lossline/protocol'
import type { ArtifactCollectionRow, ArtifactMembershipRow } from '@lossline/store'
import { valueAt } from '../filters/compare-values.ts'
import type { FilterField, FilterFields } from '../filters/mongo-filter.ts'
import { toIsoTime } from '../iso-time.ts'
import { toGlobalId } from './global-ids.ts'

/** Fields of collections, in the words of W&B's client. */
export const collectionField: FilterFields<ArtifactCollectionRow> = (path) => collectionFields.get(path)

const collectionFields: ReadonlyMap<string, FilterField<ArtifactCollectionRow>> = new Map(
  Object.entries<FilterField<ArtifactCollectionRow>>({
    name: { read: ({ name }) => name },
    description: { read: ({ description }) => description },
    tag: { read: ({ tags }) => tags, isList: true },
    created_at: { read: ({ createdAtMs }) => toIsoTime(createdAtMs) },
    updated_at: { read: ({ updatedAtMs }) => toIsoTime(updatedAtMs) },
    artifact_collection_id: { read: ({ id }) => toGlobalId('ArtifactCollection', id) },
    type: { read: ({ type }) => type },
  }),
)

/** A version in a collection with its aliases there. */
export interface FilteredVersion {
  readonly membership: ArtifactMembershipRow
  readonly aliases: readonly string[]
}

/** Fields of versions, in the words of W&B's client. */
export const versionField: FilterFields<FilteredVersion> = (path) => {
  const [head, ...rest] = path.split('.')
  if (head === 'metadata' && rest.length > 0) {
    return { read: ({ membership }) => valueAt(metadataOf(membership), rest) }
  }
  return versionFields.get(path)
}

const versionFields: ReadonlyMap<string, FilterField<FilteredVersion>> = new Map(
  Object.entries<FilterField<FilteredVersion>>({
    id: { read: ({ membership }) => toGlobalId('Artifact', membership.artifact.id) },
    version: { read: ({ membership }) => membership.versionIndex },
    version_index: { read: ({ membership }) => membership.versionIndex },
    // What is in a collection is committed.
    state: { read: ({ membership }) => membership.artifact.state.toUpperCase() },
    tag: { read: ({ membership }) => membership.artifact.tags, isList: true },
    alias: { read: ({ aliases }) => aliases, isList: true },
    created_at: { read: ({ membership }) => toIsoTime(membership.artifact.createdAtMs) },
    updated_at: { read: ({ membership }) => toIsoTime(membership.artifact.updatedAtMs) },
    digest: { read: ({ membership }) => membership.artifact.digest },
    size: { read: ({ membership }) => membership.artifact.sizeBytes },
  }),
)

function metadataOf({ artifact }: ArtifactMembershipRow): JsonValue | undefined {
  const value = artifact.metadata === undefined ? undefined : parseJson(artifact.metadata)
  return isJsonObject(value) ? value : undefined
}

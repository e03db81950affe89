import { isJsonObject, type JsonValue, parseJson } from '@lossline/protocol'
import type { ArtifactCollectionRow, ArtifactMembershipRow } from '@lossline/store'
import type { ReadField } from '../../filters/apply-filter.ts'
import type { FilterFields, ValueField } from '../../filters/parse-filter.ts'
import { parseInstant } from '../../filters/parse-instant.ts'
import { toGlobalId } from './global-ids.ts'

type Field<Row> = ValueField<ReadField<Row>>

const single = <Row>(read: (row: Row) => JsonValue): Field<Row> => ({ kind: 'value', path: (row) => [read(row)] })
const list = <Row>(read: (row: Row) => readonly JsonValue[]): Field<Row> => ({
  kind: 'value',
  path: read,
  isList: true,
})
const time = <Row>(readMs: (row: Row) => number): Field<Row> => ({ ...single(readMs), toOperand: parseInstant })

/** Fields of collections, in the words of W&B's client. */
export const collectionField: FilterFields<ReadField<ArtifactCollectionRow>> = (name) => collectionFields.get(name)

const collectionFields: ReadonlyMap<string, Field<ArtifactCollectionRow>> = new Map(
  Object.entries<Field<ArtifactCollectionRow>>({
    name: single(({ name }) => name),
    description: { kind: 'value', path: ({ description }) => (description === undefined ? [] : [description]) },
    tag: list(({ tags }) => tags),
    created_at: time(({ createdAtMs }) => createdAtMs),
    updated_at: time(({ updatedAtMs }) => updatedAtMs),
    artifact_collection_id: single(({ id }) => toGlobalId('ArtifactCollection', id)),
    type: single(({ type }) => type),
  }),
)

/** A version in a collection with its aliases there. */
export interface FilteredVersion {
  readonly membership: ArtifactMembershipRow
  readonly aliases: readonly string[]
}

/** Fields of versions, in the words of W&B's client. */
export const versionField: FilterFields<ReadField<FilteredVersion>> = (name) => {
  const [head, ...rest] = name.split('.')
  if (head !== 'metadata' || rest.length === 0) return versionFields.get(name)
  return {
    kind: 'value',
    path: ({ membership }) => {
      const value = valueAt(metadataOf(membership), rest)
      return value === undefined ? [] : [value]
    },
  }
}

const versionFields: ReadonlyMap<string, Field<FilteredVersion>> = new Map(
  Object.entries<Field<FilteredVersion>>({
    id: single(({ membership }) => toGlobalId('Artifact', membership.artifact.id)),
    version: single(({ membership }) => membership.versionIndex),
    version_index: single(({ membership }) => membership.versionIndex),
    // What is in a collection is committed.
    state: single(({ membership }) => membership.artifact.state.toUpperCase()),
    tag: list(({ membership }) => membership.artifact.tags),
    alias: list(({ aliases }) => aliases),
    created_at: time(({ membership }) => membership.artifact.createdAtMs),
    updated_at: time(({ membership }) => membership.artifact.updatedAtMs),
    digest: single(({ membership }) => membership.artifact.digest),
    size: single(({ membership }) => membership.artifact.sizeBytes),
  }),
)

function metadataOf({ artifact }: ArtifactMembershipRow): JsonValue | undefined {
  const value = artifact.metadata === undefined ? undefined : parseJson(artifact.metadata)
  return isJsonObject(value) ? value : undefined
}

/** Follows a dotted path; keys may hold dots themselves, so the longest literal match goes first. */
function valueAt(tree: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  if (path.length === 0) return tree
  if (!isJsonObject(tree)) return undefined
  for (let length = path.length; length > 0; length--) {
    const key = path.slice(0, length).join('.')
    if (!Object.hasOwn(tree, key)) continue
    const found = valueAt(tree[key], path.slice(length))
    if (found !== undefined) return found
  }
  return undefined
}

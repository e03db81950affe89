import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '@lossline/protocol'
import { maybeNumberAt, maybeObjectAt } from '../api/wire-values.ts'
import { maybeText, nodesOf, readText } from './read-reply.ts'

/** Where a version is: a collection, and the number in it. */
export interface VersionPlace {
  readonly entity: string
  readonly project: string
  readonly collection: string
  /** Undefined while the version is not committed. */
  readonly versionIndex: number | undefined
}

/** What a server says about a version. */
export interface VersionFacts {
  readonly id: string
  /** Where it was found: in the collection it was made in, or in one that it is linked to. */
  readonly place: VersionPlace
  /** Where it was made. */
  readonly source: VersionPlace
  readonly type: string
  readonly state: 'pending' | 'committed' | 'deleted'
  readonly description: string | undefined
  readonly metadata: JsonObject
  readonly ttlSeconds: number
  readonly isTtlInherited: boolean
  readonly tags: readonly string[]
  /** Aliases in the collection where it was found. */
  readonly aliases: readonly string[]
  readonly digest: string
  readonly sizeBytes: number
  readonly fileCount: number
  readonly historyStep: number | undefined
  readonly createdAt: string | undefined
  readonly updatedAt: string | undefined
}

/** Facts of a version that was found by its id: its place is where it was made. @throws {@link ServerRequestError} */
export function parseArtifact(artifact: JsonObject): VersionFacts {
  const source = toPlace(maybeObjectAt(artifact, 'artifactSequence') ?? {}, maybeNumberAt(artifact, 'versionIndex'))
  const aliases = nodesOf(artifact.aliases).filter((alias) => {
    const collection = toPlace(maybeObjectAt(alias, 'artifactCollection') ?? {}, undefined)
    return isSameCollection(collection, source)
  })
  return parseFacts(artifact, source, source, aliases)
}

/** Facts of a version that was found in a collection. @throws {@link ServerRequestError} */
export function parseMembership(membership: JsonObject): VersionFacts {
  const artifact = maybeObjectAt(membership, 'artifact') ?? {}
  const source = toPlace(maybeObjectAt(artifact, 'artifactSequence') ?? {}, maybeNumberAt(artifact, 'versionIndex'))
  const collection = maybeObjectAt(membership, 'artifactCollection') ?? {}
  const place = toPlace(collection, maybeNumberAt(membership, 'versionIndex'))
  return parseFacts(artifact, place, source, nodesOf(membership.aliases))
}

function isSameCollection(a: VersionPlace, b: VersionPlace): boolean {
  return a.entity === b.entity && a.project === b.project && a.collection === b.collection
}

/** Whether a version was found in a collection that it is linked to, and not in the one it was made in. */
export function isLinkFound({ place, source }: Pick<VersionFacts, 'place' | 'source'>): boolean {
  return !isSameCollection(place, source)
}

function parseFacts(
  artifact: JsonObject,
  place: VersionPlace,
  source: VersionPlace,
  aliases: readonly JsonObject[],
): VersionFacts {
  return {
    id: readText(artifact, 'id'),
    place,
    source,
    type: readText(maybeObjectAt(artifact, 'artifactType') ?? {}, 'name'),
    state: toState(readText(artifact, 'state')),
    description: maybeText(artifact, 'description'),
    metadata: parseMetadata(artifact.metadata),
    ttlSeconds: maybeNumberAt(artifact, 'ttlDurationSeconds') ?? -2,
    isTtlInherited: artifact.ttlIsInherited === true,
    tags: nodesOf(artifact.tags).map((tag) => readText(tag, 'name')),
    // Every version has its number as an alias on some servers; it is no alias that anybody gave.
    aliases: aliases.map((alias) => readText(alias, 'alias')).filter((alias) => !/^v\d+$/.test(alias)),
    digest: readText(artifact, 'digest'),
    sizeBytes: maybeNumberAt(artifact, 'size') ?? 0,
    fileCount: maybeNumberAt(artifact, 'fileCount') ?? 0,
    historyStep: maybeNumberAt(artifact, 'historyStep'),
    createdAt: maybeText(artifact, 'createdAt'),
    updatedAt: maybeText(artifact, 'updatedAt'),
  }
}

function toPlace(collection: JsonObject, versionIndex: number | undefined): VersionPlace {
  const project = maybeObjectAt(collection, 'project') ?? {}
  return {
    entity: readText(maybeObjectAt(project, 'entity') ?? {}, 'name'),
    project: readText(project, 'name'),
    collection: readText(collection, 'name'),
    versionIndex,
  }
}

function toState(state: string): VersionFacts['state'] {
  if (state === 'COMMITTED') return 'committed'
  return state === 'DELETED' ? 'deleted' : 'pending'
}

/** Metadata is a text that holds JSON; that of others may hold anything. */
function parseMetadata(metadata: JsonValue | undefined): JsonObject {
  if (isJsonObject(metadata)) return metadata
  if (typeof metadata !== 'string' || metadata === '') return {}
  try {
    const parsed = parseJson(metadata)
    return isJsonObject(parsed) ? parsed : {}
  } catch {
    return {}
  }
}

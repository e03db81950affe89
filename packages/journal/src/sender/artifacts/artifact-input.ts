import type { ArtifactRecord, JsonObject } from '@lossline/protocol'
import type { RunAddress } from '../run-api.ts'

/** Fields of `createArtifact` that servers have had for long; others are sent only to servers that say they know them. */
const oldFields: ReadonlySet<string> = new Set([
  'entityName',
  'projectName',
  'runName',
  'artifactTypeName',
  'artifactCollectionName',
  'digest',
  'description',
  'metadata',
  'labels',
  'aliases',
  'tags',
  'enableDigestDeduplication',
  'distributedID',
  'clientID',
  'sequenceClientID',
  'historyStep',
  'ttlDurationSeconds',
])

/**
 * The announcement of an artifact.
 *
 * @param nextStep - Step of the row that would have been logged next; 0 before the first.
 * @param knownFields - What the server takes; undefined if it does not say.
 */
export function toArtifactInput(
  record: ArtifactRecord,
  { entity, project, runId }: RunAddress,
  nextStep: number,
  knownFields: ReadonlySet<string> | undefined,
): JsonObject {
  const collection = record.name ?? ''
  const input: JsonObject = {
    entityName: entity,
    projectName: project,
    // What a user made is no output of the run.
    runName: record.userCreated ? null : runId,
    artifactTypeName: record.type ?? '',
    artifactCollectionName: collection,
    digest: record.digest ?? '',
    digestAlgorithm: record.digestAlgorithm || 'MANIFEST_MD5',
    description: record.description || null,
    metadata: record.metadata || null,
    labels: null,
    aliases: (record.aliases ?? []).map((alias) => ({ alias, artifactCollectionName: collection })),
    tags: (record.tags ?? []).map((tagName) => ({ tagName, tagCategoryName: null, attributes: null })),
    enableDigestDeduplication: true,
    distributedID: record.distributedId || null,
    clientID: record.clientId || null,
    sequenceClientID: record.sequenceClientId || null,
    historyStep: nextStep || null,
    ttlDurationSeconds: Number(record.ttlDurationSeconds ?? 0) || null,
    storageRegion: storageRegionOf(record) ?? null,
  }
  const fields = knownFields ?? oldFields
  return Object.fromEntries(Object.entries(input).filter(([name]) => fields.has(name)))
}

function storageRegionOf({ manifest }: ArtifactRecord): string | undefined {
  const json = manifest?.storagePolicyConfig?.find(({ key }) => key === 'storageRegion')?.valueJson
  if (json === undefined) return undefined
  try {
    const region: unknown = JSON.parse(json)
    return typeof region === 'string' ? region : undefined
  } catch {
    return undefined
  }
}

import type { ArtifactCollectionRow, ArtifactEntryRow } from '@lossline/store'
import type { ArtifactServices } from '../../domain/artifacts/artifact-services.ts'
import { fromHex } from './artifact-links.ts'
import { parseGlobalId } from './global-ids.ts'

/** An entry, and the file name in its address. */
export interface HandlerEntry {
  readonly entry: ArtifactEntryRow
  readonly name: string
}

/**
 * What W&B's download addresses mean:
 * `/artifactsV2/{region}/{entity}/{project}/{collection}[/{artifact id}]/{birth artifact id}/{hex digest}/{file name}` and
 * `/artifacts/{entity}/{hex digest}`. The bytes have to belong to the named version, else to the named collection; where they came
 * first does not matter. Undefined when there is no such file.
 */
export async function findHandlerEntry(
  services: ArtifactServices,
  pathname: string,
): Promise<HandlerEntry | 'not-ours' | undefined> {
  const parts = pathname.split('/').slice(1)
  if (parts[0] === 'artifacts') {
    const [, entity = '', hex = ''] = parts.map(decode)
    if (parts.length !== 3 || !isHexDigest(hex)) return 'not-ours'
    const entry = await services.reads.entryByDigest({ entity, digest: fromHex(hex) })
    return entry && { entry, name: '' }
  }
  const hasArtifact = parts.length === 9
  if (!hasArtifact && parts.length !== 8) return undefined
  const [, , entity = '', project = '', collectionName = '', artifactId = ''] = parts.map(decode)
  const [hex = '', name = ''] = parts.slice(-2).map(decode)
  const collection = await findCollection(services, entity, project, collectionName)
  if (collection === undefined || !isHexDigest(hex)) return undefined
  const digest = fromHex(hex)
  const entry = hasArtifact
    ? await findInVersion(services, collection, artifactId, digest)
    : await services.reads.entryByDigest({ collection: collection.id, digest })
  return entry && { entry, name }
}

async function findInVersion(
  { reads }: ArtifactServices,
  collection: ArtifactCollectionRow,
  artifactId: string,
  digest: string,
): Promise<ArtifactEntryRow | undefined> {
  const artifact = parseGlobalId('Artifact', artifactId)
  if (artifact === undefined) return undefined
  const membership = await reads.membership({ collection: collection.id, artifact })
  return membership && reads.entryByDigest({ artifact, digest })
}

async function findCollection(
  { store, reads }: ArtifactServices,
  entity: string,
  projectName: string,
  name: string,
): Promise<ArtifactCollectionRow | undefined> {
  const project = await store.project(entity, projectName)
  return project && reads.collection({ project: project.id, name })
}

function isHexDigest(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text)
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

import type { ArtifactCollectionRow, ArtifactEntryRow } from '@lossline/store'
import type { ArtifactServices } from '../../domain/artifacts/artifact-services.ts'
import { fromHexMd5 } from './artifact-links.ts'
import { parseGlobalId } from './global-ids.ts'

/** An entry, and the file name in its address. */
export interface HandlerEntry {
  readonly entry: ArtifactEntryRow
  readonly name: string
}

/**
 * What W&B's download addresses mean:
 * `/artifactsV2/{region}/{entity}/{project}/{collection}[/{artifact id}]/{birth artifact id}/{hex MD5}/{file name}` and
 * `/artifacts/{entity}/{hex MD5}`. The bytes have to belong to the named version, else to the named collection; where they came
 * first does not matter. Undefined when there is no such file.
 */
export async function findHandlerEntry(
  services: ArtifactServices,
  pathname: string,
): Promise<HandlerEntry | 'not-ours' | undefined> {
  const parts = pathname.split('/').slice(1)
  if (parts[0] === 'artifacts') {
    const [, entity = '', hex = ''] = parts.map(decode)
    if (parts.length !== 3 || !isHexMd5(hex)) return 'not-ours'
    const entry = await services.reads.entryByMd5({ entity, md5: fromHexMd5(hex) })
    return entry && { entry, name: '' }
  }
  const hasArtifact = parts.length === 9
  if (!hasArtifact && parts.length !== 8) return undefined
  const [, , entity = '', project = '', collectionName = '', artifactId = ''] = parts.map(decode)
  const [hex = '', name = ''] = parts.slice(-2).map(decode)
  const collection = await findCollection(services, entity, project, collectionName)
  if (collection === undefined || !isHexMd5(hex)) return undefined
  const md5 = fromHexMd5(hex)
  const entry = hasArtifact
    ? await findInVersion(services, collection, artifactId, md5)
    : await services.reads.entryByMd5({ collection: collection.id, md5 })
  return entry && { entry, name }
}

async function findInVersion(
  { reads }: ArtifactServices,
  collection: ArtifactCollectionRow,
  artifactId: string,
  md5: string,
): Promise<ArtifactEntryRow | undefined> {
  const artifact = parseGlobalId('Artifact', artifactId)
  if (artifact === undefined) return undefined
  const membership = await reads.membership({ collection: collection.id, artifact })
  return membership && reads.entryByMd5({ artifact, md5 })
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

function isHexMd5(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text)
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

import type { ArtifactCollectionQuery } from '@lossline/store'
import type { ArtifactWire, WandbServices, WireObject } from '../context.ts'
import { type Connection, type PageArguments, toConnection } from '../pages.ts'

export interface ListArguments extends PageArguments {
  readonly filters?: string | null
  readonly order?: string | null
}

/** Collections of a project or of a type in it. */
export async function listCollections(
  services: WandbServices,
  wire: ArtifactWire,
  query: ArtifactCollectionQuery,
  args: ListArguments,
): Promise<Connection<WireObject>> {
  const collections = await services.artifacts.reads.collections(query)
  return toConnection(collections, args, (collection) => wire.collection(collection))
}

import type { ArtifactCollectionQuery } from '@lossline/store'
import { applyFilter } from '../../filters/apply-filter.ts'
import type { ArtifactWire, ListArguments, WandbServices, WireObject } from '../context.ts'
import { type Connection, toConnection } from '../pages.ts'
import { collectionField } from './artifact-filters.ts'

/** Collections of a project or of a type in it, by name unless another order is asked for. */
export async function listCollections(
  services: WandbServices,
  wire: ArtifactWire,
  query: ArtifactCollectionQuery,
  args: ListArguments,
): Promise<Connection<WireObject>> {
  const selected = await applyFilter(await services.artifacts.reads.collections(query), collectionField, args)
  return toConnection(selected, args, (collection) => wire.collection(collection))
}

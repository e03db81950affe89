import type { ArtifactCollectionQuery } from '@lossline/store'
import type { ArtifactWire, ListArguments, WandbServices, WireObject } from '../context.ts'
import { parseFilter, parseOrder } from '../filters/mongo-filter.ts'
import { type Connection, toConnection } from '../pages.ts'
import { collectionField } from './artifact-filters.ts'

/** Collections of a project or of a type in it, by name unless another order is asked for. */
export async function listCollections(
  services: WandbServices,
  wire: ArtifactWire,
  query: ArtifactCollectionQuery,
  args: ListArguments,
): Promise<Connection<WireObject>> {
  const isMatch = await parseFilter(args.filters, collectionField)
  const selected = (await services.artifacts.reads.collections(query)).filter(isMatch)
  // Sorting keeps the order of equal ones.
  if (args.order) selected.sort(parseOrder(args.order, collectionField))
  return toConnection(selected, args, (collection) => wire.collection(collection))
}

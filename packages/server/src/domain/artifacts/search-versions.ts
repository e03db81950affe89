import { type JsonValue, parseJson } from '@lossline/protocol'
import type { ArtifactCollectionRow, ArtifactMembershipRow } from '@lossline/store'
import type { Breathe } from '../series/breathe.ts'
import type { ArtifactServices } from './artifact-services.ts'

/** A version that was found, and where to go on after it. */
export interface FoundVersions {
  readonly versions: readonly {
    readonly collection: ArtifactCollectionRow
    readonly membership: ArtifactMembershipRow
  }[]
  /** Undefined: that was all. */
  readonly next: string | undefined
}

const batchCount = 200

/**
 * Versions of a project with a text in the name of their collection, an alias, a tag or a value of their metadata, or with a digest
 * that begins so; by collection, the newest first.
 *
 * @param query.after - `next` of the part before.
 */
export async function searchVersions(
  services: ArtifactServices,
  query: { readonly project: number; readonly text: string; readonly after: string; readonly limit: number },
  breathe: Breathe,
): Promise<FoundVersions> {
  const { reads } = services
  const text = query.text.trim().toLowerCase()
  const [afterId = 0, afterIndex = 0] = query.after.split('.').map(Number)
  const collections = await reads.collections({ project: query.project })
  const start = afterId === 0 ? 0 : collections.findIndex(({ id }) => id === afterId)
  const found: FoundVersions['versions'][number][] = []
  for (const collection of start < 0 ? [] : collections.slice(start)) {
    const isNamed = collection.name.toLowerCase().includes(text)
    const aliases = Map.groupBy(await reads.aliases({ collection: collection.id }), ({ artifact }) => artifact)
    const isMatch = ({ artifact }: ArtifactMembershipRow): boolean =>
      isNamed ||
      artifact.digest.startsWith(text) ||
      artifact.tags.some((tag) => tag.toLowerCase().includes(text)) ||
      (aliases.get(artifact.id) ?? []).some(({ alias }) => alias.toLowerCase().includes(text)) ||
      hasValue(artifact.metadata, text)
    for (let offset = collection.id === afterId ? afterIndex : 0; ; offset += batchCount) {
      const batch = await reads.memberships({
        collection: collection.id,
        isNewestFirst: true,
        offset,
        limit: batchCount,
      })
      for (const [index, membership] of batch.entries()) {
        if (!isMatch(membership)) continue
        if (found.length === query.limit) return { versions: found, next: `${collection.id}.${offset + index}` }
        found.push({ collection, membership })
      }
      await breathe()
      if (batch.length < batchCount) break
    }
  }
  return { versions: found, next: undefined }
}

/** Names of metadata are the same in every version; only its values are looked through. */
function hasValue(metadata: string | undefined, text: string): boolean {
  // Most versions are told apart from their text alone.
  return metadata?.toLowerCase().includes(text) === true && holds(parseJson(metadata), text)
}

function holds(value: JsonValue, text: string): boolean {
  if (typeof value !== 'object' || value === null) return String(value).toLowerCase().includes(text)
  return Object.values(value).some((member: JsonValue) => holds(member, text))
}

import type { ArtifactCollectionInfo, ArtifactTypeInfo, ArtifactVersionInfo } from '@lossline/protocol'
import { compareNatural } from '../text/natural-order.ts'

/** Types of what clients log by themselves: a table for each `run.log` of one, and code. They would hide what people made. */
const automaticTypes: ReadonlySet<string> = new Set(['run_table', 'wandb-run-incremental-table', 'code', 'job'])

/** Whether a program asked for an artifact of this type by name. */
export function isAutomaticType(type: string): boolean {
  return automaticTypes.has(type)
}

/** Types with the collections that match, what people made first. Empty types disappear. */
export function searchTypes(types: readonly ArtifactTypeInfo[], search: string): readonly ArtifactTypeInfo[] {
  const wanted = search.trim().toLowerCase()
  return types
    .map((type) => ({
      ...type,
      collections: type.collections
        .filter((collection) => wanted === '' || textsOf(type.name, collection).some((text) => text.includes(wanted)))
        .sort((a, b) => compareNatural(a.name, b.name)),
    }))
    .filter(({ collections }) => collections.length > 0)
    .sort((a, b) => Number(isAutomaticType(a.name)) - Number(isAutomaticType(b.name)) || compareNatural(a.name, b.name))
}

function textsOf(type: string, { name, tags, description, newest }: ArtifactCollectionInfo): string[] {
  const found = [type, name, description, ...tags, ...(newest?.aliases ?? []), newest?.digest ?? '']
  return found.map((text) => text.toLowerCase())
}

/** What a run used or made, apart from what its client logged by itself. */
export function splitAutomatic(versions: readonly ArtifactVersionInfo[]): {
  readonly made: readonly ArtifactVersionInfo[]
  readonly automatic: readonly ArtifactVersionInfo[]
} {
  return {
    made: versions.filter(({ type }) => !isAutomaticType(type)),
    automatic: versions.filter(({ type }) => isAutomaticType(type)),
  }
}

/** Aliases with `latest` first, which says most. */
export function sortAliases(aliases: readonly string[]): readonly string[] {
  return [...aliases].sort((a, b) => Number(b === 'latest') - Number(a === 'latest') || compareNatural(a, b))
}

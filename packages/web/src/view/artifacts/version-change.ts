import type { ArtifactChange, ArtifactChangedResponse, ArtifactVersionInfo } from '@lossline/protocol'

type Moved = ArtifactChangedResponse['moved']

/** `prod: v3 → v5` for each name that has moved, or which names and tags are gone. */
export function movedWords({ version }: ArtifactVersionInfo, change: ArtifactChange, moved: Moved): string {
  const gone = [...(change.removeAliases ?? []), ...(change.removeTags ?? [])]
  return [
    ...moved.map(({ alias, from }) => `${alias}: ${from.version} → ${version}`),
    ...(gone.length > 0 ? [`${gone.join(', ')} removed from ${version}`] : []),
  ].join(', ')
}

/** What undoes a change that took a name or a tag from somewhere; nothing for one that only added. */
export function takeBack(
  { id }: Pick<ArtifactVersionInfo, 'id'>,
  change: ArtifactChange,
  moved: Moved,
): readonly { readonly id: number; readonly change: ArtifactChange }[] {
  const { removeAliases = [], removeTags = [] } = change
  return [
    ...moved.map(({ alias, from }) => ({ id: from.id, change: { addAliases: [alias] } })),
    ...(removeAliases.length + removeTags.length > 0
      ? [{ id, change: { addAliases: removeAliases, addTags: removeTags } }]
      : []),
  ]
}

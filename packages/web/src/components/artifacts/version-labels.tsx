import type { ArtifactVersionDetail } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { useArtifactActions } from '../../hooks/artifacts/use-artifact-actions.ts'
import { useProtectedAliases } from '../../hooks/artifacts/use-protected-aliases.ts'
import { sortAliases } from '../../view/artifacts/artifact-lists.ts'
import { TagEditor } from '../run/tag-editor.tsx'

/** The newest version has it by itself. */
const latest = ['latest']

/** Aliases and tags of a version, changed in place. An alias that points to another version moves here; protected ones ask. */
export function VersionLabels({ version }: { readonly version: ArtifactVersionDetail }): ReactElement {
  const actions = useArtifactActions()
  const guarded = useProtectedAliases(version)
  const added = (old: readonly string[], now: readonly string[]): readonly string[] =>
    now.filter((name) => !old.includes(name))
  const changeAliases = async (aliases: readonly string[]): Promise<void> => {
    const change = { addAliases: added(version.aliases, aliases), removeAliases: added(aliases, version.aliases) }
    if (await guarded.mayChange(change)) await actions.change(version, change)
  }
  return (
    <>
      <TagEditor
        fixed={latest}
        locked={guarded}
        noun="alias"
        onChange={(aliases) => void changeAliases(aliases)}
        tags={sortAliases(version.aliases)}
      />
      <TagEditor
        onChange={(tags) => {
          const change = { addTags: added(version.tags, tags), removeTags: added(tags, version.tags) }
          void actions.change(version, change)
        }}
        tags={version.tags}
      />
    </>
  )
}

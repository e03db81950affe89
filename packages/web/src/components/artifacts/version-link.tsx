import type { ArtifactVersionInfo, RunReference } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTheme } from '../../hooks/use-store.ts'
import { sortAliases } from '../../view/artifacts/artifact-lists.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import { Swatch } from '../chart/swatch.tsx'

/** A version by its name, leading to its page. */
export function VersionLink({
  version,
}: {
  readonly version: Pick<ArtifactVersionInfo, 'entity' | 'project' | 'type' | 'collection' | 'version'>
}): ReactElement {
  const { entity, project, type, collection, version: name } = version
  return (
    <Link
      className="link-text break-all"
      params={{ entity, project, type, name: collection, version: name }}
      to="/$entity/$project/artifacts/$type/$name/$version"
    >
      {collection}:{name}
    </Link>
  )
}

/** A run by its name and colour, leading to its page. */
export function RunLink({ run }: { readonly run: RunReference }): ReactElement {
  const theme = useTheme()
  const { entity, project, runId, displayName } = run
  return (
    <Link
      className="link-text inline-flex min-h-6 max-w-full items-center gap-1.5"
      params={{ entity, project, runId }}
      to="/$entity/$project/runs/$runId"
    >
      <Swatch style={styleOfRun(run, theme)} />
      <span className="truncate">{displayName}</span>
    </Link>
  )
}

/** Aliases and tags of a version. */
export function Labels({ version }: { readonly version: Pick<ArtifactVersionInfo, 'aliases' | 'tags'> }): ReactElement {
  return (
    <span className="flex flex-wrap gap-1">
      {sortAliases(version.aliases).map((alias) => (
        <span className="rounded bg-selected px-1.5 text-accent text-sm" key={`alias ${alias}`} title="Alias">
          {alias}
        </span>
      ))}
      {version.tags.map((tag) => (
        <span className="rounded bg-hover px-1.5 text-sm" key={`tag ${tag}`} title="Tag">
          {tag}
        </span>
      ))}
    </span>
  )
}

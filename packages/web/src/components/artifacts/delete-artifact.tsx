import type { ArtifactVersionDetail } from '@lossline/protocol'
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { artifactUsersQuery } from '../../api/artifact-queries.ts'
import { useArtifactActions } from '../../hooks/artifacts/use-artifact-actions.ts'
import { useProtectedAliases } from '../../hooks/artifacts/use-protected-aliases.ts'
import { useRefusal } from '../../hooks/shell/use-refusal.ts'
import { useServices } from '../../services.ts'
import { deletionWords } from '../../view/artifacts/deletion-words.ts'

/** Deletes a version or its collection, after saying who uses it. */
export function DeleteArtifact({ version }: { readonly version: ArtifactVersionDetail }): ReactElement | null {
  const { confirm, queryClient, toasts } = useServices()
  const refusal = useRefusal()
  const actions = useArtifactActions()
  const guarded = useProtectedAliases(version)
  const navigate = useNavigate()
  const { entity, project, collection, type, usedBy, links } = version
  const named = version.aliases.filter((alias) => guarded.names.includes(alias))
  const fullName = `${collection}:${version.version}`
  const deleteVersion = async (): Promise<void> => {
    const isInUse = usedBy.length + links.length > 0
    const isSure = await confirm.ask({
      title: `Delete ${fullName}?`,
      text: `${named.length > 0 ? `It is ${named.join(', ')}. ` : ''}${deletionWords(usedBy, links.length)}`,
      action: 'Delete version',
      ...(isInUse ? { typed: fullName } : {}),
    })
    if (!isSure || !(await actions.removeVersion(version))) return
    await navigate({
      to: '/$entity/$project/artifacts/$type/$name',
      params: { entity, project, type, name: collection },
    })
  }
  const deleteCollection = async (): Promise<void> => {
    try {
      const { runs } = await queryClient.fetchQuery({
        ...artifactUsersQuery({ entity, project }, collection),
        staleTime: 0,
      })
      const isSure = await confirm.ask({
        title: `Delete ${collection} with all its versions?`,
        text: deletionWords(runs, 0),
        action: 'Delete collection',
        typed: collection,
      })
      if (!isSure || !(await actions.removeCollection(version))) return
      await navigate({ to: '/$entity/$project/artifacts', params: { entity, project } })
    } catch (error) {
      toasts.showProblem(error)
    }
  }
  if (refusal !== undefined) return null
  return (
    <section
      aria-label="Delete"
      className="mt-12 flex max-w-3xl flex-wrap items-center gap-x-4 gap-y-1 border-line border-t pt-3 text-sm"
    >
      <button
        className="link-text"
        disabled={named.length > 0 && guarded.refusal !== undefined}
        onClick={() => void deleteVersion()}
        title={named.length > 0 ? guarded.refusal : undefined}
        type="button"
      >
        Delete this version
      </button>
      <button className="link-text" onClick={() => void deleteCollection()} type="button">
        Delete the collection
      </button>
      <span className="text-muted">Deleted versions do not come back.</span>
    </section>
  )
}

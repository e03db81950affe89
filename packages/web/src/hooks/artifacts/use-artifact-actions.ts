import type { ArtifactChange, ArtifactChangedResponse, ArtifactVersionInfo } from '@lossline/protocol'
import { useMemo } from 'react'
import { callApi } from '../../api/client.ts'
import { useServices } from '../../services.ts'
import { movedWords, takeBack } from '../../view/artifacts/version-change.ts'
import { createAttempt } from '../create-attempt.ts'

/** Changes of artifacts. What fails is told in a message; nothing is thrown. */
export interface ArtifactActions {
  /** Offers to take it back where a name was moved or taken away. */
  change(version: ArtifactVersionInfo, change: ArtifactChange): Promise<void>
  /** False when it was not deleted. */
  removeVersion(version: ArtifactVersionInfo): Promise<boolean>
  removeCollection(at: CollectionAddress): Promise<boolean>
}

/** Where a collection is. */
export type CollectionAddress = Pick<ArtifactVersionInfo, 'entity' | 'project' | 'collection'>

/** Changes artifacts and asks for what shows them anew. */
export function useArtifactActions(): ArtifactActions {
  const { queryClient, toasts } = useServices()
  return useMemo(() => {
    const refresh = async (): Promise<void> => {
      const keys = [['artifacts'], ['artifact-lineage'], ['artifact-users'], ['run-data']]
      await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
    }
    const attempt = createAttempt(toasts, refresh)
    const send = (id: number, change: ArtifactChange): Promise<ArtifactChangedResponse> =>
      callApi('PATCH /api/artifacts/{id}', { path: { id }, body: change })
    return {
      async change(version, change) {
        await attempt(async () => {
          const { entity, project, collection } = version
          const at = { in: { entity, project, collection } }
          const { moved } = await send(version.id, { ...change, ...at })
          const back = takeBack(version, change, moved)
          if (back.length === 0) return
          toasts.show(movedWords(version, change, moved), async () => {
            for (const { id, change: former } of back) await send(id, { ...former, ...at })
            await refresh()
          })
        })
      },
      removeVersion: (version) =>
        attempt(async () => {
          const name = `${version.collection}:${version.version}`
          await callApi('DELETE /api/artifacts/{id}', { path: { id: version.id }, body: { confirm: name } })
          toasts.show(`${name} was deleted`)
        }),
      removeCollection: ({ entity, project, collection }) =>
        attempt(async () => {
          await callApi('DELETE /api/projects/{entity}/{project}/artifacts/{collection}', {
            path: { entity, project, collection },
            body: { confirm: collection },
          })
          toasts.show(`${collection} was deleted`)
        }),
    }
  }, [queryClient, toasts])
}

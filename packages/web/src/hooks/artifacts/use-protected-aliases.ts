import type { ArtifactVersionDetail } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { artifactVersionQuery } from '../../api/artifact-queries.ts'
import { ApiError } from '../../api/client.ts'
import { projectQuery } from '../../api/project-queries.ts'
import { useServices } from '../../services.ts'
import { aliasQuestion, protectedWords } from '../../view/artifacts/protected-alias.ts'

/** Rights and settings change rarely, and the server has the last word. */
const staleTime = 60_000

/** The protected aliases of a version's project. */
export interface ProtectedAliases {
  readonly names: readonly string[]
  /** Why whoever looks at them may not change them; undefined: they may. */
  readonly refusal: string | undefined
  /** Asks about each protected alias that a change gives, moves or takes away. False: it is not meant, or not allowed. */
  mayChange(change: {
    readonly addAliases: readonly string[]
    readonly removeAliases: readonly string[]
  }): Promise<boolean>
}

/** Which aliases of a version ask before they move, and asks. */
export function useProtectedAliases(version: ArtifactVersionDetail): ProtectedAliases {
  const { queryClient, confirm, toasts } = useServices()
  const { entity, project, collection } = version
  const { data } = useQuery({ ...projectQuery({ entity, project }), staleTime })
  const names = data?.project.protectedAliases ?? []
  const refusal = data?.project.mayAdminister === false ? protectedWords(entity) : undefined

  /** The version that has an alias now. */
  const holderOf = async (alias: string): Promise<ArtifactVersionDetail | undefined> => {
    try {
      const query = artifactVersionQuery({ entity, project }, collection, alias)
      return (await queryClient.fetchQuery({ ...query, staleTime: 0 })).version
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined
      throw error
    }
  }
  return {
    names,
    refusal,
    async mayChange({ addAliases, removeAliases }) {
      try {
        // On a server without accounts this question is all that protects them: what was known a minute ago does not do.
        const now = (await queryClient.fetchQuery({ ...projectQuery({ entity, project }), staleTime: 0 })).project
        const changed = [...addAliases, ...removeAliases]
        for (const alias of changed.filter((name) => now.protectedAliases.includes(name))) {
          if (!now.mayAdminister) {
            toasts.showProblem(new Error(`${alias}: ${protectedWords(entity)}`))
            return false
          }
          const isRemoved = removeAliases.includes(alias)
          const from = isRemoved ? version : await holderOf(alias)
          const to = isRemoved ? undefined : version.version
          if (!(await confirm.ask(aliasQuestion({ collection, alias, from, to })))) return false
        }
        return true
      } catch (error) {
        toasts.showProblem(error)
        return false
      }
    },
  }
}

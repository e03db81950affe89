import type { SampleResponse } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { callApi } from '../../api/client.ts'
import { sessionQuery } from '../../api/queries.ts'
import { sampleQuery } from '../../api/sample-queries.ts'
import { useServices } from '../../services.ts'
import { removalQuestion } from '../../view/home/sample-words.ts'
import { createAttempt } from '../create-attempt.ts'

/** The sample among an entity's projects, and what can be done with it. */
export interface SampleActions {
  /** Undefined while it is not known, or cannot be. */
  readonly sample: SampleResponse | undefined
  /** One of the two is under way. */
  readonly isBusy: boolean
  /** Begins to load it, or goes on. */
  load(): void
  /** Begins to load it, and goes to its workspace. */
  loadAndOpen(): void
  /** Asks, then removes it and goes home. */
  remove(): void
}

/** Whose projects somebody makes who names no entity. Undefined: not known yet, or signed out. */
export function useOwnEntity(): string | undefined {
  const { data: session } = useQuery(sessionQuery)
  return session?.user?.name
}

/** @param entity - Undefined: nobody's, so there is none. */
export function useSample(entity: string | undefined): SampleActions {
  const { queryClient, confirm, toasts } = useServices()
  const navigate = useNavigate()
  const [isBusy, setIsBusy] = useState(false)
  const path = { entity: entity ?? '' }
  const query = sampleQuery(path.entity)
  const { data: session } = useQuery(sessionQuery)
  // Whoever has followed a link may not know what else the entity has.
  const isAsked = entity !== undefined && session !== undefined && session.sharedKind === undefined
  const { data: sample } = useQuery({ ...query, enabled: isAsked })

  const attempt = async (task: () => Promise<void>): Promise<boolean> => {
    setIsBusy(true)
    try {
      return await createAttempt(toasts, () => queryClient.invalidateQueries())(task)
    } finally {
      setIsBusy(false)
    }
  }
  const load = async (): Promise<SampleResponse> => {
    const begun = await callApi('POST /api/sample/{entity}', { path })
    queryClient.setQueryData(query.queryKey, begun)
    return begun
  }
  const loadAndOpen = async (): Promise<void> => {
    const { project } = await load()
    if (project !== null) await navigate({ to: '/$entity/$project', params: { ...path, project } })
  }
  const remove = async (): Promise<void> => {
    const now = await queryClient.fetchQuery({ ...query, staleTime: 0 })
    if (!(await confirm.ask(removalQuestion(now)))) return
    const isRemoved = await attempt(async () => {
      // What it shows would be asked for again, and is gone.
      await navigate({ to: '/' })
      await callApi('DELETE /api/sample/{entity}', { path })
    })
    if (isRemoved) toasts.show('Sample removed')
  }
  return {
    sample,
    isBusy,
    load: () =>
      void attempt(async () => {
        await load()
      }),
    loadAndOpen: () => void attempt(loadAndOpen),
    remove: () => void remove().catch(toasts.showProblem),
  }
}

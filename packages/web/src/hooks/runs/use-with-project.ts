import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { projectQuery } from '../../api/project-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { isSameProject } from '../../view/run/run-key.ts'
import type { RunsState } from './use-runs.ts'

/**
 * Runs of a project, with what is wrong where it is another one than that of the page: to whoever may not see it, or when it is gone,
 * the server says only that it has no run.
 */
export function useWithProject(runs: RunsState, at: ProjectAddress, own: ProjectAddress): RunsState {
  const isElsewhere = !isSameProject(at, own)
  const found = useQuery({ ...projectQuery(at), enabled: isElsewhere })
  const { refetch } = found
  const error = isElsewhere && found.data === undefined ? found.error : null
  return useMemo(() => {
    if (error === null) return runs
    const retry = (): void => {
      void refetch()
      runs.retry()
    }
    return { ...runs, total: undefined, runs: [], visibleRuns: [], error, retry }
  }, [runs, error, refetch])
}

import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { runsQuery } from '../../api/queries.ts'
import { useServices } from '../../services.ts'
import { type ColoringActions, createColoringActions } from '../../view/workspace/coloring-actions.ts'
import type { WorkspacePage } from './use-workspace-page.ts'

/** Runs whose values make a scale: the newest of the set. */
const sampledRunCount = 1000

/** Changes the colours of runs of a workspace; what fails is told in a message. */
export function useColoringActions(page: WorkspacePage): ColoringActions {
  const { chosenAt, store, drawn, chosenId, runsFilter } = page
  const queryClient = useQueryClient()
  const { toasts } = useServices()
  return useMemo(
    () =>
      createColoringActions({
        store,
        toasts,
        setId: chosenId,
        drawnRunIds: drawn.runs.map(({ runId }) => runId),
        async valuesOf(columns) {
          const list = { ...(runsFilter && { filter: runsFilter }), columns }
          const found = await queryClient.fetchQuery(runsQuery(chosenAt, list, 0, sampledRunCount))
          return { values: found.runs.map(({ values }) => values), total: found.total }
        },
      }),
    [chosenAt, store, drawn.runs, chosenId, runsFilter, queryClient, toasts],
  )
}

import type { RunGroup, StrictJsonObject } from '@lossline/protocol'
import { useCallback } from 'react'
import { allRuns } from '../../api/all-runs.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { useServices } from '../../services.ts'
import type { ViewStore } from '../../view/address/view-store.ts'
import { showGroup } from '../../view/runs/run-selection.ts'
import { groupFilter } from '../../view/runs/table-rows.ts'
import { createAttempt } from '../create-attempt.ts'

/** The eyes of groups: their runs are drawn or not, also those that arrive later. */
export function useGroupEyes(
  address: ProjectAddress,
  store: Pick<ViewStore, 'get' | 'update'>,
  filter: StrictJsonObject | undefined,
): (group: RunGroup, isShown: boolean) => void {
  const { toasts } = useServices()
  return useCallback(
    (group, isShown) => {
      void createAttempt(toasts)(async () => {
        const { runs, groupBy } = store.get()
        // What single eyes said of its runs is over.
        const single = [...runs.shown, ...runs.hidden]
        const of = groupFilter(groupBy, group, filter)
        const memberIds: string[] = []
        if (single.length > 0) {
          const members = allRuns(address, { filter: { $and: [of, { name: { $in: single } }] } })
          for await (const { runId } of members) memberIds.push(runId)
        }
        const values = groupBy.map((key, index) => [key, group.values[index] ?? null] as const)
        store.update({ runs: showGroup(store.get().runs, { values, isShown }, memberIds) })
      })
    },
    [address, store, filter, toasts],
  )
}

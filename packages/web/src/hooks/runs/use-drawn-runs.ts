import type { RunSummary } from '@lossline/protocol'
import { useEffect, useRef } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useServices } from '../../services.ts'
import { areSameRuns } from '../../view/runs/same-runs.ts'

/**
 * Runs as charts get them: the list of the render before as long as nothing that a chart shows of them is different. How far their
 * histories have come goes to the charts by the page's revisions.
 */
export function useDrawnRuns<Run extends RunSummary>(address: ProjectAddress, runs: readonly Run[]): readonly Run[] {
  const { revisions } = useServices().updates
  useEffect(() => revisions.learn(address, runs), [revisions, address, runs])
  const last = useRef(runs)
  if (!areSameRuns(last.current, runs)) last.current = runs
  return last.current
}

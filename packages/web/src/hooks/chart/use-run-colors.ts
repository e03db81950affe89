import { useMemo } from 'react'
import type { RunColoring } from '../../view/runs/run-coloring.ts'
import { type ViewColors, withRunColors } from '../../view/workspace/run-colors.ts'
import type { RunsState } from '../runs/use-runs.ts'

/**
 * Runs in the colours that a view and their set give them. The first values of each are of the keys that it is coloured by.
 *
 * @param keyOf - By which key a run is known in the view; the same function from one render to the next.
 */
export function useRunColors(
  found: RunsState,
  colors: ViewColors,
  coloring: RunColoring,
  keyOf?: (runId: string) => string,
): RunsState {
  const runs = useMemo(() => withRunColors(found.runs, colors, coloring, keyOf), [found.runs, colors, coloring, keyOf])
  const visibleRuns = useMemo(
    () => withRunColors(found.visibleRuns, colors, coloring, keyOf),
    [found.visibleRuns, colors, coloring, keyOf],
  )
  return { ...found, runs, visibleRuns }
}

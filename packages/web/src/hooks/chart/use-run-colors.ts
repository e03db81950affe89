import { useMemo } from 'react'
import type { RunColoring } from '../../view/runs/run-coloring.ts'
import { type ViewColors, withRunColors } from '../../view/workspace/run-colors.ts'
import type { RunsState } from '../runs/use-runs.ts'

/** Runs in the colours that a view and their set give them. The first values of each are of the keys that it is coloured by. */
export function useRunColors(found: RunsState, colors: ViewColors, coloring: RunColoring): RunsState {
  const runs = useMemo(() => withRunColors(found.runs, colors, coloring), [found.runs, colors, coloring])
  const visibleRuns = useMemo(
    () => withRunColors(found.visibleRuns, colors, coloring),
    [found.visibleRuns, colors, coloring],
  )
  return { ...found, runs, visibleRuns }
}

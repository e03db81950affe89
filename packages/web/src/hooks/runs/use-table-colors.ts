import { useMemo } from 'react'
import { coloringKeys } from '../../view/runs/run-coloring.ts'
import { type TableRows, withColoredRuns } from '../../view/runs/table-rows.ts'
import { createRunColorer } from '../../view/workspace/run-colors.ts'
import type { Workspace } from '../../view/workspace/workspace.ts'
import { findRunSet } from '../../view/workspace/workspace-address.ts'

/** Keys that runs are coloured by in a view: their values have to come first with each run. */
export function tableColoringKeys(workspace: Workspace, runSetId: string): readonly string[] {
  return coloringKeys(findRunSet(workspace, runSetId).coloring)
}

/** Rows of a table with their runs in the colours that these have in the view. */
export function useColoredRows(
  rows: TableRows,
  workspace: Workspace,
  runSetId: string,
  keyOf: (runId: string) => string,
): TableRows {
  const { coloring } = findRunSet(workspace, runSetId)
  const { runColors, separated } = workspace
  const inColor = useMemo(
    () => createRunColorer({ runColors, separated }, coloring, keyOf),
    [runColors, separated, coloring, keyOf],
  )
  return useMemo(() => withColoredRuns(rows, inColor), [rows, inColor])
}

import { useCallback, useMemo, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { runKeyOf } from '../../view/run/run-key.ts'
import { noRows, type RowSelection } from '../../view/runs/row-selection.ts'
import { runSetAddress } from '../../view/workspace/run-set-project.ts'
import type { Workspace } from '../../view/workspace/workspace.ts'
import { findRunSet } from '../../view/workspace/workspace-address.ts'

/** The one set of runs that a table is of, with all that is asked and done there. */
export interface TableSet {
  /** Where its runs are. */
  readonly at: ProjectAddress
  /** By which key a run of it is known in the view. */
  readonly keyOf: (runId: string) => string
  /** The rows that are marked; none of another project. */
  readonly selection: RowSelection
  readonly setSelection: (selection: RowSelection) => void
}

/** @param address - Of the view. @param chosen - The set as the address says it. */
export function useTableSet(address: ProjectAddress, { runSets }: Workspace, chosen: string): TableSet {
  const at = runSetAddress(runSets, findRunSet({ runSets }, chosen), address)
  const keyOf = useCallback((runId: string) => runKeyOf({ ...at, runId }, address), [at, address])
  const place = `${at.entity}/${at.project}`
  const [marked, setMarked] = useState({ place, rows: noRows })
  const setSelection = useCallback((rows: RowSelection) => setMarked({ place, rows }), [place])
  const selection = marked.place === place ? marked.rows : noRows
  return useMemo(() => ({ at, keyOf, selection, setSelection }), [at, keyOf, selection, setSelection])
}

import { useMemo } from 'react'
import { defaultRunSelection, onlyThese } from '../../view/runs/run-selection.ts'
import { useView } from '../workspace/use-view.ts'

/** The runs that somebody has chosen in a chart of a sweep, kept in the address as the runs whose eyes are open; undefined: none were. */
export function useChosenRuns(): readonly [
  chosen: ReadonlySet<string> | undefined,
  choose: (runIds: readonly string[] | undefined) => void,
] {
  const [{ runs }, store] = useView()
  const chosen = useMemo(() => (runs.base.kind === 'none' ? new Set(runs.shown) : undefined), [runs])
  const choose = (runIds: readonly string[] | undefined): void =>
    store.update({ runs: runIds === undefined ? defaultRunSelection : onlyThese(runIds) })
  return [chosen, choose]
}

import type { StrictJsonObject } from '@lossline/protocol'
import { splitByPins, withCondition } from './pinned-runs.ts'
import type { RunSelection } from './run-selection.ts'
import { valuesFilter } from './table-rows.ts'

/**
 * Ids of runs that are drawn one by one and not among the loaded ones. None while nothing is loaded, and none where the list of
 * `total` runs is loaded as a whole: what is not in it does not match.
 */
export function strayRunIds(
  { shown, hidden }: RunSelection,
  runs: readonly ({ readonly runId: string } | undefined)[],
  total: number,
): readonly string[] {
  const loaded = new Set(runs.flatMap((run) => run?.runId ?? []))
  if (runs.length === 0 || loaded.size >= total) return []
  return shown.filter((id) => !loaded.has(id) && !hidden.includes(id))
}

/**
 * The parts of a list that are drawn wherever their runs stand in it: those that run, and groups that are drawn.
 *
 * @param list.columns - Groups count whose keys are among them.
 */
export function drawnLists<List extends { readonly filter?: StrictJsonObject; readonly columns?: readonly string[] }>(
  list: List,
  { base, groups = [] }: RunSelection,
): readonly List[] {
  const ofGroups = groups
    .filter(({ isShown, values }) => isShown && values.every(([key]) => list.columns?.includes(key)))
    .map(({ values }) => valuesFilter(values))
  const conditions = [...(base.kind === 'running' ? [{ state: 'running' }] : []), ...ofGroups]
  return conditions.map((condition) => withCondition(list, condition))
}

/** The parts of a list that these runs are, so many at a time: what its filter leaves out stays out, whoever asks for it. */
export function strayLists<List extends { readonly filter?: StrictJsonObject }>(
  list: List,
  runIds: readonly string[],
  countMax: number,
): readonly List[] {
  const parts = Array.from({ length: Math.ceil(runIds.length / countMax) }, (_, part) =>
    runIds.slice(part * countMax, (part + 1) * countMax),
  )
  return parts.map((ids) => splitByPins(list, ids)[0])
}

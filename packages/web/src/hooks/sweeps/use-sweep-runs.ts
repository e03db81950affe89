import type { RunWithValues, SweepDetail } from '@lossline/protocol'
import { useMemo } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { searchedKeys } from '../../view/sweeps/searched-keys.ts'
import { useRuns } from '../runs/use-runs.ts'

/** Every run of a sweep, oldest first, with its values of the metric, if the sweep has one, and then of what is searched. */
export function useSweepRuns(
  address: ProjectAddress,
  sweep: Pick<SweepDetail, 'name' | 'metric' | 'parameters'>,
): {
  /** Undefined until the first answer. */
  readonly runs: readonly RunWithValues[] | undefined
  readonly error: Error | null
} {
  const { name, metric, parameters } = sweep
  const list = useMemo(() => {
    const outcome = metric?.key
    const columns = [...(outcome === undefined ? [] : [outcome]), ...searchedKeys(parameters)]
    return { filter: { sweep: name }, sort: oldestFirst, columns }
  }, [name, metric, parameters])
  const { runs, total, error } = useRuns(address, list, everyRun)
  const there = useMemo(() => runs.filter((run) => run !== undefined), [runs])
  return { runs: total === undefined ? undefined : there, error }
}

const everyRun = { base: { kind: 'all' }, shown: [], hidden: [] } as const
const oldestFirst = [{ key: 'run.created', isDescending: false }] as const

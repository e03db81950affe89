import type { RunSummary, StrictJson } from '@lossline/protocol'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type ProjectAddress, runFiguresQuery, runsQuery } from '../../api/queries.ts'
import type { RunReduction, ValueSource } from '../../view/panels/value-source.ts'
import { type KeysOfProject, keyPages, runKeyOf } from '../../view/run/run-key.ts'
import { isActive } from '../../view/run/run-state.ts'
import { type QueryState, stateOfQueries } from '../query-state.ts'
import { useStableList } from '../use-stable-list.ts'

/** As many as one question may be about. */
const pageSize = 1000
/** How often numbers of runs that go on are asked for anew. */
const liveIntervalMs = 2000

/** Values of runs by their keys, and whether all of them are known. */
export interface RunValues<T> extends QueryState {
  readonly values: ReadonlyMap<string, T>
}

/** Values of config, summary and run of each run, in the order of the keys. */
export function useRunValues(
  address: ProjectAddress,
  runs: readonly RunSummary[],
  keys: readonly string[],
): RunValues<readonly StrictJson[]> {
  const pages = usePages(address, runs, keys.length > 0)
  const answers = useQueries({
    queries: pages.map(({ at, runIds, refetchInterval }) => ({
      ...runsQuery(at, { filter: { name: { $in: [...runIds] } }, columns: keys }, 0, pageSize),
      placeholderData: keepPreviousData<never>,
      refetchInterval,
    })),
  })
  const data = useStableList(answers.map((answer) => answer.data))
  const values = useMemo(
    () =>
      new Map(
        pages.flatMap(({ at }, index) =>
          (data[index]?.runs ?? []).map((run) => [runKeyOf({ ...at, runId: run.runId }, address), run.values] as const),
        ),
      ),
    [pages, data, address],
  )
  return { values, ...stateOfQueries(answers) }
}

/** One number of each run; runs without one are left out. */
export function useRunNumbers(
  address: ProjectAddress,
  runs: readonly RunSummary[],
  source: ValueSource | undefined,
  reduction: RunReduction,
): RunValues<number> {
  const key = source?.kind === 'value' ? source.key : undefined
  const stored = useRunValues(
    address,
    runs,
    useMemo(() => (key === undefined ? [] : [key]), [key]),
  )
  const metric = source?.kind === 'metric' ? source : undefined
  const pages = usePages(address, runs, metric !== undefined)
  const answers = useQueries({
    queries: pages.map(({ at, runIds, refetchInterval }) => ({
      ...runFiguresQuery(at, runIds, { key: metric?.key ?? '', stream: metric?.stream ?? 'history' }),
      placeholderData: keepPreviousData<never>,
      refetchInterval,
    })),
  })
  const data = useStableList(answers.map((answer) => answer.data))
  const values = useMemo(() => {
    const numbers = new Map<string, number>()
    for (const [index, { keys }] of pages.entries()) {
      for (const [place, figures] of (data[index]?.figures ?? []).entries()) {
        const runKey = keys[place]
        if (figures && runKey !== undefined) numbers.set(runKey, figures[reduction])
      }
    }
    for (const [runId, [value]] of stored.values) {
      if (typeof value === 'number' && metric === undefined) numbers.set(runId, value)
    }
    return numbers
  }, [pages, data, reduction, stored.values, metric])
  return metric === undefined ? { ...stored, values } : { values, ...stateOfQueries(answers) }
}

interface RunsPage extends KeysOfProject {
  readonly refetchInterval: number | false
}

function usePages(address: ProjectAddress, runs: readonly RunSummary[], isAsked: boolean): readonly RunsPage[] {
  return useMemo(() => {
    if (!isAsked) return []
    const active = new Set(runs.flatMap(({ runId, state }) => (isActive(state) ? [runId] : [])))
    const keys = runs.map(({ runId }) => runId)
    return keyPages(keys, address, pageSize).map((page) => ({
      ...page,
      refetchInterval: page.keys.some((key) => active.has(key)) ? liveIntervalMs : false,
    }))
  }, [address, runs, isAsked])
}

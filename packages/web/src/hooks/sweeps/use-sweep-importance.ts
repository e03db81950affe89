import type { RunImportanceResponse, SweepDetail } from '@lossline/protocol'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type ProjectAddress, runImportanceQuery } from '../../api/queries.ts'
import { searchedKeys } from '../../view/sweeps/searched-keys.ts'

/** What the metric of a sweep is owed to among its parameters. */
export function useSweepImportance(
  address: ProjectAddress,
  sweep: Pick<SweepDetail, 'name' | 'metric' | 'parameters'>,
): {
  /** Undefined until the first answer, and where there is nothing to ask. */
  readonly found: RunImportanceResponse | undefined
  /** Name of the most important parameter; undefined: not known yet, or too few runs. */
  readonly first: string | undefined
} {
  const { name, metric, parameters } = sweep
  const keys = useMemo(() => searchedKeys(parameters), [parameters])
  const outcome = metric?.key
  const { data: found } = useQuery({
    ...runImportanceQuery(address, { filter: { sweep: name }, outcome: outcome ?? '', keys }),
    enabled: outcome !== undefined && keys.length > 0,
    placeholderData: keepPreviousData,
  })
  const isKnown = found !== undefined && found.runCount >= found.runCountMin
  return { found, first: isKnown ? found.parameters[0]?.key.replace(/^config\./, '') : undefined }
}

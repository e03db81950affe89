import { encodeKeyPath, type MediaKeysResponse, type RunSummary } from '@lossline/protocol'
import { keepPreviousData, useQueries, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { mediaKeysQuery } from '../../api/media-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { type WholeTable, wholeTableQuery } from '../../api/whole-table.ts'
import { stepOf } from '../../view/media/media-steps.ts'
import { runAddressOf } from '../../view/run/run-key.ts'
import { type QueryState, stateOfQueries } from '../query-state.ts'
import { useStableList } from '../use-stable-list.ts'

/** A table of a run. */
export interface RunTable {
  readonly run: RunSummary
  readonly table: WholeTable
}

/** What is known of the tables of several runs. */
export interface RunTables extends QueryState {
  readonly tables: readonly RunTable[]
}

/** The newest table of a name of each run that has it; none without a name. */
export function useChartTables(
  address: ProjectAddress,
  runs: readonly RunSummary[],
  name: string | undefined,
): RunTables {
  const client = useQueryClient()
  const asked = name === undefined ? noRuns : runs
  const keys = useQueries({ queries: asked.map(({ runId }) => mediaKeysQuery(runAddressOf(runId, address))) })
  const found = asked.map((run, index) => ({ run, at: placeOf(keys[index]?.data, name ?? '') }))
  const answers = useQueries({
    queries: found.map(({ run, at }) => ({
      ...wholeTableQuery(client, runAddressOf(run.runId, address), at?.key ?? '', at?.step ?? 0),
      enabled: at !== undefined,
      placeholderData: keepPreviousData<WholeTable>,
    })),
  })
  const data = useStableList(answers.map((answer, index) => (found[index]?.at ? answer.data : undefined)))
  const tables = useMemo(
    () => asked.flatMap((run, index) => (data[index] ? [{ run, table: data[index] }] : [])),
    [asked, data],
  )
  return { tables, ...stateOfQueries([...keys, ...answers]) }
}

const noRuns: readonly RunSummary[] = []

function placeOf(
  response: MediaKeysResponse | undefined,
  name: string,
): { readonly key: string; readonly step: number } | undefined {
  const media = [encodeKeyPath([name]), name]
    .map((key) => response?.keys.find((one) => one.key === key))
    .find((one) => one !== undefined)
  const step = media && stepOf(media, undefined)
  return media === undefined || step === undefined ? undefined : { key: media.key, step }
}

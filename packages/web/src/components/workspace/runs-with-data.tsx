import { useQueries } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { matchingCountQuery } from '../../api/queries.ts'
import { type CountedRuns, withAnyMetric } from '../../view/runs/counted-runs.ts'
import { formatCount } from '../../view/text/format.ts'

/** So many metrics are asked about at once; of a larger section it is not told how many runs have data. */
const keyCountMax = 500

/** How many of the runs of a view have logged some metric of a section. */
export function RunsWithData(props: {
  readonly counted: readonly CountedRuns[]
  readonly keys: readonly string[]
}): ReactElement | null {
  const { counted, keys } = props
  const answers = useQueries({
    queries: counted.map(({ at, filter }) => ({
      ...matchingCountQuery(at, withAnyMetric(filter, keys)),
      enabled: keys.length <= keyCountMax,
    })),
  })
  if (answers.some(({ data }) => data === undefined)) return null
  const count = answers.reduce((sum, { data = 0 }) => sum + data, 0)
  return <>· {formatCount(count, 'run')} with data</>
}

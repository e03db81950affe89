import { decodeKeyPath } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { runKeysQuery } from '../../api/queries.ts'
import type { FormulaName } from '../../view/panels/read-formula.ts'
import type { MetricsByName } from '../../view/workspace/automatic-panels.ts'

/** What formulas of this project may name: metrics, and the numbers of configs and summaries. */
export function useFormulaNames(metrics: MetricsByName): readonly FormulaName[] {
  // Panels are edited where the address says of which project.
  const { entity, project } = useParams({ strict: false }) as { entity: string; project: string }
  const { data } = useQuery(runKeysQuery({ entity, project }))
  return useMemo(() => {
    const ofRuns = (data?.keys ?? []).flatMap(({ key, kind }): FormulaName[] => {
      const [source, ...path] = decodeKeyPath(key)
      if (kind !== 'number' || (source !== 'config' && source !== 'summary')) return []
      return [{ name: `${source}:${path.join('.')}`, detail: source }]
    })
    return [
      ...[...metrics].map(
        ([name, { stream }]): FormulaName => ({ name, detail: stream === 'events' ? 'machine' : 'metric' }),
      ),
      ...ofRuns,
    ]
  }, [metrics, data])
}

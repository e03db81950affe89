import { decodeKeyPath } from '@lossline/protocol'
import { useMemo } from 'react'
import type { FormulaName } from '../../view/panels/read-formula.ts'
import type { MetricsByName } from '../../view/workspace/automatic-panels.ts'
import { useOfferedKeys } from './use-offered-keys.ts'

/** What formulas of this project may name: metrics, and the numbers of configs and summaries. */
export function useFormulaNames(metrics: MetricsByName): readonly FormulaName[] {
  const keys = useOfferedKeys()
  return useMemo(() => {
    const ofRuns = keys.flatMap(({ key, kind }): FormulaName[] => {
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
  }, [metrics, keys])
}

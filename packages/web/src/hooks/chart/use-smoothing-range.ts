import type { ProjectAddress } from '../../api/queries.ts'
import { useServices } from '../../services.ts'
import type { XChoice } from '../../view/address/url-state.ts'
import { rangeOfExtent } from '../../view/chart/smoothing.ts'
import { rangeKey } from '../../view/chart/smoothing-ranges.ts'
import { type RunLength, xExtent } from '../../view/chart/x-axis.ts'
import { useValue } from '../use-store.ts'

/** What a time-weighted smoothing refers to on an axis: what the server has said, and before it has, what the runs in view tell. */
export function useSmoothingRange(address: ProjectAddress, x: XChoice, runs: readonly RunLength[]): number | undefined {
  const known = useValue(useServices().smoothingRanges.store)
  const axis = x.kind === 'auto' ? ({ kind: 'step' } as const) : x
  return known.get(rangeKey(address, axis)) ?? rangeOfExtent(xExtent(x, runs))
}

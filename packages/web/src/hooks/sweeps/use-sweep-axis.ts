import type { SweepMetricInfo } from '@lossline/protocol'
import { useMemo } from 'react'
import type { Range } from '../../view/address/url-state.ts'
import type { SweepPoint } from '../../view/sweeps/best-so-far.ts'
import { countBeyond, fittedRange } from '../../view/sweeps/fitted-range.ts'
import { sweepViewCodec } from '../../view/sweeps/sweep-view.ts'
import { useAddress } from '../use-address.ts'

/** What the charts of a sweep show of its metric. */
export interface SweepAxis {
  /** Undefined: all of it. */
  readonly range: Range | undefined
  /** Runs that are far from the others, in view or not. */
  readonly beyondCount: number
  readonly showsAll: boolean
  setShowsAll(showsAll: boolean): void
}

/** Where runs went astray, the axis holds the others until somebody wants to see all. */
export function useSweepAxis(
  points: readonly Pick<SweepPoint, 'value' | 'mark'>[],
  metric: SweepMetricInfo | null,
): SweepAxis {
  const [{ showsAll }, store] = useAddress(sweepViewCodec)
  const goal = metric?.goal
  const fitted = useMemo(() => goal && fittedRange(points, { goal }), [points, goal])
  const beyondCount = fitted
    ? countBeyond(
        points.map(({ value }) => value),
        fitted,
      )
    : 0
  return {
    range: showsAll ? undefined : fitted,
    beyondCount,
    showsAll,
    setShowsAll: (next) => store.update({ showsAll: next }),
  }
}

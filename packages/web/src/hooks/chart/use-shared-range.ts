import { useLayoutEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Range, ViewState } from '../../view/address/url-state.ts'
import { createSharedRanges, type SharedRanges, unionOf, type YShare } from '../../view/chart/shared-ranges.ts'
import type { ShownSection } from '../../view/workspace/show-workspace.ts'
import { useSame } from '../use-same.ts'

const noSubscription = (): (() => void) => () => {}

/**
 * The range of y that a panel shows together with others, or undefined where it shares none. It never is less than what the panel
 * needs itself, and what the panel needs never depends on it.
 *
 * @param own - What its lines need; undefined: it draws nothing.
 * @param isSettled - False while data are on their way: what it needed before still counts.
 */
export function useSharedRange(
  share: YShare | undefined,
  own: Range | undefined,
  isSettled: boolean,
): Range | undefined {
  const union = useSyncExternalStore(share?.ranges.subscribe ?? noSubscription, () => share?.ranges.union(share.group))
  // Before the frame is painted: nothing is seen of a range that another panel has just made larger.
  useLayoutEffect(() => {
    if (share && (own || isSettled)) share.ranges.contribute(share, own)
  }, [share, own, isSettled])
  useLayoutEffect(() => share && (() => share.ranges.leave(share.panelId)), [share])
  return useMemo(() => share && unionOf(own, union), [share, own, union])
}

/** Where the line charts of a page's sections share their ranges: as long as it draws the same runs and shows the same of them. */
export function useSectionRanges(
  sections: readonly ShownSection[],
  runs: readonly { readonly runId: string }[],
  { x, zoom, xZooms, isLogX, smoothing, ignoresOutliers, showsOriginal, groupBy }: ViewState,
): SharedRanges {
  const [ranges] = useState(createSharedRanges)
  const runIds = useSame(runs.map(({ runId }) => runId))
  const seen = useSame({ x, zoom, xZooms: [...xZooms], isLogX, smoothing, ignoresOutliers, showsOriginal, groupBy })
  // biome-ignore lint/correctness/useExhaustiveDependencies: what panels needed that are scrolled past holds for these.
  useLayoutEffect(() => ranges.forgetAbsent(), [ranges, sections, runIds, seen])
  return ranges
}

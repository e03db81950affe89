import type { Smoothing } from '@lossline/protocol'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { CachedSeries } from '../../api/series-cache.ts'
import { useServices } from '../../services.ts'
import { useValue } from '../use-store.ts'

type Preview = typeof import('../../view/chart/smoothing-preview.ts')

/** The code for it, once somebody has needed it. */
let loaded: Preview | undefined

/** What the server is asked for: the smoothing as it is, and while somebody moves its slider as it was before. */
export function useAskedSmoothing(smoothing: Smoothing): Smoothing {
  const isMoved = useValue(useServices().smoothingDrag)
  const asked = useRef(smoothing)
  if (!isMoved) asked.current = smoothing
  return asked.current
}

/** Series with the smoothing that is wanted, as far as they can have it before the server has answered. */
export interface SmoothedSeries {
  readonly series: ReadonlyMap<string, CachedSeries>
  /** `approximate`: some are smoothed here. `waiting`: a slider moves, and what is drawn cannot follow before it is let go. */
  readonly state: 'exact' | 'approximate' | 'waiting'
}

/** @param range - What a time-weighted weight refers to, where known. */
export function useSmoothingPreview(
  series: ReadonlyMap<string, CachedSeries>,
  smoothing: Smoothing,
  range: number | undefined,
): SmoothedSeries {
  const isMoved = useValue(useServices().smoothingDrag)
  const [preview, setPreview] = useState(loaded)
  const text = JSON.stringify(smoothing)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the smoothing, which may be a new object each time.
  const result = useMemo(() => {
    const others = [...series].filter(([, entry]) => JSON.stringify(entry.smoothing ?? { kind: 'none' }) !== text)
    if (others.length === 0) return { series, isApproximate: false, isPending: false }
    const smoothed = others.flatMap(([id, entry]) => {
      const one = preview?.previewSmoothing(entry, smoothing, range)
      return one ? [[id, one] as const] : []
    })
    const isApproximate = smoothed.length > 0
    return { series: isApproximate ? new Map([...series, ...smoothed]) : series, isApproximate, isPending: true }
  }, [series, text, range, preview])
  const isNeeded = result.isPending && !preview
  useEffect(() => {
    if (!isNeeded) return
    // Where it cannot be had, the chart waits for the server.
    void import('../../view/chart/smoothing-preview.ts').then(
      (module) => {
        loaded = module
        setPreview(module)
      },
      () => {},
    )
  }, [isNeeded])
  const state = result.isApproximate ? 'approximate' : result.isPending && isMoved ? 'waiting' : 'exact'
  return { series: result.series, state }
}

import { useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useServices } from '../../services.ts'
import type { SearchParams } from '../../view/address/url-state.ts'
import { chartPlaceOf } from '../../view/chart/chart-place.ts'

/** Puts the crosshair of all charts where the address says, until somebody points elsewhere. */
export function useChartPlace(): void {
  const { cursorHub } = useServices()
  // Every route shares one parser, which makes flat text pairs.
  const x = chartPlaceOf(useSearch({ strict: false }) as SearchParams)
  useEffect(() => {
    if (x === undefined) return
    cursorHub.set({ panelId: undefined, at: { xId: 'wall', x }, runId: undefined })
    return () => cursorHub.set(undefined)
  }, [cursorHub, x])
}

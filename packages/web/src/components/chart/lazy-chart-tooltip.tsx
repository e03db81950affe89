import { lazy } from 'react'
import type { ChartTooltip } from './chart-tooltip.tsx'

const load = () => import('./chart-tooltip.tsx').catch(() => undefined)
const NoTooltip: typeof ChartTooltip = () => <></>
const whenIdle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 2000))

/** What a chart says under the pointer, loaded after the first chart. Where the server is away before, the chart stays without it. */
export const LazyChartTooltip = lazy(async () => ({ default: (await load())?.ChartTooltip ?? NoTooltip }))

/** Has it at hand before somebody points at a chart. */
export function preloadChartTooltip(): void {
  whenIdle(() => void load())
}

import { lazy } from 'react'

/** Vega is large, and most people never draw with it. */
export const LazyVegaPlot = lazy(() => import('./vega-plot.tsx').then((module) => ({ default: module.VegaPlot })))

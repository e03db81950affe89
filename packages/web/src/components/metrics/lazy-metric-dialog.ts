import { lazy } from 'react'

/** The dialog, loaded when somebody wants it. */
export const MetricDialog = lazy(() =>
  import('./metric-dialog.tsx').then((module) => ({ default: module.MetricDialog })),
)

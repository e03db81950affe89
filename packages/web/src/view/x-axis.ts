import type { SeriesX } from '@lossline/protocol'
import type { XFormat } from '../chart/plot.ts'
import { formatDateTime, formatDuration, formatNumber } from './format.ts'
import { keyTitle, type PanelInfo } from './sections.ts'
import type { XChoice } from './url-state.ts'

/** The x axis of a panel: the view's choice; on `auto` what `define_metric` said, else the step. System metrics have no steps. */
export function effectiveX(choice: XChoice, panel: Pick<PanelInfo, 'stream' | 'stepMetric'>): SeriesX {
  if (panel.stream === 'events') return choice.kind === 'wall' ? { kind: 'wall' } : { kind: 'relative' }
  if (choice.kind !== 'auto') return choice
  return panel.stepMetric ? { kind: 'metric', key: panel.stepMetric } : { kind: 'step' }
}

/** What an x axis is called. */
export function xName(x: SeriesX): string {
  switch (x.kind) {
    case 'step':
      return 'step'
    case 'relative':
      return 'relative time'
    case 'wall':
      return 'wall time'
    case 'metric':
      return keyTitle(x.key)
    case 'expression':
      return x.expression
  }
}

/** How its values are written on the axis. */
export function xFormat(x: SeriesX): XFormat {
  return x.kind === 'relative' ? 'duration' : x.kind === 'wall' ? 'time' : 'number'
}

/** One x value in full. */
export function formatX(x: SeriesX, value: number): string {
  if (x.kind === 'wall') return formatDateTime(value * 1000)
  if (x.kind === 'relative') return value < 60 ? `${formatNumber(value)} s` : formatDuration(value)
  return formatNumber(value)
}

/** Length of x over the runs, as far as their summaries tell; undefined where only the history knows. */
export function xExtent(
  choice: XChoice,
  runs: readonly { readonly lastStep: number | null; readonly runtimeSeconds: number }[],
): number | undefined {
  if (choice.kind === 'metric' || runs.length === 0) return undefined
  const lengths = runs.map((run) =>
    choice.kind === 'auto' || choice.kind === 'step' ? (run.lastStep ?? 0) : run.runtimeSeconds,
  )
  const longest = lengths.reduce((a, b) => Math.max(a, b), 0)
  return longest > 0 ? longest : undefined
}

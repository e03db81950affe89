import type { RunSummary, SeriesX } from '@lossline/protocol'
import type { XFormat } from '../../chart/plot.ts'
import type { plainXKinds, XChoice } from '../address/url-state.ts'
import { formatDateTime, formatDuration, formatNumber } from '../text/format.ts'
import type { TimeZone } from '../text/time-zone.ts'
import { keyTitle, type PanelInfo } from '../workspace/sections.ts'

/** The x axis of a panel: the view's choice; on `auto` what `define_metric` said, else the step. System metrics have no steps. */
export function effectiveX(choice: XChoice, panel: Pick<PanelInfo, 'stream' | 'stepMetric'>): SeriesX {
  if (panel.stream === 'events') {
    return choice.kind === 'wall' || choice.kind === 'relative-wall' ? choice : { kind: 'relative' }
  }
  if (choice.kind !== 'auto') return choice
  return panel.stepMetric ? { kind: 'metric', key: panel.stepMetric } : { kind: 'step' }
}

/** Axes that need no further word, as a list of choices names them. */
export const xChoiceNames: Readonly<Record<'auto' | (typeof plainXKinds)[number], string>> = {
  auto: 'Automatic',
  step: 'Step',
  relative: 'Relative time (process)',
  'relative-wall': 'Relative time (wall)',
  wall: 'Wall time',
}

/** The same where there is little room. */
export const shortXChoiceNames: typeof xChoiceNames = {
  ...xChoiceNames,
  relative: 'Process time',
  'relative-wall': 'Relative (wall)',
}

/** What is chosen, as such a list shows it. */
export function xChoiceText(choice: XChoice, names: typeof xChoiceNames): string {
  if (choice.kind === 'metric') return keyTitle(choice.key)
  return choice.kind === 'expression' ? choice.expression : names[choice.kind]
}

/** What an x axis is called. */
export function xName(x: SeriesX): string {
  switch (x.kind) {
    case 'step':
      return 'step'
    case 'relative':
      return 'relative time (process)'
    case 'relative-wall':
      return 'relative time (wall)'
    case 'wall':
      return 'wall time'
    case 'metric':
      return keyTitle(x.key)
    case 'expression':
      return x.expression
  }
}

/** Seconds since a run began, by either way to count them. */
function isLengthOfTime({ kind }: XChoice): boolean {
  return kind === 'relative' || kind === 'relative-wall'
}

/** How its values are written on the axis. */
export function xFormat(x: SeriesX, zone: TimeZone): XFormat {
  return isLengthOfTime(x) ? 'duration' : x.kind === 'wall' ? `${zone}-time` : 'number'
}

/** One x value in full. */
export function formatX(x: SeriesX, value: number): string {
  if (x.kind === 'wall') return formatDateTime(value * 1000)
  if (isLengthOfTime(x)) return value < 60 ? `${formatNumber(value)} s` : formatDuration(value)
  return formatNumber(value)
}

/** A length of x with its unit. */
export function formatXLength(x: SeriesX, length: number): string {
  if (isLengthOfTime(x) || x.kind === 'wall') return formatDuration(length)
  return `${formatNumber(length)} ${x.kind === 'step' ? 'steps' : `of ${xName(x)}`}`
}

/** What lengths of x are counted in, beside a number. */
export function xUnit(choice: XChoice): string {
  if (choice.kind === 'auto' || choice.kind === 'step') return 'steps'
  return isLengthOfTime(choice) || choice.kind === 'wall' ? 's' : 'x'
}

/** What is known of a run that says how long its x is. */
export type RunLength = Pick<RunSummary, 'lastStep' | 'runtimeSeconds' | 'createdAtMs' | 'heartbeatAtMs'>

/** Length of x over the runs together, as far as their summaries tell; undefined where only the history knows. */
export function xExtent(choice: XChoice, runs: readonly RunLength[]): number | undefined {
  if (choice.kind === 'metric' || choice.kind === 'expression' || runs.length === 0) return undefined
  const start = runs.reduce((earliest, run) => Math.min(earliest, run.createdAtMs), Number.POSITIVE_INFINITY)
  const longest = runs.map((run) => lengthOf(choice, run, start)).reduce((a, b) => Math.max(a, b), 0)
  return longest > 0 ? longest : undefined
}

function lengthOf({ kind }: XChoice, run: RunLength, startMs: number): number {
  if (kind === 'relative') return run.runtimeSeconds
  if (kind === 'relative-wall') return (run.heartbeatAtMs - run.createdAtMs) / 1000
  return kind === 'wall' ? (run.heartbeatAtMs - startMs) / 1000 : (run.lastStep ?? 0)
}

import type { Grouping, RunSummary, SeriesRequest } from '@lossline/protocol'
import { groupLineId, type SeriesQuery, type SeriesRun } from '../../api/series-loader.ts'
import { type RunStyle, runStyle, type Theme } from '../palette.ts'
import { seriesId } from '../panel-feed.ts'
import { oldestRun, type RunGroupOfLine } from './run-groups.ts'

/** What a line is of: a metric or a formula. */
export type LineValue =
  | { readonly kind: 'metric'; readonly key: string; readonly title: string }
  | { readonly kind: 'expression'; readonly expression: string }

/** One line to draw: where its series is, and how it looks. */
export interface LineSource {
  readonly seriesId: string
  readonly runId: string
  readonly label: string
  readonly style: RunStyle
}

/** What the lines of a panel are of. */
export interface LineSubjects {
  readonly values: readonly LineValue[]
  /** In list order. */
  readonly runs: readonly RunSummary[]
  /** Instead of the runs one by one. */
  readonly groups: readonly RunGroupOfLine[] | undefined
  /** `value`: of one run; its lines are told apart by their values alone, in name, colour and dash. Default: `run`. */
  readonly stylesBy?: 'run' | 'value' | undefined
}

/** What to ask the server for: a query for each value. */
export function toSeriesQueries(
  { values, runs, groups }: LineSubjects,
  request: Omit<SeriesRequest, 'runIds' | 'groups' | 'key' | 'expression'>,
  grouping: Grouping,
): readonly SeriesQuery[] {
  return values.map((value) => ({
    ...idOf(value, values),
    request: {
      ...request,
      ...(value.kind === 'metric' ? { key: value.key } : { expression: value.expression }),
      ...(groups && { grouping }),
    },
    runs: groups ? [] : runs.map(toSeriesRun),
    ...(groups && { groups: groups.map(({ name, runs: members }) => ({ name, runs: members.map(toSeriesRun) })) }),
  }))
}

/** The lines of a panel, value by value. Several values of one run have its colour and differ by their dash. */
export function toLineSources({ values, runs, groups, stylesBy }: LineSubjects, theme: Theme): readonly LineSource[] {
  return values.flatMap((value, place) => {
    const query = idOf(value, values)
    const line = (runId: string, name: string, number: number): LineSource => ({
      seriesId: seriesId(query, runId),
      runId,
      label: values.length === 1 ? name : `${name} ${valueTitle(value)}`,
      style: values.length === 1 ? runStyle(number, theme) : withDashOf(runStyle(number, theme), place, theme),
    })
    if (stylesBy === 'value') {
      const look = { label: valueTitle(value), style: runStyle(place + 1, theme) }
      return runs.map(({ runId }) => ({ seriesId: seriesId(query, runId), runId, ...look }))
    }
    if (groups === undefined) return runs.map((run) => line(run.runId, run.displayName, run.number))
    return groups.map((group) => line(groupLineId(group.name), group.name, oldestRun(group.runs)?.number ?? 1))
  })
}

/** What a value is called. */
export function valueTitle(value: LineValue): string {
  return value.kind === 'metric' ? value.title : value.expression
}

/** Queries of one value have no id, so that their series go by the run alone. */
function idOf(value: LineValue, values: readonly LineValue[]): Pick<SeriesQuery, 'id'> {
  if (values.length === 1) return {}
  return { id: value.kind === 'metric' ? value.key : `= ${value.expression}` }
}

function toSeriesRun({ runId, historyRevision }: RunSummary): SeriesRun {
  return { runId, historyRevision }
}

const runsPerDash = 8

/** Colour of a run, dash by the place of the value. */
function withDashOf(style: RunStyle, place: number, theme: Theme): RunStyle {
  const { dash, dashName } = runStyle(1 + place * runsPerDash, theme)
  return { ...style, dash, dashName }
}

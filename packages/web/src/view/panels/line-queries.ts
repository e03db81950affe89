import type { Grouping, MetricInfo, RunSummary, SeriesRequest } from '@lossline/protocol'
import { groupLineId, type SeriesQuery, type SeriesRun } from '../../api/series-loader.ts'
import { type RunStyle, runStyle, type StyledRun, styleOfRun, type Theme } from '../chart/palette.ts'
import { seriesId } from '../chart/panel-feed.ts'
import { namesInFormula } from './line-source.ts'
import type { RunGroupOfLine } from './run-groups.ts'

/** What a line is of: a metric or a formula. */
export type LineValue =
  | {
      readonly kind: 'metric'
      readonly key: string
      readonly title: string
      /** Which of its values are good; null: nobody has said. */
      readonly goal?: MetricInfo['goal']
      /** Of its values. Default: none. */
      readonly unit?: string
    }
  | {
      readonly kind: 'expression'
      readonly expression: string
      /** What it is called. Default: as it is written. */
      readonly title?: string
    }

/** One line to draw: where its series is, and how it looks. */
export interface LineSource {
  readonly seriesId: string
  readonly runId: string
  readonly label: string
  readonly style: RunStyle
  /** Of its values; '': none. */
  readonly unit: string
  /** A thin line of a run around the line of its group. */
  readonly isMember?: boolean
}

/** What the lines of a panel are of. */
export interface LineSubjects {
  readonly values: readonly LineValue[]
  /** In list order. */
  readonly runs: readonly RunSummary[]
  /** Instead of the runs one by one. */
  readonly groups: readonly RunGroupOfLine[] | undefined
  /** Runs in none of the groups, one by one beside them. Default: none. */
  readonly singles?: readonly RunSummary[] | undefined
  /** The runs of the groups are drawn too, each as a thin line. Default: not. */
  readonly hasMembers?: boolean | undefined
  /** `value`: of one run; its lines are told apart by their values alone, in name, colour and dash. Default: `run`. */
  readonly stylesBy?: 'run' | 'value' | undefined
  /** What runs are called here, by their ids. Default: their display names. */
  readonly labels?: ReadonlyMap<string, string> | undefined
}

/** What to ask the server for: a query for each value. */
export function toSeriesQueries(
  { values, runs, groups, singles = [], hasMembers = false }: LineSubjects,
  request: Omit<SeriesRequest, 'runIds' | 'groups' | 'key' | 'expression'>,
  grouping: Grouping,
): readonly SeriesQuery[] {
  return values.flatMap((value) => {
    const of = value.kind === 'metric' ? { key: value.key } : { expression: value.expression }
    const queryOf = (members: readonly RunSummary[]): SeriesQuery => ({
      ...idOf(value, values),
      request: { ...request, ...of },
      runs: members.map(toSeriesRun),
    })
    if (groups === undefined) return [queryOf(runs)]
    const grouped = {
      ...queryOf([]),
      request: { ...request, ...of, grouping },
      groups: groups.map(({ name, runs: members }) => ({ name, runs: members.map(toSeriesRun) })),
    }
    const alone = hasMembers ? [...singles, ...groups.flatMap(({ runs: members }) => members)] : singles
    return alone.length === 0 ? [grouped] : [grouped, queryOf(alone)]
  })
}

/** The lines of a panel, value by value. Several values of one run have its colour and differ by their dash. */
export function toLineSources(
  { values, runs, groups, singles = [], hasMembers = false, stylesBy, labels }: LineSubjects,
  theme: Theme,
): readonly LineSource[] {
  return values.flatMap((value, place) => {
    const unit = value.kind === 'metric' ? (value.unit ?? '') : ''
    const line = (runId: string, name: string, run: StyledRun): LineSource => ({
      seriesId: seriesIdOf(value, values, runId),
      runId,
      label: values.length === 1 ? name : `${name} ${valueTitle(value)}`,
      style: values.length === 1 ? styleOfRun(run, theme) : withDashOf(styleOfRun(run, theme), place, theme),
      unit,
    })
    if (stylesBy === 'value') {
      const look = { label: valueTitle(value), style: runStyle(place + 1, theme), unit }
      return runs.map(({ runId }) => ({ seriesId: seriesIdOf(value, values, runId), runId, ...look }))
    }
    const single = (run: RunSummary): LineSource => line(run.runId, labels?.get(run.runId) ?? run.displayName, run)
    if (groups === undefined) return runs.map(single)
    const grouped = groups.map(({ name, look }) => line(groupLineId(name), name, look))
    const members = groups.flatMap(({ name, look, runs: of }) => {
      const { style } = line(groupLineId(name), name, look)
      return of.map((run): LineSource => ({ ...single(run), style: { ...style, ...thin }, isMember: true }))
    })
    return [...grouped, ...singles.map(single), ...(hasMembers ? members : [])]
  })
}

/** Where the series of a run, or of a group's line, is in what the feed of a panel holds. */
export function seriesIdOf(value: LineValue, values: readonly LineValue[], lineId: string): string {
  return seriesId(idOf(value, values), lineId)
}

/** What a value is called. */
export function valueTitle(value: LineValue): string {
  return value.kind === 'metric' ? value.title : (value.title ?? value.expression)
}

/** What runs have to log for these values to be drawn: the metrics of formulas, as somebody wrote them. */
export function loggedNames(values: readonly LineValue[]): readonly string[] {
  const names = values.flatMap((value) => {
    const inFormula = value.kind === 'expression' ? namesInFormula(valueTitle(value)) : []
    return inFormula.length > 0 ? inFormula : [valueTitle(value)]
  })
  return [...new Set(names)]
}

/** Queries of one value have no id, so that their series go by the run alone. */
function idOf(value: LineValue, values: readonly LineValue[]): Pick<SeriesQuery, 'id'> {
  if (values.length === 1) return {}
  return { id: value.kind === 'metric' ? value.key : `= ${value.expression}` }
}

function toSeriesRun({ runId, historyRevision }: RunSummary): SeriesRun {
  return { runId, historyRevision }
}

/** How a run of a group is drawn around the group's line, in its colour. */
const thin: Pick<RunStyle, 'dash' | 'dashName' | 'width'> = { dash: [], dashName: 'solid', width: 1 }

const runsPerDash = 8

/** Colour of a run, dash by the place of the value. */
function withDashOf(style: RunStyle, place: number, theme: Theme): RunStyle {
  const { dash, dashName } = runStyle(1 + place * runsPerDash, theme)
  return { ...style, dash, dashName }
}

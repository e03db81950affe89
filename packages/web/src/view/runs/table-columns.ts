import {
  decodeKeyPath,
  type MetricReduction,
  parseMetricColumn,
  type RunKeyInfo,
  type RunWithValues,
  type StrictJson,
} from '@lossline/protocol'
import { compareNatural } from '../text/natural-order.ts'
import type { ColumnMetric } from './column-metrics.ts'
import type { Direction } from './column-settings.ts'
import type { NumberFormat } from './number-format.ts'

/** What the cells of a column hold, which says how they are written and on which side they stand. */
export type ColumnKind = 'text' | 'number' | 'boolean' | 'other' | 'time' | 'duration' | 'tags' | 'state'

/** A column of the runs table. */
export interface TableColumn {
  /** As in queries: `run.created`, `config.lr`, `summary.val/loss`; or `metric.max:val/acc`. */
  readonly key: string
  readonly title: string
  /** What stands above the title: nothing for fields of the run. */
  readonly namespace: 'config' | 'summary' | 'metric' | undefined
  readonly kind: ColumnKind
  /** CSS pixels. */
  readonly width: number
  readonly isSortable: boolean
  /** Whether it tells of a picture, a table or another file of the summary (its path, its size), not of the run. */
  readonly isOfMedia?: boolean
  /** It stays left of those that are not. */
  readonly isPinned?: boolean
  /** Of its numbers; undefined: about five digits. */
  readonly format?: NumberFormat
  /** Which of its numbers are good, where anybody said. */
  readonly better?: Direction
  /** What is known of the metric that it tells of. */
  readonly metric?: ColumnMetric
}

/** So many columns are shown when nobody has chosen; the rest are in the chooser. */
export const automaticColumnCountMax = 60

const field = (key: string, title: string, kind: ColumnKind, width: number, isSortable = true): TableColumn => ({
  key: `run.${key}`,
  title,
  namespace: undefined,
  kind,
  width,
  isSortable,
})

/** What the values of a metric come to, in words. */
export const reductionNames: Readonly<Record<MetricReduction, string>> = {
  min: 'minimum',
  max: 'maximum',
  mean: 'mean',
  first: 'first value',
  last: 'last value',
}

/** Columns that every project has, beside the name, which is always there. */
export const fieldColumns: readonly TableColumn[] = [
  field('state', 'State', 'state', 110),
  field('created', 'Created', 'time', 130),
  field('runtime', 'Duration', 'duration', 100),
  field('tags', 'Tags', 'tags', 160, false),
  field('notes', 'Notes', 'text', 200, false),
  field('user', 'User', 'text', 110),
  field('group', 'Group', 'text', 120),
  field('jobType', 'Job type', 'text', 110),
  field('sweep', 'Sweep', 'text', 110),
  field('host', 'Host', 'text', 130),
  field('id', 'Run id', 'text', 110),
]

const alwaysShown = ['run.state', 'run.created', 'run.runtime', 'run.tags']

/** Every column that a project's runs can have. */
export function allColumns(keys: readonly RunKeyInfo[]): readonly TableColumn[] {
  const isOfMedia = mediaTest(keys)
  return [
    ...fieldColumns,
    ...keys
      .filter(({ key }) => !isInternal(key))
      .map((info) => ({ ...toColumn(info), ...(isOfMedia(info.key) && { isOfMedia: true }) })),
  ]
}

/** What decides which columns come by themselves. */
export interface AutomaticColumnsOptions {
  /** Metrics that somebody has named a goal of come first. */
  readonly better?: ReadonlyMap<string, Direction>
  /** Also what all runs have the same value of. */
  readonly hasConstants?: boolean
}

/**
 * What runs differ by first: fields, metrics with a goal, config that varies, then summary, of which what the most runs have comes
 * first. Constant keys, unless they are wanted or all there is, and what tells of files are left out.
 */
export function automaticColumns(
  keys: readonly RunKeyInfo[],
  { better = noDirections, hasConstants = false }: AutomaticColumnsOptions = {},
): readonly TableColumn[] {
  const fields = fieldColumns.filter(({ key }) => alwaysShown.includes(key))
  const isOfMedia = mediaTest(keys)
  const all = keys.filter(({ key, kind }) => kind !== 'other' && !isInternal(key) && !isOfMedia(key))
  const varying = all.filter(({ isVarying }) => isVarying)
  // Of a first run nothing varies, and everything is wanted.
  const shown = hasConstants || varying.length === 0 ? all : varying
  const config = shown.filter(({ key }) => !key.startsWith('summary.'))
  const summary = shown
    .filter(({ key }) => key.startsWith('summary.'))
    .sort((a, b) => b.runCount - a.runCount || compareNatural(a.key, b.key))
  const [wanted, others] = [true, false].map((is) => summary.filter(({ key }) => better.has(key) === is))
  return [...fields, ...[...wanted!, ...config, ...others!].map(toColumn)].slice(0, automaticColumnCountMax)
}

const noDirections: ReadonlyMap<string, Direction> = new Map()

/** The columns with these keys, in their order; what is not among the project's is taken to be a text. */
export function chosenColumns(chosen: readonly string[], keys: readonly RunKeyInfo[]): readonly TableColumn[] {
  const known = new Map(allColumns(keys).map((column) => [column.key, column]))
  return chosen.map((key) => known.get(key) ?? toColumn({ key, kind: 'text' }))
}

/** Columns with room for what a number differs from the baseline's by. */
export function withDeltas(columns: readonly TableColumn[]): readonly TableColumn[] {
  return columns.map((column) => (column.kind === 'number' ? { ...column, width: column.width + 76 } : column))
}

/** Columns with room for the figures of groups: a histogram, a mean and a deviation, or the most frequent texts. */
export function withHistograms(columns: readonly TableColumn[]): readonly TableColumn[] {
  const least: Readonly<Partial<Record<ColumnKind, number>>> = { number: 172, duration: 196, text: 176, state: 176 }
  return columns.map((column) => ({ ...column, width: Math.max(column.width, least[column.kind] ?? 0) }))
}

/** Whether runs can be put together by what is in a column. */
export function isGroupable({ isSortable, kind, isOfMedia, namespace }: TableColumn): boolean {
  return isSortable && namespace !== 'metric' && kind !== 'time' && kind !== 'duration' && !isOfMedia
}

/** What has to be asked for: fields come with every run. */
export function valueKeys(columns: readonly TableColumn[]): readonly string[] {
  return columns.filter(({ namespace }) => namespace !== undefined).map(({ key }) => key)
}

/** Finds the values of a run's columns; `asked` are the keys that its values were asked by. */
export function cellValue(run: RunWithValues, { key }: TableColumn, asked: readonly string[]): StrictJson {
  switch (key) {
    case 'run.state':
      return run.state
    case 'run.created':
      return run.createdAtMs
    case 'run.runtime':
      return run.runtimeSeconds
    case 'run.tags':
      return run.tags
    case 'run.notes':
      return run.notes
    case 'run.user':
      return run.username
    case 'run.group':
      return run.group
    case 'run.jobType':
      return run.jobType
    case 'run.sweep':
      return run.sweepId
    case 'run.host':
      return run.host
    case 'run.id':
      return run.runId
    default:
      return run.values[asked.indexOf(key)] ?? null
  }
}

function toColumn({ key, kind }: Pick<RunKeyInfo, 'key' | 'kind'>): TableColumn {
  const figure = parseMetricColumn(key)
  if (figure !== undefined) {
    const title = `${reductionNames[figure.reduction]} of ${decodeKeyPath(figure.metric).join('.')}`
    return { key, title, namespace: 'metric', kind: 'number', width: widthFor(title.length), isSortable: true }
  }
  const [namespace, ...rest] = key.split('.')
  const title = rest.join('.')
  const letterCount = title.length + (namespace === 'config' ? 7 : 0)
  const width = widthFor(letterCount)
  return { key, title, namespace: namespace === 'config' ? 'config' : 'summary', kind, width, isSortable: true }
}

function widthFor(letterCount: number): number {
  return Math.min(260, Math.max(96, 34 + letterCount * 7))
}

/** Tells keys of summary values that are files: those have a `_type` beside their path and their size. */
function mediaTest(keys: readonly RunKeyInfo[]): (key: string) => boolean {
  const roots = new Set(keys.flatMap(({ key }) => /^(summary\..+)\._type$/s.exec(key)?.[1] ?? []))
  return (key) => {
    for (let end = key.length; end > 0; end = key.lastIndexOf('.', end - 1)) {
      if (roots.has(key.slice(0, end))) return true
    }
    return false
  }
}

/** `_runtime`, `_step` and the like, which other columns tell better. */
function isInternal(key: string): boolean {
  return /^summary\._/.test(key)
}

import type { RunsSort, SeriesX, Smoothing } from '@lossline/protocol'
import { defaultRunSelection, parseRunSelection, type RunSelection, stringifyRunSelection } from './run-selection.ts'
import { decodePart, encodePart } from './text-part.ts'

/** A closed interval in the unit of its axis; `from` < `to`. */
export type Range = readonly [from: number, to: number]

/** The x axis asked for. `auto`: what `define_metric` says for each metric, else the step. */
export type XChoice = { readonly kind: 'auto' } | SeriesX

/** Zoom of all panels whose x axis is `xId` (see `xIdOf`). */
export interface Zoom {
  readonly xId: string
  readonly range: Range
}

/** Everything about a workspace that a pasted link must bring back. */
export interface ViewState {
  /** `q`: which runs there are, in the language of queries (`parseRunQuery`). */
  readonly query: string
  /** `s`: their order; the newest first when empty. */
  readonly sort: readonly RunsSort[]
  /** `g`: keys that runs are put together by. */
  readonly groupBy: readonly string[]
  /** `col`: columns of the table; undefined: what the runs differ by. */
  readonly columns: readonly string[] | undefined
  /** `b`: the run that others are compared with. */
  readonly baseline: string | undefined
  /** `r`: which runs are drawn. */
  readonly runs: RunSelection
  /** `x` */
  readonly x: XChoice
  /** `sm` */
  readonly smoothing: Smoothing
  /** `lx` */
  readonly isLogX: boolean
  /** `ly` */
  readonly isLogY: boolean
  /** `o` */
  readonly ignoresOutliers: boolean
  /** `z`, and `zy` for panels zoomed in y too, by metric key. */
  readonly zoom: Zoom | undefined
  readonly yZooms: ReadonlyMap<string, Range>
  /** `m`: text or /regex/ that panels are filtered by. */
  readonly panelSearch: string
  /** `c`: sections that are not in their default state (open, except System). */
  readonly toggledSections: readonly string[]
}

/** Query string as flat text pairs. Keys that are not ours are kept. */
export type SearchParams = Readonly<Record<string, string>>

/** A workspace nobody has touched: its query string is empty. */
export const defaultViewState: ViewState = {
  query: '',
  sort: [],
  groupBy: [],
  columns: undefined,
  baseline: undefined,
  runs: defaultRunSelection,
  x: { kind: 'auto' },
  smoothing: { kind: 'none' },
  isLogX: false,
  isLogY: false,
  ignoresOutliers: false,
  zoom: undefined,
  yZooms: new Map(),
  panelSearch: '',
  toggledSections: [],
}

/** Query keys of a view. */
export const viewKeys = ['q', 's', 'g', 'col', 'b', 'r', 'x', 'sm', 'lx', 'ly', 'o', 'z', 'zy', 'm', 'c'] as const

/** Reads a view from a query string. Never throws: what does not parse falls back to its default. */
export function parseViewState(params: SearchParams): ViewState {
  return {
    query: params.q ?? '',
    sort: parseSort(params.s),
    groupBy: splitList(params.g),
    columns: params.col ? splitList(params.col) : undefined,
    baseline: params.b || undefined,
    runs: parseRunSelection(params.r),
    x: parseX(params.x),
    smoothing: parseSmoothing(params.sm),
    isLogX: params.lx === '1',
    isLogY: params.ly === '1',
    ignoresOutliers: params.o === '1',
    zoom: parseZoom(params.z),
    yZooms: parseYZooms(params.zy),
    panelSearch: params.m ?? '',
    toggledSections: splitList(params.c),
  }
}

/** The query string of a view, defaults left out. `parseViewState(toSearchParams(v))` equals `v`. */
export function toSearchParams(view: ViewState): SearchParams {
  const params: Record<string, string> = {}
  if (view.query !== '') params.q = view.query
  if (view.sort.length > 0) params.s = stringifySort(view.sort)
  if (view.groupBy.length > 0) params.g = joinList(view.groupBy)
  if (view.columns !== undefined && view.columns.length > 0) params.col = joinList(view.columns)
  if (view.baseline !== undefined) params.b = view.baseline
  const runs = stringifyRunSelection(view.runs)
  if (runs !== '') params.r = runs
  if (view.x.kind !== 'auto') params.x = stringifyX(view.x)
  if (view.smoothing.kind !== 'none') params.sm = stringifySmoothing(view.smoothing)
  if (view.isLogX) params.lx = '1'
  if (view.isLogY) params.ly = '1'
  if (view.ignoresOutliers) params.o = '1'
  if (view.zoom) params.z = [encodePart(view.zoom.xId), ...view.zoom.range].join('~')
  if (view.yZooms.size > 0) {
    params.zy = [...view.yZooms].map(([key, range]) => [encodePart(key), ...range].join('~')).join(',')
  }
  if (view.panelSearch !== '') params.m = view.panelSearch
  if (view.toggledSections.length > 0) params.c = joinList(view.toggledSections)
  return params
}

/** Text that is equal for two x axes exactly if a zoom of one makes sense on the other. */
export function xIdOf(x: SeriesX): string {
  return stringifyX(x)
}

function stringifyX(x: SeriesX): string {
  if (x.kind === 'metric') return `metric:${x.key}`
  return x.kind === 'expression' ? `formula:${x.expression}` : x.kind
}

/** `-summary.loss,+run.created`: descending by the loss, equal ones by their age. */
function stringifySort(sort: readonly RunsSort[]): string {
  return sort.map(({ key, isDescending }) => `${isDescending ? '-' : '+'}${encodePart(key)}`).join(',')
}

function parseSort(text: string | undefined): readonly RunsSort[] {
  return (text?.split(',') ?? []).flatMap((part) => {
    const key = decodePart(part.slice(1))
    return /^[+-]/.test(part) && key !== '' ? [{ key, isDescending: part.startsWith('-') }] : []
  })
}

function parseX(text: string | undefined): XChoice {
  if (text === 'step' || text === 'relative' || text === 'wall') return { kind: text }
  if (text?.startsWith('metric:')) return { kind: 'metric', key: text.slice('metric:'.length) }
  if (text?.startsWith('formula:')) return { kind: 'expression', expression: text.slice('formula:'.length) }
  return { kind: 'auto' }
}

function stringifySmoothing(smoothing: Smoothing): string {
  switch (smoothing.kind) {
    case 'none':
      return ''
    case 'time-weighted-ema':
      return `twema:${smoothing.weight}`
    case 'ema':
      return `ema:${smoothing.weight}`
    case 'gaussian':
      return `gaussian:${smoothing.sigma}`
    case 'running-average':
      return `average:${smoothing.window}`
  }
}

function parseSmoothing(text: string | undefined): Smoothing {
  const [kind, amountText] = text?.split(':') ?? []
  const amount = parseNumber(amountText)
  if (amount === undefined || amount < 0) return { kind: 'none' }
  if (kind === 'twema' && amount <= 1) return { kind: 'time-weighted-ema', weight: amount }
  if (kind === 'ema' && amount <= 1) return { kind: 'ema', weight: amount }
  if (kind === 'gaussian') return { kind: 'gaussian', sigma: amount }
  if (kind === 'average') return { kind: 'running-average', window: amount }
  return { kind: 'none' }
}

function parseZoom(text: string | undefined): Zoom | undefined {
  const [xId, from, to] = text?.split('~') ?? []
  const range = parseRange(from, to)
  return xId && range ? { xId: decodePart(xId), range } : undefined
}

function parseYZooms(text: string | undefined): ReadonlyMap<string, Range> {
  const zooms = new Map<string, Range>()
  for (const item of text?.split(',') ?? []) {
    const [key, from, to] = item.split('~')
    const range = parseRange(from, to)
    if (key && range) zooms.set(decodePart(key), range)
  }
  return zooms
}

function parseRange(fromText: string | undefined, toText: string | undefined): Range | undefined {
  const from = parseNumber(fromText)
  const to = parseNumber(toText)
  return from !== undefined && to !== undefined && from < to ? [from, to] : undefined
}

function parseNumber(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const value = Number(text)
  return Number.isFinite(value) ? value : undefined
}

function joinList(parts: readonly string[]): string {
  return parts.map(encodePart).join(',')
}

function splitList(text: string | undefined): readonly string[] {
  return text ? text.split(',').filter(Boolean).map(decodePart) : []
}

import type { RunsSort, SeriesX, Smoothing } from '@lossline/protocol'
import { parseYScale, type YScale } from '../chart/y-scale.ts'
import { decodePart, encodePart } from '../files/text-part.ts'
import {
  defaultRunSelection,
  parseRunSelection,
  type RunSelection,
  stringifyRunSelection,
} from '../runs/run-selection.ts'

/** A closed interval in the unit of its axis; `from` < `to`. */
export type Range = readonly [from: number, to: number]

/** The x axis asked for. `auto`: what `define_metric` says for each metric, else the step. */
export type XChoice = { readonly kind: 'auto' } | SeriesX

/** Zoom of all panels whose x axis is `xId` (see `xIdOf`). */
export interface Zoom {
  readonly xId: string
  readonly range: Range
}

/** Order of the runs in a tooltip: from the pointer on, from the largest value on, or by name. */
export const tooltipOrders = ['nearest', 'value', 'name'] as const
export type TooltipOrder = (typeof tooltipOrders)[number]

/** Everything about a workspace that a pasted link must bring back. */
export interface ViewState {
  /** `set`: the set of runs that `q` to `r` are about, by its id; '' the first one. */
  readonly runSet: string
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
  /** `p`: ids of runs that stay on top of every list and in front of all lines. */
  readonly pins: readonly string[]
  /** `r`: which runs are drawn. */
  readonly runs: RunSelection
  /** `x` */
  readonly x: XChoice
  /** `sm` */
  readonly smoothing: Smoothing
  /** `lx` */
  readonly isLogX: boolean
  /** `ly` */
  readonly yScale: YScale
  /** `o` */
  readonly ignoresOutliers: boolean
  /** `mk`: what happened in runs stands at their charts. */
  readonly showsMarks: boolean
  /** `bp`: the best point of each run is marked, where it is known which values are good. */
  readonly showsBest: boolean
  /** `gp`: lines break where a run was silent for long. */
  readonly breaksGaps: boolean
  /** `jl`: points whose x goes back and forth are joined as they were logged, not by x. */
  readonly joinsAsLogged: boolean
  /** `so`: behind a smoothed line stands what it was made of, pale. */
  readonly showsOriginal: boolean
  /** `es`: noisy lines are drawn stroke by stroke, also where they cover each other. */
  readonly drawsEveryStroke: boolean
  /** `sy`: all line charts of a section have one range of y. */
  readonly sharesYRange: boolean
  /** `zs`: a zoom is one of all panels with the same x axis; false: of its own panel alone. */
  readonly syncsZoom: boolean
  /** `tt`: which run a tooltip names first. */
  readonly tooltipOrder: TooltipOrder
  /** `z`: of all panels; `zx`: of single ones, by the panel's id, where each has its own; `zy`: in y too. */
  readonly zoom: Zoom | undefined
  readonly xZooms: ReadonlyMap<string, Zoom>
  readonly yZooms: ReadonlyMap<string, Range>
  /** `m`: text or /regex/ that panels are filtered by. */
  readonly panelSearch: string
  /** `tv`: panels that are shown as tables, by their ids. */
  readonly tables: readonly string[]
  /** `c`: sections that are not in their default state (open, except System). */
  readonly toggledSections: readonly string[]
}

/** Query string as flat text pairs. Keys that are not ours are kept. */
export type SearchParams = Readonly<Record<string, string>>

/** A workspace nobody has touched: its query string is empty. */
export const defaultViewState: ViewState = {
  runSet: '',
  query: '',
  sort: [],
  groupBy: [],
  columns: undefined,
  baseline: undefined,
  pins: [],
  runs: defaultRunSelection,
  x: { kind: 'auto' },
  smoothing: { kind: 'none' },
  isLogX: false,
  yScale: 'linear',
  ignoresOutliers: false,
  showsMarks: true,
  showsBest: true,
  breaksGaps: false,
  joinsAsLogged: false,
  showsOriginal: true,
  drawsEveryStroke: false,
  sharesYRange: false,
  syncsZoom: true,
  tooltipOrder: 'nearest',
  zoom: undefined,
  xZooms: new Map(),
  yZooms: new Map(),
  panelSearch: '',
  tables: [],
  toggledSections: [],
}

/** Query keys of which runs there are, how they are put in order and which of them are drawn: each set of runs has its own. */
export const runSetKeys = ['q', 's', 'g', 'col', 'b', 'p', 'r'] as const

/** Query keys of a view. */
export const viewKeys = [
  'set',
  ...runSetKeys,
  'x',
  'sm',
  'lx',
  'ly',
  'o',
  'mk',
  'bp',
  'gp',
  'jl',
  'so',
  'es',
  'sy',
  'zs',
  'tt',
  'z',
  'zx',
  'zy',
  'm',
  'tv',
  'c',
] as const

/** Reads a view from a query string. Never throws: what does not parse falls back to its default. */
export function parseViewState(params: SearchParams): ViewState {
  return {
    runSet: params.set ?? '',
    query: params.q ?? '',
    sort: parseSort(params.s),
    groupBy: splitList(params.g),
    columns: params.col ? splitList(params.col) : undefined,
    baseline: params.b || undefined,
    pins: [...new Set(splitList(params.p))],
    runs: parseRunSelection(params.r),
    x: parseX(params.x),
    smoothing: parseSmoothing(params.sm),
    isLogX: params.lx === '1',
    yScale: params.ly === '1' ? 'log' : (parseYScale(params.ly) ?? 'linear'),
    ignoresOutliers: params.o === '1',
    showsMarks: params.mk !== '0',
    showsBest: params.bp !== '0',
    breaksGaps: params.gp === '1',
    joinsAsLogged: params.jl === '1',
    showsOriginal: params.so !== '0',
    drawsEveryStroke: params.es === '1',
    sharesYRange: params.sy === '1',
    syncsZoom: params.zs !== '0',
    tooltipOrder: tooltipOrders.find((order) => order === params.tt) ?? 'nearest',
    zoom: parseZoom(params.z),
    xZooms: parseXZooms(params.zx),
    yZooms: parseYZooms(params.zy),
    panelSearch: params.m ?? '',
    tables: splitList(params.tv),
    toggledSections: splitList(params.c),
  }
}

/** The query string of a view, defaults left out. `parseViewState(toSearchParams(v))` equals `v`. */
export function toSearchParams(view: ViewState): SearchParams {
  const params: Record<string, string> = {}
  if (view.runSet !== '') params.set = view.runSet
  if (view.query !== '') params.q = view.query
  if (view.sort.length > 0) params.s = stringifySort(view.sort)
  if (view.groupBy.length > 0) params.g = joinList(view.groupBy)
  if (view.columns !== undefined && view.columns.length > 0) params.col = joinList(view.columns)
  if (view.baseline !== undefined) params.b = view.baseline
  if (view.pins.length > 0) params.p = joinList(view.pins)
  const runs = stringifyRunSelection(view.runs)
  if (runs !== '') params.r = runs
  if (view.x.kind !== 'auto') params.x = stringifyX(view.x)
  if (view.smoothing.kind !== 'none') params.sm = stringifySmoothing(view.smoothing)
  if (view.isLogX) params.lx = '1'
  if (view.yScale !== 'linear') params.ly = view.yScale === 'log' ? '1' : view.yScale
  if (view.ignoresOutliers) params.o = '1'
  if (!view.showsMarks) params.mk = '0'
  if (!view.showsBest) params.bp = '0'
  if (view.breaksGaps) params.gp = '1'
  if (view.joinsAsLogged) params.jl = '1'
  if (!view.showsOriginal) params.so = '0'
  if (view.drawsEveryStroke) params.es = '1'
  if (view.sharesYRange) params.sy = '1'
  if (!view.syncsZoom) params.zs = '0'
  if (view.tooltipOrder !== 'nearest') params.tt = view.tooltipOrder
  if (view.zoom) params.z = [encodePart(view.zoom.xId), ...view.zoom.range].join('~')
  if (view.xZooms.size > 0) {
    const texts = [...view.xZooms].map(([id, { xId, range }]) => [encodePart(id), encodePart(xId), ...range].join('~'))
    params.zx = texts.join(',')
  }
  if (view.yZooms.size > 0) {
    params.zy = [...view.yZooms].map(([key, range]) => [encodePart(key), ...range].join('~')).join(',')
  }
  if (view.panelSearch !== '') params.m = view.panelSearch
  if (view.tables.length > 0) params.tv = joinList(view.tables)
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

/** Axes that need no further word. */
export const plainXKinds = ['step', 'relative', 'relative-wall', 'wall'] as const

function parseX(text: string | undefined): XChoice {
  const plain = plainXKinds.find((kind) => kind === text)
  if (plain) return { kind: plain }
  if (text?.startsWith('metric:')) return { kind: 'metric', key: text.slice('metric:'.length) }
  if (text?.startsWith('formula:')) return { kind: 'expression', expression: text.slice('formula:'.length) }
  return { kind: 'auto' }
}

function stringifySmoothing(smoothing: Smoothing): string {
  switch (smoothing.kind) {
    case 'none':
      return ''
    case 'time-weighted-ema':
      return ['twema', smoothing.weight, ...(smoothing.range === undefined ? [] : [smoothing.range])].join(':')
    case 'ema':
      return `ema:${smoothing.weight}`
    case 'gaussian':
      return `gaussian:${smoothing.sigma}`
    case 'running-average':
      return `average:${smoothing.window}`
  }
}

function parseSmoothing(text: string | undefined): Smoothing {
  const [kind, amountText, rangeText] = text?.split(':') ?? []
  const amount = parseNumber(amountText)
  if (amount === undefined || amount < 0) return { kind: 'none' }
  if (kind === 'twema' && amount <= 1) {
    const range = parseNumber(rangeText)
    return { kind: 'time-weighted-ema', weight: amount, ...(range !== undefined && range > 0 && { range }) }
  }
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

function parseXZooms(text: string | undefined): ReadonlyMap<string, Zoom> {
  const zooms = new Map<string, Zoom>()
  for (const item of text?.split(',') ?? []) {
    const [panelId, ...rest] = item.split('~')
    const zoom = parseZoom(rest.join('~'))
    if (panelId && zoom) zooms.set(decodePart(panelId), zoom)
  }
  return zooms
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

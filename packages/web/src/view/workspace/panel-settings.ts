import type { Smoothing } from '@lossline/protocol'
import type { ViewState, XChoice } from '../address/url-state.ts'
import { parseYScale, type YScale } from '../chart/y-scale.ts'
import { booleanAt, type Json, type JsonObject, numberAt, objectAt, textAt, withKeys, withObject } from './json.ts'
import type { PanelSettings } from './workspace.ts'

/** Where a setting comes from. */
export type SettingSource = 'panel' | 'section' | 'workspace'

/** Settings with a value each, as a button in a panel sets them. */
export type AppliedSettings = { readonly [Key in CascadingKey]?: NonNullable<PanelSettings[Key]> }
type CascadingKey = Exclude<keyof PanelSettings, 'xMin' | 'xMax'>

/** Our own words in W&B's JSON, which its programs leave alone: what its form has no place for. */
export const ownKey = 'lossline'

/** The JSON with another choice of ours, for which W&B has no word. */
export function withOwnChoice(config: JsonObject, choice: Readonly<Record<string, Json | undefined>>): JsonObject {
  return withObject(config, ownKey, (own) => withKeys(own, choice))
}

const xNames: Readonly<Record<string, XChoice>> = {
  _step: { kind: 'step' },
  _runtime: { kind: 'relative' },
  _absolute_runtime: { kind: 'relative-wall' },
  _timestamp: { kind: 'wall' },
}

/** Settings of a section, `localPanelSettings`, or of a whole workspace, `settings`. */
export function readSettings(source: JsonObject): PanelSettings {
  const own = objectAt(source, ownKey)
  return {
    x: readX(source),
    xMin: numberAt(source, 'xAxisMin'),
    xMax: numberAt(source, 'xAxisMax'),
    smoothing: readSmoothing(source),
    isLogX: booleanAt(own, 'isLogX'),
    yScale: readYScale(own, 'isLogY', own),
    ignoresOutliers: booleanAt(own, 'ignoresOutliers') ?? (booleanAt(source, 'ignoreOutliers') || undefined),
    ...readOwnSettings(own),
  }
}

/** The same as changes of the JSON that they were read from. */
export function writeSettings(settings: PanelSettings, source: JsonObject): JsonObject {
  const before = readSettings(source)
  let next = source
  if (!isSameSetting(settings.x, before.x)) {
    next = withKeys(next, { xAxis: xText(settings.x) ?? '_step', xAxisActive: settings.x !== undefined })
  }
  next = withKeys(next, changedNumber('xAxisMin', settings.xMin, before.xMin))
  next = withKeys(next, changedNumber('xAxisMax', settings.xMax, before.xMax))
  if (!isSameSetting(settings.smoothing, before.smoothing)) next = writeSmoothing(next, settings.smoothing)
  if (settings.ignoresOutliers !== before.ignoresOutliers) {
    next = withKeys(next, { ignoreOutliers: settings.ignoresOutliers ?? false })
    next = withObject(next, ownKey, (own) => withKeys(own, { ignoresOutliers: settings.ignoresOutliers }))
  }
  const yScale = { isLogY: isLogOf(settings.yScale), yScale: symlogOf(settings.yScale) }
  return withObject(next, ownKey, (own) =>
    withKeys(own, { isLogX: settings.isLogX, ...yScale, ...ownSettingsOf(settings) }),
  )
}

/** What holds for a panel: its own settings before those of its section, before those of the workspace. */
export function cascade(view: ViewState, section: PanelSettings, panel: PanelSettings): ViewState {
  // What ends a range is no part of a view: it is of one axis.
  const { xMin: _, xMax: __, ...said } = { ...definedOf(section), ...definedOf(panel) }
  return hasSettings(said) ? { ...view, ...(said as Partial<ViewState>) } : view
}

/** Who says what holds for a panel, or without one for a section. */
export function sourceOf(
  key: keyof PanelSettings,
  section: PanelSettings,
  panel: PanelSettings | undefined,
): SettingSource {
  if (panel?.[key] !== undefined) return 'panel'
  return section[key] === undefined ? 'workspace' : 'section'
}

/** Whether anything is said at all. */
export function hasSettings(settings: PanelSettings): boolean {
  return Object.values(settings).some((value) => value !== undefined)
}

/** Settings that are on or off, for which W&B has no word. */
const ownSwitches = [
  'showsMarks',
  'showsBest',
  'breaksGaps',
  'joinsAsLogged',
  'showsOriginal',
  'drawsEveryStroke',
  'sharesYRange',
] as const satisfies readonly (keyof PanelSettings)[]

type OwnSettings = { readonly [Key in (typeof ownSwitches)[number]]: boolean | undefined }

/** Those settings as changes of our own part of a JSON. */
export function ownSettingsOf(settings: PanelSettings): OwnSettings {
  return fromSwitches((key) => settings[key])
}

/** And back. */
export function readOwnSettings(own: JsonObject): OwnSettings {
  return fromSwitches((key) => booleanAt(own, key))
}

function fromSwitches(read: (key: keyof OwnSettings) => boolean | undefined): OwnSettings {
  // Each key once: nothing is missing.
  return Object.fromEntries(ownSwitches.map((key) => [key, read(key)])) as OwnSettings
}

/**
 * W&B says of a y axis whether it is logarithmic; that such a one goes on below 0 stands beside it in our own words.
 *
 * @param key - Where that is.
 */
export function readYScale(source: JsonObject, key: string, own: JsonObject): YScale | undefined {
  const isLog = booleanAt(source, key)
  if (isLog !== true) return isLog === undefined ? undefined : 'linear'
  return parseYScale(textAt(own, 'yScale')) ?? 'log'
}

/** A y axis in W&B's words. */
export function isLogOf(scale: YScale | undefined): boolean | undefined {
  return scale && scale !== 'linear'
}

/** And what is beside them. */
export function symlogOf(scale: YScale | undefined): YScale | undefined {
  return scale === 'symlog' ? scale : undefined
}

/** An x axis in W&B's words. */
export function xText(x: XChoice | undefined): string | undefined {
  switch (x?.kind) {
    case 'step':
      return '_step'
    case 'relative':
      return '_runtime'
    case 'relative-wall':
      return '_absolute_runtime'
    case 'wall':
      return '_timestamp'
    case 'metric':
      return x.key
    default:
      return undefined
  }
}

/** W&B's words for an x axis as ours. */
export function toX(text: string): XChoice {
  return xNames[text] ?? { kind: 'metric', key: text }
}

/** A smoothing in W&B's words; a weight of 0 is none. `range`: what its weight refers to, where somebody has fixed that. */
export function toSmoothing(type: string | undefined, weight: number, range?: number): Smoothing {
  if (weight <= 0) return { kind: 'none' }
  switch (type) {
    case 'exponentialTimeWeighted':
      return {
        kind: 'time-weighted-ema',
        weight: Math.min(weight, 1),
        ...(range !== undefined && range > 0 && { range }),
      }
    case 'exponential':
      return { kind: 'ema', weight: Math.min(weight, 1) }
    case 'gaussian':
      return { kind: 'gaussian', sigma: weight }
    case 'average':
      return { kind: 'running-average', window: weight }
    default:
      return { kind: 'none' }
  }
}

/** A smoothing as W&B's words. */
export function smoothingText(smoothing: Smoothing): { readonly type: string; readonly weight: number } {
  switch (smoothing.kind) {
    case 'time-weighted-ema':
      return { type: 'exponentialTimeWeighted', weight: smoothing.weight }
    case 'ema':
      return { type: 'exponential', weight: smoothing.weight }
    case 'gaussian':
      return { type: 'gaussian', weight: smoothing.sigma }
    case 'running-average':
      return { type: 'average', weight: smoothing.window }
    case 'none':
      return { type: 'none', weight: 0 }
  }
}

function readX(source: JsonObject): XChoice | undefined {
  const text = textAt(source, 'xAxis')
  if (text === undefined) return undefined
  const isActive = booleanAt(source, 'xAxisActive') ?? text !== '_step'
  return isActive ? toX(text) : undefined
}

function readSmoothing(source: JsonObject): Smoothing | undefined {
  const type = textAt(source, 'smoothingType')
  const weight = numberAt(objectAt(source, ownKey), 'smoothingWeight') ?? numberAt(source, 'smoothingWeight') ?? 0
  const isActive = booleanAt(source, 'smoothingActive') ?? weight !== 0
  // W&B's library calls its own default active: `exponential` by 0.
  if (!isActive || (type === 'exponential' && weight === 0)) return undefined
  return toSmoothing(type, weight, numberAt(objectAt(source, ownKey), 'smoothingRange'))
}

/** W&B's library reads whole numbers only, so a weight such as 0.6 stands beside, in our own words. */
function writeSmoothing(source: JsonObject, smoothing: Smoothing | undefined): JsonObject {
  const { type, weight } = smoothingText(smoothing ?? { kind: 'none' })
  const isWhole = Number.isInteger(weight)
  const next = withKeys(source, {
    smoothingType: type,
    smoothingWeight: isWhole ? weight : 0,
    smoothingActive: smoothing !== undefined,
  })
  return withObject(next, ownKey, (own) =>
    withKeys(own, { smoothingWeight: isWhole ? undefined : weight, smoothingRange: rangeOf(smoothing) }),
  )
}

/** What a weight refers to, where somebody has fixed that: W&B has no word for it. */
export function rangeOf(smoothing: Smoothing | undefined): number | undefined {
  return smoothing?.kind === 'time-weighted-ema' ? smoothing.range : undefined
}

function changedNumber(
  key: string,
  value: number | undefined,
  before: number | undefined,
): Readonly<Record<string, number | undefined>> {
  return value === before ? {} : { [key]: value }
}

function definedOf(settings: PanelSettings): PanelSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
}

/** Whether two values of a setting are the same, as they would be saved. */
export function isSameSetting(a: object | undefined, b: object | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

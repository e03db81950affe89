import { booleanAt, type JsonObject, numberAt, objectAt, textAt, withKeys } from '../workspace/json.ts'
import { ownKey } from '../workspace/panel-settings.ts'
import { fromAccessor, shortKey, toAccessor } from './axis-key.ts'
import type { PanelKind } from './panel-kind.ts'

/** An axis of a scatter plot. */
export interface ScatterAxis {
  /** As queries have it. */
  readonly key: string | undefined
  readonly isLog: boolean
  readonly min: number | undefined
  readonly max: number | undefined
}

/** Which end of an axis is the better one, where a frontier is wanted. */
export type BetterEnd = 'low' | 'high'

/** Runs as points. */
export interface ScatterConfig {
  readonly title: string | undefined
  readonly x: ScatterAxis
  readonly y: ScatterAxis
  /** Colours the points. */
  readonly z: ScatterAxis
  readonly hasRegression: boolean
  /** Undefined: no frontier. */
  readonly frontier: { readonly x: BetterEnd; readonly y: BetterEnd } | undefined
}

export const scatterPanel: PanelKind<ScatterConfig> = {
  kind: 'Scatter Plot',
  title: 'Scatter plot',
  description: 'Runs as points by two of their values',
  needs: 'nothing',
  parse: (config) => ({
    title: textAt(config, 'chartTitle') || undefined,
    x: readAxis(config, 'x'),
    y: readAxis(config, 'y'),
    z: readAxis(config, 'z'),
    hasRegression: booleanAt(config, 'showLinearRegression') === true,
    frontier: readFrontier(objectAt(config, ownKey)),
  }),
  titleOf: ({ title, x, y }) => {
    if (title !== undefined) return title
    return x.key && y.key ? `${shortKey(y.key)} by ${shortKey(x.key)}` : 'Scatter plot'
  },
  metricsOf: () => [],
  create: () => ({}),
}

/** The JSON with another key on an axis. */
export function withAxisKey(config: JsonObject, axis: 'x' | 'y' | 'z', key: string): JsonObject {
  return withKeys(config, { [`${axis}Axis`]: key === '' ? undefined : toAccessor(key) })
}

function readAxis(config: JsonObject, axis: 'x' | 'y' | 'z'): ScatterAxis {
  return {
    key: fromAccessor(textAt(config, `${axis}Axis`)),
    isLog: booleanAt(config, `${axis}AxisLogScale`) === true,
    min: numberAt(config, `${axis}AxisMin`),
    max: numberAt(config, `${axis}AxisMax`),
  }
}

function readFrontier(own: JsonObject): ScatterConfig['frontier'] {
  const [x, y] = [textAt(own, 'betterX'), textAt(own, 'betterY')]
  const isEnd = (text: string | undefined): text is BetterEnd => text === 'low' || text === 'high'
  return isEnd(x) && isEnd(y) ? { x, y } : undefined
}

import { booleanAt, type JsonObject, numberAt, objectAt, withKeys } from '../workspace/json.ts'
import { ownKey, withOwnChoice } from '../workspace/panel-settings.ts'

/** Ends of the axes that somebody has set; those of x in its unit. */
export interface AxisLimits {
  readonly xMin?: number | undefined
  readonly xMax?: number | undefined
  readonly yMin?: number | undefined
  readonly yMax?: number | undefined
  /** A y axis that nobody has zoomed shows 0, whatever the data. */
  readonly includesZero?: boolean | undefined
}

/** What a line chart says of its y axis. */
export function readLimits(config: JsonObject): Pick<AxisLimits, 'yMin' | 'yMax' | 'includesZero'> {
  return {
    yMin: numberAt(config, 'yAxisMin'),
    yMax: numberAt(config, 'yAxisMax'),
    includesZero: booleanAt(objectAt(config, ownKey), 'includesZero'),
  }
}

/** The JSON with other ends of y; undefined ones follow the data. */
export function withYRange(
  config: JsonObject,
  [yMin, yMax]: readonly [number | undefined, number | undefined],
): JsonObject {
  return withKeys(config, { yAxisMin: yMin, yAxisMax: yMax })
}

/** The JSON of an axis that always shows 0, or not. */
export function withIncludesZero(config: JsonObject, includesZero: boolean): JsonObject {
  return withOwnChoice(config, { includesZero: includesZero || undefined })
}

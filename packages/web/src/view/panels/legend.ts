import { type JsonObject, objectAt, textAt, withKeys } from '../workspace/json.ts'
import { ownKey, withOwnChoice } from '../workspace/panel-settings.ts'

/** Where the names of a chart's lines stand, in W&B's words; `none` is ours. */
export const legendPositions = ['south', 'north', 'east', 'west', 'none'] as const
export type LegendPosition = (typeof legendPositions)[number]

/** Undefined: below, where nothing else names the lines. */
export function readLegendPosition(config: JsonObject): LegendPosition | undefined {
  if (textAt(objectAt(config, ownKey), 'legend') === 'none') return 'none'
  const text = textAt(config, 'legendPosition')
  return legendPositions.find((position) => position === text && position !== 'none')
}

/** The JSON of a chart with the names elsewhere. */
export function withLegendPosition(config: JsonObject, position: LegendPosition | undefined): JsonObject {
  const theirs = position === 'none' ? undefined : position
  const next = withKeys(config, { legendPosition: theirs })
  return withOwnChoice(next, { legend: position === 'none' ? position : undefined })
}

/** How lines are named; undefined: as their runs. */
export function readLegendTemplate(config: JsonObject): string | undefined {
  return textAt(config, 'legendTemplate')?.trim() || undefined
}

/** The JSON of a chart whose lines have other names; without a text those of their runs. */
export function withLegendTemplate(config: JsonObject, text: string): JsonObject {
  return withKeys(config, { legendTemplate: text.trim() === '' ? undefined : text })
}

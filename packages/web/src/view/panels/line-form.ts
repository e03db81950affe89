import { type JsonObject, objectAt, textAt, withKeys } from '../workspace/json.ts'
import { ownKey, withOwnChoice } from '../workspace/panel-settings.ts'

/** How lines are drawn: as such, filled down to 0, one on top of the other, or as shares of their sum. */
export const lineForms = ['line', 'area', 'stacked', 'percent'] as const
export type LineForm = (typeof lineForms)[number]

/** W&B's words for them; it has none for areas that are not stacked. */
const theirs: Readonly<Record<string, LineForm>> = { 'stacked-area': 'stacked', 'pct-area': 'percent' }

/** How a chart draws its lines. */
export function readLineForm(config: JsonObject): LineForm {
  const form = theirs[textAt(config, 'plotType') ?? '']
  return form ?? (textAt(objectAt(config, ownKey), 'form') === 'area' ? 'area' : 'line')
}

/** The JSON of a chart that draws them otherwise. */
export function withLineForm(config: JsonObject, form: LineForm): JsonObject {
  if (form === readLineForm(config)) return config
  const word = Object.keys(theirs).find((key) => theirs[key] === form)
  // A chart that never had a word for it is one of lines.
  const plotType = word ?? (config.plotType === undefined ? undefined : 'line')
  return withOwnChoice(withKeys(config, { plotType }), { form: form === 'area' ? form : undefined })
}

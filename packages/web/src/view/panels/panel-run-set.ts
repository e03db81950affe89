import { type JsonObject, objectAt, textAt } from '../workspace/json.ts'
import { ownKey, withOwnChoice } from '../workspace/panel-settings.ts'

/** The set of runs that a panel draws, by its id; undefined: all that are on. */
export function readPanelRunSet(config: JsonObject): string | undefined {
  return textAt(objectAt(config, ownKey), 'runSet')
}

/** The JSON of a panel that draws another set; undefined: all that are on. */
export function withPanelRunSet(config: JsonObject, id: string | undefined): JsonObject {
  return withOwnChoice(config, { runSet: id })
}

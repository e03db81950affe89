import { type JsonObject, numberAt, objectAt, textAt } from '../workspace/json.ts'
import { ownKey, withOwnChoice } from '../workspace/panel-settings.ts'

/** A step that a panel has for itself, which the other panels of the page do not follow. */
export interface OwnStep {
  /** Undefined follows the newest. */
  readonly step: number | undefined
  /** The metric whose values `step` is one of; undefined: it is a step. */
  readonly axis?: string | undefined
}

/** The step that the JSON of a panel says it has for itself; undefined: it goes with the page. */
export function readOwnStep(config: JsonObject): OwnStep | undefined {
  const own = objectAt(config, ownKey)
  const step = numberAt(own, 'ownStep')
  const axis = textAt(own, 'ownAxis') || undefined
  if (step !== undefined) return { step: axis === undefined ? Math.trunc(step) : step, axis }
  return textAt(own, 'ownStep') === 'newest' ? { step: undefined, axis } : undefined
}

/** The JSON with a step of its own; undefined: with that of the page. */
export function withOwnStep(config: JsonObject, own: OwnStep | undefined): JsonObject {
  return withOwnChoice(config, { ownStep: own && (own.step ?? 'newest'), ownAxis: own?.axis })
}

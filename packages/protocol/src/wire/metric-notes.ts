import { isJsonObject, type JsonObject } from '../json/json-value.ts'

/** What a run says of a metric for people to read. */
export interface MetricNote {
  readonly description?: string | undefined
  /** Of its values: `s`, `MB`, `%`, `tokens`. */
  readonly unit?: string | undefined
}

/**
 * Where in a run's config they are: an object by name of the metric (or by prefix with a `*` behind it), as `defineMetric` gave
 * it, below our own key of `_wandb`. The definition itself has no place for them that W&B's tools would pass on.
 */
export const metricNotesPath: readonly string[] = ['_wandb', 'lossline', 'metrics']

/**
 * Reads them. What has another form is left out.
 *
 * @param internals - `_wandb` of the config.
 */
export function readMetricNotes(internals: JsonObject): ReadonlyMap<string, MetricNote> {
  let notes: JsonObject = internals
  for (const label of metricNotesPath.slice(1)) {
    const below = Object.hasOwn(notes, label) ? notes[label] : undefined
    if (!isJsonObject(below)) return new Map()
    notes = below
  }
  return new Map(
    Object.entries(notes).flatMap(([name, note]): [string, MetricNote][] => {
      if (!isJsonObject(note)) return []
      const { description, unit } = note
      return [
        [
          name,
          {
            ...(typeof description === 'string' ? { description } : {}),
            ...(typeof unit === 'string' ? { unit } : {}),
          },
        ],
      ]
    }),
  )
}

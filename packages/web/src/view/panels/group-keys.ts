import { booleanAt, isSameJson, type JsonObject, objectAt, textAt, textsAt, withKeys } from '../workspace/json.ts'
import { ownKey, withOwnChoice } from '../workspace/panel-settings.ts'
import { readIsOneGroup, withOneGroup } from './grouping.ts'

/** W&B's names of what a run itself has, as our queries have them. */
const fields: Readonly<Record<string, string>> = {
  group: 'run.group',
  jobType: 'run.jobType',
  state: 'run.state',
  username: 'run.user',
  displayName: 'run.name',
  name: 'run.id',
}

/**
 * By what a chart puts runs together: `lr.value` is `config.lr`. None: it says that it does not; undefined: it says nothing. W&B knows one
 * key of the config or a field; several, and others, stand beside it in our own words as long as nobody changes W&B's.
 */
export function readGroupKeys(config: JsonObject): readonly string[] | undefined {
  if (booleanAt(config, 'aggregate') === false) return []
  const own = textsAt(objectAt(config, ownKey), 'groupBy')
  const key = textAt(config, 'groupBy') || undefined
  if (own.length > 0 && key === theirKey(own)) return own
  if (key === undefined) return undefined
  return key === 'None' ? [] : [fromTheirs(key)]
}

/** How the runs of one chart become lines, whatever the list of runs does. */
export type RunGrouping =
  | { readonly kind: 'as-list' }
  | { readonly kind: 'alone' }
  | { readonly kind: 'whole' }
  | { readonly kind: 'keys'; readonly keys: readonly string[] }

/** What a line chart says of it. */
export function readRunGrouping(config: JsonObject): RunGrouping {
  if (readIsOneGroup(config)) return { kind: 'whole' }
  const keys = readGroupKeys(config)
  if (keys === undefined) return { kind: 'as-list' }
  return keys.length === 0 ? { kind: 'alone' } : { kind: 'keys', keys }
}

/** The JSON of a line chart that puts runs together otherwise. Keys without any are runs alone. */
export function withRunGrouping(config: JsonObject, grouping: RunGrouping): JsonObject {
  if (isSameJson({ ...readRunGrouping(config) }, { ...grouping })) return config
  switch (grouping.kind) {
    case 'whole':
      return withOneGroup(config, true)
    case 'as-list':
      return withTheirs(withOneGroup(config, false), { groupBy: undefined, aggregate: undefined }, undefined)
    case 'alone':
      return withTheirs(withOneGroup(config, false), { groupBy: 'None', aggregate: false }, undefined)
    case 'keys': {
      if (grouping.keys.length === 0) return withRunGrouping(config, { kind: 'alone' })
      const groupBy = theirKey(grouping.keys)
      const isTheirs = grouping.keys.length === 1 && groupBy !== undefined
      return withTheirs(withOneGroup(config, false), { groupBy, aggregate: true }, isTheirs ? undefined : grouping.keys)
    }
  }
}

function withTheirs(
  config: JsonObject,
  theirs: { readonly groupBy: string | undefined; readonly aggregate: boolean | undefined },
  own: readonly string[] | undefined,
): JsonObject {
  return withOwnChoice(withKeys(config, theirs), { groupBy: own })
}

/** The first of some keys that W&B has a word for. */
function theirKey(keys: readonly string[]): string | undefined {
  return keys.map(toTheirs).find((key) => key !== undefined)
}

/** `config.lr` is `lr.value`, and `config.optimizer.name` is `optimizer.value.name`. */
function toTheirs(key: string): string | undefined {
  const field = Object.keys(fields).find((name) => fields[name] === key)
  if (field !== undefined) return field
  const [, first, rest] = /^config\.((?:\\.|[^.\\])+)(.*)$/s.exec(key) ?? []
  const theirs = first === undefined ? undefined : `${first}.value${rest}`
  // A name that has their word in it would be read as another one.
  return theirs !== undefined && fromTheirs(theirs) === key ? theirs : undefined
}

function fromTheirs(key: string): string {
  return fields[key] ?? `config.${key.replace('.value', '')}`
}

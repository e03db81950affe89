import { isJsonObject, type JsonObject, type JsonValue, parseJson, stringifyJson } from '@lossline/protocol'

/**
 * A client sends its whole config, in which `_wandb.value.e` holds the environment of that process alone. This puts the
 * entries of other processes (an earlier run that was resumed) back in.
 *
 * @param config - New config, W&B's form as text.
 * @param before - Config stored so far, if any.
 */
export function keepOtherWriters(config: string, before: string | undefined): string {
  if (before === undefined || !before.includes('"e"')) return config
  const earlier = environments(parseJson(before))
  const tree = parseJson(config)
  if (earlier === undefined || !isJsonObject(tree)) return config
  const now = environments(tree) ?? {}
  if (Object.keys(earlier).every((writer) => writer in now)) return config
  const internals = member(tree._wandb, 'value')
  const merged = { ...(isJsonObject(internals) ? internals : {}), e: { ...earlier, ...now } }
  return stringifyJson({ ...tree, _wandb: { value: merged } })
}

/** The environments by writer (`_wandb.value.e`) of a config tree in W&B's form. */
export function environments(config: JsonValue): JsonObject | undefined {
  if (!isJsonObject(config)) return undefined
  const found = member(member(config._wandb, 'value'), 'e')
  return isJsonObject(found) ? found : undefined
}

/**
 * When the first process of the run started, by its own clock; undefined if the config does not say, or says a time to come.
 * A folder that is read long after its run would else look as if it were new.
 */
export function startedAtMs(config: string | undefined, nowMs: number): number | undefined {
  if (config === undefined || !config.includes('"startedAt"')) return undefined
  const times = Object.values(environments(parseJson(config)) ?? {})
    .map((environment) => Date.parse(String(member(environment, 'startedAt'))))
    .filter((timeMs) => timeMs > 0 && timeMs <= nowMs)
  return times.length === 0 ? undefined : Math.min(...times)
}

function member(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

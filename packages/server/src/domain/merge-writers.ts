import { isJsonObject, type JsonObject, type JsonValue, parseJson, stringifyJson } from '@lossline/protocol'

/** Config of several writers, W&B's form as text: what one does not have stays. Below `_wandb` too. */
export function mergeConfigs(config: string, before: string | undefined): string {
  const earlier = objectOf(before)
  const now = objectOf(config)
  const internals = { ...internalsOf(earlier), ...internalsOf(now) }
  const merged = { ...earlier, ...now }
  return stringifyJson(Object.keys(internals).length === 0 ? merged : { ...merged, _wandb: { value: internals } })
}

/** Summary of several writers as text: what one does not have stays, and the run lasted as long as its longest writer. */
export function mergeSummaries(summary: string, before: string): string {
  const earlier = objectOf(before)
  const now = objectOf(summary)
  const merged: JsonObject = { ...earlier, ...now }
  const internals = { ...asObject(earlier._wandb), ...asObject(now._wandb) }
  const runtime = longer(asObject(earlier._wandb).runtime, asObject(now._wandb).runtime)
  const exactRuntime = longer(earlier._runtime, now._runtime)
  return stringifyJson({
    ...merged,
    ...(exactRuntime === undefined ? {} : { _runtime: exactRuntime }),
    ...(runtime === undefined && Object.keys(internals).length === 0
      ? {}
      : { _wandb: { ...internals, ...(runtime === undefined ? {} : { runtime }) } }),
  })
}

function longer(a: JsonValue | undefined, b: JsonValue | undefined): number | undefined {
  const known = [a, b].filter((value): value is number => typeof value === 'number')
  return known.length === 0 ? undefined : Math.max(...known)
}

function internalsOf(config: JsonObject): JsonObject {
  return asObject(asObject(config._wandb).value)
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

function objectOf(text: string | undefined): JsonObject {
  return asObject(text === undefined || text === '' ? {} : parseJson(text))
}

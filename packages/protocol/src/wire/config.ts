import { isJsonObject, type JsonObject, type JsonValue, setProperty } from '../json/json-value.ts'

/** The config as W&B's server stores it: each top-level key once wrapped, `{"lr": {"value": 0.1}}`. */
export function toWireConfig(config: JsonObject): JsonObject {
  const wire: Record<string, JsonValue> = {}
  for (const key of Object.keys(config)) setProperty<JsonValue>(wire, key, { value: config[key] as JsonValue })
  return wire
}

/**
 * The config without its wrappers. Takes `desc` beside `value`, as older clients write, drops `wandb_version`, and leaves
 * alone what is not wrapped.
 */
export function fromWireConfig(wire: JsonObject): JsonObject {
  const config: Record<string, JsonValue> = {}
  for (const key of Object.keys(wire)) {
    if (key === 'wandb_version') continue
    const entry = wire[key] as JsonValue
    setProperty(config, key, isWrapped(entry) ? (entry.value as JsonValue) : entry)
  }
  return config
}

/**
 * The config without its wrappers, as our own server and SDK read back what they or others have sent: a member with a `value` is
 * a wrapper whatever else it has, and everything else, `_wandb` too, stays.
 */
export function unwrapConfig(wire: JsonObject): JsonObject {
  const entries = Object.entries(wire).map(([key, entry]): [string, JsonValue] => [
    key,
    isJsonObject(entry) && Object.hasOwn(entry, 'value') ? (entry.value as JsonValue) : entry,
  ])
  return Object.fromEntries(entries)
}

function isWrapped(entry: JsonValue): entry is JsonObject {
  return (
    isJsonObject(entry) &&
    Object.hasOwn(entry, 'value') &&
    Object.keys(entry).every((name) => name === 'value' || name === 'desc')
  )
}

import { InvalidSettingError } from '../errors.ts'
import { describeUnknownName } from '../options/check-options.ts'
import { settingTable } from './setting-table.ts'
import type { Settings } from './settings.ts'

/** Settings from one place. Later layers win over earlier ones. */
export interface SettingsLayer {
  /** Where they come from, in words for an error message: `environment`, `argument`, a file's path. */
  readonly source: string
  /** Values by setting name, as they came. `undefined` is the same as absent. */
  readonly values: Readonly<Partial<Record<keyof Settings, unknown>>>
}

const settingNames = Object.keys(settingTable) as (keyof Settings)[]

/**
 * Merges layers, lowest first, and checks each value that wins.
 *
 * @param names - The settings to look at. Default: all.
 * @throws {@link InvalidSettingError} that names the setting and its source.
 */
export function resolveSettings(
  layers: readonly SettingsLayer[],
  names: readonly (keyof Settings)[] = settingNames,
): Settings {
  const settings: Partial<Record<keyof Settings, unknown>> = {}
  for (const name of names) {
    const layer = layers.findLast((candidate) => candidate.values[name] !== undefined)
    if (layer !== undefined) settings[name] = parseSetting(name, layer)
  }
  // Each value went through the parser of its own name just above.
  return settings as Settings
}

/**
 * Refuses names that no setting has: a mistyped one would be ignored without a word.
 *
 * @param others - Names that may be meant and are looked at elsewhere.
 * @throws {@link InvalidSettingError} that names the setting it could have been.
 */
export function checkSettingNames(values: object, source: string, others: readonly string[] = []): void {
  for (const name of Object.keys(values)) {
    if (Object.hasOwn(settingTable, name)) continue
    const { hint } = describeUnknownName(name, [...others, ...settingNames], 'setting')
    throw new InvalidSettingError({ setting: name, source, message: 'there is no setting of this name.', hint })
  }
}

/** Reads the environment: `LOSSLINE_X`, and `WANDB_X` where ours is not set. Empty values count as not set. */
export function environmentLayer(environment: Readonly<Record<string, string | undefined>>): SettingsLayer {
  const values: Partial<Record<keyof Settings, unknown>> = {}
  for (const name of settingNames) {
    const { environment: ours, wandb, fromWandb } = settingTable[name]
    const value = environment[`LOSSLINE_${ours}`]
    const theirs = wandb === undefined ? undefined : environment[`WANDB_${wandb}`]
    if (value) values[name] = value
    else if (theirs) values[name] = fromWandb === undefined ? theirs : fromWandb(theirs)
  }
  return { source: 'environment', values }
}

/**
 * Reads a settings file: lines `key = value` in the section `[default]` (or before any), `#` and `;` start comments.
 * Keys are the environment's names in lower case (`base_url`, `run_group`). Unknown keys and sections are ignored.
 */
export function settingsFileLayer(path: string, content: string): SettingsLayer {
  const byKey = new Map(settingNames.map((name) => [settingTable[name].environment.toLowerCase(), name]))
  const values: Partial<Record<keyof Settings, unknown>> = {}
  let section = 'default'
  for (const line of content.split(/\r?\n/)) {
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith(';')) continue
    const header = /^\[(.*)\]$/.exec(trimmed)
    if (header !== null) section = header[1] ?? ''
    const [, key, value] = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(trimmed) ?? []
    const name = key === undefined ? undefined : byKey.get(key.toLowerCase())
    if (header === null && section === 'default' && name !== undefined && value) values[name] = value
  }
  return { source: path, values }
}

function parseSetting(name: keyof Settings, layer: SettingsLayer): unknown {
  try {
    return settingTable[name].parse(layer.values[name])
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new InvalidSettingError({ setting: name, source: layer.source, message, cause })
  }
}

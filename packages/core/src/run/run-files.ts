import {
  type EnvironmentRecord,
  type JsonObject,
  type JsonValue,
  stringifyJson,
  toWireEnvironment,
} from '@lossline/protocol'

/** What the files of a run for people are made of. */
export interface RunFileContents {
  readonly config: JsonObject
  readonly summary: JsonObject
  readonly environment: EnvironmentRecord
}

/** The files of a run for people, by their path in its folder. Everything in them is in the journal too. */
export function toRunFiles({ config, summary, environment }: RunFileContents): Record<string, string> {
  return {
    'files/config.yaml': toConfigYaml(config),
    'files/wandb-summary.json': `${stringifyJson(summary)}\n`,
    'files/wandb-metadata.json': `${JSON.stringify(toWireEnvironment(environment), null, 2)}\n`,
  }
}

/** Text of `config.yaml`: each key with its value in `value`, as W&B writes it. */
function toConfigYaml(config: JsonObject): string {
  return Object.keys(config)
    .sort()
    .map((key) => `${toYamlKey(key)}:\n    value:${toYaml(config[key] ?? null, '        ')}`)
    .join('')
}

/** What follows a colon, with the line's end. Lists and texts are written as JSON, which YAML contains. */
function toYaml(value: JsonValue, indent: string): string {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const object = value as JsonObject
    const keys = Object.keys(object).sort()
    if (keys.length === 0) return ' {}\n'
    return `\n${keys.map((key) => `${indent}${toYamlKey(key)}:${toYaml(object[key] ?? null, `${indent}    `)}`).join('')}`
  }
  return ` ${toFlowYaml(value)}\n`
}

function toFlowYaml(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(toFlowYaml).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value as JsonObject).map(
      ([key, member]) => `${JSON.stringify(key)}: ${toFlowYaml(member)}`,
    )
    return `{${members.join(', ')}}`
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf'
  }
  return stringifyJson(value)
}

function toYamlKey(key: string): string {
  // Words that YAML reads as something other than text, and everything with punctuation, need quotes.
  return /^[A-Za-z_][\w-]*$/.test(key) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(key)
    ? key
    : JSON.stringify(key)
}

import type { StrictJson, StrictJsonObject } from '@lossline/protocol'

/** A dictionary as YAML: dictionaries by indentation, everything else as JSON, which is YAML too. */
export function toYaml(value: StrictJsonObject): string {
  return lines(value, '').join('\n')
}

function lines(value: StrictJsonObject, indent: string): string[] {
  return Object.entries(value).flatMap(([key, member]) => {
    // Words that YAML takes for a number, a date or a boolean need quotes.
    const name = /^[A-Za-z_][\w.-]*$/.test(key) && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(key)
    const label = `${indent}${name ? key : JSON.stringify(key)}:`
    if (!isFilled(member)) return [`${label} ${JSON.stringify(member)}`]
    return [label, ...lines(member, `${indent}  `)]
  })
}

function isFilled(value: StrictJson): value is StrictJsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
}

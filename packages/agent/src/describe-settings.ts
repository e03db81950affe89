import { type JsonObject, stringifyJson } from '@lossline/protocol'

const textLengthMax = 120

/** Settings in one line: `lr 0.01, optimizer "adam"`. */
export function describeSettings(settings: JsonObject): string {
  const text = Object.entries(settings)
    .map(
      ([name, value]) => `${name} ${typeof value === 'number' ? Number(value.toPrecision(6)) : stringifyJson(value)}`,
    )
    .join(', ')
  return text.length > textLengthMax ? `${text.slice(0, textLengthMax - 1)}…` : text
}

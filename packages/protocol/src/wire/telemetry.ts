import type { JsonObject } from '../json/json-value.ts'
import { deprecated, environmentFlags, features, imports } from '../records/record-schemas.ts'
import type { TelemetryRecord } from '../records/record-types.ts'
import type { MessageSchema } from '../records/schema.ts'
import { fromSetNumbers, memberObject, memberText, toSetNumbers } from './numbered.ts'

const flagFields: readonly (readonly [
  number,
  'importsInit' | 'importsFinish' | 'feature' | 'env' | 'deprecated',
  MessageSchema,
])[] = [
  [1, 'importsInit', imports],
  [2, 'importsFinish', imports],
  [3, 'feature', features],
  [8, 'env', environmentFlags],
  [10, 'deprecated', deprecated],
]
const textFields = [
  [4, 'pythonVersion'],
  [5, 'cliVersion'],
  [6, 'huggingfaceVersion'],
  [12, 'coreVersion'],
  [13, 'platform'],
] as const
const labelFields = [
  [1, 'codeString'],
  [2, 'repoString'],
  [3, 'codeVersion'],
] as const

/** Telemetry as `_wandb.value.t` of the config: members by field number, a message of bools as the list of its set numbers. */
export function toWireTelemetry(telemetry: TelemetryRecord): JsonObject {
  const wire: Record<string, JsonObject | string | number[]> = {}
  for (const [number, name, schema] of flagFields) {
    const numbers = toSetNumbers(schema, telemetry[name])
    if (numbers.length > 0) wire[number] = numbers
  }
  for (const [number, name] of textFields) {
    const text = telemetry[name]
    if (text) wire[number] = text
  }
  const label: Record<string, string> = {}
  for (const [number, name] of labelFields) {
    const text = telemetry.label?.[name]
    if (text) label[number] = text
  }
  if (Object.keys(label).length > 0) wire[9] = label
  return wire
}

/** The telemetry of such an object. */
export function fromWireTelemetry(wire: JsonObject): TelemetryRecord {
  const label = memberObject(wire, 9)
  return {
    ...Object.fromEntries(
      flagFields
        .filter(([number]) => wire[number] !== undefined)
        .map(([number, name, schema]) => [name, fromSetNumbers(schema, wire[number])]),
    ),
    ...textsOf(wire, textFields),
    ...(label === undefined ? {} : { label: textsOf(label, labelFields) }),
  }
}

function textsOf(
  wire: JsonObject,
  fields: readonly (readonly [number, string])[],
): { readonly [name: string]: string } {
  return Object.fromEntries(
    fields.map(([number, name]) => [name, memberText(wire, number)] as const).filter(([, text]) => text !== ''),
  )
}

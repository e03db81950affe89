import { isObject, type Json, type JsonObject } from '../workspace/json.ts'

/** What a spec's placeholders stand for. */
export interface SpecSettings {
  /** Columns by the names that the spec has for them: `${field:x}`. */
  readonly fields: Readonly<Record<string, string>>
  /** Texts by their names: `${string:title}`. */
  readonly texts: Readonly<Record<string, string>>
}

/** A spec that can be drawn, or what is wrong with it. */
export type FilledSpec =
  | { readonly kind: 'spec'; readonly language: 'vega' | 'vega-lite'; readonly spec: JsonObject }
  | { readonly kind: 'problem'; readonly message: string }

/** The placeholders of a spec, in the order in which they stand in it, each once. */
export interface SpecPlaceholders {
  readonly fields: readonly string[]
  readonly texts: readonly string[]
}

/** W&B's name for the rows that the page gives to a spec. */
export const dataName = 'wandb'
const placeholder = /\$\{(field|string):([^}:]+)(?::([^}]*))?\}/g

export function placeholdersOf(specText: string): SpecPlaceholders {
  const found = [...specText.matchAll(placeholder)]
  const names = (kind: string): string[] => [
    ...new Set(found.filter(([, of]) => of === kind).map(([, , name = '']) => name)),
  ]
  return { fields: names('field'), texts: names('string') }
}

/** Reads a spec, fills its placeholders in, and takes addresses of other data out: only the page gives it rows. */
export function fillSpec(specText: string, settings: SpecSettings): FilledSpec {
  let parsed: Json
  try {
    parsed = JSON.parse(specText)
  } catch (error) {
    return {
      kind: 'problem',
      message: `The spec is no JSON: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
  if (!isObject(parsed)) return { kind: 'problem', message: 'The spec is no JSON object.' }
  const address = findAddress(parsed)
  if (address !== undefined) {
    return {
      kind: 'problem',
      message: `The spec loads data from “${address}”. Charts here draw what runs have logged, and load nothing.`,
    }
  }
  const spec = fill(parsed, settings)
  if (!isObject(spec)) return { kind: 'problem', message: 'The spec is no JSON object.' }
  return { kind: 'spec', language: languageOf(spec), spec }
}

function fill(value: Json, settings: SpecSettings): Json {
  if (typeof value === 'string') return fillText(value, settings)
  if (Array.isArray(value)) return value.map((item: Json) => fill(item, settings))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [fillText(key, settings), fill(item, settings)]))
}

function fillText(text: string, { fields, texts }: SpecSettings): string {
  return text.replace(placeholder, (_, kind: string, name: string, otherwise: string | undefined) => {
    if (kind === 'field') return own(fields, name) ?? name
    return own(texts, name) ?? otherwise ?? ''
  })
}

function own(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** Where data would be loaded from; marks that show pictures or links are left without them by the view. */
function findAddress(value: Json): string | undefined {
  if (Array.isArray(value)) return value.map(findAddress).find((found) => found !== undefined)
  if (!isObject(value)) return undefined
  for (const [key, item] of Object.entries(value)) {
    if (key === 'data' || key === 'lookup' || key === 'from') {
      for (const data of Array.isArray(item) ? item : [item]) {
        if (isObject(data) && typeof data.url === 'string') return data.url
      }
    }
    const found = findAddress(item)
    if (found !== undefined) return found
  }
  return undefined
}

/** By `$schema`; without it by what only Vega's own specs have. */
function languageOf(spec: JsonObject): 'vega' | 'vega-lite' {
  const schema = typeof spec.$schema === 'string' ? spec.$schema : ''
  if (schema.includes('vega-lite')) return 'vega-lite'
  if (schema.includes('/vega/')) return 'vega'
  return Array.isArray(spec.marks) || Array.isArray(spec.signals) ? 'vega' : 'vega-lite'
}

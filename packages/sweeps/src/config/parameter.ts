import { type ConfigMap, type ConfigValue, isConfigList, isConfigMap, isConfigNumber } from './config-value.ts'

/** Where the values of a parameter come from. */
export type Parameter =
  | { readonly kind: 'constant'; readonly value: ConfigValue }
  | {
      readonly kind: 'categorical'
      readonly values: readonly ConfigValue[]
      /** Undefined: all alike. */
      readonly probabilities: readonly number[] | undefined
    }
  | { readonly kind: 'int_uniform'; readonly min: number; readonly max: number }
  | { readonly kind: RangeKind; readonly min: number; readonly max: number }
  | { readonly kind: QuantizedRangeKind; readonly min: number; readonly max: number; readonly step: Step }
  | { readonly kind: 'normal' | 'log_normal'; readonly mu: number; readonly sigma: number }
  | { readonly kind: 'q_normal' | 'q_log_normal'; readonly mu: number; readonly sigma: number; readonly step: Step }
  | { readonly kind: 'beta'; readonly a: number; readonly b: number }
  | { readonly kind: 'q_beta'; readonly a: number; readonly b: number; readonly step: Step }
  | { readonly kind: 'nested'; readonly parameters: ReadonlyMap<string, Parameter> }

/** `log_uniform` and `inv_log_uniform` have natural-log exponents as their bounds, the `_values` forms the values themselves. */
type RangeKind = 'uniform' | 'log_uniform' | 'inv_log_uniform' | 'log_uniform_values' | 'inv_log_uniform_values'
type QuantizedRangeKind = 'q_uniform' | 'q_log_uniform' | 'q_log_uniform_values'

/** What values are rounded to multiples of. */
export interface Step {
  readonly size: number
  /** Written as an integer: then the values are integers too. */
  readonly isInteger: boolean
}

/** A number that a shape asks for. */
interface Field {
  readonly name: string
  readonly default?: number
  readonly min?: number
  /** `min` itself is too small. */
  readonly isAboveMin?: boolean
}

const q: Field = { name: 'q', default: 1, min: 0, isAboveMin: true }
const mu: Field = { name: 'mu', default: 0 }
const sigma: Field = { name: 'sigma', default: 1, min: 0 }
const a: Field = { name: 'a', default: 1, min: 0 }
const b: Field = { name: 'b', default: 1, min: 0 }
const min: Field = { name: 'min' }
const max: Field = { name: 'max' }
const positiveMin: Field = { name: 'min', min: 0, isAboveMin: true }

/** Shapes of numbers that say their distribution, by its name. */
const fieldsByKind: Readonly<Record<string, readonly Field[]>> = {
  q_beta: [a, b, q],
  beta: [a, b],
  log_normal: [mu, sigma],
  log_uniform: [min, max],
  inv_log_uniform: [min, max],
  normal: [mu, sigma],
  q_log_normal: [mu, sigma, q],
  q_log_uniform: [min, max, q],
  q_normal: [mu, sigma, q],
  q_uniform: [min, max, q],
  inv_log_uniform_values: [positiveMin, max],
  log_uniform_values: [positiveMin, max],
  q_log_uniform_values: [positiveMin, max, q],
}

/** What a definition says; undefined if it has none of the shapes that W&B knows. A key too many makes it none. */
export function readParameter(definition: ConfigMap): Parameter | undefined {
  const kind = definition.get('distribution')
  const keys = [...definition.keys()].filter((key) => key !== 'distribution').sort()
  const says = (...names: readonly string[]): boolean => keys.join() === [...names].sort().join()
  const isUnsaid = !definition.has('distribution')
  if (typeof kind === 'string' && Object.hasOwn(fieldsByKind, kind)) return readNumbers(kind, definition, keys)
  if (says('values') && (isUnsaid || kind === 'categorical')) {
    const values = definition.get('values')
    return isConfigList(values) && values.length > 0
      ? { kind: 'categorical', values, probabilities: undefined }
      : undefined
  }
  if (says('values', 'probabilities') && (isUnsaid || kind === 'categorical_w_probabilities')) {
    return readWeighted(definition)
  }
  if (says('min', 'max')) return readRange(definition, kind)
  if (says('value') && (isUnsaid || kind === 'constant')) return { kind: 'constant', value: definition.get('value')! }
  if (says('parameters') && isUnsaid) return readNested(definition.get('parameters'))
  return undefined
}

function readNumbers(kind: string, definition: ConfigMap, keys: readonly string[]): Parameter | undefined {
  const fields = fieldsByKind[kind]!
  if (keys.some((key) => !fields.some(({ name }) => name === key))) return undefined
  const numbers: Record<string, number> = {}
  for (const field of fields) {
    const value = definition.get(field.name)
    const number = value === undefined ? field.default : isConfigNumber(value) ? value.value : undefined
    if (number === undefined || Number.isNaN(number) || !isAllowed(number, field)) return undefined
    numbers[field.name] = number
  }
  if (!fields.includes(q)) return { kind, ...numbers } as Parameter
  const { q: size, ...rest } = numbers
  const written = definition.get('q')
  const step: Step = { size: size!, isInteger: isConfigNumber(written) && written.kind === 'integer' }
  return { kind, ...rest, step } as Parameter
}

function isAllowed(number: number, field: Field): boolean {
  if (field.min === undefined) return true
  return field.isAboveMin === true ? number > field.min : number >= field.min
}

function readWeighted(definition: ConfigMap): Parameter | undefined {
  const [values, probabilities] = [definition.get('values'), definition.get('probabilities')]
  if (!isConfigList(values) || values.length === 0 || !isConfigList(probabilities)) return undefined
  const numbers = probabilities.map((one) => (isConfigNumber(one) ? one.value : Number.NaN))
  return numbers.every((one) => one >= 0) ? { kind: 'categorical', values, probabilities: numbers } : undefined
}

/** Two integers are integers unless somebody says `uniform`; without a word one of them must have a point. */
function readRange(definition: ConfigMap, kind: ConfigValue | undefined): Parameter | undefined {
  const [low, high] = [definition.get('min'), definition.get('max')]
  if (!isConfigNumber(low) || !isConfigNumber(high)) return undefined
  const range = { min: low.value, max: high.value }
  const areIntegers = low.kind === 'integer' && high.kind === 'integer'
  if (areIntegers && (kind === undefined || kind === 'int_uniform')) return { kind: 'int_uniform', ...range }
  return kind === 'uniform' || (kind === undefined && !areIntegers) ? { kind: 'uniform', ...range } : undefined
}

function readNested(definitions: ConfigValue | undefined): Parameter | undefined {
  if (!isConfigMap(definitions) || definitions.size === 0) return undefined
  const parameters = new Map<string, Parameter>()
  for (const [name, definition] of definitions) {
    const parameter = isConfigMap(definition) ? readParameter(definition) : undefined
    if (parameter === undefined) return undefined
    parameters.set(name, parameter)
  }
  return { kind: 'nested', parameters }
}

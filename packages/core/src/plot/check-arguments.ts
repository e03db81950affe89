import { InvalidPlotError } from '../errors.ts'
import { checkOptions } from '../options/check-options.ts'

/** How a chart is called, for messages. */
export interface ChartUsage {
  /** As in a program: `plot.line`. */
  readonly name: string
  /** What stands between its parentheses: `table, { x, y }`. */
  readonly parameters: string
  /** The names of its options. */
  readonly options: Readonly<Record<string, true>>
}

/** The error for a chart that is called in another way than it can be. */
export function wrongUse({ name, parameters }: ChartUsage, what: string): InvalidPlotError {
  return new InvalidPlotError(`${name}: ${what}.`, `Call ${name}(${parameters}).`)
}

/**
 * Checks that the options are an object; W&B's client takes them one after the other.
 *
 * @throws {@link InvalidPlotError}; {@link InvalidOptionError} for a name that there is not.
 */
export function checkChartOptions(options: unknown, usage: ChartUsage): void {
  if (typeof options !== 'object' || options === null || isArrayLike(options)) {
    throw wrongUse(usage, `its options are one object, not ${describeKind(options)}`)
  }
  checkOptions(usage.name, options, usage.options)
}

/** Checks that an option is an array or a typed array. @throws {@link InvalidPlotError} */
export function checkList(list: unknown, option: string, usage: ChartUsage): void {
  if (isArrayLike(list)) return
  throw wrongUse(usage, `${option} is an array, not ${describeKind(list)}`)
}

/** The same for arrays within an array, such as the probabilities of each example. @throws {@link InvalidPlotError} */
export function checkLists(lists: unknown, option: string, usage: ChartUsage): void {
  if (!Array.isArray(lists)) throw wrongUse(usage, `${option} is a list of arrays, not ${describeKind(lists)}`)
  lists.forEach((list, index) => {
    checkList(list, `${option}[${index}]`, usage)
  })
}

/** The same for arrays of numbers. @throws {@link InvalidPlotError} */
export function checkNumberLists(lists: unknown, option: string, usage: ChartUsage): void {
  checkLists(lists, option, usage)
  // Checked in the line above.
  for (const list of lists as readonly ArrayLike<unknown>[]) {
    if (Array.from(list).every((member) => typeof member === 'number')) continue
    throw wrongUse(usage, `${option} holds arrays of numbers`)
  }
}

/** Checks the labels of examples: numbers, texts or booleans. @throws {@link InvalidPlotError} */
export function checkLabels(labels: unknown, option: string, usage: ChartUsage): void {
  checkList(labels, option, usage)
  // Checked in the line above.
  for (const [index, label] of Array.from(labels as ArrayLike<unknown>).entries()) {
    if (typeof label === 'number' || typeof label === 'string' || typeof label === 'boolean') continue
    throw wrongUse(usage, `${option}[${index}] is a number, a text or a boolean, not ${describeKind(label)}`)
  }
}

/** Checks a text, or a list of texts; `undefined` passes. @throws {@link InvalidPlotError} */
export function checkTexts(texts: unknown, option: string, usage: ChartUsage): void {
  const isRight = Array.isArray(texts)
    ? texts.every((text) => typeof text === 'string')
    : texts === undefined || typeof texts === 'string'
  if (!isRight) throw wrongUse(usage, `${option} holds texts only`)
}

function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
}

function describeKind(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (isArrayLike(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

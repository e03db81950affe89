import { isNumberText } from './parse-run-query.ts'
import type { QueryKey, QueryValue, RunQueryNode } from './run-query.ts'

/** How values are written where queries are not about runs. */
export interface PrintQueryOptions {
  /** Whether a text would be read as something else if it stood without quotes. Default: texts are as in queries about runs. */
  readonly needsQuotes?: (text: string) => boolean
  /** A key that another one is compared with. Default: as any key. */
  readonly printOther?: (key: QueryKey) => string
}

/** The text of a query; `parseRunQuery` of it gives an equal one. */
export function printRunQuery(query: RunQueryNode, options: PrintQueryOptions = {}): string {
  const { printOther = printQueryKey } = options
  const printValue = (value: QueryValue): string => printQueryValue(value, options)
  const printInside = (part: RunQueryNode, needsParentheses: boolean): string =>
    needsParentheses ? `(${printRunQuery(part, options)})` : printRunQuery(part, options)
  switch (query.kind) {
    case 'or':
      return query.of.map((part) => printInside(part, part.kind === 'or')).join(' or ')
    case 'and':
      return query.of.map((part) => printInside(part, part.kind === 'or' || part.kind === 'and')).join(' and ')
    case 'not':
      return `not ${printInside(query.of, query.of.kind === 'or' || query.of.kind === 'and')}`
    case 'words':
      return printWords(query.text)
    case 'compare': {
      const operand = query.other === undefined ? printValue(query.value) : printOther(query.other)
      return `${printQueryKey(query.key)} ${query.operator} ${operand}`
    }
    case 'when':
      return `${printQueryKey(query.key)} ${query.operator} ${printQueryDuration(query.offsetMs)}`
    case 'in':
      return `${printQueryKey(query.key)} in [${query.values.map(printValue).join(', ')}]`
    case 'matches':
      return `${printQueryKey(query.key)} ~ /${query.pattern.replaceAll('/', '\\/')}/`
    case 'includes':
      return `${printQueryKey(query.key)} has ${printText(query.value)}`
    case 'exists':
      return `has(${printQueryKey(query.key)})`
  }
}

/** The text of a key, in quotes where it needs them. */
export function printQueryKey({ namespace, name }: QueryKey): string {
  return printText(namespace === 'auto' ? name : `${namespace}.${name}`)
}

/** Several words become one again when they are read. */
function printWords(text: string): string {
  return text.split(' ').every((word) => printText(word) === word) ? text : quote(text)
}

/** The text of a value, in quotes where it would be read as something else. */
export function printQueryValue(value: QueryValue, { needsQuotes }: PrintQueryOptions = {}): string {
  if (typeof value !== 'string') return Object.is(value, -0) ? '-0' : String(value)
  const looksLikeMore = isNumberText(value) || ['true', 'false', 'null'].includes(value) || needsQuotes?.(value)
  return looksLikeMore ? quote(value) : printText(value)
}

const reservedWords = ['and', 'or', 'not', 'has', 'in', 'exists']

function printText(text: string): string {
  const isPlain = /^[^\s()[\],"'=<>~!/][^\s()[\],"'=<>~!]*$/.test(text)
  return isPlain && !reservedWords.includes(text.toLowerCase()) ? text : quote(text)
}

function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
] as const

/** A time from now, in the largest unit up to days that has no fraction: `-7d`. */
export function printQueryDuration(durationMs: number): string {
  const [unit, unitMs] = units.find(([, ms]) => durationMs % ms === 0) ?? (['s', 1000] as const)
  return `${durationMs / unitMs}${unit}`
}

import { isNumberText } from './parse-run-query.ts'
import type { QueryKey, QueryValue, RunQueryNode } from './run-query.ts'

/** The text of a query; `parseRunQuery` of it gives an equal one. */
export function printRunQuery(query: RunQueryNode): string {
  switch (query.kind) {
    case 'or':
      return query.of.map((part) => printInside(part, part.kind === 'or')).join(' or ')
    case 'and':
      return query.of.map((part) => printInside(part, part.kind === 'or' || part.kind === 'and')).join(' and ')
    case 'not':
      return `not ${printInside(query.of, query.of.kind === 'or' || query.of.kind === 'and')}`
    case 'words':
      return printWords(query.text)
    case 'compare':
      return `${printQueryKey(query.key)} ${query.operator} ${printQueryValue(query.value)}`
    case 'when':
      return `${printQueryKey(query.key)} ${query.operator} ${printDuration(query.offsetMs)}`
    case 'in':
      return `${printQueryKey(query.key)} in [${query.values.map(printQueryValue).join(', ')}]`
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

function printInside(query: RunQueryNode, needsParentheses: boolean): string {
  return needsParentheses ? `(${printRunQuery(query)})` : printRunQuery(query)
}

/** Several words become one again when they are read. */
function printWords(text: string): string {
  return text.split(' ').every((word) => printText(word) === word) ? text : quote(text)
}

/** The text of a value, in quotes where it would be read as something else. */
export function printQueryValue(value: QueryValue): string {
  if (typeof value !== 'string') return Object.is(value, -0) ? '-0' : String(value)
  const looksLikeMore = isNumberText(value) || ['true', 'false', 'null'].includes(value)
  return looksLikeMore ? quote(value) : printText(value)
}

const reservedWords = ['and', 'or', 'not', 'has', 'in']

function printText(text: string): string {
  const isPlain = /^[^\s()[\],"'=<>~!/][^\s()[\],"'=<>~!]*$/.test(text)
  return isPlain && !reservedWords.includes(text.toLowerCase()) ? text : quote(text)
}

function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}

const units = [
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
] as const

function printDuration(durationMs: number): string {
  const [unit, unitMs] = units.find(([, ms]) => durationMs % ms === 0) ?? (['s', 1000] as const)
  return `${durationMs / unitMs}${unit}`
}

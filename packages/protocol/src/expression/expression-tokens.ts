import {
  type ExpressionOperator,
  ExpressionSyntaxError,
  type ExpressionTerm,
  expressionOperators,
} from './expression.ts'

/** A piece of a formula and where it begins. */
export type ExpressionToken = { readonly from: number } & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'term'; readonly term: ExpressionTerm }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'operator'; readonly operator: ExpressionOperator }
  | { readonly kind: 'sign'; readonly text: '(' | ')' | ',' }
  | { readonly kind: 'end' }
)

const numberPattern = /(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/iy
const wordPattern = /[a-z_][\w.]*/iy
// The longest first: `**` is not `*` twice.
const operators = [...expressionOperators].sort((a, b) => b.length - a.length)

/** Cuts a formula into pieces; the last is `end`. */
export function readExpressionTokens(text: string): readonly ExpressionToken[] {
  const tokens: ExpressionToken[] = []
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text[at]!)) {
      at += 1
      continue
    }
    const { token, length } = readToken(text, at)
    tokens.push(token)
    at += length
  }
  return [...tokens, { kind: 'end', from: text.length }]
}

function readToken(text: string, from: number): { readonly token: ExpressionToken; readonly length: number } {
  if (text.startsWith('${', from)) return readTerm(text, from)
  const number = matchAt(numberPattern, text, from)
  if (number !== undefined) return { token: { kind: 'number', value: Number(number), from }, length: number.length }
  const word = matchAt(wordPattern, text, from)
  if (word !== undefined) return { token: { kind: 'word', text: word, from }, length: word.length }
  const operator = operators.find((one) => text.startsWith(one, from))
  if (operator !== undefined) return { token: { kind: 'operator', operator, from }, length: operator.length }
  // W&B writes powers so too.
  if (text[from] === '^') return { token: { kind: 'operator', operator: '**', from }, length: 1 }
  const sign = text[from]
  if (sign === '(' || sign === ')' || sign === ',') return { token: { kind: 'sign', text: sign, from }, length: 1 }
  throw new ExpressionSyntaxError(`Unexpected "${sign}"`, from)
}

function readTerm(text: string, from: number): { readonly token: ExpressionToken; readonly length: number } {
  const end = text.indexOf('}', from)
  if (end < 0) throw new ExpressionSyntaxError('Expected "}" after the name', from)
  const name = text.slice(from + 2, end).trim()
  if (name === '') throw new ExpressionSyntaxError('Expected the name of a metric', from + 2)
  return { token: { kind: 'term', term: toTerm(name), from }, length: end + 1 - from }
}

function toTerm(text: string): ExpressionTerm {
  const [, source, name] = /^(config|summary):(.+)$/.exec(text) ?? []
  if (name === undefined) return { source: 'metric', name: text }
  return { source: source === 'config' ? 'config' : 'summary', name: name.trim() }
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

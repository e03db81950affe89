import { type QuerySign, type QueryToken, readQueryTokens } from './read-tokens.ts'
import {
  type ComparisonOperator,
  isRunQueryField,
  type QueryKey,
  type QueryValue,
  type RunQueryFieldInfo,
  type RunQueryNode,
  RunQuerySyntaxError,
  runQueryFields,
} from './run-query.ts'

/**
 * Reads a word without quotes behind a key and an operator, or in a list, in another way than usual: as a value, or (not in lists)
 * as another key. Undefined: as usual.
 */
export type ReadOperand = (
  word: string,
  key: QueryKey,
  /** Of the word in the text, from 0. */
  position: number,
) => QueryValue | { readonly other: QueryKey } | undefined

/**
 * So many parentheses and `not` may be inside each other. Each is at most two levels of the filter that servers get, and those take 50.
 */
export const queryDepthMax = 20

/**
 * Reads a query such as `loss < 0.3 and (tags has baseline or name ~ /resnet.*50/)`. Undefined: of nothing but spaces, which
 * every run answers.
 *
 * - `and`, `or`, `not` and parentheses; conditions that follow each other without a word between them must both hold.
 * - `= != < <= > >=` with a number, a text, `true`, `false` or `null`; `in [1, 2]`; `~ /pattern/`; `tags has x`; `key exists` or `has(key)`.
 * - `created > -7d`: time from now, with `s`, `m`, `h`, `d` or `w`; or a date in quotes. `runtime > 90m`.
 * - Keys: fields of the run, `config.x`, `summary.x`, or their names alone; in quotes when they have spaces or signs in them.
 * - Anything else is words to look for.
 *
 * @param holdsOf - What is under a key, where the text alone does not tell. Default: as the fields of runs have it.
 * @param readOperand - Default: words are read as usual.
 * @throws {@link RunQuerySyntaxError}
 */
export function parseRunQuery(
  text: string,
  holdsOf: (key: QueryKey) => RunQueryFieldInfo['holds'] | undefined = (key) => fieldOf(key)?.holds,
  readOperand: ReadOperand = () => undefined,
): RunQueryNode | undefined {
  const reader = createReader(readQueryTokens(text), holdsOf, readOperand)
  if (reader.peek().kind === 'end') return undefined
  const query = parseOr(reader)
  if (reader.peek().kind !== 'end') throw reader.unexpected('Expected "and", "or" or the end')
  return query
}

/** Goes through tokens. */
interface Reader {
  peek(ahead?: number): QueryToken
  next(): QueryToken
  /** Takes the next token if it is that word, in any case. */
  takeWord(word: string): boolean
  takeSign<S extends QuerySign>(...signs: readonly S[]): S | undefined
  requireSign(sign: QuerySign): void
  holdsOf(key: QueryKey): RunQueryFieldInfo['holds'] | undefined
  readonly readOperand: ReadOperand
  /** Reads what is one level further in. @param opener - What leads there. */
  nested<T>(opener: QueryToken, read: () => T): T
  unexpected(message: string): RunQuerySyntaxError
}

function createReader(tokens: readonly QueryToken[], holdsOf: Reader['holdsOf'], readOperand: ReadOperand): Reader {
  let at = 0
  let depth = 0
  const peek = (ahead = 0): QueryToken => tokens[Math.min(at + ahead, tokens.length - 1)]!
  const unexpected = (message: string): RunQuerySyntaxError => new RunQuerySyntaxError(message, peek().from)
  const takeSign = <S extends QuerySign>(...signs: readonly S[]): S | undefined => {
    const token = peek()
    const found = token.kind === 'sign' ? signs.find((sign) => sign === token.text) : undefined
    if (found !== undefined) at += 1
    return found
  }
  return {
    peek,
    next: () => {
      const token = peek()
      at += 1
      return token
    },
    takeWord(word) {
      if (!isWord(peek(), word)) return false
      at += 1
      return true
    },
    takeSign,
    holdsOf,
    readOperand,
    nested(opener, read) {
      depth += 1
      if (depth > queryDepthMax) {
        const message = `Expected at most ${queryDepthMax} parentheses and "not" inside each other`
        throw new RunQuerySyntaxError(message, opener.from)
      }
      const result = read()
      depth -= 1
      return result
    },
    requireSign(sign) {
      if (takeSign(sign) === undefined) throw unexpected(`Expected "${sign}"`)
    },
    unexpected,
  }
}

function isWord(token: QueryToken, word: string): boolean {
  return token.kind === 'word' && token.text.toLowerCase() === word
}

function isConnective(token: QueryToken): boolean {
  return ['and', 'or', 'not'].some((word) => isWord(token, word))
}

function parseOr(reader: Reader): RunQueryNode {
  const parts = [parseAnd(reader)]
  while (reader.takeWord('or')) parts.push(parseAnd(reader))
  return parts.length === 1 ? parts[0]! : { kind: 'or', of: parts }
}

function parseAnd(reader: Reader): RunQueryNode {
  const parts = [parseNot(reader)]
  while (reader.takeWord('and') || startsCondition(reader.peek())) parts.push(parseNot(reader))
  return parts.length === 1 ? parts[0]! : { kind: 'and', of: parts }
}

function startsCondition(token: QueryToken): boolean {
  if (token.kind === 'sign') return token.text === '('
  return token.kind !== 'end' && !isWord(token, 'or')
}

function parseNot(reader: Reader): RunQueryNode {
  const opener = reader.peek()
  if (!reader.takeWord('not')) return parseCondition(reader)
  return { kind: 'not', of: reader.nested(opener, () => parseNot(reader)) }
}

function parseCondition(reader: Reader): RunQueryNode {
  const token = reader.peek()
  if (reader.takeSign('(') !== undefined) {
    const query = reader.nested(token, () => parseOr(reader))
    reader.requireSign(')')
    return query
  }
  if (token.kind !== 'word' && token.kind !== 'quoted') throw reader.unexpected('Expected a key or words to look for')
  const after = reader.peek(1)
  if (isConnective(token) && !startsOperator(after, reader.peek(2))) {
    throw reader.unexpected('Expected a key or words to look for')
  }
  if (isWord(token, 'has') && after.kind === 'sign' && after.text === '(') return parseExists(reader)
  reader.next()
  return parseComparison(reader, token.text) ?? { kind: 'words', text: [token.text, ...readWords(reader)].join(' ') }
}

/** Words beside each other are looked for as they stand, as in any search field. */
function readWords(reader: Reader): string[] {
  const words: string[] = []
  for (let token = reader.peek(); isPlainWord(token, reader.peek(1)); token = reader.peek()) {
    words.push(token.text)
    reader.next()
  }
  return words
}

function isPlainWord(token: QueryToken, after: QueryToken): token is QueryToken & { readonly text: string } {
  if (token.kind !== 'word' && token.kind !== 'quoted') return false
  if (isConnective(token)) return false
  if (['in', 'has', 'exists'].some((word) => isWord(after, word))) return false
  return after.kind !== 'sign' || after.text === ')'
}

function parseExists(reader: Reader): RunQueryNode {
  reader.next()
  reader.requireSign('(')
  const token = reader.next()
  if (token.kind !== 'word' && token.kind !== 'quoted') {
    throw new RunQuerySyntaxError('Expected a key after "has("', token.from)
  }
  reader.requireSign(')')
  return { kind: 'exists', key: parseQueryKey(token.text) }
}

/** Undefined when nothing is compared: the text was words. */
function parseComparison(reader: Reader, keyText: string): RunQueryNode | undefined {
  const key = parseQueryKey(keyText)
  const operator = reader.takeSign('=', '!=', '<=', '>=', '<', '>')
  if (operator !== undefined) return parseOperand(reader, key, operator)
  if (reader.takeSign('~') !== undefined) return { kind: 'matches', key, pattern: parsePattern(reader) }
  const [first, second] = [reader.peek(), reader.peek(1)]
  if (isWord(first, 'in') && second.kind === 'sign' && second.text === '[') {
    reader.next()
    return { kind: 'in', key, values: parseList(reader, key) }
  }
  if (isWord(first, 'exists') && !startsOperator(second, reader.peek(2))) {
    reader.next()
    return { kind: 'exists', key }
  }
  if (reader.holdsOf(key) === 'list' && reader.takeWord('has')) {
    const token = reader.next()
    if (token.kind !== 'word' && token.kind !== 'quoted') {
      throw new RunQuerySyntaxError('Expected a tag after "has"', token.from)
    }
    return { kind: 'includes', key, value: token.text }
  }
  return undefined
}

/** Whether what stands before is a key: `loss exists = 3` is a word to look for, and a key that is called "exists". */
function startsOperator(token: QueryToken, after: QueryToken): boolean {
  if (token.kind === 'sign') return token.text !== '(' && token.text !== ')'
  return isWord(token, 'in') && after.kind === 'sign' && after.text === '['
}

function parseOperand(reader: Reader, key: QueryKey, operator: ComparisonOperator): RunQueryNode {
  const token = reader.next()
  const position = token.from
  const holds = reader.holdsOf(key)
  const own = readWord(reader, token, key)
  if (typeof own === 'object' && own !== null) {
    return { kind: 'compare', key, operator, value: own.other.name, other: own.other }
  }
  if (token.kind === 'word' && holds === 'time') {
    const offsetMs = parseDurationMs(token.text)
    if (offsetMs !== undefined) return { kind: 'when', key, operator, offsetMs }
  }
  if (token.kind === 'word' && holds === 'duration') {
    const durationMs = parseDurationMs(token.text)
    if (durationMs !== undefined) return { kind: 'compare', key, operator, value: durationMs / 1000 }
  }
  if (holds === 'time' && (token.kind === 'word' || token.kind === 'quoted') && Number.isNaN(Date.parse(token.text))) {
    throw new RunQuerySyntaxError(`Expected a date or a time such as -7d after "${operator}"`, position)
  }
  return { kind: 'compare', key, operator, value: own ?? toValue(token, `after "${operator}"`) }
}

function readWord(reader: Reader, token: QueryToken, key: QueryKey): ReturnType<ReadOperand> {
  return token.kind === 'word' && !isConnective(token) ? reader.readOperand(token.text, key, token.from) : undefined
}

function parsePattern(reader: Reader): string {
  const token = reader.next()
  if (token.kind === 'end' || token.kind === 'sign') {
    throw new RunQuerySyntaxError('Expected a pattern such as /resnet.*50/ after "~"', token.from)
  }
  return token.text
}

function parseList(reader: Reader, key: QueryKey): QueryValue[] {
  reader.requireSign('[')
  const values: QueryValue[] = []
  if (reader.takeSign(']') !== undefined) return values
  do {
    const token = reader.next()
    const own = readWord(reader, token, key)
    const isValue = own !== undefined && (typeof own !== 'object' || own === null)
    values.push(isValue ? own : toValue(token, `in the list of "${key.name}"`))
  } while (reader.takeSign(',') !== undefined)
  reader.requireSign(']')
  return values
}

function toValue(token: QueryToken, where: string): QueryValue {
  if (token.kind === 'quoted') return token.text
  if (token.kind !== 'word' || isConnective(token)) {
    throw new RunQuerySyntaxError(`Expected a number or a text ${where}`, token.from)
  }
  switch (token.text) {
    case 'true':
      return true
    case 'false':
      return false
    case 'null':
      return null
    default:
      return isNumberText(token.text) ? Number(token.text) : token.text
  }
}

/** What a number looks like in a query; other words are texts. */
export function isNumberText(text: string): boolean {
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)
}

const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

function parseDurationMs(text: string): number | undefined {
  const [, amount, unit] = /^(-?\d+(?:\.\d+)?)([smhdw])$/.exec(text) ?? []
  return unit === undefined ? undefined : Number(amount) * unitMs[unit as keyof typeof unitMs]
}

/** `config.lr` → the key `lr` of the config. */
export function parseQueryKey(text: string): QueryKey {
  const dot = text.indexOf('.')
  const start = text.slice(0, Math.max(0, dot))
  if (start === 'run' || start === 'config' || start === 'summary')
    return { namespace: start, name: text.slice(dot + 1) }
  return { namespace: 'auto', name: text }
}

/** The field of the run that a key means, if it is one. */
export function fieldOf({
  namespace,
  name,
}: QueryKey): (typeof runQueryFields)[keyof typeof runQueryFields] | undefined {
  return (namespace === 'auto' || namespace === 'run') && isRunQueryField(name) ? runQueryFields[name] : undefined
}

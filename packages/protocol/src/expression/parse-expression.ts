import {
  type Expression,
  type ExpressionFunction,
  type ExpressionOperator,
  ExpressionSyntaxError,
  expressionFunctions,
} from './expression.ts'
import { type ExpressionToken, readExpressionTokens } from './expression-tokens.ts'

// Formulas are typed by people; deeper ones would only be there to exhaust the stack.
const depthMax = 100

interface Reader {
  readonly tokens: readonly ExpressionToken[]
  at: number
  depth: number
}

/**
 * Reads a formula. From weakest to strongest: comparisons (1 where true, else 0), `+ -`, `* / %`, a minus in front, `**`.
 * Names are `${train/loss}`, `${config:lr}`, `${summary:acc}`; without signs in them also bare: `1 - acc`. `x` is the x axis.
 *
 * @throws {@link ExpressionSyntaxError} with the position.
 */
export function parseExpression(text: string): Expression {
  const reader: Reader = { tokens: readExpressionTokens(text), at: 0, depth: 0 }
  const expression = parseComparison(reader)
  const rest = peek(reader)
  if (rest.kind !== 'end') throw new ExpressionSyntaxError('Expected an operator or the end', rest.from)
  return expression
}

function parseComparison(reader: Reader): Expression {
  return parseLevel(reader, ['<', '<=', '>', '>=', '==', '!='], parseSum)
}

function parseSum(reader: Reader): Expression {
  return parseLevel(reader, ['+', '-'], parseProduct)
}

function parseProduct(reader: Reader): Expression {
  return parseLevel(reader, ['*', '/', '%'], parseSigned)
}

function parseLevel(
  reader: Reader,
  operators: readonly ExpressionOperator[],
  parseNext: (reader: Reader) => Expression,
): Expression {
  let left = parseNext(reader)
  for (;;) {
    const operator = takeOperator(reader, operators)
    if (operator === undefined) return left
    left = { kind: 'operation', operator, left, right: parseNext(reader) }
  }
}

function parseSigned(reader: Reader): Expression {
  return deeper(reader, () => {
    if (takeOperator(reader, ['-'])) return { kind: 'negative', of: parseSigned(reader) }
    if (takeOperator(reader, ['+'])) return parseSigned(reader)
    const base = parsePrimary(reader)
    const operator = takeOperator(reader, ['**'])
    // From the right: 2 ** 3 ** 2 is 2 ** 9, and 2 ** -1 is a half.
    return operator === undefined ? base : { kind: 'operation', operator, left: base, right: parseSigned(reader) }
  })
}

function parsePrimary(reader: Reader): Expression {
  const token = peek(reader)
  reader.at += 1
  switch (token.kind) {
    case 'number':
      return { kind: 'number', value: token.value }
    case 'term':
      return { kind: 'term', term: token.term }
    case 'word':
      return isSign(peek(reader), '(') ? parseCall(reader, token.text, token.from) : toNamed(token.text)
    case 'sign': {
      if (token.text !== '(') break
      const inner = deeper(reader, () => parseComparison(reader))
      requireSign(reader, ')')
      return inner
    }
    case 'operator':
    case 'end':
      break
  }
  throw new ExpressionSyntaxError('Expected a number, a name or "("', token.from)
}

function toNamed(text: string): Expression {
  if (text === 'x') return { kind: 'term', term: { source: 'x' } }
  if (text === 'pi') return { kind: 'number', value: Math.PI }
  return { kind: 'term', term: { source: 'metric', name: text } }
}

function parseCall(reader: Reader, name: string, from: number): Expression {
  if (!isFunction(name)) {
    const known = Object.keys(expressionFunctions).join(', ')
    throw new ExpressionSyntaxError(`No function is called "${name}"; there are ${known}`, from)
  }
  requireSign(reader, '(')
  const list: Expression[] = []
  if (!isSign(peek(reader), ')')) {
    do list.push(deeper(reader, () => parseComparison(reader)))
    while (takeSign(reader, ','))
  }
  requireSign(reader, ')')
  const [least, most] = expressionFunctions[name]
  if (list.length < least || list.length > most) {
    const wanted = least === most ? `${least}` : `${least} to ${most}`
    throw new ExpressionSyntaxError(`"${name}" takes ${wanted} arguments, not ${list.length}`, from)
  }
  return { kind: 'call', name, arguments: list }
}

function deeper(reader: Reader, parse: () => Expression): Expression {
  reader.depth += 1
  if (reader.depth > depthMax) throw new ExpressionSyntaxError('Too many parentheses', peek(reader).from)
  const found = parse()
  reader.depth -= 1
  return found
}

function peek({ tokens, at }: Reader): ExpressionToken {
  return tokens[Math.min(at, tokens.length - 1)]!
}

function takeOperator<O extends ExpressionOperator>(reader: Reader, operators: readonly O[]): O | undefined {
  const token = peek(reader)
  const found = token.kind === 'operator' ? operators.find((one) => one === token.operator) : undefined
  if (found !== undefined) reader.at += 1
  return found
}

function takeSign(reader: Reader, text: '(' | ')' | ','): boolean {
  if (!isSign(peek(reader), text)) return false
  reader.at += 1
  return true
}

function requireSign(reader: Reader, text: '(' | ')'): void {
  if (!takeSign(reader, text)) throw new ExpressionSyntaxError(`Expected "${text}"`, peek(reader).from)
}

function isSign(token: ExpressionToken, text: string): boolean {
  return token.kind === 'sign' && token.text === text
}

function isFunction(name: string): name is ExpressionFunction {
  return Object.hasOwn(expressionFunctions, name)
}

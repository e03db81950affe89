// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how names stand in formulas.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluateExpression } from './evaluate-expression.ts'
import { type Expression, ExpressionSyntaxError, expressionTerms, termText } from './expression.ts'
import { parseExpression } from './parse-expression.ts'

function evaluate(text: string, columns: Readonly<Record<string, readonly number[] | number>> = {}): number[] {
  const rowCount = Object.values(columns).find((column): column is number[] => Array.isArray(column))?.length ?? 1
  return [
    ...evaluateExpression(parseExpression(text), rowCount, (term) => {
      const values = columns[termText(term)] ?? Number.NaN
      return typeof values === 'number' ? values : Float64Array.from(values)
    }),
  ]
}

test('operators bind as in JavaScript', () => {
  for (const text of [
    '1 + 2 * 3',
    '2 ** 3 ** 2',
    '10 - 4 - 3',
    '7 % 4 * 2',
    '-(1 + 2)',
    '1 / 2 / 4',
    '1 + 2 < 4 - 2',
  ]) {
    // biome-ignore lint/security/noGlobalEval: the same texts in the language whose order of operators is meant.
    expect(evaluate(text), text).toEqual([Number(globalThis.eval(text))])
  }
  expect(evaluate('-2 ** 2')).toEqual([-4])
  expect(evaluate('2 ^ -1')).toEqual([0.5])
})

test('names are metrics, values of the run, or the x axis', () => {
  const columns = { '${train/loss}': [4, 9], '${val/loss}': [2, 3], '${config:lr}': 0.5, '${acc}': [1, 2], x: [10, 20] }
  expect(evaluate('${train/loss} / ${val/loss}', columns)).toEqual([2, 3])
  expect(evaluate('1 - acc', columns)).toEqual([0, -1])
  expect(evaluate('x * ${config:lr}', columns)).toEqual([5, 10])
  const terms = expressionTerms(parseExpression('${a} + max(${b}, -${a}, ${summary:c}) * x'))
  expect(terms.map(termText)).toEqual(['${a}', '${b}', '${summary:c}', 'x'])
})

test('functions over rows', () => {
  const columns = { '${y}': [1, 4, Number.NaN, 9] }
  expect(evaluate('sqrt(y)', columns)).toEqual([1, 2, Number.NaN, 3])
  expect(evaluate('diff(y)', columns)).toEqual([Number.NaN, 3, Number.NaN, Number.NaN])
  expect(evaluate('cumsum(y)', columns)).toEqual([1, 5, Number.NaN, 14])
  expect(evaluate('ema(y, 0)', columns)).toEqual([1, 4, Number.NaN, 9])
  expect(evaluate('clamp(y, 2, 5)', columns)).toEqual([2, 4, Number.NaN, 5])
  expect(evaluate('min(y, 3) + max(y, 3)', columns)).toEqual([4, 7, Number.NaN, 12])
  expect(evaluate('log10(100) + log2(8) + log(exp(1))')).toEqual([6])
})

test('an average of a constant stays constant', () => {
  for (const value of evaluate('ema(y, 0.9)', { '${y}': Array.from({ length: 50 }, () => 3) })) {
    expect(value).toBeCloseTo(3, 12)
  }
})

test.each([
  ['', 0, 'Expected a number'],
  ['1 +', 3, 'Expected a number'],
  ['1 2', 2, 'Expected an operator'],
  ['(1 + 2', 6, 'Expected ")"'],
  ['${loss', 0, 'Expected "}"'],
  ['1 + ${}', 6, 'Expected the name'],
  ['loss # 2', 5, 'Unexpected "#"'],
  ['sine(1)', 0, 'No function is called "sine"'],
  ['2 * clamp(1, 2)', 4, '"clamp" takes 3 arguments, not 2'],
  ['('.repeat(200), 99, 'Too many parentheses'],
])('%j is wrong from position %i on', (text, position, message) => {
  const error = errorOf(text)
  expect(error.message).toContain(message)
  expect(Math.abs(error.position - position)).toBeLessThanOrEqual(text.length > 100 ? 60 : 0)
})

function errorOf(text: string): ExpressionSyntaxError {
  try {
    parseExpression(text)
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return error
  }
  throw new Error(`"${text}" was read`)
}

test('what is printed with all parentheses is read as the same tree', () => {
  const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 5 },
      fc.record({ kind: fc.constant('number' as const), value: fc.nat(1000) }),
      fc.constant<Expression>({ kind: 'term', term: { source: 'metric', name: 'val/loss' } }),
      fc.record({ kind: fc.constant('negative' as const), of: tie('expression') }, { noNullPrototype: true }),
      fc.record({
        kind: fc.constant('operation' as const),
        operator: fc.constantFrom('+', '-', '*', '/', '%', '**', '<', '>='),
        left: tie('expression'),
        right: tie('expression'),
      }),
      fc.record({
        kind: fc.constant('call' as const),
        name: fc.constant('ema' as const),
        arguments: fc.tuple(tie('expression'), tie('expression')),
      }),
    ),
  }))
  fc.assert(
    fc.property(expression, (tree) => {
      expect(parseExpression(print(tree))).toEqual(tree)
    }),
  )
})

function print(node: Expression): string {
  switch (node.kind) {
    case 'number':
      return `${node.value}`
    case 'term':
      return termText(node.term)
    case 'negative':
      return `(-${print(node.of)})`
    case 'operation':
      return `(${print(node.left)} ${node.operator} ${print(node.right)})`
    case 'call':
      return `${node.name}(${node.arguments.map(print).join(', ')})`
  }
}

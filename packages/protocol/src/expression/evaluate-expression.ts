import type { Expression, ExpressionFunction, ExpressionOperator, ExpressionTerm } from './expression.ts'

/** Values of a term: one for each row, or the same for all. */
export type TermValues = Float64Array | number

/**
 * Works out a formula for rows in their order; `diff`, `cumsum` and `ema` look back over them.
 *
 * @param values - What a term stands for; an array has `rowCount` elements.
 */
export function evaluateExpression(
  expression: Expression,
  rowCount: number,
  values: (term: ExpressionTerm) => TermValues,
): Float64Array {
  const evaluate = (node: Expression): Float64Array => {
    switch (node.kind) {
      case 'number':
        return new Float64Array(rowCount).fill(node.value)
      case 'term': {
        const found = values(node.term)
        return typeof found === 'number' ? new Float64Array(rowCount).fill(found) : found
      }
      case 'negative':
        return evaluate(node.of).map((value) => -value)
      case 'operation': {
        const operate = operations[node.operator]
        const right = evaluate(node.right)
        return evaluate(node.left).map((value, i) => operate(value, right[i]!))
      }
      case 'call':
        return call(node.name, node.arguments.map(evaluate))
    }
  }
  return evaluate(expression)
}

const operations: Readonly<Record<ExpressionOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '**': (a, b) => a ** b,
  '<': (a, b) => Number(a < b),
  '<=': (a, b) => Number(a <= b),
  '>': (a, b) => Number(a > b),
  '>=': (a, b) => Number(a >= b),
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
}

function call(name: ExpressionFunction, columns: readonly Float64Array[]): Float64Array {
  const [first, second, third] = columns as readonly [Float64Array, Float64Array, Float64Array]
  switch (name) {
    case 'abs':
    case 'ceil':
    case 'exp':
    case 'floor':
    case 'log':
    case 'log10':
    case 'log2':
    case 'round':
    case 'sqrt':
      return first.map((value) => Math[name](value))
    case 'min':
    case 'max':
      return first.map((_, i) => Math[name](...columns.map((column) => column[i]!)))
    case 'clamp':
      return first.map((value, i) => Math.min(Math.max(value, second[i]!), third[i]!))
    case 'diff':
      return first.map((value, i) => (i === 0 ? Number.NaN : value - first[i - 1]!))
    case 'cumsum':
      return cumulate(first)
    case 'ema':
      return average(first, second)
  }
}

/** Sums up; what is not finite is passed on and not added. */
function cumulate(column: Float64Array): Float64Array {
  let sum = 0
  return column.map((value) => {
    if (!Number.isFinite(value)) return value
    sum += value
    return sum
  })
}

/** The debiased average of what came so far, the older the less by `weight` a row. */
function average(column: Float64Array, weights: Float64Array): Float64Array {
  let numerator = 0
  let denominator = 0
  return column.map((value, i) => {
    if (!Number.isFinite(value)) return value
    const weight = Math.min(Math.max(weights[i]!, 0), 0.999)
    numerator = numerator * weight + value
    denominator = denominator * weight + 1
    return numerator / denominator
  })
}

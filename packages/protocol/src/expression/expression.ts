/** A formula over what a run has logged: `${train/loss} / ${val/loss}`. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'term'; readonly term: ExpressionTerm }
  | { readonly kind: 'negative'; readonly of: Expression }
  | {
      readonly kind: 'operation'
      readonly operator: ExpressionOperator
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'call'; readonly name: ExpressionFunction; readonly arguments: readonly Expression[] }

/** What stands between `${` and `}`. `x` is the value on the x axis. */
export type ExpressionTerm =
  | { readonly source: 'metric'; readonly name: string }
  | { readonly source: 'config'; readonly name: string }
  | { readonly source: 'summary'; readonly name: string }
  | { readonly source: 'x' }

export const expressionOperators = ['+', '-', '*', '/', '%', '**', '<', '<=', '>', '>=', '==', '!='] as const
/** What stands between two values of a formula. */
export type ExpressionOperator = (typeof expressionOperators)[number]

/** Functions with the least and the largest number of their arguments. */
export const expressionFunctions = {
  abs: [1, 1],
  ceil: [1, 1],
  clamp: [3, 3],
  cumsum: [1, 1],
  diff: [1, 1],
  ema: [2, 2],
  exp: [1, 1],
  floor: [1, 1],
  log: [1, 1],
  log10: [1, 1],
  log2: [1, 1],
  max: [1, 16],
  min: [1, 16],
  round: [1, 1],
  sqrt: [1, 1],
} as const
/** A name that stands before parentheses in a formula. */
export type ExpressionFunction = keyof typeof expressionFunctions

/** Why a formula cannot be read, and where. */
export class ExpressionSyntaxError extends Error {
  override readonly name: string = 'ExpressionSyntaxError'
  /** Place of the first character that does not fit, from 0. */
  readonly position: number

  /** @param message - Without the place, which is put behind it as people count, from 1. */
  constructor(message: string, position: number) {
    super(`${message} (position ${position + 1}).`)
    this.position = position
  }
}

/** Every different term of a formula, in the order of the text. */
export function expressionTerms(expression: Expression): readonly ExpressionTerm[] {
  return [...new Map(allTerms(expression).map((term) => [termText(term), term])).values()]
}

function allTerms(expression: Expression): readonly ExpressionTerm[] {
  switch (expression.kind) {
    case 'number':
      return []
    case 'term':
      return [expression.term]
    case 'negative':
      return allTerms(expression.of)
    case 'operation':
      return [...allTerms(expression.left), ...allTerms(expression.right)]
    case 'call':
      return expression.arguments.flatMap(allTerms)
  }
}

/** A term as it is written: `${val/loss}`, `${config:lr}`, `x`. */
export function termText(term: ExpressionTerm): string {
  if (term.source === 'x') return 'x'
  return term.source === 'metric' ? `\${${term.name}}` : `\${${term.source}:${term.name}}`
}

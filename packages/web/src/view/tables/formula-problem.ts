import { ExpressionSyntaxError, expressionTerms, parseExpression } from '@lossline/protocol'

/** What keeps a formula over columns from being worked out, in words; undefined when nothing does. */
export function formulaProblem(text: string, columns: readonly string[]): string | undefined {
  try {
    for (const term of expressionTerms(parseExpression(text))) {
      const name = term.source === 'x' ? 'x' : term.source === 'metric' ? term.name : `${term.source}:${term.name}`
      if (!columns.includes(name)) return `There is no column “${name}” (position ${text.indexOf(name) + 1}).`
    }
    return undefined
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return error.message
    throw error
  }
}

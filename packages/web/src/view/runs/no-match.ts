import {
  type ComparisonOperator,
  parseRunQuery,
  type QueryKey,
  type RunKeyInfo,
  type RunQueryNode,
} from '@lossline/protocol'
import { formatNumber } from '../text/format.ts'

/**
 * Why no run matches a query, where one of its conditions asks for a number that no run has: `Largest lr here is 0.1.` Undefined:
 * nothing as simple as that.
 *
 * @param keys - What configs and summaries of the project have.
 */
export function explainNoMatch(query: string, keys: readonly RunKeyInfo[]): string | undefined {
  let node: RunQueryNode | undefined
  try {
    node = parseRunQuery(query)
  } catch {
    // What is wrong with the text is said at the field.
    return undefined
  }
  for (const one of node === undefined ? [] : conditionsOf(node)) {
    if (one.kind !== 'compare' || typeof one.value !== 'number') continue
    const info = keys.find(({ key }) => isMeant(key, one.key))
    const reason = info && missOf(one.key.name, one.operator, one.value, info)
    if (reason !== undefined) return reason
  }
  return undefined
}

/** Conditions that all have to hold. */
function conditionsOf(node: RunQueryNode): readonly RunQueryNode[] {
  return node.kind === 'and' ? node.of.flatMap(conditionsOf) : [node]
}

function isMeant(key: string, { namespace, name }: QueryKey): boolean {
  if (namespace !== 'auto') return key === `${namespace}.${name}`
  return key === `config.${name}` || key === `summary.${name}`
}

function missOf(
  name: string,
  operator: ComparisonOperator,
  value: number,
  { min, max, commonValues }: RunKeyInfo,
): string | undefined {
  if (min === null || max === null) return undefined
  const tell = (word: string, number: number): string => `${word} ${name} here is ${formatNumber(number)}.`
  switch (operator) {
    case '>':
      return max <= value ? tell('Largest', max) : undefined
    case '>=':
      return max < value ? tell('Largest', max) : undefined
    case '<':
      return min >= value ? tell('Smallest', min) : undefined
    case '<=':
      return min > value ? tell('Smallest', min) : undefined
    case '=': {
      const known = [min, max, ...commonValues.filter((one) => typeof one === 'number')]
      if (known.includes(value)) return undefined
      if (value > max) return tell('Largest', max)
      if (value < min) return tell('Smallest', min)
      // Ten are known at most: another one may be nearer.
      if (commonValues.length === 0 || commonValues.length >= 10) return undefined
      const distance = (one: number): number => Math.abs(one - value)
      return tell(
        'Nearest',
        known.reduce((best, one) => (distance(one) < distance(best) ? one : best)),
      )
    }
    case '!=':
      return undefined
  }
}

import { columnNameOf, printQueryDuration, type QueryLanguage, type RunQueryNode } from '@lossline/protocol'
import type { QueryCondition } from './edit-query.ts'

/** A condition in three parts, as a chip shows it. */
export interface ChipWords {
  /** Empty: words are looked for everywhere. */
  readonly key: string
  readonly operator: string
  /** Empty where nothing is compared. */
  readonly value: string
}

/** So many values of a list are named. */
const namedCount = 3

/** What a chip shows of a condition. */
export function chipWords(condition: QueryCondition, language: QueryLanguage): ChipWords {
  if (condition.kind === 'words') return { key: '', operator: '', value: `“${condition.text}”` }
  const key = columnNameOf(condition.key)
  switch (condition.kind) {
    case 'compare': {
      const value = condition.other === undefined ? language.printValue(condition.value) : columnNameOf(condition.other)
      return { key, operator: condition.operator, value }
    }
    case 'when':
      return { key, operator: condition.operator, value: printQueryDuration(condition.offsetMs) }
    case 'in': {
      const named = condition.values.slice(0, namedCount).map((value) => language.printValue(value))
      const restCount = condition.values.length - named.length
      return { key, operator: 'in', value: `${named.join(', ')}${restCount > 0 ? ` and ${restCount} more` : ''}` }
    }
    case 'matches':
      return { key, operator: '~', value: `/${condition.pattern}/` }
    case 'includes':
      return { key, operator: 'has', value: language.printValue(condition.value) }
    case 'exists':
      return { key, operator: 'has a value', value: '' }
  }
}

/** A part of a query in words to be read out, such as `loss < 0.3`. A group is told by how many parts it has. */
export function sayPart(part: RunQueryNode, language: QueryLanguage): string {
  switch (part.kind) {
    case 'not':
      return `not ${sayPart(part.of, language)}`
    case 'and':
    case 'or': {
      const count = part.of.length === 1 ? '1 condition' : `${part.of.length} conditions`
      return `group of ${count}, ${part.kind === 'and' ? 'all must hold' : 'one must hold'}`
    }
    default: {
      const { key, operator, value } = chipWords(part, language)
      return [key, operator, value].filter((word) => word !== '').join(' ')
    }
  }
}

import { parseQueryKey } from './parse-run-query.ts'
import { printQueryKey } from './print-run-query.ts'
import type { QueryKeyInfo, QueryLanguage, QueryOperator } from './query-language.ts'
import { placeBehind, type QueryPlace } from './query-place.ts'
import { type QueryToken, readTokensBeforeOpen } from './read-tokens.ts'

/** Something that can stand where the cursor is. */
export interface QueryCompletion {
  readonly text: string
  /** What is known of it: its kind and range, or what it is for. */
  readonly detail: string
  /** The part of the query that it takes the place of. */
  readonly from: number
  readonly to: number
}

interface Candidate {
  readonly text: string
  readonly detail: string
}

const completionCountMax = 8

/**
 * What can stand before the cursor instead of the word there: keys, operators that fit a key, values that there are, `and`
 * and `or`. The best first, at most eight; none where people have to know themselves, as in patterns.
 */
export function completeQuery(text: string, cursor: number, language: QueryLanguage): readonly QueryCompletion[] {
  const { tokens, word, from } = splitWord(text.slice(0, cursor))
  const place = placeBehind(tokens, (key) => language.find(key)?.operators.includes('has') === true)
  const openCount = tokens.reduce((count, token) => count + bracketStep(token), 0)
  const wanted = word.replace(/^["']/, '').toLowerCase()
  return candidatesAt(place, { language, hasWord: wanted !== '', isOpen: openCount > 0 })
    .map((candidate) => ({ ...candidate, rank: rankOf(candidate.text.replace(/^"/, '').toLowerCase(), wanted) }))
    .filter(({ rank, text: found }) => rank >= 0 && found !== word)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, completionCountMax)
    .map((candidate) => ({ text: candidate.text, detail: candidate.detail, from, to: cursor }))
}

/** What stands before the word that is being typed, and that word; a quote that nothing closes yet is part of it. */
function splitWord(before: string): {
  readonly tokens: readonly QueryToken[]
  readonly word: string
  readonly from: number
} {
  const { tokens, openAt } = readTokensBeforeOpen(before)
  if (openAt !== undefined) return { tokens, word: before.slice(openAt), from: openAt }
  const last = tokens.at(-1)
  if (last?.kind !== 'word' || last.to < before.length) return { tokens, word: '', from: before.length }
  return { tokens: tokens.slice(0, -1), word: last.text, from: last.from }
}

function bracketStep(token: QueryToken): number {
  if (token.kind !== 'sign') return 0
  return token.text === '(' ? 1 : token.text === ')' ? -1 : 0
}

interface Surroundings {
  readonly language: QueryLanguage
  readonly hasWord: boolean
  /** Whether a parenthesis waits to be closed. */
  readonly isOpen: boolean
}

function candidatesAt(place: QueryPlace, { language, hasWord, isOpen }: Surroundings): readonly Candidate[] {
  switch (place.kind) {
    case 'condition':
      return [...keysOf(language), ...(hasWord ? conditionWords : [])]
    case 'key':
      return keysOf(language)
    case 'operator': {
      // Behind a word that may be a key, or one of several to look for.
      if (hasWord) return [...connectives, ...keysOf(language)]
      const operators = language.find(place.key)?.operators
      return operators?.map((text) => ({ text, detail: operatorWords[text] })) ?? connectives
    }
    case 'value':
      return [...valuesBehind(place.operator, language.find(place.key), language), ...othersOf(place.key, language)]
    case 'list-value':
      return valuesOf(language.find(place.key), language)
    case 'list-start':
      return hasWord ? [] : [{ text: '[', detail: 'list of values' }]
    case 'list-end':
      return [{ text: ']', detail: 'end of the list' }]
    case 'pattern':
      return []
    case 'connective':
      return [
        ...connectives,
        ...(isOpen ? [{ text: ')', detail: 'end of the group' }] : []),
        ...(hasWord ? keysOf(language) : []),
      ]
  }
}

const connectives: readonly Candidate[] = [
  { text: 'and', detail: 'both must hold' },
  { text: 'or', detail: 'one must hold' },
]
const conditionWords: readonly Candidate[] = [
  { text: 'not', detail: 'must not hold' },
  { text: 'has(', detail: 'a key has a value' },
]

/** What operators say. */
export const operatorWords: Readonly<Record<QueryOperator, string>> = {
  '=': 'is',
  '!=': 'is not',
  '<': 'less',
  '<=': 'at most',
  '>': 'greater',
  '>=': 'at least',
  in: 'is one of',
  '~': 'matches a pattern',
  has: 'has',
  exists: 'has a value',
}

/** Times from now that are asked for often. */
export const usualTimes: readonly Candidate[] = [
  { text: '-1h', detail: 'an hour ago' },
  { text: '-1d', detail: 'a day ago' },
  { text: '-7d', detail: 'a week ago' },
  { text: '-30d', detail: '30 days ago' },
]

function keysOf({ keys }: QueryLanguage): readonly Candidate[] {
  return keys.map(({ text, detail }) => ({ text: printQueryKey(parseQueryKey(text)), detail }))
}

function valuesBehind(operator: string, info: QueryKeyInfo | undefined, language: QueryLanguage): readonly Candidate[] {
  if (info?.holds === 'time') return usualTimes
  const isRange = /[<>]/.test(operator) && info?.holds !== 'text'
  return isRange ? [] : valuesOf(info, language)
}

function valuesOf(info: QueryKeyInfo | undefined, language: QueryLanguage): readonly Candidate[] {
  return (info?.values ?? []).map((value) => ({ text: language.printValue(value), detail: 'value' }))
}

function othersOf(key: string, language: QueryLanguage): readonly Candidate[] {
  return language.othersOf(key).map((text) => ({ text, detail: 'of the same row' }))
}

/** Beginnings first, then beginnings of what stands behind a dot or slash, then anywhere. Below 0: not in it. */
function rankOf(text: string, wanted: string): number {
  const at = text.indexOf(wanted)
  if (at <= 0) return at
  return /[./]/.test(text[at - 1] ?? '') ? 1 : 2
}

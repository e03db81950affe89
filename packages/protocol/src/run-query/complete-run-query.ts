import type { RunKeyInfo } from '../page/runs-api.ts'
import { fieldOf, parseQueryKey } from './parse-run-query.ts'
import { printQueryKey, printQueryValue } from './print-run-query.ts'
import { placeBehind, type QueryPlace } from './query-place.ts'
import { type QueryToken, readTokensBeforeOpen } from './read-tokens.ts'
import { type RunQueryFieldInfo, runQueryFields } from './run-query.ts'

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
 * What can stand before the cursor instead of the word there: keys, operators that fit a key, values that runs have, `and`
 * and `or`. The best first, at most eight; none where people have to know themselves, as in patterns.
 *
 * @param keys - What configs and summaries of the project have.
 */
export function completeRunQuery(
  text: string,
  cursor: number,
  keys: readonly RunKeyInfo[],
): readonly QueryCompletion[] {
  const { tokens, word, from } = splitWord(text.slice(0, cursor))
  const place = placeBehind(tokens)
  const openCount = tokens.reduce((count, token) => count + bracketStep(token), 0)
  const wanted = word.replace(/^["']/, '').toLowerCase()
  return candidatesAt(place, { keys, hasWord: wanted !== '', isOpen: openCount > 0 })
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
  readonly keys: readonly RunKeyInfo[]
  readonly hasWord: boolean
  /** Whether a parenthesis waits to be closed. */
  readonly isOpen: boolean
}

function candidatesAt(place: QueryPlace, { keys, hasWord, isOpen }: Surroundings): readonly Candidate[] {
  switch (place.kind) {
    case 'condition':
      return [...keysOf(keys), ...(hasWord ? conditionWords : [])]
    case 'key':
      return keysOf(keys)
    case 'operator':
      // Behind a word that may be a key, or one of several to look for.
      return hasWord ? [...connectives, ...keysOf(keys)] : operatorsOf(place.key, keys)
    case 'value':
      return /[<>]/.test(place.operator) && infoOf(place.key, keys)?.kind !== 'text'
        ? timesOf(place.key)
        : valuesOf(place.key, keys)
    case 'list-value':
      return valuesOf(place.key, keys)
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
        ...(hasWord ? keysOf(keys) : []),
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

function keysOf(keys: readonly RunKeyInfo[]): readonly Candidate[] {
  const fields = Object.keys(runQueryFields).map((text) => ({ text, detail: 'of the run' }))
  return [...fields, ...keys.map((key) => ({ text: printQueryKey(parseQueryKey(key.key)), detail: describe(key) }))]
}

const equality: readonly Candidate[] = [
  { text: '=', detail: 'is' },
  { text: '!=', detail: 'is not' },
]
const range: readonly Candidate[] = [
  { text: '<', detail: 'less' },
  { text: '<=', detail: 'at most' },
  { text: '>', detail: 'greater' },
  { text: '>=', detail: 'at least' },
]
const oneOf: Candidate = { text: 'in', detail: 'is one of' }
const pattern: Candidate = { text: '~', detail: 'matches a pattern' }

function operatorsOf(name: string, keys: readonly RunKeyInfo[]): readonly Candidate[] {
  switch (fieldNamed(name)?.holds) {
    case 'time':
    case 'duration':
      return range
    case 'list':
      return [{ text: 'has', detail: 'has a tag' }, oneOf, pattern]
    case 'text':
      return [...equality, oneOf, pattern]
    default:
      break
  }
  const info = infoOf(name, keys)
  if (info === undefined) return connectives
  if (info.kind === 'number') return [...range, ...equality, oneOf]
  return info.kind === 'boolean' ? equality : [...equality, oneOf, pattern]
}

const states = ['running', 'finished', 'failed', 'crashed', 'killed', 'pending', 'preempting', 'preempted']
const times: readonly Candidate[] = [
  { text: '-1h', detail: 'an hour ago' },
  { text: '-1d', detail: 'a day ago' },
  { text: '-7d', detail: 'a week ago' },
  { text: '-30d', detail: '30 days ago' },
]

function timesOf(name: string): readonly Candidate[] {
  return fieldNamed(name)?.holds === 'time' ? times : []
}

function valuesOf(name: string, keys: readonly RunKeyInfo[]): readonly Candidate[] {
  if (fieldNamed(name)?.filterKey === 'state') return states.map((text) => ({ text, detail: 'state' }))
  const values = infoOf(name, keys)?.commonValues ?? []
  return values.map((value) => ({ text: printQueryValue(value), detail: 'value' }))
}

function fieldNamed(name: string): RunQueryFieldInfo | undefined {
  return fieldOf(parseQueryKey(name))
}

function infoOf(name: string, keys: readonly RunKeyInfo[]): RunKeyInfo | undefined {
  return keys.find(({ key }) => key === name || key === `config.${name}` || key === `summary.${name}`)
}

function describe({ kind, min, max }: RunKeyInfo): string {
  if (kind !== 'number' || min === null || max === null) return kind
  return min === max ? String(min) : `${min} … ${max}`
}

/** Beginnings first, then beginnings of what stands behind a dot or slash, then anywhere. Below 0: not in it. */
function rankOf(text: string, wanted: string): number {
  const at = text.indexOf(wanted)
  if (at <= 0) return at
  return /[./]/.test(text[at - 1] ?? '') ? 1 : 2
}

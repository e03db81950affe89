import {
  type ComparisonOperator,
  columnNameOf,
  parseQueryKey,
  printQueryDuration,
  printQueryKey,
  type QueryKey,
  type QueryKeyInfo,
  type QueryLanguage,
  type QueryOperator,
  type QueryValue,
  RunQuerySyntaxError,
} from '@lossline/protocol'
import type { QueryCondition } from './edit-query.ts'

/** A value while it is edited. */
export interface ValueDraft {
  /** As people write it. */
  readonly text: string
  /** What it was before anybody wrote; undefined once somebody has. */
  readonly value?: QueryValue
  /** It is the name of a key that is compared with. */
  readonly isKey?: boolean
  /** Of a list: what is written next is another value. */
  readonly isDone?: boolean
}

/** A condition while it is edited: it may not be whole yet. */
export type ConditionDraft =
  | { readonly kind: 'words'; readonly text: string }
  | {
      readonly kind: 'key'
      /** As {@link QueryKeyInfo.text}, or another name for it; '' when none was chosen yet. */
      readonly key: string
      readonly operator: QueryOperator
      /** One, or as many as there are for `in`; ignored by `exists`. */
      readonly values: readonly ValueDraft[]
    }

/** A new condition, of which nothing is known. */
export const emptyDraft: ConditionDraft = { kind: 'key', key: '', operator: '=', values: [] }

/** A condition that there is, to be edited. */
export function toDraft(condition: QueryCondition): ConditionDraft {
  if (condition.kind === 'words') return { kind: 'words', text: condition.text }
  const key = columnNameOf(condition.key)
  switch (condition.kind) {
    case 'compare': {
      const { operator, value, other } = condition
      const draft = other === undefined ? toValueDraft(value) : { text: other.name, isKey: true }
      return { kind: 'key', key, operator, values: [draft] }
    }
    case 'when':
      return {
        kind: 'key',
        key,
        operator: condition.operator,
        values: [{ text: printQueryDuration(condition.offsetMs) }],
      }
    case 'in':
      return { kind: 'key', key, operator: 'in', values: condition.values.map(toValueDraft) }
    case 'matches':
      return { kind: 'key', key, operator: '~', values: [{ text: condition.pattern }] }
    case 'includes':
      return { kind: 'key', key, operator: 'has', values: [{ text: condition.value }] }
    case 'exists':
      return { kind: 'key', key, operator: 'exists', values: [] }
  }
}

/** A value as it is shown for editing: texts without quotes. */
export function toValueDraft(value: QueryValue): ValueDraft {
  return { text: String(value), value }
}

/** The draft with another key: the operator is kept where it suits the key, and values are where they were of the same kind. */
export function withKey(draft: ConditionDraft, info: QueryKeyInfo, before: QueryKeyInfo | undefined): ConditionDraft {
  const isSame = draft.kind === 'key' && before?.holds === info.holds && !info.isClosed
  const isSuitable = draft.kind === 'key' && draft.key !== '' && info.operators.includes(draft.operator)
  const operator = isSuitable ? draft.operator : info.operators[0]!
  return { kind: 'key', key: info.text, operator, values: isSame ? draft.values : [] }
}

/** The condition that a draft makes, or what it still needs. */
export type DraftReading =
  | { readonly kind: 'whole'; readonly condition: QueryCondition }
  | { readonly kind: 'incomplete'; readonly message: string }

/** Reads a draft. */
export function readDraft(draft: ConditionDraft, language: QueryLanguage): DraftReading {
  if (draft.kind === 'words') {
    const text = draft.text.trim()
    return text === '' ? incomplete('Write the words to look for.') : whole({ kind: 'words', text })
  }
  const { operator, values } = draft
  if (draft.key === '') return incomplete('Choose a key.')
  const key = parseQueryKey(draft.key)
  const [first] = values
  switch (operator) {
    case 'exists':
      return whole({ kind: 'exists', key })
    case '~':
      return readPattern(key, first?.text ?? '')
    case 'has':
      return first === undefined || first.text === ''
        ? incomplete('Write what it should have.')
        : whole({ kind: 'includes', key, value: first.text })
    case 'in': {
      if (values.length === 0) return incomplete('Add a value.')
      const read = values.map((value) => readValue(value, draft.key, language))
      const wrong = read.find((one) => one.kind === 'incomplete')
      if (wrong !== undefined) return wrong
      return whole({ kind: 'in', key, values: read.flatMap((one) => (one.kind === 'value' ? [one.value] : [])) })
    }
    default:
      return readComparison(draft.key, operator, first, language)
  }
}

type Incomplete = Extract<DraftReading, { readonly kind: 'incomplete' }>
type ValueReading = { readonly kind: 'value'; readonly value: QueryValue } | Incomplete

const incomplete = (message: string): Incomplete => ({ kind: 'incomplete', message })
const whole = (condition: QueryCondition): DraftReading => ({ kind: 'whole', condition })

/** In a query a slash ends a pattern; before any other character a backslash is the pattern's own. */
function readPattern(key: QueryKey, text: string): DraftReading {
  if (text === '') return incomplete('Write a pattern such as resnet.*50.')
  const pattern = text.replace(/\\(.)/gs, (pair, escaped: string) => (escaped === '/' ? '/' : pair))
  if (/^(?:[^\\]|\\.)*\\$/s.test(pattern)) return incomplete('A pattern cannot end in one backslash.')
  return whole({ kind: 'matches', key, pattern })
}

function readComparison(
  keyText: string,
  operator: ComparisonOperator,
  draft: ValueDraft | undefined,
  language: QueryLanguage,
): DraftReading {
  const key = parseQueryKey(keyText)
  const info = language.find(keyText)
  if (draft?.isKey) {
    const other: QueryKey = { namespace: 'auto', name: draft.text }
    return whole({ kind: 'compare', key, operator, value: draft.text, other })
  }
  if (draft !== undefined && (info?.holds === 'time' || info?.holds === 'duration') && draft.value === undefined) {
    return readTime(keyText, operator, draft.text, language)
  }
  if (draft === undefined) return incomplete(missing(info))
  const read = readValue(draft, keyText, language)
  return read.kind === 'value' ? whole({ kind: 'compare', key, operator, value: read.value }) : read
}

/** Times and durations have a notation of their own, which the language knows. */
function readTime(keyText: string, operator: string, text: string, language: QueryLanguage): DraftReading {
  const info = language.find(keyText)
  const operand = /^-?[\d.]+[smhdw]?$/.test(text.trim()) ? text.trim() : JSON.stringify(text.trim())
  if (text.trim() === '') return incomplete(missing(info))
  try {
    const node = language.parse(`${printQueryKey(parseQueryKey(keyText))} ${operator} ${operand}`)
    const isTime =
      node?.kind === 'when' || (node?.kind === 'compare' && (info?.holds === 'time' || typeof node.value === 'number'))
    if (isTime) return whole(node)
  } catch (error) {
    if (!(error instanceof RunQuerySyntaxError)) throw error
  }
  return incomplete(missing(info))
}

/** A text is a number or the like only where there can be one; in quotes it is a text anywhere. */
function readValue({ text, value }: ValueDraft, keyText: string, language: QueryLanguage): ValueReading {
  if (value !== undefined) return { kind: 'value', value }
  const info = language.find(keyText)
  if (info?.holds === 'text' || info?.holds === 'list') return { kind: 'value', value: text }
  const word = text.trim()
  if (word === '') return incomplete(missing(info))
  const read = readWord(word, keyText, language)
  const isNumber = typeof read !== 'string' || read !== word || /^([-+]?(\d+|infinity)|nan)$/i.test(word)
  if (info?.holds === 'number' && !isNumber) return incomplete(`${keyText} holds numbers, and “${word}” is none.`)
  return { kind: 'value', value: read }
}

/** A word as the language reads it: `3` is a number, and integers may keep their digits. */
function readWord(word: string, keyText: string, language: QueryLanguage): QueryValue {
  try {
    const node = language.parse(`${printQueryKey(parseQueryKey(keyText))} = ${word}`)
    return node?.kind === 'compare' && node.other === undefined ? node.value : word
  } catch (error) {
    if (error instanceof RunQuerySyntaxError) return word
    throw error
  }
}

function missing(info: QueryKeyInfo | undefined): string {
  switch (info?.holds) {
    case 'number':
      return 'Write a number.'
    case 'time':
      return 'Write a time such as -7d, or a date.'
    case 'duration':
      return 'Write a duration such as 90m, or seconds.'
    case 'boolean':
      return 'Choose true or false.'
    default:
      return info?.isClosed ? 'Choose a value.' : 'Write a value.'
  }
}

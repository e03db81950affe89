import type { QueryToken } from './read-tokens.ts'

/** What a query asks for at some place in it. */
export type QueryPlace =
  /** A key, a word to look for, `not` or `has(`. */
  | { readonly kind: 'condition' }
  /** Behind what may be a key: an operator, or another word. */
  | { readonly kind: 'operator'; readonly key: string }
  | { readonly kind: 'value'; readonly key: string; readonly operator: string }
  /** Within the brackets of `in`. */
  | { readonly kind: 'list-value'; readonly key: string }
  /** Behind a value there. */
  | { readonly kind: 'list-end'; readonly key: string }
  | { readonly kind: 'list-start'; readonly key: string }
  /** Within `has(`. */
  | { readonly kind: 'key' }
  | { readonly kind: 'pattern' }
  /** Behind a whole condition: `and`, `or`, or the next one. */
  | { readonly kind: 'connective' }

/**
 * The place behind tokens, which need not be those of a whole query.
 *
 * @param isList - Whether a key has lists of values, of which `has` asks for one.
 */
export function placeBehind(tokens: readonly QueryToken[], isList: (key: string) => boolean): QueryPlace {
  return tokens.reduce<QueryPlace>((place, token) => follow(place, token, isList), { kind: 'condition' })
}

function follow(place: QueryPlace, token: QueryToken, isList: (key: string) => boolean): QueryPlace {
  if (token.kind === 'end') return place
  const word = token.kind === 'word' ? token.text.toLowerCase() : undefined
  const sign = token.kind === 'sign' ? token.text : undefined
  switch (place.kind) {
    case 'value':
    case 'pattern':
      return { kind: 'connective' }
    case 'list-start':
      return sign === '[' ? { ...place, kind: 'list-value' } : place
    case 'list-value':
      return sign === ']' ? { kind: 'connective' } : { ...place, kind: 'list-end' }
    case 'list-end':
      return sign === ']' ? { kind: 'connective' } : { ...place, kind: 'list-value' }
    case 'key':
      return sign === ')' ? { kind: 'connective' } : place
    case 'operator':
      if (sign === '(' && place.key.toLowerCase() === 'has') return { kind: 'key' }
      if (sign === '~') return { kind: 'pattern' }
      if (sign !== undefined && comparisonSigns.has(sign)) return { kind: 'value', key: place.key, operator: sign }
      if (word === 'in') return { kind: 'list-start', key: place.key }
      if (word === 'exists') return { kind: 'connective' }
      if (word === 'has' && isList(place.key)) return { kind: 'value', key: place.key, operator: 'has' }
      return startCondition(token)
    default:
      return startCondition(token)
  }
}

const comparisonSigns: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>='])

function startCondition(token: QueryToken): QueryPlace {
  if (token.kind === 'sign') return { kind: token.text === ')' ? 'connective' : 'condition' }
  if (token.kind !== 'word' && token.kind !== 'quoted') return { kind: 'condition' }
  const isConnective = token.kind === 'word' && /^(and|or|not)$/i.test(token.text)
  return isConnective ? { kind: 'condition' } : { kind: 'operator', key: token.text }
}

import {
  parseRunQuery,
  type RunQueryNode,
  RunQuerySyntaxError,
  readQueryTokens,
  runQueryKeys,
  type StrictJsonObject,
  toRunFilter,
} from '@lossline/protocol'
import { patternFault } from '../filter/pattern-fault.ts'
import { findUnknownKey, type KnownRunKeys, type UnknownKey } from '../filter/unknown-key.ts'

/** What a query asks the server, or why it cannot be asked. */
export type RunFilterState =
  | {
      readonly kind: 'ready'
      readonly filter: StrictJsonObject | undefined
      /** A key in it that no run has, which may be a slip. */
      readonly unknown?: UnknownKey
      /** Nothing is found while it is being written: what was found before is shown. */
      readonly findsNothing?: boolean
    }
  /** Names without a namespace are in it, and the project's keys are not known yet. */
  | { readonly kind: 'pending' }
  | {
      readonly kind: 'error'
      readonly message: string
      readonly position: number | undefined
      /** Nothing was asked before: all runs are shown. */
      readonly isUnfiltered?: boolean
    }

/**
 * @param known - What configs and summaries of the project have; undefined until that is known.
 * @param nowMs - Unix milliseconds: what `created > -7d` counts from.
 */
export function readRunFilter(text: string, known: KnownRunKeys | undefined, nowMs: number): RunFilterState {
  let query: RunQueryNode | undefined
  try {
    query = parseRunQuery(text)
    if (query) checkPatterns(query, text)
  } catch (error) {
    if (!(error instanceof RunQuerySyntaxError)) throw error
    return { kind: 'error', message: error.message, position: error.position }
  }
  if (query === undefined) return { kind: 'ready', filter: undefined }
  const bare = runQueryKeys(query).filter(({ namespace }) => namespace === 'auto')
  if (bare.length > 0 && known === undefined) return { kind: 'pending' }
  const keys = new Set(known?.keys.map(({ key }) => key))
  const isBoth = bare.find(({ name }) => keys.has(`config.${name}`) && keys.has(`summary.${name}`))
  if (isBoth !== undefined) {
    const { name } = isBoth
    const message = `${name} is in config and summary: write config.${name} or summary.${name}.`
    const place = readQueryTokens(text).find((token) => 'text' in token && token.text === name)
    return { kind: 'error', message, position: place?.from }
  }
  const locate = (name: string) => (keys.has(`config.${name}`) ? 'config' : 'summary')
  const unknown = known && findUnknownKey(text, query, known)
  // Made of nothing but texts, numbers, booleans and null.
  const filter = toRunFilter(query, { nowMs, locate }) as StrictJsonObject
  return { kind: 'ready', filter, ...(unknown !== undefined && { unknown }) }
}

/** @throws RunQuerySyntaxError for the first pattern that is none. */
function checkPatterns(query: RunQueryNode, text: string): void {
  if (query.kind === 'and' || query.kind === 'or') for (const one of query.of) checkPatterns(one, text)
  if (query.kind === 'not') checkPatterns(query.of, text)
  if (query.kind !== 'matches') return
  const { pattern } = query
  const fault = patternFault(pattern)
  if (fault === undefined) return
  const place = readQueryTokens(text).find((token) => 'text' in token && token.text === pattern)
  throw new RunQuerySyntaxError(`/${pattern}/ is no pattern: ${fault}`, place?.from ?? 0)
}

/** Whether runs that are shown are those of what was asked before, as what is asked now has no answer yet, or none to show. */
export function isStale(filter: RunFilterState, runs: { readonly isSettled: boolean }): boolean {
  const isBefore = filter.kind === 'error' && filter.isUnfiltered !== true
  return isBefore || (filter.kind === 'ready' && filter.findsNothing === true) || !runs.isSettled
}

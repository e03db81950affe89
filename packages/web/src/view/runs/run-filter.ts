import {
  parseRunQuery,
  type RunKeyInfo,
  type RunQueryNode,
  RunQuerySyntaxError,
  runQueryKeys,
  type StrictJsonObject,
  toRunFilter,
} from '@lossline/protocol'

/** What a query asks the server, or why it cannot be asked. */
export type RunFilterState =
  | { readonly kind: 'ready'; readonly filter: StrictJsonObject | undefined }
  /** Names without a namespace are in it, and the project's keys are not known yet. */
  | { readonly kind: 'pending' }
  | { readonly kind: 'error'; readonly message: string; readonly position: number | undefined }

/**
 * @param keys - What configs and summaries of the project have; undefined until that is known.
 * @param nowMs - Unix milliseconds: what `created > -7d` counts from.
 */
export function readRunFilter(text: string, keys: readonly RunKeyInfo[] | undefined, nowMs: number): RunFilterState {
  let query: RunQueryNode | undefined
  try {
    query = parseRunQuery(text)
  } catch (error) {
    if (!(error instanceof RunQuerySyntaxError)) throw error
    return { kind: 'error', message: error.message, position: error.position }
  }
  if (query === undefined) return { kind: 'ready', filter: undefined }
  const bare = runQueryKeys(query).filter(({ namespace }) => namespace === 'auto')
  if (bare.length > 0 && keys === undefined) return { kind: 'pending' }
  const known = new Set(keys?.map(({ key }) => key))
  const isBoth = bare.find(({ name }) => known.has(`config.${name}`) && known.has(`summary.${name}`))
  if (isBoth !== undefined) {
    const { name } = isBoth
    const message = `${name} is in config and summary: write config.${name} or summary.${name}.`
    return { kind: 'error', message, position: undefined }
  }
  const locate = (name: string) => (known.has(`config.${name}`) ? 'config' : 'summary')
  // Made of nothing but texts, numbers, booleans and null.
  return { kind: 'ready', filter: toRunFilter(query, { nowMs, locate }) as StrictJsonObject }
}

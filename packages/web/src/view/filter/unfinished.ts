import { parseQueryKey, type QueryLanguage, type RunQueryNode } from '@lossline/protocol'

/**
 * Whether a query ends in words that may be the beginning of a condition: `lo`, which is looked for in names, may become
 * `loss < 0.3`.
 */
export function mayBecomeCondition(text: string, language: QueryLanguage): boolean {
  const word = lastWordOf(text, language)
  if (word === undefined) return false
  const starts = (name: string): boolean => name.toLowerCase().startsWith(word)
  return language.keys.some((info) => starts(info.text) || starts(parseQueryKey(info.text).name))
}

/** In small letters; undefined when the query does not end in words to look for, or cannot be read. */
function lastWordOf(text: string, language: QueryLanguage): string | undefined {
  let node: RunQueryNode | undefined
  try {
    node = language.parse(text)
  } catch {
    return undefined
  }
  while (node?.kind === 'and' || node?.kind === 'or' || node?.kind === 'not') {
    node = node.kind === 'not' ? node.of : node.of.at(-1)
  }
  return node?.kind === 'words' ? node.text.split(' ').at(-1)?.toLowerCase() : undefined
}

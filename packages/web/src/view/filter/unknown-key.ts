import {
  nearestName,
  parseQueryKey,
  printQueryKey,
  type QueryKey,
  type RunKeyInfo,
  type RunQueryNode,
  readQueryTokens,
  runQueryKeys,
} from '@lossline/protocol'
import { formatCount } from '../text/format.ts'

/** What is known of the keys of a project's runs. */
export interface KnownRunKeys {
  readonly keys: readonly Pick<RunKeyInfo, 'key'>[]
  /** So many runs were looked at, the newest. */
  readonly runCount: number
}

/** A key of a query that no run has. */
export interface UnknownKey {
  /** `No run has “config.lrr”.` */
  readonly text: string
  /** The key that may be meant, as it is written in a query, and the query with it; undefined: none is near. */
  readonly meant: { readonly key: string; readonly query: string } | undefined
}

/** So many runs are looked at for keys: of more, nobody knows whether an older one has it. */
export const lookedAtRunCountMax = 2000

/**
 * The first key of a query that no run has, which may be a slip, or be logged later: nothing is wrong with the query. Undefined: there
 * is none, or nothing is known of keys.
 *
 * @param query - What `text` says.
 */
export function findUnknownKey(
  text: string,
  query: RunQueryNode,
  { keys, runCount }: KnownRunKeys,
): UnknownKey | undefined {
  if (keys.length === 0) return undefined
  const known = keys.map(({ key }) => key)
  const unknown = runQueryKeys(query).find((key) => namesOf(key).every((name) => !isKnown(name, known)))
  if (unknown === undefined) return undefined
  const written = printQueryKey(unknown)
  const none = runCount < lookedAtRunCountMax ? 'No run has' : `None of the newest ${formatCount(runCount, 'run')} has`
  const meant = meantBy(unknown, known)
  const corrected = meant === undefined ? undefined : withKey(text, unknown, meant)
  return {
    text: `${none} “${written}”.`,
    meant: meant === undefined ? undefined : { key: meant, query: corrected ?? text },
  }
}

/** The first place of a key in a query, with another key. */
function withKey(text: string, { namespace, name }: QueryKey, other: string): string | undefined {
  const place = readQueryTokens(text).find((token) => {
    if (token.kind !== 'word' && token.kind !== 'quoted') return false
    const key = parseQueryKey(token.text)
    return key.namespace === namespace && key.name === name
  })
  return place && text.slice(0, place.from) + other + text.slice(place.to)
}

/** Names under which a key can be known. */
function namesOf({ namespace, name }: QueryKey): readonly string[] {
  return namespace === 'auto' ? [`config.${name}`, `summary.${name}`] : [`${namespace}.${name}`]
}

/** Objects are told by what is in them: `config.optimizer` is there if `config.optimizer.name` is. */
function isKnown(name: string, known: readonly string[]): boolean {
  return known.some((key) => key === name || key.startsWith(`${name}.`))
}

/** In the namespace that was written if there is one, else anywhere under the same name. */
function meantBy(key: QueryKey, known: readonly string[]): string | undefined {
  const namespaces = key.namespace === 'auto' ? ['config', 'summary'] : [key.namespace, 'config', 'summary']
  for (const namespace of new Set(namespaces)) {
    const names = known.filter((one) => one.startsWith(`${namespace}.`)).map((one) => one.slice(namespace.length + 1))
    const nearest = names.includes(key.name) ? key.name : nearestName(key.name, names)
    if (nearest === undefined) continue
    const isMeantAnywhere = key.namespace === 'auto'
    return printQueryKey(
      isMeantAnywhere ? { namespace: 'auto', name: nearest } : { namespace: namespace as 'config', name: nearest },
    )
  }
  return undefined
}

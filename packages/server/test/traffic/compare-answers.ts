import { isJsonObject, type JsonValue } from '@lossline/protocol'
import { recordedOrigin } from './exchange.ts'

/** What stands for a recorded value in this replay: ids, links and the like, of which a server has its own. */
export type Counterparts = Map<string, string>

/** Members that say which, in a server's own words. */
const ids = /^(?:id|\w+ID|\w*[cC]ursor)$/
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?$/
/** Of the two words that a server calls a run which has no name. */
const madeUpName = /^[a-z]+-[a-z]+(?:-\d+)?$/

/**
 * Compares an answer with the recorded one.
 *
 * @param names - Grows by the values that are this server's own.
 * @returns what differs, with its place; undefined if nothing does.
 */
export function findDifference(
  recorded: JsonValue,
  replayed: JsonValue,
  names: Counterparts,
  place: readonly string[] = [],
): string | undefined {
  if (Array.isArray(recorded) && Array.isArray(replayed)) {
    if (place.at(-1) === 'features') return findMissing(recorded, replayed, place)
    if (recorded.length !== replayed.length) return tell(place, `${recorded.length} items`, `${replayed.length}`)
    return firstOf(recorded, (item, i) => findDifference(item, replayed[i] as JsonValue, names, [...place, String(i)]))
  }
  if (isJsonObject(recorded) && isJsonObject(replayed)) {
    const [before, now] = [recorded, replayed].map((value) => Object.keys(value).sort().join(' '))
    if (before !== now) return tell(place, `the members ${before}`, now as string)
    return firstOf(Object.keys(recorded), (key) =>
      findDifference(recorded[key] as JsonValue, replayed[key] as JsonValue, names, [...place, key]),
    )
  }
  if (typeof recorded === 'string' && typeof replayed === 'string') {
    return findDifferentText(recorded, replayed, names, place)
  }
  return Object.is(recorded, replayed) ? undefined : tell(place, show(recorded), show(replayed))
}

function findDifferentText(
  recorded: string,
  replayed: string,
  names: Counterparts,
  place: readonly string[],
): string | undefined {
  if (isoTime.test(recorded) && isoTime.test(replayed)) return undefined
  if (isLink(recorded) && withoutProof(recorded, names) === withoutProof(replayed, names)) {
    names.set(recorded, replayed)
    return undefined
  }
  const member = place.findLast((part) => !/^\d+$/.test(part)) ?? ''
  const counterpart = names.get(recorded)
  if (counterpart !== undefined && isOwn(member)) {
    // The same thing has the same name all the time.
    return counterpart === replayed ? undefined : tell(place, `${show(counterpart)}, as before,`, show(replayed))
  }
  if (recorded !== replayed && !mayDiffer(member, recorded, replayed))
    return tell(place, show(recorded), show(replayed))
  if (isOwn(member)) names.set(recorded, replayed)
  return undefined
}

function isOwn(member: string): boolean {
  return ids.test(member) || member === 'displayName'
}

function mayDiffer(member: string, recorded: string, replayed: string): boolean {
  return ids.test(member) || (member === 'displayName' && madeUpName.test(recorded) && madeUpName.test(replayed))
}

function isLink(text: string): boolean {
  return text.startsWith(`${recordedOrigin}/`)
}

/** A link without what a server signs it with. */
function withoutProof(link: string, names: Counterparts): string {
  const url = new URL(link)
  for (const name of ['expires', 'signature']) url.searchParams.delete(name)
  const path = url.pathname.split('/').map((part) => names.get(part) ?? part)
  return `${path.join('/')}?${url.searchParams}`
}

/** A server may offer more than it did: a client that was recorded before knows nothing of it. */
function findMissing(recorded: readonly JsonValue[], replayed: readonly JsonValue[], place: readonly string[]) {
  const offered = new Set(replayed.map(show))
  const missing = recorded.find((feature) => !offered.has(show(feature)))
  return missing === undefined ? undefined : tell(place, show(missing), 'nothing')
}

function firstOf<T>(items: readonly T[], find: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index)
    if (found !== undefined) return found
  }
  return undefined
}

function show(value: JsonValue): string {
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value)
}

function tell(place: readonly string[], recorded: string, replayed: string): string {
  return `${place.join('.') || 'the answer'}: ${replayed} instead of ${recorded}`
}

import { formatCount } from '../text/format.ts'

/** Names that are told; the others are counted. */
const namesMax = 5

interface NamedRun {
  readonly displayName: string
}

/** What a deletion means for others. */
export function deletionWords(users: readonly NamedRun[], linkCount: number): string {
  return `${usersWords('it', users, linkCount)} The runs stay. Files that nothing else needs are removed. This cannot be undone.`
}

/** Who used a version, and what links to it. @param what - The version: `it`, `v3`. */
export function usersWords(what: string, users: readonly NamedRun[], linkCount: number): string {
  const names = users.slice(0, namesMax).map(({ displayName }) => displayName)
  const rest = users.length - names.length
  const who = rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ')
  return [
    users.length === 0 ? `No run uses ${what}.` : `${formatCount(users.length, 'run')} used ${what}: ${who}.`,
    ...(linkCount > 0 ? [`${formatCount(linkCount, 'other collection links', 'other collections link')} to it.`] : []),
  ].join(' ')
}

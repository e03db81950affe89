import { formatCount } from '../text/format.ts'

/** Names that are told; the others are counted. */
const namesMax = 5

/** What a deletion means for others. */
export function deletionWords(users: readonly { readonly displayName: string }[], linkCount: number): string {
  const names = users.slice(0, namesMax).map(({ displayName }) => displayName)
  const rest = users.length - names.length
  const who = rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ')
  return [
    users.length === 0 ? 'No run uses it.' : `${formatCount(users.length, 'run')} used it: ${who}.`,
    ...(linkCount > 0 ? [`${formatCount(linkCount, 'other collection links', 'other collections link')} to it.`] : []),
    'The runs stay. Files that nothing else needs are removed. This cannot be undone.',
  ].join(' ')
}

/** Last searches that are kept. */
const countMax = 10

/** Searches, newest first, after one more: each is there once. Nothing, or what is there already in front, changes nothing. */
export function withSearch(history: readonly string[], search: string): readonly string[] {
  const text = search.trim()
  if (text === '' || text === history[0]) return history
  return [text, ...history.filter((one) => one !== text)].slice(0, countMax)
}

/** What was kept; undefined for anything else. */
export function readSearches(kept: unknown): readonly string[] | undefined {
  return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string').slice(0, countMax) : undefined
}

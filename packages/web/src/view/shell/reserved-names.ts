/** First segments of addresses that belong to the program and never name an entity. */
const reserved: ReadonlySet<string> = new Set([
  'admin',
  'api',
  'authorize',
  'files',
  'graphql',
  'healthz',
  'login',
  'new',
  'readyz',
  's',
  'search',
  'settings',
  'static',
])

/** Whether an address that begins with this segment can be about an entity. */
export function isReservedName(segment: string): boolean {
  return reserved.has(segment)
}

/** First segments of addresses that belong to the server and its page, and so never name an entity. */
const reserved: ReadonlySet<string> = new Set([
  'admin',
  'api',
  'artifacts',
  'artifactsV2',
  'assets',
  'authorize',
  'files',
  'graphql',
  'healthz',
  'help',
  'login',
  'new',
  'readyz',
  's',
  'search',
  'settings',
  'static',
])

/** Whether no user or team can have this name, because addresses that begin with it are about something else. */
export function isReservedName(name: string): boolean {
  return reserved.has(name)
}

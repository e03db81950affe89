/** First segments of addresses that belong to the server and its page, and so name no new entity; in their order. */
export const reservedNames: readonly string[] = [
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
]

/** Whether no new user or team can have this name, because addresses that begin with it are about something else. */
export function isReservedName(name: string): boolean {
  return reservedNames.includes(name)
}

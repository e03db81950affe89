/** A page of the guide: the name of its file, its first heading, and what it is about in a few words to search in. */
export interface GuidePage {
  readonly id: string
  readonly title: string
  readonly about: string
}

/** Pages of the guide, as its list of contents has them. */
export const guidePages = [
  { id: 'page', title: 'The page', about: 'workspace, charts, runs table, filter, sweeps, sharing' },
  { id: 'shortcuts', title: 'Shortcuts of the page', about: 'keyboard, keys' },
  { id: 'runs', title: 'Runs', about: 'log, config, summary, finish, console, alerts, secrets' },
  { id: 'resume', title: 'Going on with runs', about: 'resume, fork, rewind, stop, several processes' },
  { id: 'media', title: 'Media', about: 'images, boxes, masks, audio, video, histograms, molecules' },
  { id: 'tables', title: 'Tables and charts', about: 'tables, bar, scatter, confusion matrix, ROC, Vega' },
  { id: 'artifacts', title: 'Artifacts', about: 'data sets, models, versions, aliases, lineage, references' },
  { id: 'sweeps', title: 'Sweeps', about: 'search settings, agents, functions, commands' },
  { id: 'system-metrics', title: 'System metrics', about: 'CPU, memory, disk, network, GPU' },
  { id: 'offline-and-sync', title: 'Offline and sync', about: 'without a server, sync, send later' },
  { id: 'settings', title: 'Settings', about: 'environment variables, modes, credentials' },
  { id: 'api', title: 'The Api', about: 'read runs and rows from programs, export' },
  { id: 'server', title: 'The server', about: 'start, Python, states, trash, who can reach it, links' },
  { id: 'team-server', title: 'A server for a team', about: 'users, keys, TLS, backup, upgrade, monitoring' },
  { id: 'errors', title: 'Errors', about: 'codes, what to do' },
] as const satisfies readonly GuidePage[]

/** The name of a page of the guide. */
export type GuidePageId = (typeof guidePages)[number]['id']

/** A place in the guide: a page, or a heading of it. */
export type GuidePlace = GuidePageId | `${GuidePageId}#${string}`

/** The address of a page of the guide in ours. */
export function guideHref(page: string, heading = ''): string {
  return `/help/${page}${heading === '' ? '' : `#${heading}`}`
}

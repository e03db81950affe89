import type { ApiContext } from './api-context.ts'
import { toListPage } from './connection-page.ts'
import type { RequestOptions } from './listing.ts'
import { maybeObjectAt, maybeTextAt } from './wire-values.ts'

/** Who is asking, as the server sees it. */
export interface Viewer {
  readonly username: string | undefined
  readonly email: string | undefined
  /** Whose projects are meant when none is named. */
  readonly entity: string | undefined
  readonly teams: readonly string[]
}

const viewerQuery = `query Viewer { viewer { id entity username email teams { edges { node { name } } } } }`

/** Asks who is asking; `undefined` when the server does not know the key. */
export async function readViewer(ask: ApiContext['ask'], options: RequestOptions): Promise<Viewer | undefined> {
  const viewer = maybeObjectAt(await ask('Viewer', viewerQuery, {}, options), 'viewer')
  if (viewer === undefined) return undefined
  return {
    username: maybeTextAt(viewer, 'username'),
    email: maybeTextAt(viewer, 'email'),
    entity: maybeTextAt(viewer, 'entity'),
    teams: toListPage(maybeObjectAt(viewer, 'teams'), (team) => maybeTextAt(team, 'name')).items,
  }
}
